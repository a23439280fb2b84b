//! A time axis drawn with vectors: one band that no page divides; the table of the same follows, on the next page when
//! there is no room for both.

use super::breaking::{Actual, Piece, Run, segments, set_lines};
use super::flow::{Band, Fill, Flow, Item, Mark};
use super::fonts::FontKey;
use super::shaping::Shaper;
use super::structure::NodeId;
use super::style::{MARGIN, Style};
use crate::documents::error::DocumentError;
use crate::documents::model::{Timeline, TimelineShape};
use crate::documents::timeline::{self, LETTER, Picture, RIM};

/// Tenths of a point to points.
fn points(tenths: i64) -> f32 {
    tenths as f32 / 10.0
}

/// The drawing as one band; none when there is nothing to draw.
pub(super) fn build(shaper: &mut Shaper, flow: &mut Flow, of: &Timeline) -> Result<Option<Band>, DocumentError> {
    let Some(picture) = timeline::picture(of) else { return Ok(None) };
    let node = flow.structure.add_figure(0, timeline::alternative(of));
    let mut drawing = Drawing { shaper, node, items: Vec::new() };
    drawing.scale(&picture)?;
    for lane in &picture.lanes {
        drawing.text(0, lane.top + 80, &lane.name)?;
        if lane.only_in_table > 0 {
            drawing.text(0, lane.top + 170, &format!("(en {} in de tabel)", lane.only_in_table))?;
        }
        for mark in &lane.marks {
            drawing.mark(mark)?;
        }
    }
    Ok(Some(Band { height: points(picture.height), items: drawing.items, ..Band::default() }))
}

struct Drawing<'a> {
    shaper: &'a mut Shaper,
    node: NodeId,
    items: Vec<Item>,
}

impl Drawing<'_> {
    fn scale(&mut self, picture: &Picture) -> Result<(), DocumentError> {
        for (x, name) in &picture.ticks {
            for (from, until) in picture.around_names(*x) {
                self.area((*x, from), (x + 4, until), Fill::Light);
            }
            self.text(*x, 80, name)?;
        }
        if let Some(x) = picture.today {
            self.area((x - 7, 100), (x + 7, picture.height - 100), Fill::Dark);
            self.text(x - 150, picture.height - 20, "peildatum")?;
        }
        Ok(())
    }

    fn mark(&mut self, mark: &timeline::Mark) -> Result<(), DocumentError> {
        let outline = mark.outline();
        if let Some((from, to)) = mark.line {
            self.area((from, mark.middle - RIM / 2), (to, mark.middle + RIM / 2), Fill::Dark);
        }
        match (mark.shape, outline.first(), outline.get(2)) {
            (
                TimelineShape::Open | TimelineShape::Gap | TimelineShape::GapUnlessPlanned,
                Some(&(left, top)),
                Some(&(right, bottom)),
            ) => {
                self.area((left, top), (right, top + RIM), Fill::Dark);
                self.area((left, bottom - RIM), (right, bottom), Fill::Dark);
                self.area((left, top), (left + RIM, bottom), Fill::Dark);
                self.area((right - RIM, top), (right, bottom), Fill::Dark);
                for (from, to) in mark.stripes() {
                    self.area((from, top), (to, bottom), Fill::Dark);
                }
            }
            _ => {
                let corners = outline.iter().map(|(x, y)| (MARGIN + points(*x), points(*y))).collect();
                self.items.push(Item {
                    node: Some(self.node),
                    y: 0.0,
                    mark: Mark::Shape { corners, fill: Fill::Dark },
                });
            }
        }
        self.text(mark.label_x, mark.middle + 26, &mark.label)
    }

    fn area(&mut self, from: (i64, i64), to: (i64, i64), fill: Fill) {
        let mark =
            Mark::Box { x: MARGIN + points(from.0), width: points(to.0 - from.0), height: points(to.1 - from.1), fill };
        self.items.push(Item { node: Some(self.node), y: points(from.1), mark });
    }

    /// Letters of the drawing: seen, and spoken by the alternative text and the table only.
    fn text(&mut self, x: i64, baseline: i64, text: &str) -> Result<(), DocumentError> {
        if text.is_empty() {
            return Ok(());
        }
        let style = Style::new(FontKey::Sans, points(LETTER));
        let parts = segments(&[Piece { text: text.to_owned(), style }], self.shaper)?;
        for run in set_lines(parts, f32::MAX, 1.0, self.shaper)?.into_iter().flat_map(|line| line.runs) {
            let run = Run { x: MARGIN + points(x) + run.x, actual: Actual::Hidden, space: false, ..run };
            self.items.push(Item { node: Some(self.node), y: points(baseline), mark: Mark::Text(run) });
        }
        Ok(())
    }
}
