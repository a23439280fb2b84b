//! Text to lines, ragged right.
//!
//! A word divided over two lines carries its whole text with its first part and none with the
//! second (`Actual`), so that whoever searches, copies or listens gets the word undivided.

use std::sync::Arc;

use unicode_linebreak::{BreakOpportunity, linebreaks};

use super::hyphens;
use super::shaping::{Shaper, Word};
use super::style::Style;
use crate::documents::error::DocumentError;

/// Text with one look.
pub(super) struct Piece {
    pub(super) text: String,
    pub(super) style: Style,
}

/// What a run means, when that is not simply its glyphs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Actual {
    /// Its glyphs.
    Plain,
    /// This text.
    Whole(String),
    /// Nothing: an earlier run carries it.
    Hidden,
}

/// A word at its place on a line.
#[derive(Clone, Debug)]
pub(super) struct Run {
    pub(super) x: f32,
    pub(super) style: Style,
    pub(super) word: Arc<Word>,
    /// A space follows, also at the end of a line.
    pub(super) space: bool,
    pub(super) actual: Actual,
}

/// A line of runs.
#[derive(Clone, Debug, Default)]
pub(super) struct Line {
    pub(super) runs: Vec<Run>,
}

#[derive(Clone)]
struct Fragment {
    style: Style,
    word: Arc<Word>,
}

impl Fragment {
    fn width(&self) -> f32 {
        self.style.points(self.word.width)
    }
}

/// Text between two places where a line may end.
#[derive(Clone)]
pub(super) struct Segment {
    fragments: Vec<Fragment>,
    /// Width of the space after it, when there is one.
    space: Option<f32>,
    /// A line ends after it.
    hard: bool,
}

impl Segment {
    /// Width without the space after it, in points.
    pub(super) fn width(&self) -> f32 {
        self.fragments.iter().map(Fragment::width).sum()
    }

    /// Width with the space after it, in points.
    pub(super) fn full_width(&self) -> f32 {
        self.width() + self.space.unwrap_or(0.0)
    }
}

/// Cuts text where lines may end and shapes the parts.
pub(super) fn segments(pieces: &[Piece], shaper: &mut Shaper) -> Result<Vec<Segment>, DocumentError> {
    let full: String = pieces.iter().map(|piece| piece.text.as_str()).collect();
    let mut out = Vec::new();
    if full.is_empty() {
        return Ok(out);
    }
    let mut start = 0_usize;
    for (end, opportunity) in linebreaks(&full) {
        let hard = opportunity == BreakOpportunity::Mandatory;
        let text = full.get(start..end).unwrap_or_default();
        if !hard && hyphens::keeps_together(text, full.get(end..).unwrap_or_default()) {
            continue;
        }
        let visible = text.trim_end_matches([' ', '\n']);
        let visible_end = start.saturating_add(visible.len());
        // A line feed reads as a space to whoever listens or copies.
        let spaced = visible.len() < text.len();
        out.push(segment(pieces, start, visible_end, spaced, hard, shaper)?);
        start = end;
    }
    Ok(out)
}

fn segment(
    pieces: &[Piece],
    start: usize,
    end: usize,
    spaced: bool,
    hard: bool,
    shaper: &mut Shaper,
) -> Result<Segment, DocumentError> {
    let mut fragments = Vec::with_capacity(1);
    let mut offset = 0_usize;
    let mut last_style = None;
    for piece in pieces {
        let from = start.max(offset).saturating_sub(offset);
        let to = end.saturating_sub(offset).min(piece.text.len());
        if to > from
            && let Some(text) = piece.text.get(from..to)
        {
            last_style = Some(piece.style);
            fragments.push(fragment(piece.style, text, shaper)?);
        }
        offset = offset.saturating_add(piece.text.len());
        if offset >= end && last_style.is_some() {
            break;
        }
    }
    let style = last_style.or_else(|| pieces.first().map(|piece| piece.style));
    let space = match style {
        Some(style) if spaced => Some(style.points(shaper.space(style.font)?.width)),
        _ => None,
    };
    Ok(Segment { fragments, space, hard })
}

/// Shapes a text, in the other family when its own lacks a letter.
fn fragment(style: Style, text: &str, shaper: &mut Shaper) -> Result<Fragment, DocumentError> {
    match (shaper.shape(style.font, text), style.font.fallback()) {
        (Err(DocumentError::MissingGlyph { .. }), Some(font)) => {
            Ok(Fragment { style: Style { font, ..style }, word: shaper.shape(font, text)? })
        }
        (word, _) => Ok(Fragment { style, word: word? }),
    }
}

/// Sets segments in lines of at most `width` points; hyphenates when more than `slack` (a share of
/// the width) would stay white. Always gives at least one line.
pub(super) fn set_lines(
    segments: Vec<Segment>,
    width: f32,
    slack: f32,
    shaper: &mut Shaper,
) -> Result<Vec<Line>, DocumentError> {
    let mut setter =
        Setter { shaper, width, slack, lines: Vec::new(), line: Line::default(), x: 0.0, chain: None, open: false };
    for segment in segments {
        setter.place(segment)?;
    }
    if !setter.line.runs.is_empty() || setter.lines.is_empty() {
        setter.finish_line();
    }
    Ok(setter.lines)
}

/// A word divided with a hyphen.
struct Divided {
    /// First part, with the hyphen.
    head: Fragment,
    /// First part, as it reads.
    text: String,
    tail: Segment,
}

struct Setter<'a> {
    shaper: &'a mut Shaper,
    width: f32,
    slack: f32,
    lines: Vec<Line>,
    line: Line,
    x: f32,
    /// Line and run that carry the text of the divided word we are in.
    chain: Option<(usize, usize)>,
    /// The last segment ended without a space, so the word goes on.
    open: bool,
}

impl Setter<'_> {
    fn place(&mut self, segment: Segment) -> Result<(), DocumentError> {
        let mut waiting = vec![segment];
        while let Some(segment) = waiting.pop() {
            if self.x + segment.width() <= self.width + 0.01 {
                self.push(segment);
            } else if let Some(parts) = self.hyphenate(&segment)? {
                self.push_head(parts.head, parts.text);
                self.next_line();
                waiting.push(parts.tail);
            } else if self.x > 0.0 {
                self.next_line();
                waiting.push(segment);
            } else {
                self.force(segment, &mut waiting)?;
            }
        }
        Ok(())
    }

    fn push(&mut self, segment: Segment) {
        let count = segment.fragments.len();
        if count == 0 && segment.space.is_some() {
            if let Some(run) = self.line.runs.last_mut().filter(|run| !run.space) {
                run.space = true;
                self.x += segment.space.unwrap_or(0.0);
            }
            self.chain = None;
            self.open = false;
        }
        for (index, fragment) in segment.fragments.into_iter().enumerate() {
            let actual = self.claim(&fragment.word.text);
            let width = fragment.width();
            let space = segment.space.is_some() && index.saturating_add(1) == count;
            self.line.runs.push(Run { x: self.x, style: fragment.style, word: fragment.word, space, actual });
            self.x += width;
        }
        if count > 0 {
            self.x += segment.space.unwrap_or(0.0);
            self.open = segment.space.is_none() && !segment.hard;
            if !self.open {
                self.chain = None;
            }
        }
        if segment.hard {
            self.chain = None;
            self.open = false;
            self.finish_line();
        }
    }

    /// Whether the text belongs to an earlier run; if so it is handed over.
    fn claim(&mut self, text: &str) -> Actual {
        let Some((line, run)) = self.chain else { return Actual::Plain };
        let owner = self.lines.get_mut(line).and_then(|line| line.runs.get_mut(run));
        match owner.map(|run| &mut run.actual) {
            Some(Actual::Whole(whole)) => {
                whole.push_str(text);
                Actual::Hidden
            }
            _ => Actual::Plain,
        }
    }

    /// First part of a hyphenated word; its meaning is the text without the hyphen.
    fn push_head(&mut self, fragment: Fragment, text: String) {
        let actual = match self.claim(&text) {
            Actual::Hidden => Actual::Hidden,
            _ => Actual::Whole(text),
        };
        self.line.runs.push(Run { x: self.x, style: fragment.style, word: fragment.word, space: false, actual });
        self.open = true;
    }

    /// Ends the line before the next segment.
    fn next_line(&mut self) {
        if self.open && self.chain.is_none() {
            let line = self.lines.len();
            let run = self.line.runs.len().saturating_sub(1);
            if let Some(last) = self.line.runs.last_mut() {
                if last.actual == Actual::Plain {
                    last.actual = Actual::Whole(last.word.text.to_string());
                }
                self.chain = Some((line, run));
            }
        }
        self.finish_line();
    }

    fn finish_line(&mut self) {
        // A hyphen that ends a line would be read as a division of the word and dropped.
        if let Some(last) = self.line.runs.last_mut()
            && last.actual == Actual::Plain
            && last.word.text.ends_with('-')
        {
            last.actual = Actual::Whole(format!("{} ", last.word.text));
        }
        self.lines.push(std::mem::take(&mut self.line));
        self.x = 0.0;
    }

    fn hyphenate(&mut self, segment: &Segment) -> Result<Option<Divided>, DocumentError> {
        let room = self.width - self.x;
        let [fragment] = segment.fragments.as_slice() else { return Ok(None) };
        if room < self.slack * self.width && self.x > 0.0 {
            return Ok(None);
        }
        let hyphen = self.shaper.shape(fragment.style.font, "-")?.width;
        let fits = |byte: usize| fragment.style.points(fragment.word.width_before(byte).saturating_add(hyphen)) <= room;
        let cut = hyphens::divisions(&fragment.word.text).into_iter().rev().find(|byte| fits(*byte));
        let Some((head, tail)) = cut.and_then(|byte| fragment.word.text.split_at_checked(byte)) else {
            return Ok(None);
        };
        let style = fragment.style;
        let first = Fragment { style, word: self.shaper.shape(style.font, &format!("{head}-"))? };
        let rest = Fragment { style, word: self.shaper.shape(style.font, tail)? };
        let tail = Segment { fragments: vec![rest], space: segment.space, hard: segment.hard };
        Ok(Some(Divided { head: first, text: head.to_owned(), tail }))
    }

    /// Breaks what no line can hold: first between looks, then between glyphs.
    fn force(&mut self, mut segment: Segment, waiting: &mut Vec<Segment>) -> Result<(), DocumentError> {
        if segment.fragments.len() > 1 {
            let last = segment.fragments.len().saturating_sub(1);
            for (index, fragment) in segment.fragments.drain(..).enumerate().collect::<Vec<_>>().into_iter().rev() {
                let ends = index == last;
                waiting.push(Segment {
                    fragments: vec![fragment],
                    space: segment.space.filter(|_| ends),
                    hard: segment.hard && ends,
                });
            }
            return Ok(());
        }
        let Some(fragment) = segment.fragments.pop() else { return Ok(()) };
        let mut cut = 0_usize;
        let mut width = 0_i32;
        for glyph in &fragment.word.glyphs {
            width = width.saturating_add(glyph.advance);
            if cut > 0 && fragment.style.points(width) > self.width {
                break;
            }
            cut = cut.saturating_add(glyph.text.len());
        }
        let style = fragment.style;
        let (head, tail) = fragment.word.text.split_at_checked(cut).unwrap_or((&fragment.word.text, ""));
        let first = Fragment { style, word: self.shaper.shape(style.font, head)? };
        if tail.is_empty() {
            self.push(Segment { fragments: vec![first], space: segment.space, hard: segment.hard });
            return Ok(());
        }
        let rest = Fragment { style, word: self.shaper.shape(style.font, tail)? };
        self.push(Segment { fragments: vec![first], space: None, hard: false });
        self.next_line();
        waiting.push(Segment { fragments: vec![rest], space: segment.space, hard: segment.hard });
        Ok(())
    }
}
