//! Whether a file can be in a bundle: everything that putting it there does, without writing.

use super::active;
use super::assemble::foreign_page;
use super::copy::{Copier, CopyError, Nowhere};
use super::problem::PdfProblem;
use super::source::Source;

/// Bytes of a file at most.
pub const LARGEST_FILE: usize = 25_000_000;
/// Pages of a file at most.
pub const MOST_PAGES: usize = 2_000;

/// A file that can be in a bundle.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Checked {
    /// Pages, counted one by one.
    pub pages: usize,
}

/// Checks a file by its content.
///
/// # Errors
/// The first thing that holds it back.
pub fn check(bytes: &[u8]) -> Result<Checked, PdfProblem> {
    let source = Source::open(bytes)?;
    active::refuse(&source.document)?;
    let (mut copier, mut nowhere) = (Copier::new(&source.document), Nowhere::default());
    for (page, number) in source.pages.iter().zip(1..) {
        let tried =
            foreign_page(&source, page, number, &mut copier, &mut nowhere).and_then(|_| copier.flush(&mut nowhere));
        match tried {
            Ok(()) => {}
            Err(CopyError::File(problem)) => return Err(problem),
            // Writing nowhere does not fail.
            Err(CopyError::Write(_)) => return Err(PdfProblem::Unreadable),
        }
    }
    Ok(Checked { pages: source.pages.len() })
}
