//! What an archive asks on top of the ordinary file (PDF/A-1b, ISO 19005-1): a colour profile,
//! an information dictionary that agrees with the metadata, and which glyphs each font holds.

use lopdf::{Document, Object, ObjectId, Stream, dictionary};
use rustybuzz::ttf_parser::Face;

use super::finish::{assembly, text};
use super::metadata::{CREATOR, PRODUCER};
use crate::documents::error::DocumentError;
use crate::documents::model::DocumentMeta;

/// Colour profile for all colours of the file.
const SRGB: &[u8] = include_bytes!("../../../templates/documents/colour/sRGB.icc");

/// Adds what the archive asks; the caller writes version and ID.
pub(super) fn add(document: &mut Document, meta: &DocumentMeta) -> Result<(), DocumentError> {
    add_glyph_sets(document)?;
    set_information(document, meta);
    let profile = document.add_object(Stream::new(dictionary! { "N" => 3 }, SRGB.to_vec()));
    let intent = document.add_object(dictionary! {
        "Type" => "OutputIntent",
        "S" => "GTS_PDFA1",
        "OutputConditionIdentifier" => Object::string_literal("sRGB IEC61966-2.1"),
        "Info" => Object::string_literal("sRGB IEC61966-2.1"),
        "DestOutputProfile" => profile
    });
    document.catalog_mut().map_err(assembly)?.set("OutputIntents", vec![Object::Reference(intent)]);
    Ok(())
}

/// Title, author and day as the XMP says them.
fn set_information(document: &mut Document, meta: &DocumentMeta) {
    let information = document.trailer.get(b"Info").and_then(Object::as_reference);
    if let Ok(id) = information
        && let Ok(information) = document.get_dictionary_mut(id)
    {
        let day = format!("D:{}000000Z", meta.dated.format("%Y%m%d"));
        information.set("Title", text(&meta.title));
        information.set("Author", text(&meta.author));
        information.set("Creator", text(CREATOR));
        information.set("Producer", text(PRODUCER));
        information.set("CreationDate", Object::string_literal(day.clone()));
        information.set("ModDate", Object::string_literal(day));
    }
}

/// Each subset says which of its glyphs it holds: all of them, since it was cut to what is used.
fn add_glyph_sets(document: &mut Document) -> Result<(), DocumentError> {
    let descriptors: Vec<(ObjectId, ObjectId)> = document
        .objects
        .iter()
        .filter_map(|(id, object)| {
            let file = object.as_dict().ok()?.get(b"FontFile2").ok()?.as_reference().ok()?;
            Some((*id, file))
        })
        .collect();
    for (descriptor, file) in descriptors {
        let stream = document.get_object(file).and_then(Object::as_stream).map_err(assembly)?;
        let font = stream.decompressed_content().unwrap_or_else(|_| stream.content.clone());
        let face = Face::parse(&font, 0).map_err(|error| DocumentError::Assembly { reason: error.to_string() })?;
        let set = document.add_object(Stream::new(dictionary! {}, first_bits(face.number_of_glyphs())));
        document.get_dictionary_mut(descriptor).map_err(assembly)?.set("CIDSet", set);
    }
    Ok(())
}

/// So many bits set, from the highest of the first byte on.
fn first_bits(count: u16) -> Vec<u8> {
    let mut bytes = vec![0xFF_u8; usize::from(count / 8)];
    let rest = count % 8;
    if rest > 0 {
        bytes.push(0xFF_u8 << (8_u16.saturating_sub(rest)));
    }
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_glyph_set_has_a_bit_for_each_glyph() {
        assert_eq!(first_bits(0), Vec::<u8>::new());
        assert_eq!(first_bits(3), [0b1110_0000]);
        assert_eq!(first_bits(8), [0xFF]);
        assert_eq!(first_bits(17), [0xFF, 0xFF, 0b1000_0000]);
    }
}
