//! What bytes become.

use proptest::prelude::*;

use super::*;

const ALT: Key = Key {
    ctrl: false,
    alt: true,
    shift: false,
    code: Code::Enter,
};
const CTRL: Key = Key {
    ctrl: true,
    alt: false,
    shift: false,
    code: Code::Enter,
};
const SHIFT: Key = Key {
    ctrl: false,
    alt: false,
    shift: true,
    code: Code::Enter,
};

/// What comes of bytes after which nothing comes.
fn events(bytes: &[u8]) -> Vec<Event> {
    let mut decoder = Decoder::default();
    let now = Instant::now();
    let mut events = decoder.feed(bytes, now);
    events.extend(rest(&mut decoder));
    events
}

/// What comes of waiting until nothing more can come.
fn rest(decoder: &mut Decoder) -> Vec<Event> {
    let mut events = Vec::new();
    while let Some(due) = decoder.due() {
        events.extend(decoder.elapse(due));
    }
    events
}

/// Events as text: `Debug` of an event, without what is the same in all keys.
fn told(events: &[Event]) -> String {
    let told = events.iter().map(|event| match event {
        Event::Key(key) => named(*key),
        other => format!("{other:?}"),
    });
    told.collect::<Vec<_>>().join(" ")
}

fn named(key: Key) -> String {
    let held = [
        (key.ctrl, "ctrl-"),
        (key.alt, "alt-"),
        (key.shift, "shift-"),
    ];
    let held: String = held
        .iter()
        .filter(|(is_held, _)| *is_held)
        .map(|(_, name)| *name)
        .collect();
    match key.code {
        Code::Char(c) => format!("{held}{c}"),
        code => format!("{held}{code:?}"),
    }
}

#[track_caller]
fn check(bytes: &[u8], expected: &str) {
    assert_eq!(
        told(&events(bytes)),
        expected,
        "{:?}",
        bytes.escape_ascii().to_string()
    );
    // the same when it comes byte by byte
    let mut decoder = Decoder::default();
    let now = Instant::now();
    let mut events: Vec<_> = bytes
        .iter()
        .flat_map(|byte| decoder.feed(&[*byte], now))
        .collect();
    events.extend(rest(&mut decoder));
    assert_eq!(
        told(&events),
        expected,
        "{:?} in pieces",
        bytes.escape_ascii().to_string()
    );
}

#[track_caller]
fn check_key(bytes: &[u8], expected: Key) {
    check(bytes, &named(expected));
}

#[test]
fn characters_come_as_they_are() {
    check(b"j", "j");
    check(b"G", "G");
    check("é".as_bytes(), "é");
    check("字😀".as_bytes(), "字 😀");
    check(b" ", " ");
}

#[test]
fn keys_with_names_have_them() {
    check(b"\r", "Enter");
    check(b"\t", "Tab");
    check(b"\x7f", "Backspace");
    check(b"\x1b[A", "Up");
    check(b"\x1bOB", "Down");
    check(b"\x1b[5~\x1b[6~", "PageUp PageDown");
    check(b"\x1b[H\x1b[4~", "Home End");
    check(
        b"\x1bOP\x1b[[B\x1b[24~",
        "Function(1) Function(2) Function(12)",
    );
    check(b"\x1b[3~\x1b[2~", "Delete Insert");
}

#[test]
fn what_is_held_down_is_told() {
    check_key(
        b"\x04",
        Key {
            code: Code::Char('d'),
            ..CTRL
        },
    );
    check_key(
        b"\x1b[1;5A",
        Key {
            code: Code::Up,
            ..CTRL
        },
    );
    check_key(
        b"\x1b[1;3D",
        Key {
            code: Code::Left,
            ..ALT
        },
    );
    check_key(
        b"\x1b[Z",
        Key {
            code: Code::Tab,
            ..SHIFT
        },
    );
    check_key(
        b"\x1bx",
        Key {
            code: Code::Char('x'),
            ..ALT
        },
    );
    check_key(
        "\x1bé".as_bytes(),
        Key {
            code: Code::Char('é'),
            ..ALT
        },
    );
    check_key(
        b"\x1b\r",
        Key {
            code: Code::Enter,
            ..ALT
        },
    );
    check(b"\0\x1c\x1d\x1e\x1f", r"ctrl-  ctrl-\ ctrl-] ctrl-^ ctrl-_");
}

#[test]
fn keys_of_newer_terminals_are_the_same() {
    check(b"\x1b[106u", "j");
    check(b"\x1b[103;2u", "G");
    check(b"\x1b[99;5u", "ctrl-c");
    check(b"\x1b[27u", "Esc");
    check(b"\x1b[106;1:3u", ""); // a release
    check(b"\x1b[106;1:2u", "j"); // a repetition
    check(b"\x1b[113;9u", ""); // held with the window system's key
}

#[test]
fn an_escape_on_its_own_is_the_escape_key_after_a_short_while() {
    let mut decoder = Decoder::default();
    let now = Instant::now();
    assert!(decoder.feed(b"\x1b", now).is_empty());
    assert_eq!(decoder.due(), Some(now + ESCAPE_WAIT));
    assert!(decoder.elapse(now + ESCAPE_WAIT / 2).is_empty());
    assert_eq!(told(&decoder.elapse(now + ESCAPE_WAIT)), "Esc");
    assert_eq!(decoder.due(), None);
    check(b"\x1b\x1b", "Esc Esc");
    check(b"\x1b\x1b[A", "Esc Up");
}

#[test]
fn nothing_waits_when_nothing_has_begun() {
    let mut decoder = Decoder::default();
    decoder.feed("jé\x1b[A".as_bytes(), Instant::now());
    assert_eq!(decoder.due(), None);
}

#[test]
fn alt_with_what_begins_a_sequence_swallows_nothing() {
    check(b"\x1b[", "alt-[");
    check(b"\x1b]", "alt-]");
    check(b"\x1b]q", "alt-] q");
    check(b"\x1bP", "alt-P");
    check(b"\x1bPq", "alt-P q");
    check(b"\x1bO", "alt-O");
    check(b"\x1b[\x03", "alt-[ ctrl-c");
    check(b"\x1b]11;\x03q", "ctrl-c q");
}

#[test]
fn what_is_not_understood_is_left_out_as_a_whole() {
    check(b"\x1b[=5hq", "q");
    check(b"\x1b[;5Aq", "q");
    check(b"\x1b[?1;2cq", "q");
    check(b"\x1b[201~q", "q");
    check(b"\x1b[Iq", "q");
    check(b"\x1b]52;c;aGFsbG8=\x1b\\q", "q");
    check(b"\x1bP1$r0m\x1b\\q", "q");
    check(b"\xff\xc3q", "q");
    check("\u{85}q".as_bytes(), "q");
}

#[test]
fn a_sequence_that_goes_on_for_ever_does_not_swallow_the_keys() {
    let mut bytes = b"\x1b]11;".to_vec();
    bytes.resize(10 * MAX_SEQUENCE_BYTES, b'a');
    let mut decoder = Decoder::default();
    let now = Instant::now();
    decoder.feed(&bytes, now);
    rest(&mut decoder);
    assert_eq!(told(&decoder.feed(b"q", now)), "q");
}

#[test]
fn the_mouse_clicks_and_turns_its_wheel() {
    check(
        b"\x1b[<0;5;3M",
        "Mouse(Mouse { kind: Click, column: 4, row: 2 })",
    );
    check(
        b"\x1b[<32;6;3M",
        "Mouse(Mouse { kind: Drag, column: 5, row: 2 })",
    );
    check(
        b"\x1b[<0;5;3m",
        "Mouse(Mouse { kind: Release, column: 4, row: 2 })",
    );
    check(
        b"\x1b[<64;1;1M",
        "Mouse(Mouse { kind: WheelUp, column: 0, row: 0 })",
    );
    check(
        b"\x1b[<65;300;1M",
        "Mouse(Mouse { kind: WheelDown, column: 299, row: 0 })",
    );
    check(b"\x1b[<2;5;3M\x1b[<35;5;3M", "");
    check(
        b"\x1b[M !!q",
        "Mouse(Mouse { kind: Click, column: 0, row: 0 }) q",
    );
}

#[test]
fn the_background_is_dark_or_light() {
    check(b"\x1b]11;rgb:0000/0000/0000\x1b\\", "Background(Dark)");
    check(b"\x1b]11;rgb:ffff/ffff/ffff\x07", "Background(Light)");
    check(b"\x1b]11;rgb:1e/1e/2e\x07", "Background(Dark)");
    check(b"\x1b]11;#fdf6e3\x07q", "Background(Light) q");
    check(b"\x1b]10;rgb:ffff/ffff/ffff\x07q", "q");
    check(b"\x1b]11;nonsense\x07q", "q");
}

#[test]
fn an_answer_cut_in_two_never_becomes_keys() {
    let mut decoder = Decoder::default();
    let now = Instant::now();
    assert!(decoder.feed(b"\x1b]11;rgb:00", now).is_empty());
    let later = now + ANSWER_WAIT / 2;
    assert!(decoder.elapse(later).is_empty());
    assert_eq!(
        told(&decoder.feed(b"00/0000/0000\x1b\\", later)),
        "Background(Dark)"
    );
}

#[test]
fn a_paste_is_text_and_never_keys() {
    check(b"\x1b[200~quit\x1b[201~j", r#"Pasted("quit") j"#);
    check(b"\x1b[200~\x1b[201~j", "j");
    check(
        "\x1b[200~a\r\nb\rc\td\x1b[31m\x07\u{9b}é\x1b[201~".as_bytes(),
        r#"Pasted("a\nb\nc\td[31mé")"#,
    );
    check(b"\x1b[200~a\x1b[200~b\x1b[201~", r#"Pasted("a[200~b")"#);
}

#[test]
fn an_unended_paste_is_taken_after_a_second_and_keys_work_again() {
    let mut decoder = Decoder::default();
    let now = Instant::now();
    assert!(decoder.feed(b"\x1b[200~lost", now).is_empty());
    let later = now + PASTE_WAIT / 2;
    assert!(decoder.feed(b"q", later).is_empty());
    assert_eq!(
        decoder.due(),
        Some(now + PASTE_WAIT),
        "typing does not put it off"
    );
    assert_eq!(
        told(&decoder.elapse(now + PASTE_WAIT)),
        r#"Pasted("lostq")"#
    );
    assert_eq!(told(&decoder.feed(b"\x03j", now + PASTE_WAIT)), "ctrl-c j");
}

#[test]
fn a_paste_that_is_still_pouring_in_goes_on() {
    let mut decoder = Decoder::default();
    let now = Instant::now();
    decoder.feed(b"\x1b[200~", now);
    let later = now + PASTE_WAIT / 2;
    decoder.feed(&[b'a'; POURING_BYTES], later);
    assert_eq!(decoder.due(), Some(later + PASTE_WAIT));
}

#[test]
fn a_paste_that_is_too_long_is_cut_and_its_rest_is_no_keys() {
    let mut decoder = Decoder::default();
    let now = Instant::now();
    let mut events = decoder.feed(b"\x1b[200~", now);
    for _ in 0..3 * MAX_PASTE_BYTES / 4096 {
        events.extend(decoder.feed(&[b'q'; 4096], now));
    }
    events.extend(decoder.feed(b"\x1b[20", now));
    events.extend(decoder.feed(b"1~j", now));
    let [Event::Pasted(text), Event::Told(_), Event::Key(_)] = &events[..] else {
        panic!("{}", events.len())
    };
    assert_eq!(text.len(), MAX_PASTE_BYTES);
}

proptest! {
    #[test]
    fn nothing_panics_and_every_key_works_afterwards(
        bytes in prop::collection::vec(
            prop_oneof![
                Just(ESC), Just(b'['), Just(b']'), Just(b'O'), Just(b'P'), Just(b';'), Just(b'<'), Just(b'?'), Just(b'M'),
                Just(b'~'), Just(b'u'), Just(b'>'), b'0'..=b'9', any::<u8>()
            ],
            0..60,
        ),
        cut in 0_usize..60,
    ) {
        let mut decoder = Decoder::default();
        let now = Instant::now();
        let (one, two) = bytes.split_at(cut.min(bytes.len()));
        decoder.feed(one, now);
        decoder.feed(two, now);
        rest(&mut decoder);
        prop_assert_eq!(told(&decoder.feed(b"q", now)), "q");
    }

    #[test]
    fn no_control_character_comes_through(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        for event in events(&[PASTE_BEGINS, &bytes[..]].concat()) {
            match event {
                Event::Pasted(text) => prop_assert!(!text.contains(|c: char| c.is_control() && c != '\n' && c != '\t')),
                Event::Key(Key { code: Code::Char(c), .. }) => prop_assert!(!c.is_control()),
                _ => {}
            }
        }
    }
}
