//! Holds the lines that the code keeps: which module uses which, which alone uses a crate, how files look.

use std::fs;
use std::path::{Path, PathBuf};

use regex::Regex;

/// A row of the table of who may use whom. A new row, or a new word in one, is a decision.
struct Row {
    /// The module: a file or folder under `src`.
    module: &'static str,
    /// The modules of ours that it may use.
    ours: &'static [&'static str],
    /// The crates that it may use, no others.
    crates: &'static [&'static str],
    /// What else it may do, of [`GUARDED`].
    does: &'static [&'static str],
}

const TABLE: &[Row] = &[
    Row {
        module: "model",
        ours: &[],
        crates: &[
            "blake3",
            "memchr",
            "similar",
            "unicode_normalization",
            "url",
        ],
        does: &[],
    },
    Row {
        module: "action",
        ours: &[],
        crates: &["clap"],
        does: &[],
    },
    Row {
        module: "formats",
        ours: &["model"],
        crates: &[
            "chardetng",
            "encoding_rs",
            "html5ever",
            "memchr",
            "pulldown_cmark",
            "quick_xml",
            "serde_json",
            "thiserror",
            "toml",
            "unicode_normalization",
            "url",
            "whatlang",
            "zip",
        ],
        does: &[],
    },
    Row {
        module: "layout",
        ours: &["model"],
        crates: &[
            "icu_segmenter",
            "ratatui",
            "textwrap",
            "unicode_segmentation",
        ],
        does: &[],
    },
    Row {
        module: "config",
        ours: &["model", "action"],
        crates: &["etcetera", "ratatui", "thiserror", "toml"],
        does: &["files", "environment"],
    },
    Row {
        module: "journal",
        ours: &["model"],
        crates: &[
            "blake3",
            "chrono",
            "memchr",
            "rustix",
            "serde",
            "serde_json",
            "thiserror",
        ],
        // it waits for another program to let go of the file
        does: &["files", "threads"],
    },
    Row {
        module: "store",
        ours: &["model"],
        crates: &["flate2", "rusqlite", "rustix", "thiserror"],
        does: &["files"],
    },
    Row {
        module: "library",
        ours: &["model", "formats", "journal", "store"],
        crates: &[
            "anyhow",
            "blake3",
            "chrono",
            "flate2",
            "memchr",
            "rustix",
            "tempfile",
            "thiserror",
        ],
        // a scan reads on all cores
        does: &["files", "clock", "threads", "input"],
    },
    Row {
        module: "app",
        ours: &["model", "action", "layout", "config"],
        crates: &[
            "nucleo_matcher",
            "ratatui",
            "regex",
            "tui_input",
            "unicode_normalization",
        ],
        does: &[],
    },
    Row {
        module: "tui",
        ours: &["app", "library", "config", "model"],
        crates: &[
            "anyhow",
            "crossterm",
            "notify",
            "open",
            "ratatui",
            "rustix",
            "signal_hook",
            "tempfile",
            "termina",
        ],
        does: &[
            "files",
            "environment",
            "threads",
            "clock",
            "output",
            "input",
        ],
    },
    Row {
        module: "cli",
        ours: &[
            "model", "action", "formats", "layout", "config", "journal", "library", "app", "tui",
        ],
        crates: &[
            "anyhow",
            "clap",
            "clap_complete",
            "clap_mangen",
            "ratatui",
            "rustix",
            "serde",
            "serde_json",
        ],
        does: &["output", "files"],
    },
    Row {
        module: "main",
        ours: &["cli"],
        crates: &[],
        does: &[],
    },
    Row {
        module: "lib",
        ours: &[],
        crates: &[],
        does: &[],
    },
];

/// What not every module may do, and the code that does it.
const GUARDED: &[(&str, &str)] = &[
    (
        "files",
        r"\bstd::fs\b|\bfs::(read|write|File)\b|\bFile::(open|create)\b",
    ),
    (
        "environment",
        r"\benv::(var|vars|var_os|set_var|home_dir)\b",
    ),
    (
        "threads",
        r"\bstd::thread\b|\bthread::(spawn|sleep|Builder)\b",
    ),
    ("clock", r"\b(SystemTime|Instant|Utc|Local)::now\b"),
    ("input", r"\bio::stdin\b"),
    ("output", r"\bio::(stdout|stderr)\b"),
    (
        "nothing may",
        r"\be?print(ln)?!|\bdbg!|\btodo!|\bunimplemented!|\btokio\b|\basync fn\b",
    ),
];

/// Files that are longer than this without their tests are two files.
const MAX_LINES: usize = 500;

struct File {
    path: PathBuf,
    module: String,
    /// Without what stands behind `#[cfg(test)]`.
    code: String,
    text: String,
}

fn sources() -> Vec<File> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    let mut folders = vec![root.clone()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                files.push(source(&root, &path));
            }
        }
    }
    assert!(files.len() > 20, "the sources were found");
    files
}

fn source(root: &Path, path: &Path) -> File {
    let text = fs::read_to_string(path).unwrap();
    let below = path.strip_prefix(root).unwrap().to_owned();
    let first = below
        .components()
        .next()
        .unwrap()
        .as_os_str()
        .to_string_lossy()
        .into_owned();
    let is_test = below.file_name().is_some_and(|name| name == "tests.rs")
        || below.components().any(|part| part.as_os_str() == "tests");
    let code = if is_test {
        String::new()
    } else {
        untested(&text)
    };
    File {
        module: first.trim_end_matches(".rs").to_owned(),
        path: below,
        code,
        text,
    }
}

/// The code without comments and without what is only there for tests.
fn untested(text: &str) -> String {
    let mut code = text.to_owned();
    while let Some(start) = code.find("\n#[cfg(test)]\n") {
        let rest = &code[start + 1..];
        let line = rest.find(";\n").map(|end| end + 1);
        let block = rest
            .find(" {\n")
            .and_then(|open| rest.find("\n}\n").map(|end| (open, end + 2)));
        let length = match (line, block) {
            (Some(line), Some((open, _))) if line < open => line,
            (_, Some((_, end))) => end,
            (Some(line), None) => line,
            (None, None) => rest.len(),
        };
        code.replace_range(start + 1..start + 1 + length, "");
    }
    let lines = code
        .lines()
        .map(|line| if is_comment(line) { "" } else { line });
    lines.collect::<Vec<_>>().join("\n")
}

fn is_comment(line: &str) -> bool {
    line.trim_start().starts_with("//")
}

#[track_caller]
fn check(wrong: &[String]) {
    assert!(wrong.is_empty(), "\n{}\n", wrong.join("\n"));
}

fn row(file: &File) -> Option<&'static Row> {
    TABLE.iter().find(|row| row.module == file.module)
}

#[test]
fn each_module_uses_only_those_it_may() {
    let use_of_ours = Regex::new(r"\b(?:crate|liseuse)::([a-z_]+|\{)").unwrap();
    let mut wrong = Vec::new();
    for file in sources() {
        let Some(row) = row(&file) else {
            wrong.push(format!(
                "{}: its module is not in the table",
                file.path.display()
            ));
            continue;
        };
        for found in use_of_ours.captures_iter(&file.code) {
            let used = &found[1];
            if used != row.module && !row.ours.contains(&used) {
                wrong.push(format!(
                    "{}: {} may not use {used}",
                    file.path.display(),
                    row.module
                ));
            }
        }
    }
    check(&wrong);
}

#[test]
fn each_crate_is_used_only_where_it_may_and_is() {
    let manifest =
        fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.toml")).unwrap();
    let (_, rest) = manifest.split_once("[dependencies]\n").unwrap();
    let (dependencies, _) = rest.split_once("\n[").unwrap();
    let names = dependencies
        .lines()
        .filter_map(|line| line.split_once(" = "));
    let crates: Vec<String> = names.map(|(name, _)| name.replace('-', "_")).collect();
    let mut wrong = Vec::new();
    let each = |row: &'static Row| row.crates.iter().map(|name| (row.module, *name));
    let mut unused: Vec<(&str, &str)> = TABLE.iter().flat_map(each).collect();
    for file in sources() {
        let Some(row) = row(&file) else { continue };
        for name in &crates {
            // a module of ours may have the name of a crate
            let is_module = file.code.contains(&format!("mod {name};"));
            let is_used = !is_module
                && Regex::new(&format!(r"(^|[^:\w]){name}(::|;)"))
                    .unwrap()
                    .is_match(&file.code);
            if is_used && !row.crates.contains(&name.as_str()) {
                wrong.push(format!(
                    "{}: {} may not use the crate {name}",
                    file.path.display(),
                    row.module
                ));
            }
            unused.retain(|entry| !is_used || *entry != (row.module, name.as_str()));
        }
    }
    wrong.extend(
        unused
            .iter()
            .map(|(module, name)| format!("{module} does not use the crate {name} any more")),
    );
    check(&wrong);
}

#[test]
fn only_few_modules_touch_the_world() {
    let mut wrong = Vec::new();
    for file in sources() {
        let Some(row) = row(&file) else { continue };
        for (what, code) in GUARDED {
            let found = Regex::new(code).unwrap().find(&file.code);
            if let Some(found) = found.filter(|_| !row.does.contains(what)) {
                let path = file.path.display();
                wrong.push(format!(
                    "{path}: {} may not use `{}` ({what})",
                    row.module,
                    found.as_str()
                ));
            }
        }
    }
    check(&wrong);
}

#[test]
fn every_file_says_what_lives_in_it_and_fits_in_a_head() {
    let mut wrong = Vec::new();
    for file in sources() {
        let path = file.path.display();
        if !file.text.starts_with("//! ") {
            wrong.push(format!("{path}: begins without `//!`"));
        }
        let lines = file.code.lines().count();
        if lines > MAX_LINES {
            wrong.push(format!(
                "{path}: {lines} lines without tests, more than {MAX_LINES}"
            ));
        }
        if file.path.ends_with("mod.rs") {
            wrong.push(format!("{path}: is `x/mod.rs` and not `x.rs`"));
        }
    }
    check(&wrong);
}

#[test]
fn nothing_is_left_for_later_and_no_lint_is_silenced_without_a_reason() {
    let left = Regex::new(r"\b(TODO|FIXME|XXX|HACK)\b").unwrap();
    let silenced = Regex::new(r"#!?\[allow\(").unwrap();
    let unwrapped = Regex::new(r"\.unwrap\(\)").unwrap();
    let mut wrong = Vec::new();
    for file in sources() {
        let path = file.path.display();
        for (number, line) in file.text.lines().enumerate() {
            if left.is_match(line) || silenced.is_match(line) {
                wrong.push(format!("{path}:{}: {}", number + 1, line.trim()));
            }
        }
        if unwrapped.is_match(&file.code) {
            wrong.push(format!("{path}: `unwrap` outside tests"));
        }
    }
    check(&wrong);
}

#[test]
fn inner_types_are_not_written_out() {
    let derived = Regex::new(r"derive\([^)]*\b(Serialize|Deserialize)\b").unwrap();
    let may = [Path::new("journal.rs"), Path::new("cli/json.rs")];
    let mut wrong = Vec::new();
    for file in sources() {
        let is_edge = may.iter().any(|edge| *edge == file.path)
            || file.path.starts_with("journal")
            || file.path.starts_with("cli/json");
        if derived.is_match(&file.code) && !is_edge {
            wrong.push(format!("{}: may not be Serialize", file.path.display()));
        }
    }
    check(&wrong);
}
