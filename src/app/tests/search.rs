//! Searching the whole library, landing on what was found, and the way back. The answers are told as a library would.

use super::super::event::Results;
use super::{Effect, Event, SHORT, Session, Start};
use crate::model::article::{Hit, Piece, SectionKey};
use crate::model::document::Position;

fn session() -> Session {
    let other = SHORT
        .replace("The Lamp", "The Night")
        .replace("The Oil", "The Dark");
    let files = [("a.txt", SHORT), ("sea/b.txt", other.as_str())];
    Session::library(&files)
}

/// A hit in a section, with a snippet in which `[…]` is what was looked for.
fn hit(session: &Session, path: &str, section: &str, block: usize, snippet: &str) -> Hit {
    let mut pieces = Vec::new();
    for (i, text) in snippet
        .split(['[', ']'])
        .enumerate()
        .filter(|(_, t)| !t.is_empty())
    {
        pieces.push(Piece {
            text: text.to_owned(),
            is_hit: i % 2 == 1,
        });
    }
    Hit {
        article: session.article(path.as_ref()),
        section: SectionKey {
            title: section.to_owned(),
            nth: 0,
        },
        position: Position { block, offset: 0 },
        snippet: pieces,
        in_note: false,
    }
}

/// The last question that was asked, and its number.
fn asked(session: &Session) -> (String, u64) {
    let searches = session.asked.iter().rev();
    let mut searches = searches.filter_map(|effect| match effect {
        Effect::Search(query, serial) => Some((query.to_string(), *serial)),
        _ => None,
    });
    searches.next().expect("something was asked")
}

/// What both articles have for “house”, and “nobody” in their last section.
fn answer(session: &mut Session) {
    let hits = vec![
        hit(
            session,
            "a.txt",
            "The Wick",
            5,
            "as old as the [house], and the",
        ),
        hit(
            session,
            "a.txt",
            "The Oil",
            8,
            "on a day that [nobody] remembered",
        ),
        hit(
            session,
            "sea/b.txt",
            "The Dark",
            8,
            "on a day that [nobody] remembered",
        ),
    ];
    let (_, serial) = asked(session);
    let results = Results {
        serial,
        hits,
        ..Results::default()
    };
    session.tell(Event::Results(results));
}

#[test]
fn hits_come_while_typing_and_stale_ones_are_dropped() {
    let mut session = session();
    session.press("S");
    session.shows("section: note:");
    session.type_text("house OR nobod");
    let (query, serial) = asked(&session);
    assert_eq!(query, "house OR nobod*");
    let stale = Results {
        serial: serial - 1,
        hits: vec![hit(&session, "a.txt", "The Wick", 5, "stale")],
        ..Results::default()
    };
    session.tell(Event::Results(stale));
    session.hides("stale");
    session.shows("looking …");
    answer(&mut session);
    session.shows("3 hits in 2 articles");
    insta::assert_snapshot!(session.screen());
    session.resize(40, 12);
    session.shows("as the house");
    session.resize(8, 3);
    session.screen();
}

#[test]
fn a_question_is_asked_only_when_it_is_another_one() {
    let mut session = session();
    session.press("S");
    session.type_text("house");
    let (_, serial) = asked(&session);
    session.tell(Event::Pasted(" title:".to_owned()));
    let (query, _) = asked(&session);
    assert_eq!(
        query, "house",
        "the word is whole once another one is begun"
    );
    assert_eq!(asked(&session).1, serial + 1);
    session.press("left right");
    assert_eq!(asked(&session).1, serial + 1);
    session.press("ctrl-u");
    session.hides("looking");
    session.type_text("titel:x");
    session.shows("did you mean `title`?");
}

#[test]
fn enter_lands_on_the_words_and_n_goes_on_through_the_articles() {
    let mut session = session();
    session.press("S");
    session.type_text("house OR nobody ");
    answer(&mut session);
    session.press("down enter");
    session.shows("Somebody had filled it");
    session.shows("8/8");
    session.press("n");
    session.shows("The Night");
    session.shows("1/8");
    session.press("n");
    session.shows("2/8");
    session.press("N N");
    session.shows("The Lamp");
    session.shows("8/8");
    session.press("N");
    session.shows("7/8");
    session.press("9 N");
    session.shows("that was the first hit of the library");
    session.press("9 n n 9 n n");
    session.shows("that was the last hit of the library");
    session.press("/");
    session.type_text("house");
    session.press("enter n n n n");
    session.hides("that was");
}

#[test]
fn the_way_back_leads_to_the_results_with_the_choice_kept() {
    let mut session = session();
    session.press("S");
    session.type_text("house OR nobody ");
    answer(&mut session);
    for back in ["S", "esc", "ctrl-o"] {
        session.press("enter");
        session.hides("Search the library");
        session.shows("The Lamp");
        session.press(back);
        session.shows("3 hits in 2 articles");
        session.shows("house OR nobody");
    }
    session.press("esc");
    session.hides("Search the library");
    session.press("esc");
    session.shows("2 articles");
}

#[test]
fn what_is_typed_can_be_pasted_and_clicked() {
    let mut session = session();
    session.press("S");
    session.tell(Event::Pasted("house\nOR nobody".to_owned()));
    assert_eq!(asked(&session).0, "house OR nobody*");
    answer(&mut session);
    let screen = session.screen();
    let row = screen
        .lines()
        .position(|row| row.contains("The Dark"))
        .unwrap();
    session.tell(Event::Mouse(super::super::event::Mouse {
        kind: super::super::event::MouseKind::Click,
        column: 20,
        row: u16::try_from(row).unwrap(),
    }));
    session.shows("The Night");
    session.hides("Search the library");
}

#[test]
fn a_search_can_be_begun_while_reading() {
    let files = [("a.txt", SHORT)];
    let mut session = Session::new((80, 24), &files, Start::Article("a.txt".into()));
    session.press("S");
    session.type_text("wick");
    session.press("esc");
    session.hides("Search the library");
    session.shows("The Lamp");
    session.press("S");
    session.shows("wick");
}

#[test]
fn what_was_searched_too_early_is_searched_again_when_all_texts_are_read() {
    let mut session = session();
    session.press("S");
    session.type_text("nobody");
    let (_, serial) = asked(&session);
    let early = Results {
        serial,
        hits: vec![hit(&session, "sea/b.txt", "The Dark", 8, "early")],
        note: "3 of 9 texts are read".to_owned(),
        ..Results::default()
    };
    session.tell(Event::Results(early));
    session.shows("3 of 9 texts are read");
    session.tell(Event::Scanned(Vec::new()));
    let (query, again) = asked(&session);
    assert_eq!((query.as_str(), again), ("nobody*", serial + 1));
    answer(&mut session);
    session.shows("3 hits in 2 articles");
    session.hides("texts are read");
    session.tell(Event::Scanned(Vec::new()));
    assert_eq!(asked(&session).1, again);
}
