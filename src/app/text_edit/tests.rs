//! Keys in, text and cells out.

use proptest::prelude::*;

use super::*;

/// Presses keys, written as in `config.toml`; anything longer that is no key is typed.
fn press(edit: &mut TextEdit, keys: &str) {
    for key in keys.split(' ') {
        match key.parse() {
            Ok(key) => edit.key(key),
            Err(_) => key
                .chars()
                .for_each(|c| edit.key(Key::plain(Code::Char(c)))),
        }
    }
}

/// Presses keys in a text; `|` is where the cursor is then.
#[track_caller]
fn check(text: &str, keys: &str, expected: &str) {
    let mut edit = TextEdit::holding(text);
    edit.set_size(Size::new(20, 5));
    press(&mut edit, keys);
    assert_eq!(shown(&edit), expected);
}

fn shown(edit: &TextEdit) -> String {
    let (before, after) = edit.text.split_at(edit.cursor);
    format!("{before}|{after}")
}

fn cells(edit: &TextEdit, width: u16, height: u16) -> (Vec<String>, Point) {
    let area = Rect::new(0, 0, width, height);
    let mut buffer = Buffer::empty(area);
    let cursor = edit.draw(&mut buffer, area, Style::new());
    let row = |y| {
        (0..width)
            .map(|x| buffer[(x, y)].symbol())
            .collect::<String>()
    };
    let rows = (0..height).map(|y| row(y).trim_end().to_owned());
    (rows.collect(), cursor)
}

#[test]
fn what_is_typed_goes_in_at_the_cursor() {
    check("", "a enter b left x", "a\nx|b");
    check("ab", "left tab", "a    |b");
    check("ab", "left ctrl-j", "a\n|b");
}

#[test]
fn erasing_goes_over_graphemes_and_lines() {
    check("a👩‍👩‍👧", "backspace", "a|");
    check("e\u{301}x", "left backspace", "|x");
    check("a\nb", "left backspace", "a|b");
    check("a\nb", "left left delete", "a|b");
    check("", "backspace delete ctrl-w ctrl-u ctrl-k", "|");
    check("one two", "ctrl-w", "one |");
    check("one, ", "alt-backspace", "|");
    check("one\ntwo", "ctrl-w ctrl-w ctrl-w", "|");
    check("one\n", "ctrl-w", "one|");
    check("one\ntwo", "ctrl-u", "one\n|");
    check("one\ntwo", "ctrl-u ctrl-u", "one|");
    check("one\ntwo", "home left ctrl-a ctrl-k", "|\ntwo");
    check("one\ntwo", "home left ctrl-k", "one|two");
    check("one two", "home alt-d", "| two");
}

#[test]
fn moves_go_by_grapheme_word_and_line() {
    check("漢字", "left", "漢|字");
    check("one two", "alt-left", "one |two");
    check("one two", "ctrl-left ctrl-left ctrl-right", "one| two");
    check("one\ntwo", "home", "one\n|two");
    check("one\ntwo", "ctrl-a left ctrl-a ctrl-e", "one|\ntwo");
    check("a\nb", "left left left left right", "a|\nb");
}

#[test]
fn rows_are_gone_through_as_they_are_shown_and_the_column_is_kept() {
    let mut edit = TextEdit::holding("a long line of words\n\nab");
    edit.set_size(Size::new(12, 5));
    edit.up(1);
    assert_eq!(shown(&edit), "a long line of words\n|\nab");
    edit.up(1);
    assert_eq!(shown(&edit), "a long line of| words\n\nab");
    edit.up(1);
    assert_eq!(shown(&edit), "a |long line of words\n\nab");
    edit.up(1);
    assert_eq!(edit.cursor, 0);
    edit.down(4);
    assert_eq!(shown(&edit), "a long line of words\n\n|ab");
    edit.down(1);
    assert_eq!(edit.cursor, edit.text.len());
}

#[test]
fn the_row_of_the_cursor_is_shown() {
    let text = (1..=30)
        .map(|n| n.to_string())
        .collect::<Vec<_>>()
        .join("\n");
    let mut edit = TextEdit::holding(&text);
    edit.set_size(Size::new(10, 3));
    assert_eq!(
        cells(&edit, 10, 3),
        (
            ["28", "29", "30"].map(String::from).into(),
            Point::new(2, 2)
        )
    );
    edit.up(5);
    assert_eq!(cells(&edit, 10, 3).0, ["25", "26", "27"]);
    edit.top();
    assert_eq!(
        cells(&edit, 10, 3),
        (["1", "2", "3"].map(String::from).into(), Point::new(0, 0))
    );
    edit.end();
    edit.set_size(Size::new(10, 5));
    assert_eq!(cells(&edit, 10, 5).0, ["26", "27", "28", "29", "30"]);
    edit.point_at(1, 1);
    press(&mut edit, "x");
    assert_eq!(cells(&edit, 10, 5).0[1], "2x7");
}

#[test]
fn wide_signs_are_wrapped_and_drawn_whole() {
    let mut edit = TextEdit::holding("漢字かな\nx👩‍👩‍👧e\u{301}");
    edit.set_size(Size::new(5, 4));
    let (rows, cursor) = cells(&edit, 5, 4);
    assert_eq!(rows, ["漢 字", "か な", "x👩‍👩‍👧 e\u{301}", ""]);
    assert_eq!(cursor, Point::new(4, 2));
}

#[test]
fn the_cursor_stands_right_of_a_full_row() {
    let mut edit = TextEdit::holding("abcde");
    edit.set_size(Size::new(5, 2));
    assert_eq!(cells(&edit, 5, 2).1, Point::new(5, 0));
    press(&mut edit, "space space x");
    assert_eq!(
        cells(&edit, 5, 2),
        (["abcde", "x"].map(String::from).into(), Point::new(1, 1))
    );
}

#[test]
fn nothing_that_acts_is_drawn() {
    let hostile =
        "a\u{1b}]0;x\u{7}\u{202e}\u{2066}\u{9b}2J\r\nb\u{301}".to_owned() + &"\u{301}".repeat(1000);
    let mut edit = TextEdit::holding(&hostile);
    edit.set_size(Size::new(30, 3));
    let (rows, _) = cells(&edit, 30, 3);
    assert_eq!(rows[0], "a␛]0;x␇\u{fffd}\u{fffd}2J");
    assert_eq!(rows[1], "\u{fffd}");
}

#[test]
fn what_is_pasted_keeps_its_lines_and_acts_on_nothing() {
    let mut edit = TextEdit::holding("été noir");
    press(&mut edit, "left left left left");
    edit.paste("a\r\nb\t\u{1b}\u{202e}é\n");
    assert_eq!(shown(&edit), "été a\nb     é\n|noir");
    assert!(edit.undo());
    assert_eq!(shown(&edit), "été |noir");
    assert!(edit.redo());
    assert_eq!(shown(&edit), "été a\nb     é\n|noir");
}

#[test]
fn typing_is_taken_back_word_by_word() {
    let mut edit = TextEdit::holding("");
    press(&mut edit, "one space two");
    press(&mut edit, "backspace backspace backspace backspace");
    assert_eq!(edit.text(), "one");
    for expected in ["one two", "one ", ""] {
        assert!(edit.undo());
        assert_eq!(edit.text(), expected);
    }
    assert!(!edit.undo());
    for expected in ["one ", "one two", "one"] {
        assert!(edit.redo());
        assert_eq!(edit.text(), expected);
    }
    assert!(!edit.redo());
    press(&mut edit, "home x end y");
    assert!(edit.undo());
    assert_eq!(edit.text(), "xone");
}

#[test]
fn a_long_text_is_pasted_and_edited_at_once() {
    for text in [
        "é\n".repeat(400_000),
        "a word ".repeat(150_000),
        "漢".repeat(350_000),
    ] {
        let mut edit = TextEdit::holding("");
        edit.paste(&text);
        assert_eq!(edit.text().len(), text.len());
        for keys in [
            "x",
            "backspace",
            "up",
            "home",
            "y",
            "ctrl-w",
            "left",
            "down",
        ] {
            press(&mut edit, keys);
            cells(&edit, 72, 10);
        }
    }
}

proptest! {
    #[test]
    fn whatever_is_pressed_everything_can_be_taken_back(
        text in "(\\PC|[a-z \n\t]|漢|👩‍👩‍👧){0,40}",
        keys in proptest::collection::vec(
            "[a-d]|space|enter|backspace|delete|left|right|up|down|home|end|ctrl-w|ctrl-u|ctrl-k|alt-d|alt-left|ctrl-right",
            0..40,
        ),
    ) {
        let mut edit = TextEdit::holding(&text);
        edit.set_size(Size::new(7, 3));
        for key in &keys {
            match key.as_str() {
                "up" => edit.up(1),
                "down" => edit.down(1),
                _ => press(&mut edit, key),
            }
            prop_assert!(edit.text.is_char_boundary(edit.cursor));
            let (_, cursor) = cells(&edit, 7, 3);
            prop_assert!(cursor.x <= 7 && cursor.y < 3, "{cursor:?} {:?}", shown(&edit));
        }
        let now = edit.text().to_owned();
        while edit.undo() {}
        prop_assert_eq!(edit.text(), &text.replace('\r', "\n"));
        while edit.redo() {}
        prop_assert_eq!(edit.text(), &now);
    }
}
