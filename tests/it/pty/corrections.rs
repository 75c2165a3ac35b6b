//! What the reader says of paragraphs, in the real program.

use rustix::process::Signal;

use super::{Home, TWIN};

#[test]
fn a_correction_survives_a_kill_and_is_told_everywhere() {
    let home = Home::new();
    let twin = home.article("twin.txt", TWIN);
    let mut session = home.liseuse(&[&twin]);
    session.wait_for_article();
    session.send("]ct");
    session.wait_for_text("the title; U takes it back: “");
    let title = session.wait_for("the words of the notice", |screen| {
        let contents = screen.contents();
        let (_, after) = contents.split_once("takes it back: “")?;
        after.split(['”', '…']).next().map(str::to_owned)
    });
    session.signal(Signal::KILL);
    session.end();

    let mut session = home.liseuse(&[&twin]);
    session.wait_for("the title in the contents", |screen| {
        let first = title.split(' ').next()?;
        screen
            .contents()
            .lines()
            .nth(2)?
            .contains(first)
            .then_some(())
    });
    session.send("q");
    let session = home.liseuse(&[]);
    session.wait_for_text(&title);
    session.quit();
}
