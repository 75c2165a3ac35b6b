//! Tests of the configuration as a whole.

use super::keymap::{Match, Place};
use super::*;
use crate::action::Action;

/// What is told of a file, one mistake a line.
#[track_caller]
fn check(text: &str, expected: &[&str]) {
    let (_, mistakes) = Config::load(text, "c.toml");
    let told: Vec<String> = mistakes.iter().map(ToString::to_string).collect();
    assert_eq!(told, expected);
}

#[test]
fn the_builtin_files_are_right_and_complete() {
    let mut laid = Laid::new(Config::blank());
    laid.lay(BUILTIN, "config.toml");
    laid.lay(LESS, "less.toml");
    assert_eq!(laid.mistakes, []);
    assert_eq!(lay::preset(BUILTIN), Preset::Vim);
    let (builtin, mistakes) = Config::load(BUILTIN, "config.toml");
    assert_eq!(mistakes, []);
    assert_eq!(builtin, Config::builtin());
    for setting in settings::SETTINGS {
        let (_, table) = BUILTIN
            .split_once(&format!("\n[{}]\n", setting.table))
            .unwrap();
        assert!(
            table.contains(&format!("\n{} = ", setting.name)),
            "{} is missing",
            setting.name
        );
    }
}

#[test]
fn the_builtin_values_are_these() {
    let config = Config::builtin();
    assert_eq!(config.folder, "");
    assert_eq!(config.sort, [Sort::Newest]);
    assert_eq!((config.group, config.start), (true, Beginning::Library));
    let names: Vec<_> = config.searches.iter().map(|s| s.name.as_str()).collect();
    assert_eq!(names, ["Ten-minute reads", "Begun", "This week in French"]);
    assert_eq!(config.measure, 72);
    assert_eq!(config.seen_after, Duration::from_millis(700));
    assert_eq!(config.theme, ThemeName::Auto);
    assert_eq!(config.contents_width, 30);
    assert_eq!(
        (config.ascii, config.contents, config.status, config.mouse),
        (false, true, true, true)
    );
}

#[test]
fn every_action_has_help_and_a_key() {
    let keymap = Config::builtin().keymap;
    for action in Action::all() {
        assert!(!action.help().is_empty(), "{action:?} has no doc comment");
        assert!(
            action.help().len() <= 80,
            "the help of {action:?} is too long for a screen"
        );
        let is_bound = Place::ALL
            .iter()
            .any(|place| !keymap.keys_for(*place, *action).is_empty());
        assert!(
            is_bound || *action == Action::Nothing,
            "{action:?} has no key"
        );
    }
}

#[test]
fn no_key_hides_another_in_either_preset() {
    for preset in ["vim", "less"] {
        let (config, mistakes) = Config::load(&format!("[keys]\npreset = \"{preset}\""), "");
        assert_eq!(mistakes, []);
        assert_eq!(config.preset.name(), preset);
        for place in Place::ALL {
            assert_eq!(config.keymap.hidden(place), []);
        }
    }
}

#[test]
fn the_readers_file_is_laid_over_the_builtin_one() {
    let text = "[look]\ntheme = 'light'\n[reading]\nseen_after = 2\n[keys.text]\n'x' = 'bookmark'\n'g e' = 'end'";
    let (config, mistakes) = Config::load(text, "c.toml");
    assert_eq!(mistakes, []);
    assert_eq!(config.theme, ThemeName::Light);
    assert_eq!(config.seen_after, Duration::from_secs(2));
    assert_eq!(config.measure, 72);
    let find = |keys: &str| {
        config
            .keymap
            .find(Place::Text, &key::sequence(keys).unwrap())
    };
    assert_eq!(find("x"), Match::Action(Action::Bookmark));
    assert_eq!(find("g e"), Match::Action(Action::End));
    assert_eq!(find("g g"), Match::Action(Action::Top));
}

#[test]
fn all_mistakes_are_told_together_and_the_rest_is_taken() {
    let text = "theme = 'dark'\n\
        [look]\n\
        ascii = 'yes'\n\
        contents_width = 99\n\
        [reading]\n\
        mesure = 60\n\
        measure = 60\n";
    check(
        text,
        &[
            "c.toml:1:1: `theme` stands in `[look]`",
            "c.toml:3:9: `ascii` must be true or false, not the text \"yes\"",
            "c.toml:4:18: `contents_width` must be a whole number from 16 to 60, not 99",
            "c.toml:6:1: no setting `mesure` in `[reading]`; did you mean `measure`?",
        ],
    );
    assert_eq!(Config::load(text, "").0.measure, 60);
    assert_eq!(Config::load(text, "").0.contents_width, 30);
}

#[test]
fn a_wrong_value_is_told_with_what_would_be_right() {
    check(
        "look.theme = 'drak'",
        &[
            "c.toml:1:14: `theme` must be \"auto\", \"dark\", \"light\", \"ansi\" or \"plain\", not the text \
           \"drak\"; did you mean \"dark\"?",
        ],
    );
    check(
        "library.sort = 1",
        &[
            "c.toml:1:16: `sort` must be \"newest\", \"title\", \"author\", \"folder\", \"length\", \"state\" or \"last_read\", not 1",
        ],
    );
    check(
        "library.folder = 'articles'",
        &[
            "c.toml:1:18: `folder` must be a path that begins with `/` or `~/`, or empty, not the text \"articles\"",
        ],
    );
    let seconds = "`seen_after` must be a number of seconds from 0 to 60, not";
    check(
        "reading.seen_after = nan",
        &[&format!("c.toml:1:22: {seconds} nan")],
    );
    check(
        "reading.seen_after = -1",
        &[&format!("c.toml:1:22: {seconds} -1")],
    );
    check(
        "reading.measure = 1_000_000",
        &["c.toml:1:19: `measure` must be a whole number from 20 to 200, not 1000000"],
    );
    check(
        "reading = 3",
        &["c.toml:1:1: `[reading]` must be a table, not 3"],
    );
    check(
        "[keys]\npreset = 'emacs'",
        &["c.toml:2:10: `preset` must be \"vim\" or \"less\", not the text \"emacs\""],
    );
}

#[test]
fn unknown_tables_are_told() {
    check(
        "[lok]\nx = 1",
        &["c.toml:1:2: no table `[lok]`; did you mean `[look]`?"],
    );
    check(
        "[colours]",
        &[
            "c.toml:1:2: no table `[colours]`; there are `library`, `reading`, `look`, `bookmarks`, `mouse`, `searches`, `keys`",
        ],
    );
    check(
        "[mouse]\nascii = true",
        &["c.toml:2:1: `ascii` stands in `[look]`, not in `[mouse]`"],
    );
    check(
        "[mouse]\nwheel = 3",
        &["c.toml:2:1: no setting `wheel` in `[mouse]`; there are `enabled`"],
    );
}

#[test]
fn searches_are_laid_over_the_builtin_ones_by_name() {
    let text = "[searches]\n\"Begun\" = \"\"\n\"Ten-minute reads\" = \"time:<=10\"\nSea = 'in:sea'";
    let (config, mistakes) = Config::load(text, "c.toml");
    assert_eq!(mistakes, []);
    let searches: Vec<_> = config
        .searches
        .iter()
        .map(|s| format!("{}: {}", s.name, s.query))
        .collect();
    let french = "This week in French: lang:fr after:this-week";
    assert_eq!(
        searches,
        ["Ten-minute reads: time:<=10", french, "Sea: in:sea"]
    );
}

#[test]
fn a_mistake_in_a_search_is_told_where_it_is() {
    check(
        "[searches]\nx = 'lamp titel:x'\ny = 3\n'' = 'a'\nz = \"(\"",
        &[
            "c.toml:2:11: no field `titel`; did you mean `title`?",
            "c.toml:3:5: `y` must be a query in quotes, not 3",
            "c.toml:4:1: a search is named with 1 to 60 visible characters",
            "c.toml:5:6: this `(` is not closed",
        ],
    );
    check(
        "search = 'x'",
        &["c.toml:1:1: no table `[search]`; did you mean `[searches]`?"],
    );
    check(
        "library.sort = ['state', 'newst']",
        &[
            "c.toml:1:16: `sort` must be \"newest\", \"title\", \"author\", \"folder\", \"length\", \"state\" or \
           \"last_read\", not the text \"newst\"; did you mean \"newest\"?",
        ],
    );
}

#[test]
fn mistakes_in_keys_are_told() {
    check(
        "[keys.txt]\n",
        &["c.toml:1:7: no table `[keys.txt]`; did you mean `[keys.text]`?"],
    );
    check(
        "[keys]\nj = 'down'",
        &["c.toml:2:1: keys stand in a table of their place: move `j` to `[keys.everywhere]`"],
    );
    check(
        "[keys]\ntext = 'down'",
        &["c.toml:2:8: `[keys.text]` must be a table, not the text \"down\""],
    );
    check(
        "[keys.text]\nx = 'next_secton'",
        &["c.toml:2:5: no action `next_secton`; did you mean `next_section`?"],
    );
    check(
        "[keys.text]\nx = 'dance'",
        &["c.toml:2:5: no action `dance`; the palette (`:`) shows them all"],
    );
    check(
        "[keys.text]\nx = true",
        &["c.toml:2:5: must be the name of an action, not true"],
    );
    check(
        "[keys.text]\nentre = 'open'",
        &["c.toml:2:1: no key `entre`; did you mean `enter`?"],
    );
    check(
        "[keys.palette]\nx = 'open'",
        &["c.toml:2:1: `x` types a character there; bind another key"],
    );
    check(
        "[keys.text]\nesc = 'back'\nescape = 'close'",
        &["c.toml:3:1: `esc` is bound twice in `[keys.text]`"],
    );
}

#[test]
fn a_key_that_hides_others_is_told_once() {
    check(
        "[keys.everywhere]\ng = 'top'",
        &["c.toml:2:1: `g` (top) hides `g g` (top); free one of them: \"g g\" = \"nothing\""],
    );
    check("[keys.text]\ng = 'top'\n'g g' = 'nothing'", &[]);
    check(
        "[keys.text]\n'B x' = 'zen'",
        &["c.toml:2:1: `B` (bookmark) hides `B x` (zen); free one of them: \"B x\" = \"nothing\""],
    );
    check("[keys.library]\n'm' = 'zen'\n'm x' = 'nothing'", &[]);
}

#[test]
fn what_is_no_toml_is_told_and_the_other_lines_are_taken() {
    let text = "[look]\nascii = \ntheme = 'plain'\nstatus = flase\n[mouse\nenabled = false\n[reading]\nmeasure = 50";
    let (config, mistakes) = Config::load(text, "c.toml");
    assert_eq!(
        (config.theme, config.mouse, config.measure),
        (ThemeName::Plain, true, 50)
    );
    assert_eq!(
        mistakes.iter().map(|m| m.line).collect::<Vec<_>>(),
        [2, 4, 5]
    );
}

#[test]
fn one_mistake_is_told_once() {
    let (_, mistakes) = Config::load(&format!("a = {}\n", "[".repeat(10_000)), "c.toml");
    assert!(mistakes.len() < 4, "{} mistakes", mistakes.len());
}

#[test]
fn nothing_in_a_mistake_reaches_the_terminal_raw() {
    let (_, mistakes) = Config::load(
        "[look]\ntheme = \"\\u001b[31m\\u202e\"\n\"\\u0007\" = 1",
        "c\u{1b}.toml",
    );
    for mistake in mistakes {
        let told = mistake.to_string();
        assert!(!told.contains(['\u{1b}', '\u{202e}', '\u{7}']), "{told:?}");
    }
}

#[test]
fn the_keys_in_force_can_be_pasted_into_a_file() {
    let text =
        "[keys]\npreset = 'less'\n[keys.text]\n'\\' = 'zen'\n'\"' = 'nothing'\nq = 'nothing'";
    let (config, mistakes) = Config::load(text, "");
    assert_eq!(mistakes, []);
    let (again, mistakes) = Config::load(&config.keys_as_toml(), "");
    assert_eq!(mistakes, []);
    for place in Place::ALL {
        assert_eq!(again.keymap.bindings(place), config.keymap.bindings(place));
    }
    assert_eq!(again.preset, Preset::Less);
}

proptest::proptest! {
    #[test]
    fn no_file_stops_the_program(text in "(\\[?\\[?(look|keys|keys.text)\\]?\n|theme|=|'x'|\"|\n|\\PC|true|1){0,20}") {
        let _ = Config::load(&text, "c.toml");
    }

    #[test]
    fn no_change_to_the_builtin_file_stops_the_program(at in 0..BUILTIN.len(), put in "[\\[\\]\"=#{}\n']{0,2}") {
        let at = BUILTIN.floor_char_boundary(at);
        let _ = Config::load(&format!("{}{put}{}", &BUILTIN[..at], &BUILTIN[at..]), "c.toml");
    }
}
