//! `liseuse import FILE`: bookmarks that were printed by `liseuse bookmarks`, or that another program kept.

use std::io::Write;

use anyhow::{Context, Result, bail};

use super::args::Import;
use super::opened::Given;
use super::{Exit, complain, tell};
use crate::config::kinds::Kinds;
use crate::formats::clean;
use crate::journal::read_time;
use crate::library::{Incoming, Outcome};
use crate::model::article::{add_tag, tag};
use crate::model::outline::{first_words, in_one_line};

mod jsonld;
mod table;

/// A larger file is not taken in, in bytes.
const MAX_FILE: u64 = 256 * 1024 * 1024;

/// Takes in the bookmarks of a file, or tells what would be taken in.
pub(super) fn run(given: &Given, args: &Import, out: &mut dyn Write) -> Result<Exit> {
    let config = given.config()?;
    let text = super::text_of(&args.file, MAX_FILE)?;
    let incoming = read(&text, &config.kinds)
        .with_context(|| format!("could not import `{}`", args.file.display()))?;
    let library = given.library(&config, Vec::new());
    tell(&library);
    if incoming.is_empty() {
        return Ok(Exit::NothingFound);
    }
    let outcomes = library.import(&incoming);
    if !args.dry_run {
        library.take_in(&outcomes)?;
    }
    report(&incoming, &outcomes, out)?;
    let (new, here) = (count(&outcomes, is_new), count(&outcomes, is_here));
    let left = outcomes.len() - new - here;
    let would = if args.dry_run { "would be " } else { "" };
    writeln!(
        out,
        "{new} {would}taken in, {here} here already, {left} not taken in"
    )?;
    Ok(if left > 0 { Exit::CouldNot } else { Exit::Done })
}

/// The passages of a file. JSON begins with a bracket, and no table does.
fn read(text: &str, kinds: &Kinds) -> Result<Vec<Incoming>> {
    let text = text.trim_start_matches('\u{feff}');
    match text.trim_start().chars().next() {
        None => bail!("there is nothing in it"),
        Some('{' | '[') => jsonld::read(text, kinds),
        Some(_) => table::read(text, kinds),
    }
}

fn is_new(outcome: &Outcome) -> bool {
    matches!(outcome, Outcome::New(..) | Outcome::NewButLost(..))
}

fn is_here(outcome: &Outcome) -> bool {
    *outcome == Outcome::Here
}

fn count(outcomes: &[Outcome], is_it: fn(&Outcome) -> bool) -> usize {
    outcomes.iter().filter(|outcome| is_it(outcome)).count()
}

/// Tells of what is new, and of what could not be taken in.
fn report(incoming: &[Incoming], outcomes: &[Outcome], out: &mut dyn Write) -> Result<()> {
    for (one, outcome) in incoming.iter().zip(outcomes) {
        let words = first_words(&in_one_line(&one.exact));
        let words = clean::line(&words);
        let source = [&one.title, &one.url, &one.article];
        let source = source.into_iter().flatten().find(|text| !text.is_empty());
        let source = source.map_or("an article without a name", String::as_str);
        let source = clean::line(source);
        match outcome {
            Outcome::Here => {}
            Outcome::New(article, _) => {
                writeln!(out, "new   {}: “{words}”", clean::line(&article.title))?;
            }
            Outcome::NewButLost(article, _) => {
                let title = clean::line(&article.title);
                writeln!(
                    out,
                    "lost  {title}: “{words}” (taken in; not found in the text)"
                )?;
            }
            Outcome::NoWords => complain(&format!("a passage of {source} has no words")),
            Outcome::NoArticle => {
                complain(&format!("not taken in: “{words}”: {source} is not here"));
            }
            Outcome::SeveralArticles => complain(&format!(
                "not taken in: “{words}”: {source} is the name of several articles"
            )),
        }
    }
    Ok(())
}

/// The kind that a word of another program names, if there is one of this name. Else it is kept as a tag.
fn take_kind(word: &str, kinds: &Kinds, incoming: &mut Incoming) {
    let kind = kinds.named(word).filter(|_| incoming.kind.is_none());
    if kind.is_some() {
        incoming.kind = kind;
    } else if let Some(tag) = tag(&clean::line(word)) {
        add_tag(&mut incoming.tags, tag);
    }
}

/// A time as other programs write it: RFC 3339, perhaps with a space in it or without an offset, or only a day.
fn time(text: &str) -> Option<i64> {
    let text = text.trim().replacen(' ', "T", 1);
    let forms = [
        text.clone(),
        format!("{text}Z"),
        format!("{text}:00Z"),
        format!("{text}T00:00:00Z"),
    ];
    forms.iter().find_map(|form| read_time(form))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;
    use crate::model::article::Kind;

    #[test]
    fn times_of_other_programs_are_read() {
        let noon = Some(1_700_049_600_000);
        for text in [
            "2023-11-15T12:00:00Z",
            "2023-11-15 12:00:00+00:00",
            "2023-11-15 12:00:00",
            " 2023-11-15T13:00:00.000+01:00",
            "2023-11-15 12:00",
        ] {
            assert_eq!(time(text), noon, "{text}");
        }
        assert_eq!(time("2023-11-15"), Some(1_700_006_400_000));
        assert_eq!(time("November 15, 2023"), None);
        assert_eq!(time(""), None);
    }

    #[test]
    fn a_kind_that_is_not_known_is_a_tag() {
        let kinds = Config::builtin().kinds;
        let mut incoming = Incoming::default();
        for word in ["", "salt water", "Question", "important", "salt_water"] {
            take_kind(word, &kinds, &mut incoming);
        }
        assert_eq!(incoming.kind, Kind::new(2));
        assert_eq!(incoming.tags, ["salt_water", "important"]);
    }

    #[test]
    fn what_is_no_list_of_bookmarks_is_refused() {
        let told = |text: &str| format!("{:#}", read(text, &Kinds::default()).unwrap_err());
        assert_eq!(told(" \n"), "there is nothing in it");
        assert!(told("{").starts_with("it is no JSON: "), "{}", told("{"));
        assert_eq!(
            told("a,b\n1,2\n"),
            "its first line names no column `Highlight`"
        );
        assert_eq!(read("{}", &Kinds::default()).unwrap(), []);
        assert_eq!(
            read("[1, null, {\"type\": 7}]", &Kinds::default()).unwrap(),
            []
        );
    }
}
