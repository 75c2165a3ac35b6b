//! `liseuse links FILE`: where the links and pictures of an article lead.

use std::io::{self, Write};

use super::args::Links;
use super::opened::Given;
use super::{Exit, json};
use crate::formats::clean;
use crate::model::link::{Link, Target};

/// Prints the links of an article.
pub(super) fn run(given: &Given, args: &Links, out: &mut dyn Write) -> anyhow::Result<Exit> {
    let config = given.config()?;
    let (document, outline) = given.read(&config, &args.file)?;
    let found: Vec<Link> = document.links().collect();
    if args.json {
        let links = found
            .iter()
            .map(|link| json::Link::new(&document, &outline, link));
        json::print(out, &links.collect::<Vec<_>>())?;
    } else {
        print(out, &found, |number| format!("{number:>4} "))?;
    }
    Ok(if found.is_empty() {
        Exit::NothingFound
    } else {
        Exit::Done
    })
}

/// Prints a line for each link: its number, where it leads, and what should be known of that.
pub(super) fn print(
    out: &mut dyn Write,
    links: &[Link],
    number: impl Fn(usize) -> String,
) -> io::Result<()> {
    for link in links {
        let target = Target::of(link.target);
        let leads = match &target {
            Target::Web(address) | Target::Mail(address) => &address.url,
            Target::Anchor(_) | Target::File(..) | Target::Refused(_) => link.target,
        };
        write!(out, "{} {}", number(link.number), clean::line(leads))?;
        for warning in notes(&target) {
            write!(out, "  ({})", clean::line(warning))?;
        }
        out.write_all(b"\n")?;
    }
    Ok(())
}

fn notes(target: &Target) -> &[String] {
    match target {
        Target::Web(address) | Target::Mail(address) => &address.warnings,
        Target::Refused(why) => std::slice::from_ref(why),
        Target::Anchor(_) | Target::File(..) => &[],
    }
}
