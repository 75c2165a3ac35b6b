//! `liseuse mark read|unread ARTICLE…`.

use super::args::{Mark, Marked};
use super::opened::Given;
use super::{Exit, complain, tell, words};
use crate::model::article::Status;
use crate::model::state::{Change, Fact};

/// Marks articles; one that cannot be marked does not keep the others from it.
pub(super) fn run(given: &Given, args: &Mark) -> anyhow::Result<Exit> {
    let config = given.config()?;
    let library = given.library(&config, Vec::new());
    tell(&library);
    let status = match args.marked {
        Marked::Read => Status::Read,
        Marked::Unread => Status::Unread,
    };
    let mut exit = Exit::Done;
    for asked in &args.articles {
        let saved = library.find(asked).and_then(|article| {
            let change = Change {
                does: vec![(article.id.clone(), Fact::Status(status))],
                undoes: vec![(article.id, Fact::Status(article.status))],
                words: format!("marked “{}” {}", article.title, status.word()),
            };
            library.save(&change)
        });
        if let Err(error) = saved {
            complain(&words(&error));
            exit = Exit::CouldNot;
        }
    }
    Ok(exit)
}
