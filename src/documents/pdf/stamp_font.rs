//! The font of the page stamps of a bundle: the few signs that its stamps have, embedded once.

use lopdf::{Dictionary, Object, ObjectId, Stream, dictionary};
use subsetter::GlyphRemapper;

use super::fonts::{FontKey, font};
use crate::documents::error::DocumentError;

/// Signs that the stamp of every page can have.
const SIGNS: &str = " .0123456789Bdelnpuva";
/// Signs in one list of the table to Unicode at most (Adobe technical note 5411).
const MOST_IN_LIST: usize = 100;
const FONT: FontKey = FontKey::SansBold;
const NAME: &str = "CMBSTM+SourceSans3-Bold";

/// The signs with their numbers in the embedded font and their widths.
pub(in crate::documents) struct StampFont {
    /// Sign, number in the embedded font, width in thousandths of an em.
    signs: Vec<(char, u16, u16)>,
    file: Vec<u8>,
    ascent: i16,
    descent: i16,
    bounds: [i16; 4],
}

/// Ids under which the font is written: the font itself, and its four parts.
pub(in crate::documents) type FontIds = [u32; 5];

impl StampFont {
    /// Cuts the font to the signs of the page stamp and those of a text.
    ///
    /// # Errors
    /// When the font cannot be read: a fault in the program.
    pub(in crate::documents) fn with(text: &str) -> Result<Self, DocumentError> {
        let font = font(FONT)?;
        let mut remapper = GlyphRemapper::new();
        let mut signs = Vec::new();
        let wanted: std::collections::BTreeSet<char> = SIGNS.chars().chain(text.chars()).collect();
        for sign in wanted {
            let gid = font.face.glyph_index(sign).map_or(0, |glyph| glyph.0);
            let width = f32::from(font.natural_width(gid)) * font.scale();
            signs.push((sign, remapper.remap(gid), width.round() as u16));
        }
        let file = subsetter::subset(FONT.bytes(), 0, &remapper)
            .map_err(|error| DocumentError::Font { font: FONT.name(), reason: error.to_string() })?;
        let bounds = font.face.global_bounding_box();
        Ok(Self {
            signs,
            file,
            ascent: font.face.ascender(),
            descent: font.face.descender(),
            bounds: [bounds.x_min, bounds.y_min, bounds.x_max, bounds.y_max],
        })
    }

    fn find(&self, sign: char) -> (u16, u16) {
        self.signs.iter().find(|(known, _, _)| *known == sign).map_or((0, 0), |(_, number, width)| (*number, *width))
    }

    /// A text as the hexadecimal string that shows it.
    pub(in crate::documents) fn shown(&self, text: &str) -> String {
        text.chars().map(|sign| format!("{:04X}", self.find(sign).0)).collect()
    }

    /// Width of a text in thousandths of an em.
    pub(in crate::documents) fn width(&self, text: &str) -> f32 {
        text.chars().map(|sign| f32::from(self.find(sign).1)).sum()
    }

    /// The font as objects under these ids.
    pub(in crate::documents) fn objects(&self, ids: FontIds) -> Vec<(u32, Object)> {
        let [font, descendant, descriptor, file, unicode] = ids;
        let refer = |id: u32| Object::Reference((id, 0));
        let mut widths: Vec<(u16, u16)> = self.signs.iter().map(|(_, number, width)| (*number, *width)).collect();
        widths.sort_unstable();
        let widths: Vec<Object> = widths
            .into_iter()
            .flat_map(|(number, width)| [Object::from(i64::from(number)), vec![i64::from(width).into()].into()])
            .collect();
        let bounds: Vec<Object> = self.bounds.iter().map(|side| Object::from(i64::from(*side))).collect();
        vec![
            (
                font,
                dictionary! {
                    "Type" => "Font", "Subtype" => "Type0", "BaseFont" => NAME, "Encoding" => "Identity-H",
                    "DescendantFonts" => vec![refer(descendant)], "ToUnicode" => refer(unicode)
                }
                .into(),
            ),
            (
                descendant,
                dictionary! {
                    "Type" => "Font", "Subtype" => "CIDFontType2", "BaseFont" => NAME,
                    "CIDSystemInfo" => dictionary! {
                        "Registry" => Object::string_literal("Adobe"),
                        "Ordering" => Object::string_literal("Identity"), "Supplement" => 0
                    },
                    "CIDToGIDMap" => "Identity", "DW" => 0, "W" => widths, "FontDescriptor" => refer(descriptor)
                }
                .into(),
            ),
            (
                descriptor,
                dictionary! {
                    "Type" => "FontDescriptor", "FontName" => NAME, "Flags" => 4, "ItalicAngle" => 0,
                    "FontBBox" => bounds, "Ascent" => i64::from(self.ascent), "Descent" => i64::from(self.descent),
                    "CapHeight" => i64::from(self.ascent), "StemV" => 120, "FontFile2" => refer(file)
                }
                .into(),
            ),
            (file, packed(dictionary! { "Length1" => self.file.len() as i64 }, self.file.clone())),
            (unicode, packed(Dictionary::new(), self.to_unicode().into_bytes())),
        ]
    }

    fn to_unicode(&self) -> String {
        let mut lines: Vec<(u16, u32)> =
            self.signs.iter().map(|(sign, number, _)| (*number, u32::from(*sign))).collect();
        lines.sort_unstable();
        let list = |lines: &[(u16, u32)]| -> String {
            let rows: String = lines.iter().map(|(number, sign)| format!("<{number:04X}> <{sign:04X}>\n")).collect();
            format!("{} beginbfchar\n{rows}endbfchar\n", lines.len())
        };
        let lists: String = lines.chunks(MOST_IN_LIST).map(list).collect();
        format!(
            "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n/CIDSystemInfo << /Registry (Adobe) \
             /Ordering (UCS) /Supplement 0 >> def\n/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n\
             1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n{lists}endcmap\n\
             CMapName currentdict /CMap defineresource pop\nend\nend\n"
        )
    }
}

fn packed(dictionary: Dictionary, content: Vec<u8>) -> Object {
    let mut stream = Stream::new(dictionary, content);
    // What cannot be packed stays as it is.
    let _ = stream.compress();
    Object::Stream(stream)
}

/// An object number as lopdf writes it; everything in a bundle has generation 0.
pub(in crate::documents) fn id_of(number: u32) -> ObjectId {
    (number, 0)
}
