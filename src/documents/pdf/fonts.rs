//! The embedded fonts, parsed once: Source Serif 4 and Source Sans 3 (SIL Open Font License).

use std::sync::LazyLock;

use rustybuzz::ttf_parser::{GlyphId, Tag};
use rustybuzz::{Direction, Face, Feature, Language, ShapePlan, script};

use crate::documents::error::DocumentError;

/// A face of the house fonts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum FontKey {
    /// Running text.
    Serif,
    /// Strong text.
    SerifBold,
    /// Emphasised text.
    SerifItalic,
    /// Tables, header and footer.
    Sans,
    /// Headings.
    SansBold,
    /// Emphasis in tables.
    SansItalic,
}

impl FontKey {
    /// PostScript name, as the PDF names the font.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Serif => "SourceSerif4-Regular",
            Self::SerifBold => "SourceSerif4-Bold",
            Self::SerifItalic => "SourceSerif4-It",
            Self::Sans => "SourceSans3-Regular",
            Self::SansBold => "SourceSans3-Bold",
            Self::SansItalic => "SourceSans3-It",
        }
    }

    /// Face that has letters this one lacks (Ŧ, Ĭ and signs); it serves for the whole word.
    pub(super) fn fallback(self) -> Option<Self> {
        match self {
            Self::Serif => Some(Self::Sans),
            Self::SerifBold => Some(Self::SansBold),
            Self::SerifItalic => Some(Self::SansItalic),
            Self::Sans | Self::SansBold | Self::SansItalic => None,
        }
    }

    /// The unmodified font file.
    pub(super) fn bytes(self) -> &'static [u8] {
        match self {
            Self::Serif => include_bytes!("../../../templates/documents/fonts/SourceSerif4-Regular.ttf"),
            Self::SerifBold => include_bytes!("../../../templates/documents/fonts/SourceSerif4-Bold.ttf"),
            Self::SerifItalic => include_bytes!("../../../templates/documents/fonts/SourceSerif4-It.ttf"),
            Self::Sans => include_bytes!("../../../templates/documents/fonts/SourceSans3-Regular.ttf"),
            Self::SansBold => include_bytes!("../../../templates/documents/fonts/SourceSans3-Bold.ttf"),
            Self::SansItalic => include_bytes!("../../../templates/documents/fonts/SourceSans3-It.ttf"),
        }
    }
}

/// A parsed face with its shaping plan.
pub(super) struct Font {
    pub(super) face: Face<'static>,
    pub(super) plan: ShapePlan,
}

impl Font {
    /// Width of a glyph without kerning, in font units.
    pub(super) fn natural_width(&self, gid: u16) -> u16 {
        self.face.glyph_hor_advance(GlyphId(gid)).unwrap_or(0)
    }

    /// Thousandths of an em per font unit; 1 for these fonts.
    pub(super) fn scale(&self) -> f32 {
        1000.0 / self.face.units_per_em().max(1) as f32
    }
}

struct Fonts {
    serif: Font,
    serif_bold: Font,
    serif_italic: Font,
    sans: Font,
    sans_bold: Font,
    sans_italic: Font,
}

static FONTS: LazyLock<Result<Fonts, DocumentError>> = LazyLock::new(|| {
    Ok(Fonts {
        serif: parse(FontKey::Serif)?,
        serif_bold: parse(FontKey::SerifBold)?,
        serif_italic: parse(FontKey::SerifItalic)?,
        sans: parse(FontKey::Sans)?,
        sans_bold: parse(FontKey::SansBold)?,
        sans_italic: parse(FontKey::SansItalic)?,
    })
});

fn parse(key: FontKey) -> Result<Font, DocumentError> {
    let face = Face::from_slice(key.bytes(), 0)
        .ok_or_else(|| DocumentError::Font { font: key.name(), reason: "geen geldig TrueType-bestand".to_owned() })?;
    // No ligatures: every glyph then stands for its own characters, also for who selects or searches.
    let features = [Feature::new(Tag::from_bytes(b"liga"), 0, ..), Feature::new(Tag::from_bytes(b"clig"), 0, ..)];
    let language = dutch();
    let plan = ShapePlan::new(&face, Direction::LeftToRight, Some(script::LATIN), language.as_ref(), &features);
    Ok(Font { face, plan })
}

/// The language given to the shaper.
pub(super) fn dutch() -> Option<Language> {
    "nl".parse().ok()
}

/// A parsed face.
pub(super) fn font(key: FontKey) -> Result<&'static Font, DocumentError> {
    match &*FONTS {
        Ok(fonts) => Ok(match key {
            FontKey::Serif => &fonts.serif,
            FontKey::SerifBold => &fonts.serif_bold,
            FontKey::SerifItalic => &fonts.serif_italic,
            FontKey::Sans => &fonts.sans,
            FontKey::SansBold => &fonts.sans_bold,
            FontKey::SansItalic => &fonts.sans_italic,
        }),
        Err(error) => Err(error.clone()),
    }
}
