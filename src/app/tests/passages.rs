//! Selecting passages, highlighting them, writing to them, and what becomes of them.

use std::path::PathBuf;
use std::sync::Arc;

use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::style::Modifier;

use super::super::effect::Effect;
use super::super::event::{Event, Mouse, MouseKind};
use super::{SHORT, Session, Start, long};
use crate::model::article::{Bookmark, Kind};

const TEXT: &str = "The Harbour\n\nThe lamp was lit at six. Nobody came, for M. Lavrov had taken the boat. \
    It rained.\n\nThe second keeper wrote it down in the book, as he did every day of the year.\n\n\
    A third paragraph tells of the oil, of the wick, and of the long winter that came after it.\n";

/// The words of the bookmarks, in the order in which they were made.
fn kept(session: &Session) -> Vec<String> {
    let bookmarks = session.states.values().flat_map(|state| &state.bookmarks);
    bookmarks.map(|it| it.quote.exact.clone()).collect()
}

fn last(session: &Session) -> Arc<Bookmark> {
    let last = session.state().bookmarks.last();
    Arc::clone(last.expect("something was kept"))
}

/// The words on the screen that are drawn with a modifier.
fn drawn_with(session: &Session, modifier: Modifier) -> String {
    let size = session.size;
    let mut terminal = Terminal::new(TestBackend::new(size.width, size.height)).unwrap();
    terminal.draw(|frame| session.app.draw(frame)).unwrap();
    let buffer = terminal.backend().buffer();
    let column = session.app.areas().column;
    let mut words = String::new();
    for y in column.y..column.bottom() {
        for x in column.x..column.right() {
            let cell = &buffer[(x, y)];
            if cell.modifier.contains(modifier) {
                words.push_str(cell.symbol());
            }
        }
    }
    words.trim_end().to_owned()
}

#[track_caller]
fn check(keys: &str, expected: &str) {
    let mut session = Session::reading(TEXT);
    session.press("}");
    session.press(keys);
    session.press("enter");
    assert_eq!(kept(&session), [expected], "{keys}");
}

#[test]
fn a_selection_goes_by_sentences_words_and_paragraphs() {
    check("v", "The lamp was lit at six.");
    check("v l", "Nobody came, for M. Lavrov had taken the boat.");
    check("v l l h", "Nobody came, for M. Lavrov had taken the boat.");
    check("v 2 l", "It rained.");
    check("v v", "The");
    check("v v l l", "was");
    check("v v l w", "lamp was");
    check("v v l 3 w b", "lamp was lit");
    check(
        "v s",
        "The lamp was lit at six. Nobody came, for M. Lavrov had taken the boat.",
    );
    check("v v l b", "The lamp");
    check("v w", "The lamp was lit at six. Nobody");
    let first =
        "The lamp was lit at six. Nobody came, for M. Lavrov had taken the boat. It rained.";
    check("V", first);
    check("v v v", first);
    check("v l l V", first);
}

#[test]
fn a_selection_reaches_over_paragraphs_and_both_its_ends_move() {
    check(
        "v 2 l s",
        "It rained.\nThe second keeper wrote it down in the book, as he did every day of the year.",
    );
    check("v 2 l w", "It rained.\nThe");
    check(
        "v 2 l w o S",
        "Nobody came, for M. Lavrov had taken the boat. It rained.\nThe",
    );
    check("v v } {", "The");
    let first =
        "The lamp was lit at six. Nobody came, for M. Lavrov had taken the boat. It rained.";
    check("v v }", first);
    check(
        "v l b b",
        "lit at six. Nobody came, for M. Lavrov had taken the boat.".trim_start_matches("lit "),
    );
}

#[test]
fn lines_lead_to_what_stands_under_them() {
    let mut session = Session::reading(TEXT);
    session.resize(40, 24);
    session.press("} v v j enter");
    let word = kept(&session).remove(0);
    assert!(
        !word.is_empty() && !word.contains(' ') && word != "The",
        "{word}"
    );
    session.press("v v j k enter");
    assert_eq!(session.state().bookmarks.len(), 2);
}

#[test]
fn a_selection_is_left_without_a_trace() {
    let mut session = Session::reading(TEXT);
    session.press("} v");
    session.shows("6 words, by sentence");
    assert_eq!(
        drawn_with(&session, Modifier::REVERSED),
        "The lamp was lit at six."
    );
    for key in ["esc", "q"] {
        session.press("v");
        session.press(key);
        session.hides("by sentence");
        assert_eq!(drawn_with(&session, Modifier::REVERSED), "");
    }
    session.shows("The lamp was lit");
    assert!(session.states.is_empty());
}

#[test]
fn a_selection_goes_on_beyond_the_screen() {
    let mut session = Session::reading(&long());
    session.press("} v 2 0 }");
    session.press("enter");
    assert!(kept(&session)[0].contains("Paragraph 2.5"));
    session.shows("Paragraph 2.8");
}

#[test]
fn a_highlight_has_a_kind_that_can_be_changed_and_taken_back() {
    let mut session = Session::reading(TEXT);
    session.press("} v l 2");
    session.wait(600);
    session.shows("as question");
    session.shows("?▎");
    assert_eq!(last(&session).kind, Kind::new(2));
    session.press("e 3");
    session.shows("is idea now");
    session.shows("&▎");
    session.press("e 3");
    session.shows("it is idea already");
    session.press("U");
    session.shows("?▎");
    session.press("U");
    session.hides("?▎");
    assert_eq!(kept(&session), [""; 0]);
    session.press("ctrl-r ctrl-r");
    assert_eq!(last(&session).kind, Kind::new(3));
    session.press("e 0");
    session.shows("◆▎");
    session.press("e d");
    session.shows("removed the bookmark");
    assert_eq!(kept(&session), [""; 0]);
}

#[test]
fn the_same_words_are_highlighted_once_and_the_kind_is_remembered() {
    let mut session = Session::reading(TEXT);
    session.press("} v 4");
    session.wait(600);
    session.press("v enter");
    session.shows("it is agree already");
    session.press("v l enter");
    assert_eq!(last(&session).kind, Kind::new(4));
    session.press("v 1");
    session.wait(600);
    session.shows("is important now");
    assert_eq!(session.state().bookmarks.len(), 2);
}

#[test]
fn a_paragraph_without_a_passage_is_kept_as_what_is_asked_for() {
    let mut session = Session::reading(TEXT);
    session.press("} e 0");
    session.shows("bookmarked “The lamp was");
    session.press("} e 5");
    session.shows("highlighted “The second keeper");
    let kinds = session.state().bookmarks.iter().map(|it| it.kind);
    assert_eq!(kinds.collect::<Vec<_>>(), [None, Kind::new(5)]);
}

#[test]
fn a_count_before_a_key_is_no_kind() {
    check(
        "v 2 s",
        "The lamp was lit at six. Nobody came, for M. Lavrov had taken the boat. It rained.",
    );
}

#[test]
fn overlapping_highlights_show_the_inner_one_over_the_outer_one() {
    let mut session = Session::reading(TEXT);
    session.press("} V 3");
    session.wait(600);
    session.press("v 1");
    session.wait(600);
    assert_eq!(
        drawn_with(&session, Modifier::BOLD),
        "The Harbour The lamp was lit at six.".replace(" The lamp", "The lamp")
    );
    let underlined = drawn_with(&session, Modifier::UNDERLINED);
    assert!(
        underlined.starts_with("The lamp") && underlined.ends_with("rained."),
        "{underlined}"
    );
}

#[test]
fn tags_are_given_to_what_is_selected_and_to_what_is_kept() {
    let mut session = Session::reading(TEXT);
    session.press("} v t");
    session.type_text("#sea, oil Sea");
    session.press("enter");
    session.shows("tagged #sea #oil");
    assert_eq!(last(&session).tags, ["sea", "oil"]);
    assert_eq!(last(&session).kind, Kind::new(1));
    session.press("j");
    session.shows("important · #sea #oil");
    session.press("e t");
    session.shows("tags: sea oil");
    session.press("ctrl-u enter");
    assert!(last(&session).tags.is_empty());
    session.press("U U");
    assert_eq!(kept(&session), [""; 0], "what was new is gone again");
}

#[test]
fn what_is_selected_is_copied_with_its_source() {
    let mut session = Session::reading(TEXT);
    session.press("} v l y");
    session.shows("copied what was selected");
    let copied = session.asked.iter().rev().find_map(|effect| match effect {
        Effect::Copy(text) => Some(text.clone()),
        _ => None,
    });
    let copied = copied.unwrap();
    assert!(
        copied.starts_with("Nobody came, for M. Lavrov had taken the boat.\n\n— "),
        "{copied}"
    );
    assert!(copied.contains("The Harbour") && copied.contains("a.txt"));
    session.hides("by sentence");
}

#[test]
fn the_mouse_selects_the_words_it_is_dragged_over() {
    let mut session = Session::reading(TEXT);
    let column = session.app.areas().column;
    let row = (0..24).find(|y| {
        session
            .screen()
            .lines()
            .nth(*y)
            .is_some_and(|l| l.contains("lit at six. Nobody"))
    });
    let row = u16::try_from(row.unwrap()).unwrap();
    let mouse = |kind, x, row| {
        Event::Mouse(Mouse {
            kind,
            column: column.x + x,
            row,
        })
    };
    session.tell(mouse(MouseKind::Click, 5, row));
    session.hides("by word");
    session.tell(mouse(MouseKind::Drag, 14, row));
    session.tell(mouse(MouseKind::Release, 14, row));
    session.press("enter");
    assert_eq!(kept(&session), ["lamp was lit"]);
    session.tell(mouse(MouseKind::Drag, 30, row));
    session.press("enter");
    assert_eq!(kept(&session).len(), 1, "no button was down");
}

#[test]
fn the_keys_go_from_passage_to_passage_inside_of_a_paragraph() {
    let mut session = Session::reading(TEXT);
    session.press("} v 1");
    session.wait(600);
    session.press("v l l 2");
    session.wait(600);
    session.press("} B");
    session.press("g g { , .");
    session.press("g g { . .");
    session.press("e 5");
    let kinds: Vec<_> = session
        .state()
        .bookmarks
        .iter()
        .map(|it| it.kind.map(Kind::number))
        .collect();
    assert!(kinds.contains(&Some(5)), "{kinds:?}");
    session.press(",");
    session.shows("important");
}

#[test]
fn the_list_is_narrowed_by_kind_tag_and_words() {
    let mut session = Session::reading(TEXT);
    session.press("} v l 2");
    session.wait(600);
    session.press("} v t");
    session.type_text("ink");
    session.press("enter M");
    session.resize(40, 12);
    session.shows("2 bookmarks of this article");
    session.resize(80, 24);
    session.shows("as they stand in the text");
    session.shows("2 bookmarks of this article");
    session.shows("question");
    for (query, shown, hidden) in [
        ("kind:question -tag:ink", "Nobody came", "second keeper"),
        ("tag:ink", "second keeper", "Nobody came"),
        ("keeper -nobody", "second keeper", "Nobody came"),
    ] {
        session.press("/");
        session.type_text(query);
        session.shows("1 of 2 bookmarks");
        session.press("enter");
        session.shows(shown);
        session.hides(hidden);
        session.press("esc");
    }
    session.press("/");
    session.type_text("tag:ink kind:qu");
    session.shows("1 of 2 bookmarks");
    session.press("ctrl-u");
    session.type_text("kind:quotation");
    session.shows("did you mean `question`?");
    session.press("ctrl-u");
    session.type_text("kid:question");
    session.shows("did you mean `kind`?");
}

/// The session with its text changed, opened again.
fn changed(session: &Session, text: &str) -> Session {
    let mut again = Session::new((80, 24), &[("a.txt", text)], Start::Library);
    again.states.clone_from(&session.states);
    again.now = session.now;
    again.press("enter");
    again
}

#[test]
fn a_lost_passage_is_found_again_by_the_reader_or_kept_as_a_note() {
    let mut session = Session::reading(TEXT);
    session.press("} } V 2");
    session.wait(600);
    let other = TEXT.replace(
        "The second keeper wrote it down in the book, as he did every day of the year.",
        "Somebody else has put down in the book of the year that the second one never came.",
    );
    let mut lost = changed(&session, &other);
    lost.press("M");
    lost.shows("lost");
    lost.press("enter");
    lost.shows("no longer in the text");
    lost.shows("The second keeper wrote it down");
    lost.press("k");
    lost.shows("kept as a note");
    lost.shows("a note: its words are gone");
    assert!(last(&lost).is_loose);
    lost.press("U");
    assert!(!last(&lost).is_loose);
    lost.press("enter d");
    lost.shows("removed the highlight");
    lost.press("U enter esc");
    assert_eq!(kept(&lost).len(), 1);
}

#[test]
fn words_that_have_changed_can_be_taken_as_they_are_now() {
    let mut session = Session::reading(TEXT);
    session.press("} } V 2");
    session.wait(600);
    let text = TEXT.replace("wrote it down in the book", "wrote it all down in a book");
    let mut again = changed(&session, &text);
    again.press("M v");
    again.shows("These words have changed");
    again.press("1");
    again.shows("kept with");
    assert!(last(&again).quote.exact.contains("all down in a book"));
    assert_eq!(last(&again).kind, Kind::new(2));
    again.hides("changed, now");
}

#[test]
fn old_passages_are_shown_above_the_library() {
    let mut session = Session::reading(SHORT);
    session.press("} v 1");
    session.wait(600);
    let files = [("a.txt", SHORT), ("b.txt", TEXT)];
    let mut later = Session::new((80, 24), &files, Start::Article(PathBuf::from("b.txt")));
    later.states.clone_from(&session.states);
    later.now = 40 * 24 * 60 * 60 * 1000;
    let effects = vec![Effect::Resurface(3)];
    later.answer(effects);
    later.press("q");
    later.shows("5 weeks ago");
    later.press("g g enter");
    assert!(kept(&later)[0].starts_with("Nobody") || later.top_words().contains("Lamp"));
    later.hides("5 weeks ago");
    later.shows("important");
    later.press("e d q");
    later.hides("5 weeks ago");
}

#[test]
fn whatever_is_selected_in_odd_texts_can_be_kept_and_left() {
    let marks = "\u{301}".repeat(300);
    for text in [
        "x",
        "\u{301}\u{301}",
        "…\n\n—\n",
        &marks,
        "",
        "a\n\n```\nb\n```\n",
        "👩‍👩‍👧 漢字かな交じり文。テスト。",
    ] {
        let mut session = Session::new((40, 12), &[("a.md", text)], Start::Article("a.md".into()));
        for keys in ["v", "v v", "V", "v } s w b S {", "v j k l h o"] {
            session.press(keys);
            session.press("enter");
            session.press("v esc");
        }
        session.screen();
        session.press("M");
        session.screen();
    }
}

#[test]
fn what_is_copied_leads_to_the_very_words_where_there_is_an_address() {
    let text = format!("---\nurl: https://a.example/harbour\nauthor: Ida Holm\n---\n\n# {TEXT}");
    let files = [("a.md", text.as_str())];
    let mut session = Session::new((80, 24), &files, Start::Article("a.md".into()));
    session.press("} } v l y");
    let copied = session.asked.iter().rev().find_map(|effect| match effect {
        Effect::Copy(text) => Some(text.clone()),
        _ => None,
    });
    let copied = copied.unwrap();
    assert!(copied.contains("Ida Holm"), "{copied}");
    let address = copied.trim_end().lines().last().unwrap();
    assert!(
        address.starts_with("https://a.example/harbour#:~:text="),
        "{address}"
    );
}
