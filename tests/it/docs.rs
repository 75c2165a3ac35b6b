//! The documents are what the program says. `LISEUSE_WRITE_DOCS=1 cargo test --test it docs` writes them anew.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use liseuse::action::Action;
use liseuse::config::keymap::{Binding, Place, Table};
use liseuse::config::{BUILTIN, Config};

const WRITTEN: &str = "<!-- Written by tests/it/docs.rs from the program; `LISEUSE_WRITE_DOCS=1 cargo test --test it \
    docs` writes it anew. -->\n";

#[track_caller]
fn check(name: &str, expected: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("docs")
        .join(name);
    if std::env::var_os("LISEUSE_WRITE_DOCS").is_some() {
        fs::write(&path, expected).unwrap();
    }
    let found = fs::read_to_string(&path).unwrap_or_default();
    let differs = found
        .lines()
        .zip(expected.lines())
        .position(|(a, b)| a != b);
    let line = differs.unwrap_or_else(|| found.lines().count().min(expected.lines().count())) + 1;
    assert!(
        found == expected,
        "docs/{name} is not what the program says from line {line} on; write it anew with \
         LISEUSE_WRITE_DOCS=1 cargo test --test it docs"
    );
}

#[test]
fn config_md_is_what_config_toml_says() {
    check("config.md", &config_md());
}

#[test]
fn keys_md_is_what_the_keymap_says() {
    check("keys.md", &keys_md());
}

#[test]
fn commands_md_is_what_the_command_line_says() {
    check("commands.md", &commands_md());
}

fn commands_md() -> String {
    let mut command = liseuse::cli::command();
    command.build();
    let mut out = format!(
        "# Commands\n\n{WRITTEN}\n\
        `liseuse man` prints all of this as a manual page, `liseuse COMMAND --help` in short.\n\n\
        ```text\n{}\n```\n\n{}",
        usage(&command),
        arguments(&command, Of::All)
    );
    let _ = write!(
        out,
        "\nA path that is named like a command is written with its folder: `liseuse ./show`.\n\n\
        Exit codes: 0 done, 1 nothing found, 2 could not. What could not be done is told on standard error in one line \
        that begins with `liseuse: `. Where several articles are named and one is wrong, the others are done. Everything \
        works while liseuse is open on a terminal.\n\n\
        The keys of `--json` stay as they are; new ones may come. Characters that could act on a terminal are escaped \
        in it (`\\u001b`).\n"
    );
    for subcommand in command.get_subcommands() {
        describe(&mut out, subcommand);
    }
    out
}

/// Which options of a command.
#[derive(Clone, Copy, PartialEq)]
enum Of {
    All,
    /// Only its own.
    This,
}

fn describe(out: &mut String, command: &clap::Command) {
    let name = command.get_bin_name().unwrap();
    let about = command.get_about().unwrap();
    let _ = write!(
        out,
        "\n## `{name}`\n\n{about}.\n\n```text\n{}\n```\n",
        usage(command)
    );
    let arguments = arguments(command, Of::This);
    if !arguments.is_empty() {
        let _ = write!(out, "\n{arguments}");
    }
    if let Some(more) = command.get_after_long_help() {
        let _ = write!(out, "\n```text\n{more}\n```\n");
    }
    for subcommand in command.get_subcommands() {
        describe(out, subcommand);
    }
}

fn usage(command: &clap::Command) -> String {
    let usage = command.clone().render_usage().to_string();
    usage
        .trim_start_matches("Usage: ")
        .replace("       liseuse", "liseuse")
}

fn arguments(command: &clap::Command, of: Of) -> String {
    let mut out = String::new();
    for argument in command.get_arguments() {
        let is_shown = of == Of::All || !argument.is_global_set() && argument.get_id() != "help";
        if !is_shown {
            continue;
        }
        let help = argument
            .get_help()
            .map(ToString::to_string)
            .unwrap_or_default();
        let _ = write!(out, "| `{argument}` | {help}");
        if argument.get_action().takes_values() {
            let values = argument.get_possible_values();
            let names: Vec<String> = values
                .iter()
                .map(|value| format!("`{}`", value.get_name()))
                .collect();
            let _ = write!(
                out,
                "{}{}",
                if names.is_empty() { "" } else { ": " },
                names.join(", ")
            );
        }
        out.push_str(" |\n");
    }
    if out.is_empty() {
        out
    } else {
        format!("| argument | what it does |\n| --- | --- |\n{out}")
    }
}

fn config_md() -> String {
    let mut out = format!(
        "# Configuration\n\n{WRITTEN}\n\
        `~/.config/liseuse/config.toml` is laid over the built-in `config.toml`: write into it only what you want \
        otherwise. `liseuse config path` tells where it is, `liseuse config default` prints the built-in one with all \
        comments, and `liseuse config check` tells every mistake with its line, its column and what would be right. \
        liseuse itself starts in spite of mistakes: what is wrong keeps its built-in value.\n\n\
        | flag | variable | else | what |\n| --- | --- | --- | --- |\n\
        | `--config FILE` | `LISEUSE_CONFIG` | `$XDG_CONFIG_HOME/liseuse/config.toml` | the settings and keys |\n\
        | `--state DIR` | `LISEUSE_STATE` | `$XDG_STATE_HOME/liseuse/journal` | what you read and bookmarked |\n\
        | `--library DIR` | `LISEUSE_LIBRARY` | `folder` in the configuration, else `$XDG_DATA_HOME/liseuse/articles` \
        | your articles |\n\n\
        A flag goes before its variable. `XDG_CONFIG_HOME` is `~/.config` where it is not set, `XDG_STATE_HOME` \
        `~/.local/state` and `XDG_DATA_HOME` `~/.local/share`. `NO_COLOR` takes away all colour when it is set and not \
        empty; `COLORTERM` and `TERM` tell how many colours the terminal has.\n"
    );
    let (settings, keys) = BUILTIN.split_once("# Each key below").unwrap();
    out.push_str(&tables_of(settings));
    let (about, tables) = keys.split_once("\n\n[keys]\n").unwrap();
    let about = about.replace("\n# ", " ");
    let _ = write!(
        out,
        "\n## `[keys]`\n\nEach key{about}\n\n| table | where its keys work |\n| --- | --- |\n"
    );
    out.push_str("| `[keys.everywhere]` | everywhere but where a line is typed, unless a narrower table has the key |\n");
    out.push_str("| `[keys.lists]` | in the library, the contents and the bookmarks |\n");
    for place in Place::ALL {
        let name = place.name();
        let place = match place {
            Place::Palette => "in the palette and every other line that is typed".to_owned(),
            Place::Note => "while a note is written".to_owned(),
            _ => format!("in the {name}"),
        };
        let _ = writeln!(out, "| `[keys.{name}]` | {place} |");
    }
    let preset = tables
        .lines()
        .filter_map(|line| line.strip_prefix("# "))
        .take(1);
    let _ = write!(
        out,
        "\n`preset`: {} `liseuse keys` prints all keys in force as they can stand in your file. A key that hides \
        others (`g` hides `g g`) is told as a mistake. The built-in keys are in [keys.md](keys.md).\n",
        preset.collect::<String>()
    );
    out
}

/// The tables of settings and of saved searches.
fn tables_of(settings: &str) -> String {
    let mut out = String::new();
    let mut comment = String::new();
    let mut is_search = false;
    for line in settings.lines().skip_while(|line| !line.starts_with('[')) {
        if let Some(words) = line.strip_prefix("# ") {
            comment = format!("{comment}{words} ");
        } else if line == "[searches]" {
            let _ = write!(
                out,
                "\n## `{line}`\n\n{}\n\n| name | query |\n| --- | --- |\n",
                comment
                    .trim_end()
                    .replace("docs/search.md", "[search.md](search.md)")
            );
            comment.clear();
            is_search = true;
        } else if line.starts_with('[') {
            let _ = write!(
                out,
                "\n## `{line}`\n\n| setting | built in | what it does |\n| --- | --- | --- |\n"
            );
        } else if let Some((name, query)) = line.split_once(" = ").filter(|_| is_search) {
            let _ = writeln!(out, "| `{name}` | `{query}` |");
        } else if let Some((name, value)) = line.split_once(" = ") {
            let _ = writeln!(out, "| `{name}` | `{value}` | {} |", comment.trim_end());
            comment.clear();
        }
    }
    out
}

fn keys_md() -> String {
    let mut out = format!(
        "# Keys\n\n{WRITTEN}\n\
        What is built in; `?` in liseuse shows the keys in force, [config.md](config.md) tells how to change them. A \
        number before a key is a count: `5 j` goes down five lines.\n"
    );
    let vim = Config::builtin().keymap;
    let (less, _) = Config::load("keys.preset = 'less'", "");
    for table in Table::ALL {
        let bindings: Vec<_> = vim.tables().of(table).iter().collect();
        let _ = write!(out, "\n## {}\n\n{}", heading(table), rows(&bindings));
    }
    let _ = write!(
        out,
        "\n## The `less` preset\n\nWhat `preset = \"less\"` lays over the tables above, for hands that know the pager.\n"
    );
    for table in Table::ALL {
        let under = vim.tables().of(table);
        let bindings: Vec<_> = less
            .keymap
            .tables()
            .of(table)
            .iter()
            .filter(|b| !under.contains(b))
            .collect();
        if !bindings.is_empty() {
            let _ = write!(out, "\n### {}\n\n{}", heading(table), rows(&bindings));
        }
    }
    let _ = write!(
        out,
        "\n## Actions\n\nEvery action has a name, and every name can be bound.\n\n"
    );
    out.push_str("| action | what it does |\n| --- | --- |\n");
    for action in Action::all() {
        let _ = writeln!(out, "| `{}` | {} |", action.name(), action.help());
    }
    out
}

fn heading(table: Table) -> &'static str {
    match table {
        Table::Everywhere => "Everywhere",
        Table::Lists => "In all lists",
        Table::Library => "In the library",
        Table::Contents => "In the contents",
        Table::Bookmarks => "In the bookmarks",
        Table::Selection => "While selecting in the text",
        Table::Text => "In the text",
        Table::Help => "In the help",
        Table::Palette => "In the palette and other lines that are typed",
        Table::Note => "While a note is written",
    }
}

/// One row for each action, in the order of the table.
fn rows(bindings: &[&Binding]) -> String {
    let mut out = "| keys | action | what it does |\n| --- | --- | --- |\n".to_owned();
    let mut actions: Vec<Action> = Vec::new();
    for binding in bindings {
        if !actions.contains(&binding.action) {
            actions.push(binding.action);
        }
    }
    for action in actions {
        let keys = bindings.iter().filter(|binding| binding.action == action);
        let keys: Vec<String> = keys.map(|binding| format!("`{binding}`")).collect();
        let _ = writeln!(
            out,
            "| {} | `{}` | {} |",
            keys.join(" "),
            action.name(),
            action.help()
        );
    }
    out
}
