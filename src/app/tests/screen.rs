//! What the screen shows, at every size.

use super::{SHORT, Session, Start, long};

#[test]
fn an_article_beside_its_contents() {
    let session = Session::new(
        (120, 30),
        &[("a.txt", SHORT)],
        Start::Article("a.txt".into()),
    );
    insta::assert_snapshot!(session.screen());
}

#[test]
fn an_article_on_a_small_screen() {
    let mut session = Session::reading(&long());
    session.resize(40, 12);
    insta::assert_snapshot!(session.screen());
}

#[test]
fn the_library_by_folder() {
    let files = [("sea/a.txt", SHORT), ("sea/b.txt", SHORT), ("c.txt", SHORT)];
    insta::assert_snapshot!(Session::library(&files).screen());
}

#[test]
fn the_help_and_the_palette() {
    let mut session = Session::reading(SHORT);
    session.press("?");
    session.shows("Go to the next section");
    session.press("/");
    session.type_text("percent");
    session.press("enter");
    session.shows("Go to a percentage");
    session.hides("Go to the next section");
    session.press("esc");
    session.hides("Keys:");
    session.press(":");
    session.type_text("nxsec");
    insta::assert_snapshot!(session.screen());
    session.press("enter");
    session.shows("The Wick");
}

#[test]
fn the_place_survives_every_resize() {
    let mut session = Session::reading(&long());
    session.press("space space j j j");
    let word = session.top_words().split(' ').next().unwrap().to_owned();
    let before = session.screen();
    for (width, height) in [(20, 5), (200, 60), (61, 7), (1, 1), (33, 20)] {
        session.resize(width, height);
        if width > 10 {
            assert!(
                session.top_words().contains(&word),
                "{width}x{height}: {}",
                session.top_words()
            );
        }
    }
    session.press("t t z z p p");
    session.resize(80, 24);
    assert_eq!(session.screen(), before);
}

#[test]
fn every_action_can_be_asked_for_everywhere_at_every_size() {
    for (width, height) in [(1, 1), (20, 5), (80, 24)] {
        let mut session = Session::new(
            (width, height),
            &[("a.txt", &long()), ("b.txt", SHORT)],
            Start::Library,
        );
        for place in ["1", "enter", "2", "M"] {
            for action in crate::action::Action::all() {
                session.press(place);
                session.wait(600);
                let mut effects = Vec::new();
                session.app.act(
                    super::super::event::Asked {
                        action: *action,
                        count: Some(3),
                    },
                    &mut effects,
                );
                session.answer(effects);
                session.screen();
                session.app.pending.clear();
                session.app.overlay = None;
            }
        }
    }
}

#[test]
fn an_empty_article_says_so() {
    let session = Session::reading("");
    session.shows("this article is empty");
}

#[test]
fn contents_say_why_there_are_no_headings() {
    let body = "It is because it was so before, which is a reason as good as any other, and short.";
    let questions: String = (1..=12)
        .map(|i| format!("{i}. Why is it so again?\n\n{body}\n\n"))
        .collect();
    let text = format!("A title of some words\n\n{questions}");
    let session = Session::new(
        (120, 40),
        &[("a.txt", &text)],
        Start::Article("a.txt".into()),
    );
    session.shows("no headings: too many (12 of 25)");
}
