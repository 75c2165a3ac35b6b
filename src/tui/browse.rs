//! Opening an address in the reader's browser, never through a shell.

use std::ffi::OsStr;
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Command, Stdio};

use crate::model::link::{Address, Target};

/// Browsers that need the terminal to themselves.
const IN_TERMINAL: &[&str] = &[
    "browsh",
    "carbonyl",
    "elinks",
    "links",
    "links2",
    "lynx",
    "w3m",
    "www-browser",
];

/// Opens an address: with the command in `$BROWSER`, else as the desktop does. Waits until it is opened, which with some
/// browsers is when they end.
///
/// # Errors
/// When it could not be opened, and why, in one line.
pub fn open(address: &Address) -> Result<(), String> {
    // looked at once more where it leaves the program: nothing else may get out
    let target = Target::of(&address.url);
    let Some(Address { url, .. }) = target.address().filter(|known| known.url == address.url)
    else {
        return Err("could not open the link: it is no address of a page or a mail".to_owned());
    };
    match std::env::var("BROWSER") {
        Ok(browsers) if !browsers.trim().is_empty() => with(&browsers, url),
        Ok(_) | Err(_) => open::that_detached(url).map_err(|error| {
            let why = crate::tui::reason(&error);
            format!("could not open a browser: {why}; BROWSER can name its command")
        }),
    }
}

/// With the first of these commands that can be started; a colon stands between two. `%s` in an argument is the address,
/// which else comes last.
fn with(browsers: &str, url: &str) -> Result<(), String> {
    let mut told = String::new();
    for browser in browsers
        .split(':')
        .filter(|browser| !browser.trim().is_empty())
    {
        let Some((program, arguments)) = command(browser, url) else {
            continue;
        };
        let name = Path::new(program).file_name().and_then(OsStr::to_str);
        if name.is_some_and(|name| IN_TERMINAL.contains(&name)) {
            told = format!("`{program}` would need this terminal; y copies the address");
            continue;
        }
        let started = Command::new(program)
            .args(arguments)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .process_group(0)
            .spawn();
        let ended = started.and_then(|mut browser| browser.wait());
        match ended {
            Ok(status) if status.success() => return Ok(()),
            Ok(_) => return Err(format!("could not open the link: `{program}` failed")),
            Err(error) => {
                let why = crate::tui::reason(&error);
                told = format!("could not start the browser `{program}`: {why}");
            }
        }
    }
    Err(told)
}

/// A command's program and arguments, split at spaces.
fn command<'a>(browser: &'a str, url: &str) -> Option<(&'a str, Vec<String>)> {
    let mut words = browser.split_whitespace();
    let program = words.next()?;
    let mut arguments: Vec<String> = words.map(|word| word.replace("%s", url)).collect();
    if !browser.contains("%s") {
        arguments.push(url.to_owned());
    }
    Some((program, arguments))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_is_one_argument() {
        let url = "https://example.org/;rm?$(x)";
        let split = |browser| command(browser, url);
        assert_eq!(split("firefox"), Some(("firefox", vec![url.to_owned()])));
        let expected = ["--new", &format!("u={url}")].map(str::to_owned).to_vec();
        assert_eq!(split("b --new u=%s"), Some(("b", expected)));
        assert_eq!(split(" "), None);
    }

    #[test]
    fn nothing_but_an_address_gets_out() {
        for url in [
            "javascript:alert(1)",
            "file:///etc/passwd",
            "-x",
            "https://a@b/",
        ] {
            let address = Address {
                url: url.to_owned(),
                host: String::new(),
                warnings: Vec::new(),
            };
            assert!(open(&address).is_err(), "{url}");
        }
    }
}
