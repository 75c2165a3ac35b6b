//! `--format org`: an outline by article and section.

use std::io::{self, Write};

use super::told::Told;
use crate::library::Passage;

/// Prints the bookmarks of each article.
pub fn print(articles: &[Vec<&Passage>], out: &mut dyn Write) -> anyhow::Result<()> {
    for passages in articles {
        let told: Vec<Told> = passages.iter().map(|passage| Told::new(passage)).collect();
        print_article(&told, out)?;
    }
    Ok(())
}

fn print_article(all: &[Told], out: &mut dyn Write) -> io::Result<()> {
    let Some(first) = all.first() else {
        return Ok(());
    };
    writeln!(out, "* {}", first.title)?;
    let properties = [
        ("AUTHOR", &first.author),
        ("DATE", &first.date),
        ("URL", &first.url),
        ("PATH", &first.path),
    ];
    print_properties(&properties, out)?;
    let mut section = "";
    for told in all {
        if told.section != section {
            writeln!(out, "** {}", told.section)?;
            section = &told.section;
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
        writeln!(out, "[{}]{link}\n", told.added)?;
    }
    Ok(())
}

fn print_properties(properties: &[(&str, &String)], out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, ":PROPERTIES:")?;
    for (name, value) in properties.iter().filter(|(_, value)| !value.is_empty()) {
        writeln!(out, ":{name}: {value}")?;
    }
    writeln!(out, ":END:")
}

/// Prints lines so that none of them is a heading, a keyword or the like: by a zero width space, as the
/// [manual](https://orgmode.org/manual/Escape-Character.html) says.
fn print_text(text: &str, out: &mut dyn Write) -> io::Result<()> {
    if text.is_empty() {
        return Ok(());
    }
    for line in text.split('\n') {
        let acts = line.trim_start().starts_with(['*', '#', ':', '|']);
        let escape = if acts { "\u{200b}" } else { "" };
        writeln!(out, "{escape}{line}")?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_outline_by_section_that_no_passage_can_break() {
        let told = |section: &str, quote: &str, note: &str| Told {
            title: "The Dunes".into(),
            author: "Ada Lind".into(),
            section: section.into(),
            quote: quote.into(),
            note: note.into(),
            added: "2026-11-23".into(),
            ..Told::default()
        };
        let all = [
            told("", "* no heading\n#+end_quote", "why?"),
            told("Wind", "words", ""),
            told("Wind", "more", ""),
        ];
        let mut out = Vec::new();
        print_article(&all, &mut out).unwrap();
        assert_eq!(
            String::from_utf8(out).unwrap(),
            "* The Dunes\n:PROPERTIES:\n:AUTHOR: Ada Lind\n:END:\n\
             #+begin_quote\n\u{200b}* no heading\n\u{200b}#+end_quote\n#+end_quote\nwhy?\n[2026-11-23]\n\n\
             ** Wind\n#+begin_quote\nwords\n#+end_quote\n[2026-11-23]\n\n\
             #+begin_quote\nmore\n#+end_quote\n[2026-11-23]\n\n"
        );
    }
}
