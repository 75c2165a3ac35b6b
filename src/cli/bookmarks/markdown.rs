//! `--format markdown`.

use std::io::Write;

use super::template::Template;
use super::told::Told;
use crate::library::Passage;

/// Prints the bookmarks of each article.
pub fn print(
    articles: &[Vec<&Passage>],
    template: &Template,
    out: &mut dyn Write,
) -> anyhow::Result<()> {
    for passages in articles {
        let told: Vec<Told> = passages.iter().map(|passage| Told::new(passage)).collect();
        template.print(&told, out)?;
    }
    Ok(())
}
