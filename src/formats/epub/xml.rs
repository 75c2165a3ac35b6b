//! The small XML files of a book, piece by piece. No entity is expanded, nothing outside is read, and what is not well
//! formed ends the file there.

use std::borrow::Cow;

use quick_xml::escape::resolve_html5_entity;
use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

use super::{BookError, limits};

/// A piece of a file.
pub enum Piece<'a> {
    /// An element begins.
    Open(Tag<'a>),
    /// An element ends; its name without prefix.
    Close(&'a str),
    /// Text between them.
    Text(Cow<'a, str>),
}

/// The start of an element.
pub struct Tag<'a>(BytesStart<'a>);

impl Tag<'_> {
    /// Its name without prefix.
    pub fn name(&self) -> &str {
        self.0.local_name().into_inner()
    }

    /// An attribute by its name without prefix.
    pub fn attribute(&self, name: &str) -> Option<String> {
        let mut attributes = self.0.attributes();
        let found = attributes
            .with_checks(false)
            .filter_map(Result::ok)
            .find(|attribute| attribute.key.local_name().into_inner() == name)?;
        let value = found
            .normalized_value(XmlVersion::Implicit1_0)
            .unwrap_or_else(|_| found.value.clone());
        Some(value.into_owned())
    }

    /// Whether an attribute that is a list of words holds this one.
    pub fn has_word(&self, name: &str, word: &str) -> bool {
        self.attribute(name)
            .is_some_and(|words| words.split_ascii_whitespace().any(|w| w == word))
    }
}

/// Hands over the pieces of a file in order; each element that begins also ends. `name` is the file's.
///
/// # Errors
/// When elements are nested too deep.
pub fn walk(text: &str, name: &str, mut each: impl FnMut(Piece<'_>)) -> Result<(), BookError> {
    let mut reader = Reader::from_str(text);
    let config = reader.config_mut();
    config.check_end_names = false;
    config.allow_unmatched_ends = true;
    config.allow_dangling_amp = true;
    let mut depth = 0_usize;
    loop {
        match reader.read_event() {
            Ok(Event::Start(tag)) => {
                depth += 1;
                if depth > limits::DEPTH {
                    let most = limits::DEPTH;
                    return Err(BookError::TooLarge(format!(
                        "`{name}` is nested more than {most} deep, the most that is read"
                    )));
                }
                each(Piece::Open(Tag(tag)));
            }
            Ok(Event::Empty(tag)) => {
                let name = tag.local_name().into_inner().to_owned();
                each(Piece::Open(Tag(tag)));
                each(Piece::Close(&name));
            }
            Ok(Event::End(tag)) => {
                depth = depth.saturating_sub(1);
                each(Piece::Close(tag.local_name().into_inner()));
            }
            Ok(Event::Text(text)) => each(Piece::Text(text.xml10_content())),
            Ok(Event::CData(text)) => each(Piece::Text(text.xml10_content())),
            Ok(Event::GeneralRef(entity)) => each(Piece::Text(resolved(&entity))),
            Ok(Event::Eof) | Err(_) => return Ok(()),
            Ok(Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_)) => {}
        }
    }
}

/// What a reference stands for: a character, or one of the names of HTML. Others, which the file itself may have made
/// up, stay as they are.
fn resolved<'a>(entity: &BytesRef<'a>) -> Cow<'a, str> {
    if let Ok(Some(c)) = entity.resolve_char_ref() {
        return c.to_string().into();
    }
    let name = entity.xml10_content();
    match resolve_html5_entity(&name) {
        Some(text) => text.into(),
        None => format!("&{name};").into(),
    }
}
