//! `liseuse man`: the manual page, made from the command line that clap knows and the built-in keys.

use std::io::Write;

use clap_mangen::Man;

use super::Exit;
use crate::action::Action;
use crate::config::Config;
use crate::config::keymap::Table;

/// Prints the manual page in the language of `man`.
pub(super) fn run(out: &mut dyn Write) -> anyhow::Result<Exit> {
    let mut command = super::command();
    command.build();
    let man = Man::new(command.clone());
    let mut page: Vec<u8> = Vec::new();
    man.render_title(&mut page)?;
    man.render_name_section(&mut page)?;
    man.render_synopsis_section(&mut page)?;
    man.render_description_section(&mut page)?;
    man.render_options_section(&mut page)?;
    writeln!(page, ".SH COMMANDS")?;
    for subcommand in command.get_subcommands() {
        describe(
            &mut page,
            &format!("liseuse {}", subcommand.get_name()),
            subcommand,
        )?;
    }
    keys(&mut page)?;
    for (heading, text) in SECTIONS {
        writeln!(page, ".SH {heading}")?;
        for (name, what) in *text {
            writeln!(page, ".TP\n.B {}\n{}", escaped(name), escaped(what))?;
        }
    }
    out.write_all(&page)?;
    Ok(Exit::Done)
}

/// What stands at the end.
const SECTIONS: &[(&str, &[(&str, &str)])] = &[
    (
        "ENVIRONMENT",
        &[
            ("LISEUSE_CONFIG", "The configuration file, like --config."),
            ("LISEUSE_STATE", "The folder of the journal, like --state."),
            ("LISEUSE_LIBRARY", "The folder of articles, like --library."),
            (
                "NO_COLOR",
                "When it is set and not empty, no colours are used.",
            ),
        ],
    ),
    (
        "FILES",
        &[
            (
                "~/.config/liseuse/config.toml",
                "Your settings and keys; `liseuse config default` explains them all.",
            ),
            (
                "~/.local/state/liseuse/journal",
                "What you read and bookmarked, one file of JSON lines for each machine. It is the only copy.",
            ),
            (
                "~/.local/share/liseuse/articles",
                "Your articles, unless the configuration names another folder.",
            ),
        ],
    ),
    (
        "EXIT STATUS",
        &[
            ("0", "Done."),
            ("1", "Nothing was found."),
            ("2", "It could not be done."),
        ],
    ),
];

fn describe(page: &mut Vec<u8>, name: &str, command: &clap::Command) -> anyhow::Result<()> {
    let usage = command.clone().render_usage().to_string();
    let usage = usage.trim_start_matches("Usage: ").trim();
    let usage = if usage.starts_with(name) {
        usage.to_owned()
    } else {
        name.to_owned()
    };
    writeln!(page, ".SS {}", escaped(&usage))?;
    if let Some(about) = command.get_about() {
        writeln!(page, "{}.", escaped(&about.to_string()))?;
    }
    for argument in command.get_arguments() {
        if argument.is_global_set() || matches!(argument.get_id().as_str(), "help" | "version") {
            continue;
        }
        let mut what = argument
            .get_help()
            .map(ToString::to_string)
            .unwrap_or_default();
        let values = argument.get_possible_values();
        if !values.is_empty() && argument.get_action().takes_values() {
            let names: Vec<&str> = values.iter().map(|value| value.get_name()).collect();
            what = format!("{what}: {}", names.join(", "));
        }
        writeln!(
            page,
            ".TP\n.B {}\n{}.",
            escaped(&argument.to_string()),
            escaped(&what)
        )?;
    }
    if let Some(more) = command.get_after_long_help() {
        writeln!(page, ".PP\n.nf\n{}\n.fi", escaped(&more.to_string()))?;
    }
    for subcommand in command.get_subcommands() {
        describe(
            page,
            &format!("{name} {}", subcommand.get_name()),
            subcommand,
        )?;
    }
    Ok(())
}

fn keys(page: &mut Vec<u8>) -> anyhow::Result<()> {
    let keymap = Config::builtin().keymap;
    writeln!(
        page,
        ".SH KEYS\nWhat is built in; `?` shows the keys in force."
    )?;
    for table in Table::ALL {
        writeln!(page, ".SS {}", table.name())?;
        let mut rows: Vec<(Action, Vec<String>)> = Vec::new();
        for binding in keymap.tables().of(table) {
            match rows
                .iter_mut()
                .find(|(action, _)| *action == binding.action)
            {
                Some((_, keys)) => keys.push(binding.to_string()),
                None => rows.push((binding.action, vec![binding.to_string()])),
            }
        }
        for (action, keys) in rows {
            let (keys, what) = (escaped(&keys.join("  ")), escaped(&action.help()));
            writeln!(page, ".TP\n.B {keys}\n{what}.")?;
        }
    }
    Ok(())
}

/// Text as roff takes it for text: no dash becomes a hyphen, and no line a request.
fn escaped(text: &str) -> String {
    let text = text
        .replace('\\', "\\e")
        .replace('-', "\\-")
        .replace('\'', "\\(aq")
        .replace('`', "\\(ga");
    let line = |line: &str| {
        if line.starts_with('.') {
            format!("\\&{line}")
        } else {
            line.to_owned()
        }
    };
    text.lines().map(line).collect::<Vec<_>>().join("\n")
}
