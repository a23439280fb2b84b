//! krilla draws the words and boxes of our own layout, tagged paragraph by paragraph.

use combizitting::documents::model::DocumentModel;
use combizitting::documents::pdf::bench_support::{DisplayList, PageList, PlacedWord, display_list};
use krilla::Document;
use krilla::color::{luma, rgb};
use krilla::geom::{PathBuilder, Point};
use krilla::metadata::Metadata;
use krilla::num::NormalizedF32;
use krilla::page::PageSettings;
use krilla::paint::{Fill, FillRule, Paint};
use krilla::surface::Surface;
use krilla::tagging::{Artifact, ArtifactType, ContentTag, Identifier, Node, SpanTag, Tag, TagGroup, TagKind, TagTree};
use krilla::text::{Font, GlyphId, KrillaGlyph};
use std::collections::BTreeMap;
use std::num::NonZeroU16;

/// The whole way: layout and writing.
pub fn render(model: &DocumentModel) -> Vec<u8> {
    draw(&display_list(model).expect("pages"), &model.meta.title)
}

fn draw(list: &DisplayList, title: &str) -> Vec<u8> {
    let mut document = Document::new();
    let mut fonts: BTreeMap<*const u8, Font> = BTreeMap::new();
    let mut marks: BTreeMap<usize, Vec<Identifier>> = BTreeMap::new();
    for page_list in &list.pages {
        let mut page = document.start_page_with(PageSettings::from_wh(595.28, 841.89).expect("A4"));
        let mut surface = page.surface();
        shapes(&mut surface, page_list);
        for part in page_list.words.chunk_by(|one, next| one.part == next.part) {
            let Some(first) = part.first() else { continue };
            let tag = match first.part {
                Some(_) => ContentTag::Span(SpanTag::empty()),
                None => ContentTag::Artifact(Artifact::with_kind(ArtifactType::Other)),
            };
            let mark = surface.start_tagged(tag);
            for word in part {
                let font = fonts
                    .entry(word.font.as_ptr())
                    .or_insert_with(|| Font::new(word.font.to_vec().into(), 0).expect("a font"));
                text(&mut surface, word, font);
            }
            surface.end_tagged();
            if let Some(part) = first.part {
                marks.entry(part).or_default().push(mark);
            }
        }
        surface.finish();
        page.finish();
    }
    document.set_tag_tree(tree(list, marks));
    document.set_metadata(Metadata::new().title(title.to_owned()).language("nl-NL".to_owned()));
    document.finish().expect("a file")
}

fn shapes(surface: &mut Surface<'_>, list: &PageList) {
    if list.shapes.is_empty() {
        return;
    }
    surface.start_tagged(ContentTag::Artifact(Artifact::with_kind(ArtifactType::Other)));
    for item in &list.shapes {
        let [red, green, blue] = item.colour;
        surface.set_fill(Some(filled(rgb::Color::new(red, green, blue).into())));
        let mut path = PathBuilder::new();
        for (place, (x, y)) in item.corners.iter().enumerate() {
            if place == 0 { path.move_to(*x, *y) } else { path.line_to(*x, *y) }
        }
        path.close();
        surface.draw_path(&path.finish().expect("a path"));
    }
    surface.end_tagged();
}

fn filled(paint: Paint) -> Fill {
    Fill { paint, opacity: NormalizedF32::ONE, rule: FillRule::NonZero }
}

fn text(surface: &mut Surface<'_>, word: &PlacedWord, font: &Font) {
    let mut written = String::new();
    let glyphs: Vec<KrillaGlyph> = word
        .glyphs
        .iter()
        .map(|glyph| {
            let start = written.len();
            written.push_str(&glyph.text);
            KrillaGlyph {
                glyph_id: GlyphId::new(u32::from(glyph.gid)),
                text_range: start..written.len(),
                x_advance: glyph.advance as f32 / 1000.0,
                x_offset: glyph.shift as f32 / 1000.0,
                y_offset: 0.0,
                y_advance: 0.0,
                location: None,
            }
        })
        .collect();
    surface.set_fill(Some(filled(luma::Color::new((word.grey * 255.0) as u8).into())));
    surface.draw_glyphs(Point::from_xy(word.x, word.y), &glyphs, font.clone(), &written, word.size, false);
}

/// One level of parts: headings and paragraphs; cells and items count as paragraphs.
fn tree(list: &DisplayList, marks: BTreeMap<usize, Vec<Identifier>>) -> TagTree {
    let mut tree = TagTree::new();
    for (part, marks) in marks {
        let heading = |level: u16| -> TagKind { Tag::Hn(NonZeroU16::new(level).expect("a level"), None).into() };
        let kind: TagKind = match list.tags.get(part).copied() {
            Some("H1") => heading(1),
            Some("H2") => heading(2),
            Some("H3") => heading(3),
            _ => Tag::P.into(),
        };
        tree.push(Node::Group(TagGroup::with_children(kind, marks.into_iter().map(Node::Leaf).collect())));
    }
    tree
}
