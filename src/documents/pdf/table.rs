//! Tables: column widths, rows as bands of one line each, rules between rows.

use super::breaking::{Line, Piece, Segment, segments, set_lines};
use super::flow::{Band, Fill, Flow, Item, Mark, line_items};
use super::shaping::Shaper;
use super::structure::{NodeId, Role};
use super::style::{MARGIN, Setting, Style, TEXT_WIDTH};
use crate::documents::error::DocumentError;
use crate::documents::model::Inline;

/// White to the right of a cell.
const GUTTER: f32 = 11.0;
/// Rows of more lines than this may be divided over two pages.
const WHOLE_ROW: usize = 14;

/// A cell ready to be set.
struct Cell {
    node: NodeId,
    parts: Vec<Segment>,
}

/// Lays out a table and registers its heading for repetition.
pub(super) fn build(
    setting: &Setting,
    shaper: &mut Shaper,
    flow: &mut Flow,
    caption: Option<&str>,
    head: &[String],
    rows: &[Vec<Vec<Inline>>],
) -> Result<Vec<Band>, DocumentError> {
    let table = flow.structure.add(0, Role::Table);
    let mut bands = Vec::new();
    if let Some(caption) = caption {
        let node = flow.structure.add(table, Role::Caption);
        bands = caption_bands(setting, shaper, node, caption)?;
    }
    if head.is_empty() {
        return Ok(bands);
    }
    let number = flow.table_heads.len();
    let heading = head_cells(setting, shaper, flow, table, head)?;
    let mut body = Vec::with_capacity(rows.len());
    for row in rows {
        let parent = flow.structure.add(table, Role::Row);
        let mut cells = Vec::with_capacity(row.len());
        for content in row {
            let node = flow.structure.add(parent, Role::Cell);
            let pieces = super::blocks::pieces(content, &setting.table);
            cells.push(Cell { node, parts: segments(&pieces, shaper)? });
        }
        body.push(cells);
    }
    let widths = column_widths(&heading, &body);
    let mut head_bands = row_bands(setting, shaper, heading, &widths)?;
    frame_head(&mut head_bands);
    flow.table_heads.push(repeated(&head_bands));
    bands.append(&mut head_bands);
    let rows = body.len();
    for (place, cells) in body.into_iter().enumerate() {
        let mut row = row_bands(setting, shaper, cells, &widths)?;
        let count = row.len();
        // Neither the first nor the last row stands alone on a page, unless it is the only one.
        let follows = rows.saturating_sub(place.saturating_add(1));
        let joins_next = (follows == 1 || (follows > 1 && place == 0)) && count <= WHOLE_ROW;
        for (index, band) in row.iter_mut().enumerate() {
            let last = index.saturating_add(1) == count;
            let near_end = index < 2 || index.saturating_add(3) > count;
            band.keep = if last { joins_next } else { count <= WHOLE_ROW || near_end };
            band.table = Some(number);
            if last {
                rule(band, Fill::Light, 0.5);
            }
        }
        bands.append(&mut row);
    }
    Ok(bands)
}

fn caption_bands(
    setting: &Setting,
    shaper: &mut Shaper,
    node: NodeId,
    caption: &str,
) -> Result<Vec<Band>, DocumentError> {
    let style = Style::new(setting.table.strong, setting.table.size + 0.5);
    let parts = segments(&[Piece { text: caption.to_owned(), style }], shaper)?;
    let lines = set_lines(parts, TEXT_WIDTH, 1.0, shaper)?;
    let count = lines.len();
    Ok(lines
        .iter()
        .enumerate()
        .map(|(index, line)| Band {
            height: if index.saturating_add(1) == count { setting.table.leading + 4.0 } else { setting.table.leading },
            keep: true,
            items: line_items(line, Some(node), MARGIN, 0.0, setting.table.leading, style.size),
            ..Band::default()
        })
        .collect())
}

fn head_cells(
    setting: &Setting,
    shaper: &mut Shaper,
    flow: &mut Flow,
    table: NodeId,
    head: &[String],
) -> Result<Vec<Cell>, DocumentError> {
    let parent = flow.structure.add(table, Role::Row);
    head.iter()
        .map(|text| {
            let node = flow.structure.add(parent, Role::HeadingCell);
            let piece = Piece { text: text.clone(), style: setting.table.bold() };
            Ok(Cell { node, parts: segments(&[piece], shaper)? })
        })
        .collect()
}

/// Widths of the columns: as wide as the text asks when that fits, else at least the longest word.
fn column_widths(heading: &[Cell], body: &[Vec<Cell>]) -> Vec<f32> {
    let count = heading.len();
    let room = TEXT_WIDTH - GUTTER * count.saturating_sub(1) as f32;
    let mut least = vec![0.0_f32; count];
    let mut most = vec![0.0_f32; count];
    for cells in std::iter::once(heading).chain(body.iter().map(Vec::as_slice)) {
        for ((cell, least), most) in cells.iter().zip(&mut least).zip(&mut most) {
            *least = cell.parts.iter().map(Segment::width).fold(*least, f32::max);
            *most = most.max(cell.parts.iter().map(Segment::full_width).sum());
        }
    }
    let (sum_least, sum_most): (f32, f32) = (least.iter().sum(), most.iter().sum());
    if sum_most <= room && sum_most > 0.0 {
        return most.iter().map(|width| width + (room - sum_most) * width / sum_most).collect();
    }
    if sum_least <= room {
        // Long texts ask for more room, but not in proportion to their length.
        let wishes: Vec<f32> = most.iter().zip(&least).map(|(most, least)| (most - least).max(0.0).sqrt()).collect();
        let sum: f32 = wishes.iter().sum::<f32>().max(1.0);
        return least.iter().zip(&wishes).map(|(least, wish)| least + (room - sum_least) * wish / sum).collect();
    }
    share_fairly(&least, room)
}

/// Gives narrow columns what they need and divides the rest equally.
fn share_fairly(least: &[f32], room: f32) -> Vec<f32> {
    let mut order: Vec<(usize, f32)> = least.iter().copied().enumerate().collect();
    order.sort_by(|(_, left), (_, right)| left.total_cmp(right));
    let mut widths = vec![0.0_f32; least.len()];
    let mut left = room;
    let mut columns = least.len();
    for (index, need) in order {
        let share = left / columns.max(1) as f32;
        let width = need.min(share);
        if let Some(slot) = widths.get_mut(index) {
            *slot = width;
        }
        left -= width;
        columns = columns.saturating_sub(1);
    }
    widths
}

/// One band for each line of the row; the first and last carry the white of the row.
fn row_bands(
    setting: &Setting,
    shaper: &mut Shaper,
    cells: Vec<Cell>,
    widths: &[f32],
) -> Result<Vec<Band>, DocumentError> {
    let mut columns: Vec<(NodeId, f32, Vec<Line>)> = Vec::with_capacity(cells.len());
    let mut x = MARGIN;
    for (cell, width) in cells.into_iter().zip(widths) {
        columns.push((cell.node, x, set_lines(cell.parts, *width, setting.table.slack, shaper)?));
        x += width + GUTTER;
    }
    let count = columns.iter().map(|(_, _, lines)| lines.len()).max().unwrap_or(1);
    let mut bands = Vec::with_capacity(count);
    for index in 0..count {
        let top = if index == 0 { setting.row_padding } else { 0.0 };
        let bottom = if index.saturating_add(1) == count { setting.row_padding } else { 0.0 };
        let mut band = Band { height: setting.table.leading + top + bottom, ..Band::default() };
        for (node, x, lines) in &columns {
            if let Some(line) = lines.get(index) {
                band.items.append(&mut line_items(
                    line,
                    Some(*node),
                    *x,
                    top,
                    setting.table.leading,
                    setting.table.size,
                ));
            }
        }
        bands.push(band);
    }
    Ok(bands)
}

fn frame_head(bands: &mut [Band]) {
    if let Some(first) = bands.first_mut() {
        let mark = Mark::Box { x: MARGIN, width: TEXT_WIDTH, height: 0.9, fill: Fill::Dark };
        first.items.push(Item { node: None, y: 0.0, mark });
    }
    if let Some(last) = bands.last_mut() {
        rule(last, Fill::Dark, 0.9);
    }
    for band in bands {
        band.keep = true;
    }
}

fn rule(band: &mut Band, fill: Fill, height: f32) {
    let mark = Mark::Box { x: MARGIN, width: TEXT_WIDTH, height, fill };
    band.items.push(Item { node: None, y: band.height - height, mark });
}

/// The heading as it is repeated, with a little white for a row that goes on.
fn repeated(bands: &[Band]) -> Vec<Band> {
    let mut bands: Vec<Band> = bands.iter().map(as_decoration).collect();
    if let Some(last) = bands.last_mut() {
        last.height += 2.0;
    }
    bands
}

/// The band as it is repeated on a next page: to the eye the same, to the screen reader nothing new.
fn as_decoration(band: &Band) -> Band {
    let mut band = band.clone();
    for item in &mut band.items {
        item.node = None;
    }
    band
}
