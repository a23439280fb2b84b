//! One document model, rendered to HTML, PDF and DOCX. Pure: bytes out, nothing read.
//!
//! - `model`: what a draft hands over; `text_lines()` is the text every output carries, in order.
//! - `html`: a complete page, or a fragment for the site.
//! - `pdf`: pages set by our own layout, written with printpdf and finished with lopdf (tags, bookmarks).
//! - `docx`: a Word file with real styles, for the judge who edits further.
//! - `docx::read` and `compare`: an edited Word file back as lines, and what differs from the document.
//! - `bundle`: papers and files of documents as one PDF, with an index that leads to them.
//! - `reading`: how hard a text is to read, for papers in plain language.
//! - `timeline`: the places of a time axis, for `pdf` (vectors) and `svg` (in `html`); a table says the same.
//! - `text`: cleans all text once, so that the three cannot differ; `error`: what holds a document back.
//!
//! No clock and no randomness: the same model gives the same bytes.

pub mod bundle;
mod closing;
pub mod compare;
pub mod docx;
pub mod error;
pub mod html;
mod markup;
pub mod model;
pub mod pdf;
pub mod reading;
mod svg;
mod text;
pub mod timeline;

pub use error::DocumentError;
