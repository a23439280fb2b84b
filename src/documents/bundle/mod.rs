//! One PDF of many: papers of our own in front, then the files of documents, with an index that leads
//! to them. Pure: sources come in through a function, bytes go out through a writer.
//!
//! - `model`: what a bundle is made of; `problem`: what holds a file or a bundle back, in Dutch.
//! - `source`: a foreign PDF opened within limits; `active` refuses what does something by itself;
//!   `marks` draws what lies on its pages; `copy` takes over what a page shows and nothing else.
//! - `check`: whether a file can be in a bundle, by doing all of that without writing.
//! - `front`: cover, index and slips as documents; `own` takes over our own papers with their tags.
//! - `stamp`: "Bundel p. x van y" on every page; `outline`: bookmarks; `output`: writes objects one by one.
//! - `assemble`: puts it together. One source is in memory at a time.
//!
//! lopdf reads, but its writer wants a whole file in memory and does not show how it writes one
//! object; that is why `output` writes objects itself.

mod active;
mod assemble;
mod check;
mod copy;
mod front;
mod marks;
pub mod model;
mod outline;
mod output;
mod own;
pub mod problem;
mod source;
mod stamp;

pub use assemble::assemble;
pub use check::{Checked, LARGEST_FILE, MOST_PAGES, check};
