//! `--format markdown`.

use std::io::Write;

use super::template::Template;
use super::told::Told;
use crate::config::kinds::Kinds;
use crate::library::Passage;

/// Prints the bookmarks of each article.
pub fn print(
    articles: &[Vec<&Passage>],
    template: &Template,
    kinds: &Kinds,
    out: &mut dyn Write,
) -> anyhow::Result<()> {
    for passages in articles {
        let told = passages.iter().map(|passage| Told::new(passage, kinds));
        template.print(told, out)?;
    }
    Ok(())
}
