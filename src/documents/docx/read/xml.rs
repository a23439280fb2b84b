//! One walk over the XML of a part, as little as a reader of text needs. What could reach outside
//! the file (a document type, an entity of its own) is refused.

use super::error::ReadError;
use quick_xml::NsReader;
use quick_xml::escape::{resolve_predefined_entity, unescape};
use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::name::{Namespace, ResolveResult};

/// Deepest nesting; Word stays far below.
const DEEPEST: usize = 250;

/// Whose names an element uses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Space {
    /// Word processing, as written today or in the strict form.
    Word,
    /// The choice between a new and an old form of the same.
    Choice,
    /// Anything else.
    Other,
}

/// A step of the walk.
pub(super) enum Piece<'a> {
    /// An element begins.
    Open(Space, &'a str, Attributes<'a>),
    /// An element ends.
    Close(Space, &'a str),
    /// Text.
    Text(&'a str),
}

/// Attributes of an element.
pub(super) struct Attributes<'a>(&'a BytesStart<'a>);

impl Attributes<'_> {
    /// The value of the attribute with this name, whatever its prefix.
    pub(super) fn value(&self, name: &str) -> Option<String> {
        let found = self.0.attributes().flatten().find(|attribute| attribute.key.local_name().as_ref() == name)?;
        unescape(&found.value).ok().map(std::borrow::Cow::into_owned)
    }
}

/// Walks over a part.
pub(super) fn walk(source: &str, on: &mut dyn FnMut(Piece<'_>) -> Result<(), ReadError>) -> Result<(), ReadError> {
    let mut reader = NsReader::from_str(source);
    let mut depth: usize = 0;
    loop {
        let (space, event) = reader.read_resolved_event().map_err(|_| ReadError::Damaged)?;
        let space = space_of(&space);
        match event {
            Event::Start(start) => {
                depth = depth.saturating_add(1);
                if depth > DEEPEST {
                    return Err(ReadError::Damaged);
                }
                on(Piece::Open(space, start.local_name().as_ref(), Attributes(&start)))?;
            }
            Event::Empty(start) => {
                on(Piece::Open(space, start.local_name().as_ref(), Attributes(&start)))?;
                on(Piece::Close(space, start.local_name().as_ref()))?;
            }
            Event::End(end) => {
                depth = depth.saturating_sub(1);
                on(Piece::Close(space, end.local_name().as_ref()))?;
            }
            Event::Text(text) => on(Piece::Text(&text.xml10_content()))?,
            Event::CData(text) => on(Piece::Text(&text.xml10_content()))?,
            Event::GeneralRef(reference) => on(Piece::Text(&referred(&reference)?))?,
            Event::DocType(_) => return Err(ReadError::Foreign),
            Event::Eof if depth == 0 => return Ok(()),
            Event::Eof => return Err(ReadError::Damaged),
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
        }
    }
}

fn space_of(resolved: &ResolveResult<'_>) -> Space {
    match resolved {
        ResolveResult::Bound(Namespace(
            "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
            | "http://purl.oclc.org/ooxml/wordprocessingml/main",
        )) => Space::Word,
        ResolveResult::Bound(Namespace("http://schemas.openxmlformats.org/markup-compatibility/2006")) => Space::Choice,
        _ => Space::Other,
    }
}

/// A character reference, or one of the five entities that XML has of itself.
fn referred(reference: &BytesRef<'_>) -> Result<String, ReadError> {
    match reference.resolve_char_ref() {
        Ok(Some(character)) => Ok(character.to_string()),
        Ok(None) => resolve_predefined_entity(reference).map(str::to_owned).ok_or(ReadError::Foreign),
        Err(_) => Err(ReadError::Damaged),
    }
}
