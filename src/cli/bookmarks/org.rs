//! `--format org`: an outline by article and section.

use std::io::{self, Write};

use super::told::Told;
use crate::config::kinds::Kinds;
use crate::library::Passage;
use crate::model::outline::{first_words, in_one_line};

/// Prints the bookmarks of each article.
pub fn print(articles: &[Vec<&Passage>], kinds: &Kinds, out: &mut dyn Write) -> anyhow::Result<()> {
    for passages in articles {
        let told = passages.iter().map(|passage| {
            let told = Told::new(passage, kinds);
            (told, tags(&passage.bookmark.tags))
        });
        print_article(told, out)?;
    }
    Ok(())
}

/// Prints bookmarks of one article, each with its tags.
fn print_article(all: impl Iterator<Item = (Told, String)>, out: &mut dyn Write) -> io::Result<()> {
    let mut all = all.peekable();
    let Some((first, _)) = all.peek() else {
        return Ok(());
    };
    print_headline(1, &first.title, "", out)?;
    let properties = [
        ("AUTHOR", &first.author),
        ("DATE", &first.date),
        ("URL", &first.url),
        ("PATH", &first.file),
    ];
    print_properties(&properties, out)?;
    let mut path = Vec::new();
    for (told, tags) in all {
        let same = path.iter().zip(&told.path).take_while(|(a, b)| a == b);
        let same = same.count();
        for (level, section) in (2..).zip(&told.path).skip(same) {
            print_headline(level, section, "", out)?;
        }
        path.clone_from(&told.path);
        print_bookmark(&told, &tags, out)?;
    }
    Ok(())
}

fn print_bookmark(told: &Told, tags: &str, out: &mut dyn Write) -> io::Result<()> {
    let words = first_words(&in_one_line(&told.quote));
    print_headline(told.path.len() + 2, &words, tags, out)?;
    let properties = [("KIND", &told.kind), ("LOOSE", &told.loose)];
    if properties.iter().any(|(_, value)| !value.is_empty()) {
        print_properties(&properties, out)?;
    }
    writeln!(out, "#+begin_quote")?;
    print_text(&told.quote, out)?;
    writeln!(out, "#+end_quote")?;
    print_text(&told.note, out)?;
    let link = if told.link.is_empty() {
        String::new()
    } else {
        format!(" [[{}][in the page]]", told.link)
    };
    writeln!(out, "[{}]{link}\n", told.added)
}

/// Prints a headline that is no task, is not commented out, and has only these tags.
fn print_headline(level: usize, text: &str, tags: &str, out: &mut dyn Write) -> io::Result<()> {
    let first = text.split(' ').next().unwrap_or_default();
    // which words are states of tasks is told in Org's configuration; they are capitals
    let is_state = first.len() > 1 && first.chars().all(|c| c.is_ascii_uppercase());
    let before = if is_state || text.starts_with("[#") {
        ESCAPE
    } else {
        ""
    };
    let after = if text.ends_with(':') { ESCAPE } else { "" };
    let stars = "*".repeat(level);
    let space = if tags.is_empty() { "" } else { " " };
    writeln!(out, "{stars} {before}{text}{after}{space}{tags}")
}

/// Tags as they may stand at the end of a [headline](https://orgmode.org/manual/Tags.html).
fn tags(tags: &[String]) -> String {
    let may_stand = |c: char| c.is_alphanumeric() || matches!(c, '_' | '@' | '#' | '%');
    let tags = tags.iter().map(|tag| {
        let tag = tag.chars().map(|c| if may_stand(c) { c } else { '_' });
        tag.collect::<String>()
    });
    let tags: Vec<String> = tags.collect();
    if tags.is_empty() {
        String::new()
    } else {
        format!(":{}:", tags.join(":"))
    }
}

fn print_properties(properties: &[(&str, &String)], out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, ":PROPERTIES:")?;
    for (name, value) in properties.iter().filter(|(_, value)| !value.is_empty()) {
        writeln!(out, ":{name}: {value}")?;
    }
    writeln!(out, ":END:")
}

/// Keeps what follows from meaning something: a zero width space, as the
/// [manual](https://orgmode.org/manual/Escape-Character.html) says.
const ESCAPE: &str = "\u{200b}";

/// Prints lines so that none of them is a heading, a keyword or the like.
fn print_text(text: &str, out: &mut dyn Write) -> io::Result<()> {
    if text.is_empty() {
        return Ok(());
    }
    for line in text.split('\n') {
        let acts = line.trim_start().starts_with(['*', '#', ':', '|']);
        let escape = if acts { ESCAPE } else { "" };
        writeln!(out, "{escape}{line}")?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(path: &[&str], quote: &str, note: &str) -> Told {
        Told {
            title: "The Dunes".into(),
            author: "Ada Lind".into(),
            path: path.iter().map(|&title| title.into()).collect(),
            quote: quote.into(),
            note: note.into(),
            added: "2026-11-23".into(),
            ..Told::default()
        }
    }

    #[test]
    fn an_outline_by_section_that_no_passage_can_break() {
        let of_a_kind = Told {
            kind: "question".into(),
            loose: "no longer in the text".into(),
            ..told(&["Wind", "North"], "DONE more:", "")
        };
        let salt = tags(&["sea".into(), "salt-water".into(), "été#1".into()]);
        let all = [
            (told(&[], "* no heading\n#+end_quote", "why?"), tags(&[])),
            (told(&["Wind"], "words", ""), tags(&[])),
            (of_a_kind, salt),
            (told(&["Wind"], &"long ".repeat(20), ""), tags(&[])),
        ];
        let mut out = Vec::new();
        print_article(all.into_iter(), &mut out).unwrap();
        let (long, title) = ("long ".repeat(20), "long ".repeat(6));
        let expected = format!(
            "* The Dunes\n:PROPERTIES:\n:AUTHOR: Ada Lind\n:END:\n\
             ** * no heading #+end_quote\n\
             #+begin_quote\n\u{200b}* no heading\n\u{200b}#+end_quote\n#+end_quote\nwhy?\n[2026-11-23]\n\n\
             ** Wind\n*** words\n#+begin_quote\nwords\n#+end_quote\n[2026-11-23]\n\n\
             *** North\n**** \u{200b}DONE more:\u{200b} :sea:salt_water:été#1:\n\
             :PROPERTIES:\n:KIND: question\n:LOOSE: no longer in the text\n:END:\n\
             #+begin_quote\nDONE more:\n#+end_quote\n[2026-11-23]\n\n\
             *** {}…\n#+begin_quote\n{long}\n#+end_quote\n[2026-11-23]\n\n",
            title.trim_end()
        );
        assert_eq!(String::from_utf8(out).unwrap(), expected);
    }
}
