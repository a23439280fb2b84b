//! Puts a bundle together: first every place is settled, then one paper or file at a time is written.

use super::copy::{Copier, CopyError, Sink};
use super::front::{self, Places, place_of, sheet_place};
use super::marks;
use super::model::{Assembled, Bundle, Part};
use super::outline::{self, Entry};
use super::output::{Output, Trailer};
use super::own::{self, Tags, Target};
use super::problem::{BundleError, PdfProblem};
use super::source::{MOST_UNPACKED, Source, SourcePage, resolved};
use super::stamp::{FONT_NAME, Place};
use crate::documents::pdf::{
    CREATOR, FontIds, PRODUCER, StampFont, id_of, metadata_text, page_count, render_for_bundle, xmp,
};
use lopdf::{Dictionary, Object, Stream, dictionary};
use std::io::Write;

/// Pages of a bundle at most.
const MOST_PAGES: usize = 100_000;
/// Pages below one node of the page tree.
const PAGES_IN_NODE: usize = 100;
/// How often the index is set again because its own length moved the pages after it.
const MOST_ROUNDS: usize = 6;

/// Gives the file of a document by its key.
pub type Fetch<'a> = dyn FnMut(&str) -> Option<Vec<u8>> + 'a;

/// Puts a bundle together and writes it. `progress` gets the pages that are done and all pages.
///
/// # Errors
/// When a paper cannot be set, a file cannot be fetched or is not as it was, or writing fails.
pub fn assemble(
    bundle: &Bundle,
    fetch: &mut Fetch<'_>,
    to: &mut dyn Write,
    progress: &mut dyn FnMut(usize, usize),
) -> Result<Assembled, BundleError> {
    let plan = Plan::of(bundle)?;
    let mut work = Work::start(bundle, &plan, to)?;
    progress(0, plan.total);
    work.front()?;
    progress(work.done, plan.total);
    for (part, number) in bundle.parts().zip(1..) {
        work.part(part, number, fetch)?;
        progress(work.done, plan.total);
    }
    work.finish()
}

/// Which paper or document has which pages.
struct Plan {
    index: Vec<u8>,
    index_pages: usize,
    places: Places,
    total: usize,
}

impl Plan {
    /// Sets the index until its page numbers are right: its own length moves them.
    fn of(bundle: &Bundle) -> Result<Self, BundleError> {
        let sheets: Vec<usize> = bundle.sheets.iter().map(pages_of).collect::<Result<_, _>>()?;
        let mut index_pages = 1_usize;
        for _ in 0..MOST_ROUNDS {
            let (places, total) = places(bundle, index_pages, &sheets)?;
            let (model, links) = front::index(bundle, &places);
            let pages = pages_of(&model)?;
            if pages == index_pages {
                let index = render_for_bundle(&model, &links, true)?;
                return Ok(Self { index, index_pages, places, total });
            }
            index_pages = pages;
        }
        Err(BundleError::TooLarge)
    }
}

fn pages_of(model: &crate::documents::model::DocumentModel) -> Result<usize, BundleError> {
    match page_count(model) {
        Some(pages) => Ok(pages),
        // What holds it back is told by setting it for good.
        None => Err(render_for_bundle(model, &[], true).err().map_or(BundleError::TooLarge, BundleError::Paper)),
    }
}

fn places(bundle: &Bundle, index: usize, sheets: &[usize]) -> Result<(Places, usize), BundleError> {
    let mut at = index;
    let mut next = |pages: usize| {
        let first = at.saturating_add(1);
        at = at.saturating_add(pages);
        (first, at)
    };
    let sheets = sheets.iter().map(|pages| next(*pages)).collect();
    let parts = bundle.parts().map(|part| next(part.file.as_ref().map_or(1, |file| file.pages))).collect();
    if at > MOST_PAGES { Err(BundleError::TooLarge) } else { Ok((Places { sheets, parts }, at)) }
}

/// All marks of documents, for the signs in them.
fn marks(bundle: &Bundle) -> String {
    bundle.parts().filter_map(|part| part.not_for.as_ref()).map(|not_for| not_for.told.as_str()).collect()
}

/// A bundle being written.
struct Work<'a> {
    bundle: &'a Bundle,
    plan: &'a Plan,
    output: Output<'a>,
    font: StampFont,
    font_number: u32,
    /// Object numbers of the pages, and of the nodes above them.
    pages: Vec<u32>,
    nodes: Vec<u32>,
    tags: Tags,
    done: usize,
}

impl<'a> Work<'a> {
    fn start(bundle: &'a Bundle, plan: &'a Plan, to: &'a mut dyn Write) -> Result<Self, BundleError> {
        let mut output = Output::start(to)?;
        let font = StampFont::with(&marks(bundle))?;
        let ids: FontIds = std::array::from_fn(|_| output.reserve());
        for (number, object) in font.objects(ids) {
            output.object(number, &object)?;
        }
        let [font_number, ..] = ids;
        let pages = (0..plan.total).map(|_| output.reserve()).collect();
        let nodes = (0..plan.total.div_ceil(PAGES_IN_NODE)).map(|_| output.reserve()).collect();
        let tags = Tags::new(output.reserve());
        Ok(Self { bundle, plan, output, font, font_number, pages, nodes, tags, done: 0 })
    }

    /// Object number of a page, that of its parent, and its number; `page` counts from 1.
    fn numbers(&self, page: usize) -> (u32, u32, usize) {
        let place = page.saturating_sub(1);
        let number = self.pages.get(place).copied().unwrap_or_default();
        (number, self.nodes.get(place / PAGES_IN_NODE).copied().unwrap_or_default(), page)
    }

    fn front(&mut self) -> Result<(), BundleError> {
        let plan = self.plan;
        self.own(&plan.index, (1, plan.index_pages))?;
        for (sheet, pages) in self.bundle.sheets.iter().zip(&plan.places.sheets) {
            self.own(&render_for_bundle(sheet, &[], true)?, *pages)?;
        }
        Ok(())
    }

    fn own(&mut self, bytes: &[u8], (first, last): (usize, usize)) -> Result<(), BundleError> {
        let pages: Vec<(u32, u32, usize)> = (first..=last).map(|page| self.numbers(page)).collect();
        let target = Target { pages: &pages, total: self.plan.total, font: &self.font, font_number: self.font_number };
        own::write(bytes, &target, &mut self.tags, &mut self.output).map_err(|error| of_part(error, 0))?;
        self.done = last;
        Ok(())
    }

    fn part(&mut self, part: &Part, number: usize, fetch: &mut Fetch<'_>) -> Result<(), BundleError> {
        let pages = self.plan.places.parts.get(number.saturating_sub(1)).copied().unwrap_or((0, 0));
        let Some(file) = &part.file else {
            let slip = front::slip(self.bundle, part, number);
            if pages_of(&slip)? != 1 {
                return Err(BundleError::TooLarge);
            }
            return self.own(&render_for_bundle(&slip, &[], false)?, pages);
        };
        let source = {
            let bytes = fetch(&file.key).ok_or(BundleError::Missing { number })?;
            Source::open(&bytes).map_err(|problem| BundleError::File { number, problem })?
        };
        if source.pages.len() != file.pages {
            return Err(BundleError::OtherPages { number });
        }
        let mut copier = Copier::new(&source.document);
        for ((page, in_file), at) in source.pages.iter().zip(1..).zip(pages.0..) {
            let mark = part.not_for.as_ref().map(|not_for| not_for.told.as_str());
            self.foreign((&source, page, in_file), (at, mark), &mut copier).map_err(|error| of_part(error, number))?;
        }
        self.done = pages.1;
        Ok(())
    }

    fn foreign(
        &mut self,
        (source, page, in_file): (&Source, &SourcePage, usize),
        (at, mark): (usize, Option<&str>),
        copier: &mut Copier<'_>,
    ) -> Result<(), CopyError> {
        let (number, parent, _) = self.numbers(at);
        let taken = foreign_page(source, page, in_file, copier, &mut self.output)?;
        copier.flush(&mut self.output)?;
        let place = Place::foreign(page);
        let mut stamp = place.stamp(&self.font, at, self.plan.total);
        if let Some(mark) = mark {
            stamp.push_str(&place.mark(&self.font, mark));
        }
        let content = self.output.reserve();
        self.output.stream(content, &Dictionary::new(), format!("{}{stamp}", taken.draws).as_bytes())?;
        let mut copy = taken.page;
        copy.set("Type", "Page");
        copy.set("Parent", id_of(parent));
        copy.set("Contents", id_of(content));
        let fonts = dictionary! { FONT_NAME => id_of(self.font_number) };
        copy.set("Resources", dictionary! { "Font" => fonts, "XObject" => taken.images });
        self.output.object(number, &copy.into())?;
        Ok(())
    }

    fn finish(mut self) -> Result<Assembled, BundleError> {
        let root = self.output.reserve();
        self.page_tree(root)?;
        let tree = std::mem::replace(&mut self.tags, Tags::new(0)).write(&mut self.output)?;
        let entries = self.bookmarks();
        let outlines = outline::write(&mut self.output, &entries)?;
        let names = self.names()?;
        let meta = front::whole(self.bundle);
        let kind = dictionary! { "Type" => "Metadata", "Subtype" => "XML" };
        let metadata = self.output.reserve();
        self.output.stream(metadata, &kind, xmp(&meta, false).as_bytes())?;
        let day = Object::string_literal(format!("D:{}000000Z", meta.dated.format("%Y%m%d")));
        let information = self.output.reserve();
        let told = dictionary! {
            "Title" => metadata_text(&meta.title), "Author" => metadata_text(&meta.author),
            "Creator" => metadata_text(CREATOR), "Producer" => metadata_text(PRODUCER),
            "CreationDate" => day.clone(), "ModDate" => day
        };
        self.output.object(information, &told.into())?;
        let catalog = self.output.reserve();
        let whole = dictionary! {
            "Type" => "Catalog", "Pages" => id_of(root), "Lang" => Object::string_literal("nl-NL"),
            "MarkInfo" => dictionary! { "Marked" => true }, "StructTreeRoot" => id_of(tree),
            "ViewerPreferences" => dictionary! { "DisplayDocTitle" => true },
            "Outlines" => id_of(outlines), "PageMode" => "UseOutlines",
            "Names" => dictionary! { "Dests" => id_of(names) }, "Metadata" => id_of(metadata)
        };
        self.output.object(catalog, &whole.into())?;
        let (size, sha256) = self.output.finish(&Trailer { root: catalog, information })?;
        Ok(Assembled { pages: self.plan.total, size, sha256 })
    }

    fn page_tree(&mut self, root: u32) -> std::io::Result<()> {
        for (node, pages) in self.nodes.iter().zip(self.pages.chunks(PAGES_IN_NODE)) {
            let node_of = dictionary! {
                "Type" => "Pages", "Parent" => id_of(root), "Count" => pages.len() as i64, "Kids" => references(pages)
            };
            self.output.object(*node, &node_of.into())?;
        }
        let whole = dictionary! {
            "Type" => "Pages", "Count" => self.pages.len() as i64, "Kids" => references(&self.nodes)
        };
        self.output.object(root, &whole.into())
    }

    /// Bookmarks: cover and papers in front, then each heading with its documents.
    fn bookmarks(&self) -> Vec<Entry> {
        let entry = |title: String, page: usize, below| Entry { title, page: self.numbers(page).0, below };
        let mut entries = vec![entry("Voorblad en inhoud".to_owned(), 1, Vec::new())];
        for (sheet, (first, _)) in self.bundle.sheets.iter().zip(&self.plan.places.sheets) {
            entries.push(entry(sheet.meta.title.clone(), *first, Vec::new()));
        }
        let mut places = self.plan.places.parts.iter().zip(1..);
        for group in &self.bundle.groups {
            let taken: Vec<_> = group.parts.iter().zip(places.by_ref()).collect();
            let below = taken
                .iter()
                .map(|(part, ((first, _), number))| entry(format!("{number}. {}", part.title), *first, Vec::new()))
                .collect();
            if let Some((_, ((first, _), _))) = taken.first() {
                entries.push(entry(group.heading.clone(), *first, below));
            }
        }
        entries
    }

    /// The places that the index leads to, in the order of their names.
    fn names(&mut self) -> std::io::Result<u32> {
        let places = &self.plan.places;
        let sheets = places.sheets.iter().zip(1..).map(|((first, _), number)| (sheet_place(number), *first));
        let parts = places.parts.iter().zip(1..).map(|((first, _), number)| (place_of(number), *first));
        let named: Vec<Object> = sheets
            .chain(parts)
            .flat_map(|(name, page)| {
                let place = vec![Object::Reference(id_of(self.numbers(page).0)), "Fit".into()];
                [Object::string_literal(name), Object::Array(place)]
            })
            .collect();
        let number = self.output.reserve();
        self.output.object(number, &dictionary! { "Names" => named }.into())?;
        Ok(number)
    }
}

fn references(numbers: &[u32]) -> Vec<Object> {
    numbers.iter().map(|number| Object::Reference(id_of(*number))).collect()
}

fn of_part(error: CopyError, number: usize) -> BundleError {
    match error {
        CopyError::File(problem) => BundleError::File { number, problem },
        CopyError::Write(error) => BundleError::Write(error),
    }
}

/// A page of a file as it was taken over.
pub(super) struct ForeignPage {
    /// Sizes and turning.
    page: Dictionary,
    /// What is drawn, by name.
    images: Dictionary,
    /// Operators that draw it.
    draws: String,
}

/// Takes a page over: its content as one drawing, then what lies on it. As one drawing it cannot
/// disturb the stamp, whatever it leaves open. `number` counts from 1.
pub(super) fn foreign_page(
    source: &Source,
    page: &SourcePage,
    number: usize,
    copier: &mut Copier<'_>,
    sink: &mut dyn Sink,
) -> Result<ForeignPage, CopyError> {
    let document = &source.document;
    let owner = document.get_dictionary(page.id).map_err(|_| PdfProblem::PageTree)?;
    let mut taken = ForeignPage { page: Dictionary::new(), images: Dictionary::new(), draws: String::new() };
    let corners = |sides: [f32; 4]| Object::Array(sides.iter().map(|side| Object::Real(*side)).collect());
    taken.page.set("MediaBox", corners(page.media));
    taken.page.set("CropBox", corners(page.shown));
    taken.page.set("Rotate", page.turned);
    if (page.unit - 1.0).abs() > f32::EPSILON {
        taken.page.set("UserUnit", Object::Real(page.unit));
    }
    if let Ok(group) = owner.get(b"Group") {
        taken.page.set("Group", copier.value(group, sink)?);
    }
    if let Some(mut content) = content_of(source, owner, number, copier, sink)? {
        let resources = match &page.resources {
            Some(resources) => copier.value(resolved(document, resources), sink)?,
            None => Object::Dictionary(Dictionary::new()),
        };
        for (key, value) in [
            ("Type", Object::from("XObject")),
            ("Subtype", Object::from("Form")),
            ("BBox", corners(page.media)),
            ("Resources", resources),
        ] {
            content.dict.set(key, value);
        }
        let image = sink.reserve();
        sink.stream(image, &content.dict, &content.content)?;
        taken.images.set("Blad", id_of(image));
        taken.draws.push_str("q /Blad Do Q\n");
    }
    for (mark, at) in marks::of_page(document, page, number)?.into_iter().zip(1..) {
        let name = format!("Opschrift{at}");
        let [wide, high, x, y] = mark.matrix;
        taken.draws.push_str(&format!("q {wide:.5} 0 0 {high:.5} {x:.3} {y:.3} cm /{name} Do Q\n"));
        taken.images.set(name, copier.value(mark.image, sink)?);
    }
    Ok(taken)
}

/// The content of a page as one stream; none when it has none.
fn content_of(
    source: &Source,
    owner: &Dictionary,
    page: usize,
    copier: &mut Copier<'_>,
    sink: &mut dyn Sink,
) -> Result<Option<Stream>, CopyError> {
    let document = &source.document;
    let Ok(contents) = owner.get(b"Contents") else { return Ok(None) };
    let parts: Vec<&Stream> = match resolved(document, contents) {
        Object::Stream(stream) => vec![stream],
        Object::Array(items) => items.iter().filter_map(|item| resolved(document, item).as_stream().ok()).collect(),
        _ => Vec::new(),
    };
    if let [only] = parts.as_slice() {
        let packing = copier.packing(only, sink)?;
        return Ok(Some(Stream::new(packing, only.content.clone())));
    }
    let mut content = Vec::new();
    for part in &parts {
        let room = MOST_UNPACKED.saturating_sub(content.len());
        let unpacked = part.decompressed_content_with_limit(room).map_err(|_| PdfProblem::Packing { page })?;
        content.extend_from_slice(&unpacked);
        content.push(b'\n');
    }
    if content.is_empty() {
        return Ok(None);
    }
    let mut whole = Stream::new(Dictionary::new(), content);
    // What cannot be packed stays as it is.
    let _ = whole.compress();
    Ok(Some(whole))
}
