//! A time axis as a drawing: where each thing stands, worked out once for every output and page.
//!
//! `Scale` puts days on a line and is shared with the site. `picture` lays out a `Timeline` in
//! tenths of a point, whole numbers only, so that the drawing is the same on every machine.

use super::model::{Timeline, TimelineRow, TimelineShape};
use crate::shared::moment::dutch_date;
use chrono::{Datelike, Months, NaiveDate};

/// Days on a line, whole months from end to end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Scale {
    /// First day: the first of a month.
    pub first: NaiveDate,
    /// End: the first of the month after the last.
    pub last: NaiveDate,
    left: i64,
    right: i64,
}

impl Scale {
    /// The months around `on` and those of the days that lie within `reach`, between two places.
    pub fn over(
        days: impl Iterator<Item = NaiveDate>,
        on: NaiveDate,
        reach: (NaiveDate, NaiveDate),
        (left, right): (i64, i64),
    ) -> Option<Self> {
        let days: Vec<NaiveDate> = days.filter(|day| (reach.0..=reach.1).contains(day)).chain([on]).collect();
        let first = days.iter().min()?.with_day(1)?;
        let last = days.iter().max()?.with_day(1)?.checked_add_months(Months::new(1))?;
        Some(Self { first, last, left, right })
    }

    /// Place of a day, kept within the line.
    #[must_use]
    pub fn x(&self, day: NaiveDate) -> i64 {
        let whole = (self.last - self.first).num_days().max(1);
        let part = (day - self.first).num_days().clamp(0, whole);
        self.left + part * (self.right - self.left) / whole
    }

    /// Whether a day lies on the line.
    #[must_use]
    pub fn holds(&self, day: NaiveDate) -> bool {
        (self.first..=self.last).contains(&day)
    }

    /// Whether a stretch lies at least partly on the line.
    #[must_use]
    pub fn touches(&self, from: Option<NaiveDate>, until: Option<NaiveDate>) -> bool {
        from.is_none_or(|from| from <= self.last) && until.is_none_or(|until| until >= self.first)
    }

    /// Marks at the begin of months with their names, about `most` of them.
    #[must_use]
    pub fn ticks(&self, most: u32) -> Vec<(i64, String)> {
        let months = (self.last.year() - self.first.year()) * 12 + self.last.month() as i32 - self.first.month() as i32;
        let step = u32::try_from(months).unwrap_or(1) / most.max(1) + 1;
        let mut ticks = Vec::new();
        let mut month = self.first;
        while month < self.last && ticks.len() < 40 {
            ticks.push((self.x(month), format!("{} {}", short_month(month), month.year())));
            let Some(next) = month.checked_add_months(Months::new(step)) else { break };
            month = next;
        }
        ticks
    }
}

/// "nov", and "mrt" for maart.
#[must_use]
pub fn short_month(day: NaiveDate) -> String {
    let words = dutch_date(day);
    match words.split(' ').nth(1).unwrap_or_default() {
        "maart" => "mrt".to_owned(),
        month => month.chars().take(3).collect(),
    }
}

/// The drawing, in tenths of a point from its top left.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    /// Height; the width is always `WIDTH`.
    pub height: i64,
    /// Marks on the scale: place and name.
    pub ticks: Vec<(i64, String)>,
    /// Place of the reference date.
    pub today: Option<i64>,
    /// Rows by kind, from top to bottom.
    pub lanes: Vec<Lane>,
}

impl Picture {
    /// From where to where a line of the scale at this place is drawn: it stops for a name that stands in its way.
    #[must_use]
    pub fn around_names(&self, x: i64) -> Vec<(i64, i64)> {
        let marks = self.lanes.iter().flat_map(|lane| &lane.marks).filter(|mark| !mark.label.is_empty());
        let in_its_way = marks.filter(|mark| (mark.label_x - 14..=ending(mark) + 14).contains(&x));
        let mut names: Vec<i64> = in_its_way.map(|mark| mark.middle).collect();
        names.sort_unstable();
        let mut from = 100;
        let mut out = Vec::new();
        for middle in names {
            out.push((from, middle - ROW / 2));
            from = middle + ROW / 2;
        }
        out.push((from, self.height - 110));
        out.retain(|(from, until)| from < until);
        out
    }
}

/// One kind of rows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lane {
    /// Name, at the left.
    pub name: String,
    /// Top.
    pub top: i64,
    /// Height.
    pub height: i64,
    /// How many of its rows stand only in the table: outside the scale, or no room.
    pub only_in_table: usize,
    /// What is drawn in it.
    pub marks: Vec<Mark>,
}

/// A bar or a sign.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// Its shape.
    pub shape: TimelineShape,
    /// Left end of a bar, middle of a sign.
    pub x: i64,
    /// Right end of a bar; the same as `x` for a sign.
    pub end: i64,
    /// Line of a sign whose thing lasted, from begin to end.
    pub line: Option<(i64, i64)>,
    /// Middle of its row.
    pub middle: i64,
    /// Short name.
    pub label: String,
    /// Where the name begins.
    pub label_x: i64,
}

impl Mark {
    /// Corners of the shape.
    #[must_use]
    pub fn outline(&self) -> Vec<(i64, i64)> {
        let (x, y) = (self.x, self.middle);
        match self.shape {
            shape if shape.is_stretch() => {
                let half = BAR / 2;
                vec![(x, y - half), (self.end, y - half), (self.end, y + half), (x, y + half)]
            }
            TimelineShape::Square => {
                vec![(x - 26, y - 26), (x + 26, y - 26), (x + 26, y + 26), (x - 26, y + 26)]
            }
            TimelineShape::Diamond => vec![(x, y - 36), (x + 36, y), (x, y + 36), (x - 36, y)],
            // An octagon, which looks round at this size.
            _ => vec![
                (x - 12, y - 28),
                (x + 12, y - 28),
                (x + 28, y - 12),
                (x + 28, y + 12),
                (x + 12, y + 28),
                (x - 12, y + 28),
                (x - 28, y + 12),
                (x - 28, y - 12),
            ],
        }
    }

    /// Stripes within a gap: left and right of each.
    #[must_use]
    pub fn stripes(&self) -> Vec<(i64, i64)> {
        let apart = match self.shape {
            TimelineShape::Gap => STRIPE,
            TimelineShape::GapUnlessPlanned => STRIPE * 3,
            _ => return Vec::new(),
        };
        let steps = (self.end - self.x) / apart;
        (0..steps).map(|step| (self.x + step * apart, self.x + step * apart + STRIPE / 3)).collect()
    }
}

/// Width of the drawing: that of the text on a page.
pub const WIDTH: i64 = 4_420;
/// Size of the letters.
pub const LETTER: i64 = 75;
/// Thickness of the rim of a shape that is not filled.
pub const RIM: i64 = 8;
/// Where the names of bars stand.
const LABELS: i64 = 900;
const LEFT: i64 = 1_130;
const RIGHT: i64 = 4_400;
const TOP: i64 = 150;
const ROW: i64 = 110;
const LANE_GAP: i64 = 50;
pub(super) const BAR: i64 = 66;
const STRIPE: i64 = 45;
/// Room for the name of the reference date.
const BOTTOM: i64 = 130;
/// Rows that one kind may take.
const MOST_ROWS: usize = 8;
/// Width of a letter, taken wide.
const LETTER_WIDTH: i64 = 44;
/// Most months back and ahead that are drawn.
const REACH: Months = Months::new(12);

/// Lays out a time axis; none when nothing of it lies within a year of its day.
#[must_use]
pub fn picture(timeline: &Timeline) -> Option<Picture> {
    let on = timeline.on;
    let reach = (on.checked_sub_months(REACH)?, on.checked_add_months(REACH)?);
    let days = timeline.rows.iter().flat_map(|row| [row.from, row.until]).flatten();
    let scale = Scale::over(days, on, reach, (LEFT, RIGHT))?;
    let mut top = TOP;
    let mut lanes: Vec<Lane> = Vec::new();
    for part in timeline.rows.chunk_by(|left, right| left.part == right.part) {
        let Some(first) = part.first() else { continue };
        let mut lane = Lane { name: first.part.clone(), top, height: ROW, only_in_table: 0, marks: Vec::new() };
        fill(&mut lane, part, &scale, scale.x(on));
        top += lane.height + LANE_GAP;
        lanes.push(lane);
    }
    if lanes.iter().all(|lane| lane.marks.is_empty()) {
        return None;
    }
    Some(Picture { height: top - LANE_GAP + BOTTOM, ticks: scale.ticks(7), today: Some(scale.x(on)), lanes })
}

/// Puts the rows of a part in its lane, each where nothing stands yet.
fn fill(lane: &mut Lane, part: &[TimelineRow], scale: &Scale, today: i64) {
    let mut taken: Vec<Vec<(i64, i64)>> = Vec::new();
    for row in part {
        let is_bar = row.shape.is_stretch();
        if !scale.touches(row.from, row.until) || (row.from.is_none() && row.until.is_none()) {
            lane.only_in_table += 1;
            continue;
        }
        let mut mark = if is_bar { bar(row, scale) } else { beside(sign(row, scale), today) };
        // A bar has its row to itself: its name stands in front of it.
        let room = if is_bar { (LABELS, WIDTH) } else { extent(&mark) };
        let free = |spans: &Vec<(i64, i64)>| spans.iter().all(|(from, to)| room.1 <= *from || room.0 >= *to);
        let place = taken.iter().position(free).unwrap_or(taken.len());
        if place >= MOST_ROWS {
            lane.only_in_table += 1;
            continue;
        }
        match taken.get_mut(place) {
            Some(spans) => spans.push(room),
            None => taken.push(vec![room]),
        }
        mark.middle = lane.top + i64::try_from(place).unwrap_or_default() * ROW + ROW / 2;
        lane.marks.push(mark);
    }
    // A lane that leaves rows to the table says so on a line of its own, below its name.
    let rows = taken.len().max(if lane.only_in_table > 0 { 2 } else { 1 });
    lane.height = i64::try_from(rows).unwrap_or(1) * ROW;
}

fn bar(row: &TimelineRow, scale: &Scale) -> Mark {
    let x = scale.x(row.from.unwrap_or(scale.first));
    let end = scale.x(row.until.unwrap_or(scale.last)).max(x + 24);
    Mark { shape: row.shape, x, end, line: None, middle: 0, label: row.label.clone(), label_x: LABELS }
}

/// A sign stands where its thing begins; a thing that lasted has a line to its end. Of what began
/// before the drawing the end is marked.
fn sign(row: &TimelineRow, scale: &Scale) -> Mark {
    let from = row.from.or(row.until).unwrap_or(scale.first);
    let (start, end) = (scale.x(from), scale.x(row.until.unwrap_or(from)));
    let x = if scale.holds(from) { start } else { end };
    let line = (end > start).then_some((start, end));
    let mut mark = Mark { shape: row.shape, x, end: x, line, middle: 0, label: row.label.clone(), label_x: end + 50 };
    if line.is_some() && !scale.holds(from) {
        // As the name of a bar: beside its end it could stand on its own line.
        mark.label_x = LABELS;
    }
    if ending(&mark) > WIDTH {
        mark.label_x = start - 50 - (ending(&mark) - mark.label_x);
    }
    mark
}

/// Puts the name of a sign on its other side when the line of the reference date would run through it.
fn beside(mut mark: Mark, today: i64) -> Mark {
    let width = ending(&mark) - mark.label_x;
    let crossed = |from: i64| (from - 14..=from + width + 14).contains(&today);
    let left = mark.x - 50 - width;
    if crossed(mark.label_x) && mark.label_x > mark.x && !crossed(left) && left > LEFT {
        mark.label_x = left;
    }
    mark
}

/// What a mark takes of its row.
fn extent(mark: &Mark) -> (i64, i64) {
    let (from, to) = mark.line.unwrap_or((mark.x, mark.end));
    (from.min(mark.label_x) - 40, to.max(ending(mark)) + 40)
}

/// Where the name of a mark ends.
fn ending(mark: &Mark) -> i64 {
    mark.label_x + i64::try_from(mark.label.chars().count()).unwrap_or_default() * LETTER_WIDTH
}

/// What the drawing shows, for who does not see it.
#[must_use]
pub fn alternative(timeline: &Timeline) -> String {
    let parts: Vec<String> = timeline
        .rows
        .chunk_by(|left, right| left.part == right.part)
        .filter_map(|part| Some(format!("{} ({})", part.first()?.part.to_lowercase(), part.len())))
        .collect();
    format!(
        "Tekening van de tijd rond {}, van boven naar beneden: {}. De tabel eronder zegt hetzelfde in woorden.",
        dutch_date(timeline.on),
        crate::shared::dutch::list(&parts)
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::documents::model::Inline;

    fn day(month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, month, day).unwrap()
    }

    fn row(part: &str, shape: TimelineShape, label: &str, from: NaiveDate, until: NaiveDate) -> TimelineRow {
        TimelineRow {
            part: part.to_owned(),
            shape,
            label: label.to_owned(),
            from: Some(from),
            until: Some(until),
            when: dutch_date(from),
            what: vec![Inline::Text(label.to_owned())],
        }
    }

    fn axis(rows: Vec<TimelineRow>) -> Timeline {
        Timeline { caption: "Tijd".to_owned(), on: day(11, 17), rows }
    }

    #[test]
    fn later_stands_to_the_right_and_nothing_leaves_the_drawing() {
        let rows = (1..12).map(|month| {
            let label = format!("F{month}");
            row("Feiten", TimelineShape::Dot, &label, day(month, 28), day(month, 28))
        });
        let picture = picture(&axis(rows.collect())).unwrap();
        let marks = &picture.lanes[0].marks;
        assert!(marks.windows(2).all(|pair| pair[0].x < pair[1].x));
        for mark in marks {
            assert!(mark.outline().iter().all(|(x, y)| (0..=WIDTH).contains(x) && (0..=picture.height).contains(y)));
            assert!(mark.label_x >= 0 && ending(mark) <= WIDTH);
        }
    }

    #[test]
    fn names_never_stand_on_each_other() {
        let rows = (1..20).map(|number| {
            let label = format!("F{number}");
            row("Feiten", TimelineShape::Dot, &label, day(11, number), day(11, number))
        });
        let picture = picture(&axis(rows.collect())).unwrap();
        let marks = &picture.lanes[0].marks;
        for (place, mark) in marks.iter().enumerate() {
            for other in marks.iter().skip(place + 1).filter(|other| other.middle == mark.middle) {
                let apart = ending(mark) <= other.x.min(other.label_x) || ending(other) <= mark.x.min(mark.label_x);
                assert!(apart, "{mark:?} and {other:?}");
            }
        }
        assert_eq!(marks.len() + picture.lanes[0].only_in_table, 19);
    }

    #[test]
    fn what_has_no_room_or_lies_years_away_is_counted_and_not_drawn() {
        let far = NaiveDate::from_ymd_opt(2031, 1, 1).unwrap();
        let mut rows = vec![row("Termijnen", TimelineShape::Diamond, "1 jan", far, far)];
        rows.extend((0..12).map(|_| row("Maatregelen", TimelineShape::Bar, "M1", day(10, 1), day(12, 1))));
        let picture = picture(&axis(rows)).unwrap();
        let counts: Vec<(usize, usize)> =
            picture.lanes.iter().map(|lane| (lane.marks.len(), lane.only_in_table)).collect();
        assert_eq!(counts, [(0, 1), (MOST_ROWS, 12 - MOST_ROWS)]);
    }

    #[test]
    fn a_bar_without_an_end_runs_to_the_edge_and_one_of_a_day_can_be_seen() {
        let mut open = row("Maatregelen", TimelineShape::Bar, "M1", day(10, 1), day(10, 1));
        open.until = None;
        let short = row("Maatregelen", TimelineShape::Bar, "M2", day(11, 1), day(11, 1));
        let picture = picture(&axis(vec![open, short])).unwrap();
        let marks = &picture.lanes[0].marks;
        assert_eq!(marks[0].end, RIGHT);
        assert!(marks[1].end > marks[1].x);
        assert!(marks[0].middle < marks[1].middle);
    }

    #[test]
    fn a_hole_that_the_plan_closes_has_fewer_stripes_than_one_that_stays() {
        let drawn = |shape| {
            let rows = vec![row("Gat", shape, "", day(11, 20), day(12, 8))];
            let timeline = Timeline { caption: String::new(), on: day(11, 17), rows };
            let marks = picture(&timeline)
                .map(|drawing| drawing.lanes.into_iter().flat_map(|lane| lane.marks).collect::<Vec<_>>())
                .unwrap_or_default();
            marks.iter().map(|mark| mark.stripes().len()).sum::<usize>()
        };
        let (stays, closes) = (drawn(TimelineShape::Gap), drawn(TimelineShape::GapUnlessPlanned));
        assert!(closes > 0 && closes < stays, "{closes} {stays}");
    }

    #[test]
    fn the_name_of_what_began_long_ago_does_not_stand_on_its_line() {
        let begun = day(1, 1) - chrono::Months::new(36);
        let rows = vec![row("Feiten", TimelineShape::Dot, "F1", begun, day(11, 12))];
        let drawing = picture(&Timeline { caption: String::new(), on: day(11, 17), rows }).expect("a drawing");
        let mark = &drawing.lanes[0].marks[0];
        let (from, _) = mark.line.expect("a line");
        assert!(ending(mark) < from, "{mark:?}");
    }

    #[test]
    fn a_line_of_the_scale_stops_for_a_name_and_goes_on_below_it() {
        let rows = (1..28).map(|number| row("Feiten", TimelineShape::Dot, "F10", day(10, number), day(10, number)));
        let mut rows: Vec<TimelineRow> = rows.collect();
        rows.push(row("Maatregelen", TimelineShape::Bar, "M1", day(3, 1), day(12, 1)));
        let drawing = picture(&axis(rows)).expect("a drawing");
        let (mut stopped, foot) = (0, drawing.height - 110);
        for (x, _) in &drawing.ticks {
            let parts = drawing.around_names(*x);
            assert_eq!(parts.last().map(|(_, until)| *until), Some(foot));
            for mark in drawing.lanes.iter().flat_map(|lane| &lane.marks) {
                if (mark.label_x..=ending(mark)).contains(x) {
                    stopped += 1;
                    assert!(
                        parts.iter().all(|(from, until)| mark.middle <= *from || mark.middle >= *until),
                        "{parts:?}"
                    );
                }
            }
        }
        assert!(stopped > 0, "no name stands in the way of a line");
    }

    #[test]
    fn the_line_of_the_reference_date_runs_through_no_name() {
        for days_before in 0..20 {
            let at = day(11, 17) - chrono::Days::new(days_before);
            let rows = vec![
                row("Feiten", TimelineShape::Dot, "F10", at, at),
                row("Feiten", TimelineShape::Dot, "F1", day(2, 1), day(2, 1)),
            ];
            let drawing = picture(&Timeline { caption: String::new(), on: day(11, 17), rows }).expect("a drawing");
            let today = drawing.today.expect("a line");
            for mark in drawing.lanes.into_iter().flat_map(|lane| lane.marks) {
                assert!(today < mark.label_x || today > ending(&mark), "{at}: {mark:?}");
            }
        }
    }
}
