//! Words to glyphs, with a cache: shaping is the dearest step of layout.
//!
//! Words of small letters are kept between documents; words with a capital or a digit (names,
//! numbers) only within one document, so that nothing personal stays in memory.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, LazyLock, RwLock};

use rustybuzz::{BufferClusterLevel, Direction, UnicodeBuffer, script, shape_with_plan};

use super::fonts::{FontKey, dutch, font};
use crate::documents::error::DocumentError;

/// Words kept between documents, over all fonts.
const SHARED_LIMIT: usize = 20_000;

/// A glyph with the characters it stands for. Measures in thousandths of an em.
#[derive(Debug)]
pub(super) struct Glyph {
    pub(super) gid: u16,
    /// Width the PDF viewer assumes.
    pub(super) natural: i32,
    /// Width after kerning.
    pub(super) advance: i32,
    /// Shift to the right, for a loose accent.
    pub(super) shift: i32,
    /// Characters; empty for the second glyph of one character.
    pub(super) text: Box<str>,
}

/// A shaped word.
#[derive(Debug)]
pub(super) struct Word {
    pub(super) text: Box<str>,
    pub(super) glyphs: Vec<Glyph>,
    /// Thousandths of an em.
    pub(super) width: i32,
    /// The glyphs, read one by one, give the text.
    pub(super) literal: bool,
}

impl Word {
    /// Width of the part before a byte position, in thousandths of an em.
    pub(super) fn width_before(&self, byte: usize) -> i32 {
        let mut position = 0_usize;
        let mut width = 0_i32;
        for glyph in &self.glyphs {
            if position >= byte {
                break;
            }
            position = position.saturating_add(glyph.text.len());
            width = width.saturating_add(glyph.advance);
        }
        width
    }
}

type Cache = BTreeMap<FontKey, HashMap<Box<str>, Arc<Word>>>;

static SHARED: LazyLock<RwLock<Cache>> = LazyLock::new(|| RwLock::new(Cache::new()));

/// Shapes the words of one document.
#[derive(Default)]
pub(super) struct Shaper {
    own: Cache,
    learned: Vec<(FontKey, Arc<Word>)>,
}

impl Shaper {
    /// The glyphs of a text without line breaks.
    pub(super) fn shape(&mut self, key: FontKey, text: &str) -> Result<Arc<Word>, DocumentError> {
        if let Some(word) = self.own.get(&key).and_then(|words| words.get(text)) {
            return Ok(Arc::clone(word));
        }
        let shareable = !text.chars().any(|character| character.is_uppercase() || character.is_numeric());
        let known = if shareable {
            SHARED.read().ok().and_then(|cache| cache.get(&key).and_then(|words| words.get(text)).cloned())
        } else {
            None
        };
        let word = match known {
            Some(word) => word,
            None => {
                let word = Arc::new(shape(key, text)?);
                if shareable {
                    self.learned.push((key, Arc::clone(&word)));
                }
                word
            }
        };
        self.own.entry(key).or_default().insert(text.into(), Arc::clone(&word));
        Ok(word)
    }

    /// Width of a space, in thousandths of an em.
    pub(super) fn space(&mut self, key: FontKey) -> Result<Arc<Word>, DocumentError> {
        self.shape(key, " ")
    }
}

impl Drop for Shaper {
    /// Hands the ordinary words to the next document, under one lock.
    fn drop(&mut self) {
        if self.learned.is_empty() {
            return;
        }
        if let Ok(mut cache) = SHARED.write() {
            if cache.values().map(HashMap::len).sum::<usize>() > SHARED_LIMIT {
                cache.clear();
            }
            for (key, word) in self.learned.drain(..) {
                cache.entry(key).or_default().insert(word.text.clone(), word);
            }
        }
    }
}

/// Joined letters that are one character in Unicode and that the fonts have only as separate letters.
const JOINED: [(char, &str); 12] = [
    ('Ĳ', "IJ"),
    ('ĳ', "ij"),
    ('ŉ', "’n"),
    ('Ŀ', "L·"),
    ('ŀ', "l·"),
    ('\u{FB00}', "ff"),
    ('\u{FB01}', "fi"),
    ('\u{FB02}', "fl"),
    ('\u{FB03}', "ffi"),
    ('\u{FB04}', "ffl"),
    ('\u{FB05}', "st"),
    ('\u{FB06}', "st"),
];

/// Shapes a text; joined letters the font lacks are drawn as separate ones, but stay what they are.
fn shape(key: FontKey, text: &str) -> Result<Word, DocumentError> {
    let face = &font(key)?.face;
    let joined =
        |character: char| JOINED.iter().find(|(one, _)| *one == character && face.glyph_index(character).is_none());
    if !text.chars().any(|character| joined(character).is_some()) {
        return shape_literally(key, text);
    }
    let mut parts = String::with_capacity(text.len());
    for character in text.chars() {
        match joined(character) {
            Some((_, letters)) => parts.push_str(letters),
            None => parts.push(character),
        }
    }
    Ok(Word { text: text.into(), literal: false, ..shape_literally(key, &parts)? })
}

fn shape_literally(key: FontKey, text: &str) -> Result<Word, DocumentError> {
    let font = font(key)?;
    let mut buffer = UnicodeBuffer::new();
    buffer.push_str(text);
    buffer.set_direction(Direction::LeftToRight);
    buffer.set_script(script::LATIN);
    if let Some(language) = dutch() {
        buffer.set_language(language);
    }
    buffer.set_cluster_level(BufferClusterLevel::MonotoneCharacters);
    let shaped = shape_with_plan(&font.face, &font.plan, buffer);
    let infos = shaped.glyph_infos();
    let starts: Vec<usize> = infos.iter().map(|info| info.cluster as usize).collect();
    let scale = |units: i32| (units as f32 * font.scale()).round() as i32;
    let mut glyphs = Vec::with_capacity(infos.len());
    let mut width = 0_i32;
    let mut previous = None;
    for (index, (info, position)) in infos.iter().zip(shaped.glyph_positions()).enumerate() {
        let start = info.cluster as usize;
        let end = starts.iter().skip(index).copied().find(|next| *next > start).unwrap_or(text.len());
        let own = if previous == Some(start) { "" } else { text.get(start..end).unwrap_or_default() };
        previous = Some(start);
        let gid = u16::try_from(info.glyph_id).unwrap_or(0);
        if gid == 0 {
            let character = text.get(start..).and_then(|rest| rest.chars().next()).unwrap_or('\u{FFFD}');
            return Err(DocumentError::MissingGlyph { character });
        }
        let advance = scale(position.x_advance);
        width = width.saturating_add(advance);
        glyphs.push(Glyph {
            gid,
            natural: scale(i32::from(font.natural_width(gid))),
            advance,
            shift: scale(position.x_offset),
            text: if own.chars().all(char::is_whitespace) && !own.is_empty() { " ".into() } else { own.into() },
        });
    }
    Ok(Word { text: text.into(), glyphs, width, literal: true })
}
