//! Links in the real program: what gets to the browser, and what never does.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use super::{Home, Session, USUAL, wait_until};

const SHORE: &str = "# The Shore\n\nA [page](https://example.org/a;b?c=$(id)&d='e'), a [script](javascript:alert(1)), \
    a [file](file:///etc/passwd), [data](data:text/html,x), [out](../../../etc/passwd) and [other](other.md#deep).\n";

/// liseuse with a browser that only notes what it is given, and where it notes that.
fn reading(home: &Home) -> (Session, std::path::PathBuf) {
    let article = home.article("shore.md", SHORE);
    let deep = format!(
        "# Other\n\nwords\n\n{}## Deep\n\nThe deep words.\n",
        "more\n\n".repeat(60)
    );
    home.article("other.md", deep);
    let noted = home.state().with_file_name("noted");
    let browser = home.state().with_file_name("browser");
    let script = format!(
        "#!/bin/sh\nfor a in \"$#\" \"$@\"; do echo \"$a\" >> '{}'; done\n",
        noted.display()
    );
    fs::write(&browser, script).unwrap();
    fs::set_permissions(&browser, fs::Permissions::from_mode(0o755)).unwrap();
    let mut command = home.command(super::LISEUSE, &[&article]);
    command.env("BROWSER", browser.to_str().unwrap());
    let session = Session::start(command, USUAL);
    session.wait_for_text("The Shore");
    session.wait_for_text("0 %");
    (session, noted)
}

#[test]
fn a_page_gets_to_the_browser_as_one_argument_after_a_question() {
    let home = Home::new();
    let (mut session, noted) = reading(&home);
    session.send("1o");
    session.wait_for_text("Open in the browser?");
    session.wait_for_text("│ example.org ");
    session.send("n1o");
    session.wait_for_text("Open in the browser?");
    assert!(!noted.exists());
    session.send("y");
    let url = "https://example.org/a;b?c=$(id)&d=%27e%27";
    wait_until("the browser", || {
        fs::read_to_string(&noted).is_ok_and(|text| text == format!("1\n{url}\n"))
    });
    session.quit();
}

#[test]
fn hostile_links_open_nothing() {
    let home = Home::new();
    let (mut session, noted) = reading(&home);
    for (keys, told) in [
        ("2o", "`javascript:` links are not followed"),
        ("3o", "`file:` links are not followed"),
        ("4o", "`data:` links are not followed"),
        ("2f", "`javascript:` links are not followed"),
        ("5f", "outside of the library"),
    ] {
        session.send(keys);
        session.wait_for_text(told);
        session.send("y");
    }
    session.quit();
    assert!(!noted.exists());
}

#[test]
fn a_link_leads_to_another_article_and_back() {
    let home = Home::new();
    let (mut session, _) = reading(&home);
    session.send("6f");
    session.wait_for_text("The deep words.");
    session.send("\u{f}\u{f}");
    session.wait_for_text("The Shore");
    session.wait_for_text("script");
    session.quit();
}

#[test]
fn a_browser_that_is_not_there_is_told() {
    let home = Home::new();
    let article = home.article("shore.md", SHORE);
    let mut command = home.command(super::LISEUSE, &[&article]);
    command.env("BROWSER", "/no/such/browser");
    let mut session = Session::start(command, USUAL);
    session.wait_for_text("0 %");
    session.send("1oy");
    session.wait_for_text("could not start the browser `/no/such/browser`: no such file");
    session.quit();
}
