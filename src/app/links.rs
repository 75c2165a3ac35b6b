//! Following links: within the article, to another one, and out into the browser after a question.

use std::path::PathBuf;

use super::App;
use super::effect::Effect;
use super::event::Asked;
use super::overlay::Overlay;
use super::overlay::browse::Browse;
use super::overlay::hints::{Hints, Purpose};
use super::overlay::links::LinkList;
use crate::action::Action;
use crate::config::keymap::Place;
use crate::model::link::{Target, shown};

/// So many articles are remembered for going back.
const MAX_TRAIL: usize = 100;

/// The way that links led from article to article.
#[derive(Debug, Default)]
pub(super) struct Trail {
    /// From which articles links were followed, and to which.
    followed: Vec<(PathBuf, PathBuf)>,
    /// The place to go to in the article that is being opened.
    pub wanted: Option<String>,
}

impl App {
    /// Does what the reader asked for with links. Whether it was something with links.
    pub(super) fn act_on_links(&mut self, asked: Asked, effects: &mut Vec<Effect>) -> bool {
        let Some(reader) = &mut self.reader else {
            return false;
        };
        let given = asked.count.map(|count| count as usize);
        let count = given.unwrap_or(1);
        let here = given.or_else(|| reader.link_here().map(|link| link.number));
        match asked.action {
            Action::LinkHints => match given {
                Some(number) => self.use_link(number, Purpose::Follow, effects),
                None => self.hint(Purpose::Follow),
            },
            Action::FollowLink => match here {
                Some(number) => self.use_link(number, Purpose::Follow, effects),
                None => self.hint(Purpose::Follow),
            },
            Action::OpenLink => match here {
                Some(number) => self.use_link(number, Purpose::Open, effects),
                None => self.hint(Purpose::Open),
            },
            Action::LinkList => {
                let chosen = here.unwrap_or_else(|| reader.first_link_on_screen());
                match LinkList::new(&reader.document, chosen) {
                    Some(links) => self.overlay = Some(Overlay::Links(links)),
                    None => self.tell("there are no links in this article".to_owned()),
                }
                self.set_areas();
            }
            Action::OpenSource => self.open_source(),
            Action::NextLink | Action::PreviousLink => {
                let number = if asked.action == Action::NextLink {
                    reader.link_after(count)
                } else {
                    reader.link_before(count)
                };
                match number {
                    Some(number) => _ = reader.choose_link(number),
                    None => self.tell("no link there".to_owned()),
                }
            }
            Action::ToggleNumbers => {
                let words = if reader.toggle_numbers() {
                    "links are numbered; 3 enter follows the third"
                } else {
                    "links are without numbers"
                };
                self.tell(words.to_owned());
            }
            _ => return false,
        }
        true
    }

    /// Shows letters on the links that are on the screen.
    fn hint(&mut self, purpose: Purpose) {
        let spots = self
            .reader
            .as_ref()
            .map(super::pane::reader::Reader::links_on_screen);
        let numbers: Vec<usize> = spots.unwrap_or_default().iter().map(|s| s.number).collect();
        if numbers.is_empty() {
            self.tell("no link is on the screen".to_owned());
            return;
        }
        self.tell(purpose.question().to_owned());
        self.overlay = Some(Overlay::Hints(Hints::new(&numbers, purpose)));
    }

    /// Follows the link of this number, or opens it in the browser.
    pub(super) fn use_link(&mut self, number: usize, purpose: Purpose, effects: &mut Vec<Effect>) {
        let Some(reader) = &mut self.reader else {
            return;
        };
        let target = reader
            .document
            .link(number)
            .map(|link| Target::of(link.target));
        let Some(target) = target.filter(|_| reader.choose_link(number)) else {
            self.tell(format!("no link has the number {number}"));
            return;
        };
        match (target, purpose) {
            (Target::Web(address) | Target::Mail(address), _) => {
                self.overlay = Some(Overlay::Browse(Browse { address }));
            }
            (Target::Refused(why), _) => self.warn(why),
            (Target::Anchor(_) | Target::File(..), Purpose::Open) => {
                self.tell("this link leads to no page on the web; enter follows it".to_owned());
            }
            (Target::Anchor(name), Purpose::Follow) => self.go_to_anchor(&name),
            (Target::File(path, anchor), Purpose::Follow) => {
                let from = reader.article.path.clone();
                effects.push(Effect::Follow { from, path, anchor });
            }
        }
    }

    /// Goes to a named place of the article, and tells how to come back.
    pub(super) fn go_to_anchor(&mut self, name: &str) {
        let Some(reader) = &mut self.reader else {
            return;
        };
        if reader.go_to_anchor(name) {
            self.tell_way_back();
        } else {
            self.warn(format!(
                "no place in this article is called `{}`",
                shown(name)
            ));
        }
    }

    /// Opens the article that a link leads to; it lies in the library.
    pub(super) fn on_linked(
        &mut self,
        from: PathBuf,
        (to, anchor): (PathBuf, Option<String>),
        effects: &mut Vec<Effect>,
    ) {
        let here = self.reader.as_ref().map(|reader| &reader.article.path);
        if here != Some(&from) {
            // the reader went on meanwhile
            return;
        }
        if to == from {
            self.go_to_anchor(&anchor.unwrap_or_default());
            return;
        }
        if self.trail.followed.len() >= MAX_TRAIL {
            self.trail.followed.remove(0);
        }
        self.trail.followed.push((from, to.clone()));
        self.open(to, None, effects);
        self.trail.wanted = anchor;
        self.tell_way_back();
    }

    /// Back to where the reader was before the last jump; to the article from which a link led here, when there was none.
    pub(super) fn jump_back(&mut self, effects: &mut Vec<Effect>) {
        let Some(reader) = &mut self.reader else {
            return;
        };
        if reader.jump_back() {
            return;
        }
        let here = &reader.article.path;
        match self.trail.followed.pop_if(|(_, to)| to == here) {
            Some((from, _)) => self.open(from, None, effects),
            None if self.is_landed() => self.open_search(),
            None => self.tell("no earlier place".to_owned()),
        }
    }

    /// Asks whether the page that the article comes from is to be opened.
    fn open_source(&mut self) {
        let url = self
            .reader
            .as_ref()
            .and_then(|r| r.document.metadata.url.as_deref());
        match url.map(Target::of) {
            Some(Target::Web(address)) => self.overlay = Some(Overlay::Browse(Browse { address })),
            Some(_) | None => {
                self.tell("this article does not tell where it was published".to_owned());
            }
        }
    }

    fn tell_way_back(&mut self) {
        let keys = self.config.keymap.keys_for(Place::Text, Action::JumpBack);
        if let Some(key) = keys.first() {
            self.tell(format!("{key} goes back"));
        }
    }
}
