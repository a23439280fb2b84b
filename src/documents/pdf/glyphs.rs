//! Which glyphs the document uses: the subset fonts, and what each glyph stands for.

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use printpdf::{FontId, FontMetrics, ParsedFont, PdfFont, PdfFontMetricsStub};
use subsetter::GlyphRemapper;

use super::flow::Mark;
use super::fonts::{FontKey, font};
use super::paginate::Page;
use super::shaping::Word;
use crate::documents::error::DocumentError;
use crate::shared::hash::sha256_hex;

/// The glyphs of one font.
struct Used {
    /// Text per glyph; the first use decides.
    texts: BTreeMap<u16, Box<str>>,
    remapper: GlyphRemapper,
    /// By glyph of the whole font: its number in the subset, and its text.
    table: Vec<Option<(u16, Box<str>)>>,
}

impl Used {
    fn new(texts: BTreeMap<u16, Box<str>>) -> Self {
        let used: Vec<u16> = texts.keys().copied().collect();
        let remapper = GlyphRemapper::new_from_glyphs_sorted(&used);
        let mut table = vec![None; used.last().map_or(0, |last| usize::from(*last) + 1)];
        for (gid, text) in &texts {
            if let Some(place) = table.get_mut(usize::from(*gid)) {
                *place = Some((remapper.get(*gid).unwrap_or(0), text.clone()));
            }
        }
        Self { texts, remapper, table }
    }
}

/// The glyphs of the document.
pub(super) struct Glyphs {
    fonts: BTreeMap<FontKey, Used>,
}

/// Name of the font among the resources of a page.
pub(super) fn font_id(key: FontKey) -> FontId {
    FontId(key.name().replace('-', ""))
}

impl Glyphs {
    /// Collects the glyphs of all pages, in order.
    pub(super) fn collect(pages: &[Page]) -> Self {
        let mut texts: BTreeMap<FontKey, BTreeMap<u16, Box<str>>> = BTreeMap::new();
        // A word that stands in the document often is one word in memory.
        let mut seen: HashSet<(FontKey, *const Word)> = HashSet::new();
        for item in pages.iter().flat_map(|page| &page.items) {
            let Mark::Text(run) = &item.mark else { continue };
            if !seen.insert((run.style.font, Arc::as_ptr(&run.word))) {
                continue;
            }
            let of_font = texts.entry(run.style.font).or_default();
            for glyph in run.word.glyphs.iter().filter(|glyph| !glyph.text.is_empty()) {
                of_font.entry(glyph.gid).or_insert_with(|| glyph.text.clone());
            }
            for glyph in run.word.glyphs.iter().filter(|glyph| glyph.text.is_empty()) {
                of_font.entry(glyph.gid).or_insert_with(|| "\u{FFFD}".into());
            }
        }
        let fonts = texts
            .into_iter()
            .map(|(key, mut texts)| {
                if let Ok(font) = font(key)
                    && let Some(space) = font.face.glyph_index(' ')
                {
                    texts.entry(space.0).or_insert_with(|| " ".into());
                }
                (key, Used::new(texts))
            })
            .collect();
        Self { fonts }
    }

    /// Number of the glyph in the subset, and the text it stands for.
    pub(super) fn lookup(&self, key: FontKey, gid: u16) -> (u16, &str) {
        let known = self.fonts.get(&key).and_then(|used| used.table.get(usize::from(gid)));
        known.and_then(Option::as_ref).map_or((0, ""), |(number, text)| (*number, text))
    }

    /// Whether the glyphs of a word, read one by one, give its text.
    pub(super) fn reads_as_written(&self, key: FontKey, word: &Word) -> bool {
        word.literal && word.glyphs.iter().all(|glyph| self.lookup(key, glyph.gid).1 == &*glyph.text)
    }

    /// The subset fonts, ready to embed.
    pub(super) fn embed(&self) -> Result<BTreeMap<FontId, PdfFont>, DocumentError> {
        self.fonts.iter().map(|(key, used)| Ok((font_id(*key), PdfFont::new(subset(*key, used)?)))).collect()
    }
}

fn subset(key: FontKey, used: &Used) -> Result<ParsedFont, DocumentError> {
    let font = font(key)?;
    let bytes = subsetter::subset(key.bytes(), 0, &used.remapper)
        .map_err(|error| DocumentError::Font { font: key.name(), reason: error.to_string() })?;
    let widths = used
        .remapper
        .remapped_gids()
        .zip(0_u16..)
        .map(|(old, new)| (new, font.natural_width(old)))
        .collect::<BTreeMap<u16, u16>>();
    let face = &font.face;
    let units = u16::try_from(face.units_per_em()).unwrap_or(1000);
    let metrics = FontMetrics { ascent: face.ascender(), descent: face.descender() };
    let name = format!("{}+{}", subset_tag(&used.texts), key.name());
    let mut parsed = ParsedFont::with_glyph_data(bytes, 0, Some(name), BTreeMap::new(), widths, units, metrics);
    let bounds = face.global_bounding_box();
    let slope = if face.is_italic() { face.italic_angle().to_radians().tan() * -1000.0 } else { 0.0 };
    parsed.pdf_font_metrics = PdfFontMetricsStub {
        units_per_em: units,
        x_min: bounds.x_min,
        y_min: bounds.y_min,
        x_max: bounds.x_max,
        y_max: bounds.y_max,
        caret_slope_rise: 1000,
        caret_slope_run: slope.round() as i16,
        us_weight_class: face.weight().to_number(),
    };
    Ok(parsed)
}

/// Six capitals that name the subset, from its content.
fn subset_tag(texts: &BTreeMap<u16, Box<str>>) -> String {
    let ids: Vec<u8> = texts.keys().flat_map(|gid| gid.to_be_bytes()).collect();
    sha256_hex(&ids)
        .bytes()
        .take(6)
        .map(|digit| {
            char::from(b'A'.saturating_add(if digit.is_ascii_digit() { digit - b'0' } else { digit - b'a' + 10 }))
        })
        .collect()
}
