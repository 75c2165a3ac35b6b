//! Who wrote an article, and when, in the lines at its top.

use crate::formats::letters;

/// No byline or date takes more columns.
const MOST_COLUMNS: usize = 70;

/// Words before a name, in small letters.
const BEFORE: &[&str] = &[
    "by ",
    "par ",
    "von ",
    "por ",
    "di ",
    "door ",
    "av ",
    "af ",
    "de ",
    "da ",
    "oleh ",
    "autor: ",
    "autora: ",
    "author: ",
    "auteur : ",
    "auteur: ",
    "written by ",
    "text: ",
    "tekst: ",
    "texte : ",
    "текст: ",
    "автор: ",
    "بقلم ",
    "بقلم: ",
];
/// Words before a name in scripts without capitals or spaces.
const BEFORE_CJK: &[&str] = &[
    "作者：",
    "作者:",
    "文：",
    "文/",
    "文／",
    "記者：",
    "记者：",
    "撰文：",
];
/// What follows a name.
const AFTER: &[&str] = &[" 기자", "記者", "记者"];

/// The name in a byline, without what goes before it. `None` when the line is none.
pub(in crate::formats) fn author(text: &str) -> Option<String> {
    if letters::columns(text) > MOST_COLUMNS
        || text
            .chars()
            .next_back()
            .is_some_and(letters::ends_running_text)
    {
        return None;
    }
    if !text.is_ascii() {
        let before = |before: &&str| text.strip_prefix(before);
        if let Some(name) = BEFORE_CJK.iter().find_map(before) {
            return non_empty(name);
        }
        if let Some(name) = AFTER.iter().find_map(|after| text.strip_suffix(after)) {
            return (letters::columns(name) <= 12)
                .then(|| non_empty(name))
                .flatten();
        }
    }
    let first = text.chars().next()?.to_lowercase().next();
    let before = BEFORE
        .iter()
        .find(|before| before.chars().next() == first && starts_with_folded(text, before))?;
    let skipped: usize = text
        .chars()
        .take(before.chars().count())
        .map(char::len_utf8)
        .sum();
    let name = letters::trim(&text[skipped..]);
    is_name(name).then(|| non_empty(name)).flatten()
}

fn starts_with_folded(text: &str, before: &str) -> bool {
    let mut chars = text.chars().flat_map(char::to_lowercase);
    before.chars().all(|c| chars.next() == Some(c))
}

fn non_empty(name: &str) -> Option<String> {
    let name = letters::trim(name);
    (!name.is_empty()).then(|| name.to_owned())
}

/// Small words that stand inside names and between them.
#[rustfmt::skip]
const INSIDE: &[&str] = &[
    "al", "and", "bin", "da", "de", "del", "della", "den", "der", "des", "di", "do", "dos", "du", "e", "en", "et", "for", "für",
    "i", "ibn", "in", "la", "le", "och", "og", "ten", "ter", "und", "van", "von", "with", "y", "и",
];

/// Whether these words may be somebody's name: all but the small words of names begin with a capital, or are of a script
/// without capitals.
fn is_name(text: &str) -> bool {
    let is_small = |word: &str| word.chars().next().is_some_and(char::is_lowercase);
    let mut words = text.split([' ', '\u{a0}']).filter(|word| !word.is_empty());
    let begins = |first: &str| !is_small(first) && !first.starts_with(|c: char| c.is_numeric());
    words.next().is_some_and(begins)
        && words.clone().count() < 9
        && words.all(|word| !is_small(word) || INSIDE.contains(&word))
}

/// Beginnings of the names of months and days, in small letters: long enough to tell them from other words.
#[rustfmt::skip]
const MONTHS: &[&str] = &[
    "jan", "feb", "fév", "mar", "mär", "mrt", "maa", "apr", "avr", "abr", "may", "mai", "maj", "mei", "mag", "jun", "juin",
    "jul", "jui", "giu", "lug", "ago", "aug", "aoû", "aou", "sep", "set", "okt", "oct", "out", "ott", "nov", "dec",
    "dez", "déc", "dic", "gen", "ene", "styc", "lut", "kwie", "czer", "lip", "sier", "wrze", "paź", "list", "grud", "led", "únor", "břez", "dub",
    "květ", "červ", "srp", "zář", "říj", "pros", "tammi", "helmi", "maalis", "huhti", "touko", "kesä", "heinä", "elo", "syys", "loka",
    "marras", "joulu", "oca", "şub", "nis", "haz", "tem", "ağu", "eyl", "eki", "kas", "ara",
    "янв", "фев", "мар", "апр", "мая", "май", "июн", "июл", "авг", "сен", "окт", "ноя", "дек", "січ", "лют", "бер", "кві", "тра", "чер", "лип", "сер",
    "вер", "жов", "лис", "гру", "ιαν", "φεβ", "μαρ", "απρ", "μαΐ", "ιουν", "ιουλ", "αυγ", "σεπ", "οκτ", "νοε", "δεκ",
    "يناير", "فبراير", "مارس", "أبريل", "مايو", "يونيو", "يوليو", "أغسطس", "سبتمبر", "أكتوبر", "نوفمبر", "ديسمبر",
    "जनवरी", "फरवरी", "मार्च", "अप्रैल", "मई", "जून", "जुलाई", "अगस्त", "सितंबर", "अक्टूबर", "नवंबर", "दिसंबर", "tháng",
    "thg",
];

/// Other words of dates, in small letters.
#[rustfmt::skip]
const AROUND: &[&str] = &[
    "a", "actualizado", "aggiornato", "aktualisiert", "aktualizacja", "aktualizováno", "alle", "am", "at", "bst",
    "cest", "cet", "d", "da", "das", "date", "datum", "de", "del", "den", "der", "di", "dienstag", "dimanche",
    "domenica", "domingo", "donderdag", "donnerstag", "e", "edt", "el", "em", "est", "et", "fredag", "freitag",
    "fri", "friday", "giovedì", "gmt", "h", "il", "ist", "jeudi", "jour", "jst", "jueves", "kl", "klo", "klokken",
    "le", "lundi", "lunedì", "lunes", "lördag", "lørdag", "maandag", "mandag", "mardi", "martedì", "martes",
    "mercoledì", "mercredi", "mis", "mittwoch", "miércoles", "mon", "monday", "montag", "måndag", "nd", "o", "om",
    "on", "onsdag", "pm", "posted", "pst", "pubblicato", "publicado", "published", "publiziert", "publié", "quarta",
    "quinta", "rd", "sabato", "samedi", "samstag", "sat", "saturday", "segunda", "sexta", "sonntag", "st", "stand",
    "sun", "sunday", "sábado", "terça", "th", "the", "thu", "thursday", "tisdag", "torsdag", "tue", "tuesday",
    "uhr", "um", "updated", "utc", "vendredi", "venerdì", "veröffentlicht", "viernes", "vrijdag", "wed",
    "wednesday", "woensdag", "zaterdag", "zondag", "à", "år", "в", "г", "года", "о", "обновлено", "опубликовано",
    "р", "في", "م", "को",
];

/// Whether a line says when and nothing else: `12 March 2022, 11:15`, `Publié le 3 mai 2024`, `2024年5月3日`.
pub(in crate::formats) fn is_date(text: &str) -> bool {
    let has_digit = text.bytes().any(|b| b.is_ascii_digit())
        || !text.is_ascii() && text.contains(char::is_numeric);
    if !has_digit || letters::columns(text) > MOST_COLUMNS {
        return false;
    }
    let has = |unit: &[char; 2]| text.contains(unit);
    if has(&['年', '년']) && has(&['月', '월']) {
        return !text.ends_with('。') && text.chars().filter(|c| c.is_alphabetic()).count() <= 12;
    }
    let words = || {
        text.split(|c: char| !c.is_alphanumeric() && !is_mark(c))
            .filter(|word| !word.is_empty())
    };
    let is_year = |word: &str| {
        word.parse()
            .is_ok_and(|number: u32| (1800..2200).contains(&number))
    };
    let numbers = words()
        .filter(|word| word.starts_with(char::is_numeric))
        .count();
    if is_short_numeric(text) || words().any(is_year) && numbers >= 2 {
        let mut has_month = false;
        let is_of_date = |word: &str| {
            let word = word.to_lowercase();
            let is_month =
                MONTHS.iter().any(|month| word.starts_with(month)) && word.chars().count() <= 12;
            has_month |= is_month;
            is_month || AROUND.contains(&word.as_str())
        };
        words()
            .filter(|word| !word.starts_with(char::is_numeric))
            .all(is_of_date)
            && (has_month || numbers >= 3)
    } else {
        false
    }
}

/// `03.05.24` and a time, perhaps.
fn is_short_numeric(text: &str) -> bool {
    let day = text.split([' ', ',']).next().unwrap_or_default();
    let parts: Vec<&str> = day.split(['.', '/', '-']).collect();
    parts.len() == 3
        && parts
            .iter()
            .all(|part| (1..=2).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit()))
}

fn is_mark(c: char) -> bool {
    unicode_normalization::char::is_combining_mark(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bylines_give_the_name() {
        for (text, name) in [
            ("By Jane Roe", "Jane Roe"),
            ("BY JANE ROE", "JANE ROE"),
            ("Par Jean Dupont et Anne Petit", "Jean Dupont et Anne Petit"),
            ("Von Max Muster, Berlin", "Max Muster, Berlin"),
            ("Por A. de la Cruz", "A. de la Cruz"),
            ("Текст: Иван Петров", "Иван Петров"),
            ("作者：王小明", "王小明"),
            ("김영희 기자", "김영희"),
            ("بقلم سارة حداد", "سارة حداد"),
        ] {
            assert_eq!(author(text).as_deref(), Some(name), "{text}");
        }
    }

    #[test]
    fn sentences_and_headings_are_no_bylines() {
        for text in [
            "By the end of the day",
            "By",
            "By 2030, everything changes",
            "Von Anfang an dabei und nie mehr weg",
            "Bypass Surgery",
            "Par Jean.",
        ] {
            assert_eq!(author(text), None, "{text}");
        }
    }

    #[test]
    fn dates_are_told_in_many_languages() {
        for text in [
            "12 March 2022, 11:15",
            "March 12, 2022",
            "Published on Monday 3 May 2024 at 10:15 GMT",
            "18.03.2025, 10:15 Uhr",
            "Publié le 3 mai 2024 à 12h30",
            "3 de mayo de 2024",
            "2024-05-03",
            "2024年5月3日 10:15",
            "2024년 5월 3일",
            "3 мая 2024 г.",
            "03.05.24, 18:00",
            "١٢ مارس 2024",
        ] {
            assert!(is_date(text), "{text}");
        }
        for text in [
            "The war of 1812",
            "Wahl 2024",
            "2024",
            "12 angry men in March",
            "May 2024 be good",
            "No. 5",
        ] {
            assert!(!is_date(text), "{text}");
        }
    }
}
