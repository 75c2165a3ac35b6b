//! What ends with a full stop and no sentence with it, and what begins one.

/// What may stand before a full stop inside of a sentence, in lower case and without the stop, by language; the first row
/// is for all of them.
const ABBREVIATIONS: &[(&str, &[&str])] = &[
    (
        "",
        &[
            "cf", "etc", "dr", "prof", "st", "no", "nr", "vol", "fig", "p", "pp", "art", "ed",
            "op", "cit", "ibid", "al", "vs", "max", "min", "tel", "ing",
        ],
    ),
    (
        "en",
        &[
            "mr", "mrs", "ms", "messrs", "mx", "jr", "sr", "rev", "hon", "gen", "col", "capt",
            "lt", "sgt", "maj", "adm", "gov", "sen", "rep", "pres", "mt", "ft", "ave", "blvd",
            "rd", "inc", "ltd", "co", "corp", "bros", "dept", "univ", "assn", "est", "approx",
            "ca", "nos", "figs", "vols", "ch", "sec", "eq", "eqs", "ref", "refs", "viz", "e.g",
            "i.e", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov",
            "dec", "mon", "tue", "wed", "thu", "fri",
        ],
    ),
    (
        "fr",
        &[
            "m", "mm", "mme", "mmes", "mlle", "mlles", "me", "mgr", "pr", "ste", "av", "bd",
            "boul", "chap", "éd", "env", "ex", "fasc", "hab", "n", "réf", "sect", "suiv", "t",
            "tél", "vol", "janv", "févr", "avr", "juil", "sept", "oct", "nov", "déc", "apr",
            "j.-c",
        ],
    ),
    (
        "de",
        &[
            "hr", "hrn", "fr", "frl", "dipl", "abb", "abs", "abt", "allg", "anm", "aufl", "bd",
            "bde", "bes", "betr", "bgl", "bzgl", "bzw", "ca", "dgl", "dt", "ebd", "einschl",
            "engl", "ev", "evtl", "exkl", "ff", "frz", "geb", "gegr", "gem", "gest", "ggf",
            "griech", "hl", "hrsg", "inkl", "insb", "jh", "jhd", "jhdt", "jr", "kap", "lat", "lfd",
            "lt", "mio", "mrd", "nachm", "od", "röm", "sog", "std", "str", "tgl", "u", "urspr",
            "usw", "verf", "verh", "vgl", "vorm", "wg", "zt", "zit", "zzgl", "jan", "febr", "feb",
            "aug", "sept", "okt", "nov", "dez",
        ],
    ),
    (
        "es",
        &[
            "sr", "sra", "srta", "sres", "dra", "d", "dª", "dña", "ud", "uds", "vd", "vds",
            "admón", "apdo", "aprox", "av", "avda", "cap", "cía", "depto", "ej", "fdo", "gral",
            "hnos", "lic", "núm", "pág", "págs", "pdte", "sta", "sto", "tfno", "trad", "ee", "uu",
            "rr", "hh",
        ],
    ),
    (
        "it",
        &[
            "sig", "sigg", "sig.ra", "sig.na", "dott", "dott.ssa", "prof.ssa", "avv", "arch",
            "geom", "on", "mons", "pag", "pagg", "cap", "ecc", "ca", "es", "n", "art", "artt",
            "col", "fig", "figg", "tav", "ss",
        ],
    ),
    (
        "pt",
        &[
            "sr", "sra", "srta", "dra", "exmo", "exma", "v", "pág", "págs", "cap", "tel", "av",
            "ex", "obs", "ltda", "cia", "núm", "art", "arts",
        ],
    ),
    (
        "nl",
        &[
            "dhr", "mevr", "mw", "mr", "drs", "ir", "jhr", "bijv", "bv", "blz", "ca", "d.w.z",
            "e.d", "enz", "evt", "excl", "incl", "jl", "m.b.t", "nl", "o.a", "resp", "t.a.v",
            "zgn", "z.g", "m.n", "n.a.v", "i.v.m",
        ],
    ),
    (
        "pl",
        &[
            "mgr", "inż", "np", "m.in", "ok", "ul", "al", "pl", "im", "św", "tj", "tzn", "tzw",
            "wg", "woj", "zob", "por", "str", "godz", "r", "w", "ww", "hab",
        ],
    ),
    (
        "ru",
        &[
            "г",
            "гг",
            "в",
            "вв",
            "им",
            "ул",
            "пл",
            "пр",
            "просп",
            "д",
            "стр",
            "с",
            "т",
            "тт",
            "др",
            "проч",
            "руб",
            "коп",
            "тыс",
            "млн",
            "млрд",
            "рис",
            "табл",
            "гл",
            "см",
            "ср",
            "напр",
            "акад",
            "проф",
            "доц",
            "св",
            "о",
            "оз",
            "р",
            "гос",
            "обл",
            "р-н",
        ],
    ),
    (
        "uk",
        &[
            "р", "рр", "ст", "м", "вул", "ім", "див", "напр", "проф", "акад", "ін", "с", "т",
            "обл", "тис", "млн", "млрд", "грн",
        ],
    ),
    (
        "sv",
        &[
            "bl", "ca", "dvs", "ev", "fr", "hr", "kl", "kr", "m.fl", "mfl", "osv", "resp", "s.k",
            "t.ex", "tex", "bl.a",
        ],
    ),
    (
        "da",
        &[
            "bl", "bl.a", "ca", "dvs", "evt", "fx", "hr", "inkl", "kl", "kr", "mfl", "mht", "nr",
            "osv", "pga", "sml", "skt",
        ],
    ),
    (
        "nb",
        &[
            "bl", "bl.a", "ca", "dvs", "evt", "f.eks", "hr", "inkl", "kl", "kr", "mfl", "nr",
            "osv", "pga", "st",
        ],
    ),
    (
        "fi",
        &[
            "esim", "mm", "ns", "n", "ks", "ym", "yms", "jne", "klo", "nk", "os", "puh", "toim",
            "vrt", "tri", "mr",
        ],
    ),
    (
        "cs",
        &[
            "např", "tzv", "tj", "atd", "apod", "č", "str", "ul", "mgr", "ing", "sv", "r", "tř",
            "nám", "resp", "popř",
        ],
    ),
    (
        "tr",
        &[
            "dr", "prof", "doç", "av", "sn", "bkz", "örn", "vb", "vs", "sok", "cad", "mah", "no",
            "yy",
        ],
    ),
];

/// Words that begin a sentence rather than follow an acronym, by language.
const STARTERS: &[(&str, &[&str])] = &[
    (
        "en",
        &[
            "A", "An", "The", "This", "That", "These", "Those", "He", "She", "It", "They", "We",
            "I", "You", "His", "Her", "Its", "Their", "Our", "In", "On", "At", "By", "For", "From",
            "But", "And", "So", "Then", "When", "While", "What", "Why", "How", "There", "If", "As",
            "After", "Before", "However", "Since", "Although", "No", "Yes", "Not",
        ],
    ),
    (
        "fr",
        &[
            "Il",
            "Elle",
            "Ils",
            "Elles",
            "On",
            "Nous",
            "Vous",
            "Je",
            "Ce",
            "Cette",
            "Ces",
            "Mais",
            "Et",
            "Dans",
            "Pour",
            "En",
            "Au",
            "Aux",
            "Un",
            "Une",
            "Les",
            "Des",
            "Cependant",
            "Puis",
            "Depuis",
        ],
    ),
    (
        "de",
        &[
            "Der", "Die", "Das", "Ein", "Eine", "Er", "Sie", "Es", "Wir", "Ich", "Ihr", "Im", "In",
            "Am", "An", "Auf", "Aber", "Und", "Doch", "Dann", "Wenn", "Als", "Nach", "Vor", "Seit",
            "Dabei", "Auch", "Für", "Mit", "Bei",
        ],
    ),
    (
        "es",
        &[
            "El", "La", "Los", "Las", "Un", "Una", "En", "Pero", "Y", "Por", "Para", "Cuando",
            "Se", "Su", "Sus", "Este", "Esta", "Con",
        ],
    ),
];

/// The months of German, in which a day is written as `3.`.
const MONTHS: &[&str] = &[
    "Januar",
    "Jänner",
    "Februar",
    "Feber",
    "März",
    "April",
    "Mai",
    "Juni",
    "Juli",
    "August",
    "September",
    "Oktober",
    "November",
    "Dezember",
    "Jahrhundert",
    "Jahrhunderts",
    "Klasse",
    "Mal",
    "Stock",
    "Platz",
    "Auflage",
    "Kapitel",
];

/// Whether a word, in lower case and without the full stop behind it, is an abbreviation. Where the language is not known,
/// one of any language is one if it has more than two letters.
pub(super) fn is_abbreviation(word: &str, language: Option<&str>) -> bool {
    let is_of = |code: &str| match language {
        Some(language) => code.is_empty() || code == language || (code == "nb" && language == "no"),
        None => code.is_empty() || word.chars().nth(2).is_some(),
    };
    let mut rows = ABBREVIATIONS.iter().filter(|(code, _)| is_of(code));
    rows.any(|(_, words)| words.contains(&word))
}

/// Whether a word begins a sentence behind an acronym.
pub(super) fn is_starter(word: &str, language: Option<&str>) -> bool {
    let is_of = |code: &str| language.is_none_or(|language| code == language);
    let mut rows = STARTERS.iter().filter(|(code, _)| is_of(code));
    rows.any(|(_, words)| words.contains(&word))
}

/// Whether a word follows a number with a full stop that counts.
pub(super) fn is_counted(word: &str, language: Option<&str>) -> bool {
    language.is_none_or(|language| language == "de") && MONTHS.contains(&word)
}
