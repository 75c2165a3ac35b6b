//! Going on with the article that was read last.

use super::{Home, Position, Quote, Status, scan};
use crate::model::article::Progress;
use crate::model::state::{Change, Fact};

fn start() -> Progress {
    let quote = Quote {
        exact: "About".into(),
        prefix: String::new(),
        suffix: String::new(),
        hint: Position::default(),
    };
    Progress {
        quote,
        thousandths: 0,
    }
}

#[test]
fn the_last_begun_article_is_told_by_the_journal_alone() {
    let home = Home::with(&["a.txt", "b.txt", "c.txt"]);
    let library = home.library();
    assert_eq!(library.last_begun(), None);
    let (articles, _) = scan(&library);
    let states = [Status::Begun(10), Status::Begun(20), Status::Read];
    for (time, (article, status)) in (1..).zip(articles.iter().zip(states)) {
        let change = Change {
            does: vec![
                (article.id.clone(), Fact::Status(status)),
                (article.id.clone(), Fact::Progress(start())),
            ],
            undoes: Vec::new(),
            words: String::new(),
        };
        library.save_at(&change, time).unwrap();
    }
    let again = home.library();
    assert_eq!(again.last_begun(), Some(home.article("b.txt")));
    std::fs::remove_file(home.article("b.txt")).unwrap();
    assert_eq!(again.last_begun(), Some(home.article("a.txt")));
}
