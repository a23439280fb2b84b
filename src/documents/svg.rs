//! The drawing of a time axis as SVG, for the web page. Shapes tell things apart, never colour.

use super::markup::push_escaped;
use super::model::{Timeline, TimelineShape};
use super::timeline::{BAR, LETTER, Picture, RIM, WIDTH, alternative, picture};

/// Adds the drawing; nothing when there is nothing to draw.
pub(super) fn push(out: &mut String, timeline: &Timeline) {
    let Some(picture) = picture(timeline) else { return };
    out.push_str(&format!(
        "<svg class=\"tijdas\" width=\"100%\" viewBox=\"0 0 {WIDTH} {}\" role=\"img\" font-size=\"{LETTER}\" \
         font-family=\"sans-serif\" fill=\"currentColor\" aria-label=\"",
        picture.height
    ));
    push_escaped(out, &alternative(timeline));
    out.push_str("\">\n");
    push_scale(out, &picture);
    for lane in &picture.lanes {
        push_text(out, 0, lane.top + 80, &lane.name);
        if lane.only_in_table > 0 {
            push_text(out, 0, lane.top + 170, &format!("(en {} in de tabel)", lane.only_in_table));
        }
        for mark in &lane.marks {
            let points: Vec<String> = mark.outline().iter().map(|(x, y)| format!("{x},{y}")).collect();
            let look = match mark.shape {
                TimelineShape::Open | TimelineShape::Gap | TimelineShape::GapUnlessPlanned => {
                    format!(" fill=\"none\" stroke=\"currentColor\" stroke-width=\"{RIM}\"")
                }
                _ => String::new(),
            };
            out.push_str(&format!("<polygon points=\"{}\"{look}/>", points.join(" ")));
            if let Some((from, to)) = mark.line {
                let top = mark.middle - RIM / 2;
                let width = to - from;
                out.push_str(&format!("<rect x=\"{from}\" y=\"{top}\" width=\"{width}\" height=\"{RIM}\"/>"));
            }
            for (left, right) in mark.stripes() {
                out.push_str(&format!(
                    "<rect x=\"{left}\" y=\"{}\" width=\"{}\" height=\"{BAR}\"/>",
                    mark.middle - BAR / 2,
                    right - left
                ));
            }
            push_text(out, mark.label_x, mark.middle + 26, &mark.label);
        }
        out.push('\n');
    }
    out.push_str("</svg>\n");
}

fn push_scale(out: &mut String, picture: &Picture) {
    for (x, name) in &picture.ticks {
        let parts = picture.around_names(*x).into_iter().map(|(from, until)| format!("M{x} {from}V{until}"));
        out.push_str(&format!(
            "<path d=\"{}\" stroke=\"currentColor\" stroke-width=\"4\" opacity=\".35\"/>",
            parts.collect::<String>()
        ));
        push_text(out, *x, 80, name);
    }
    if let Some(x) = picture.today {
        let foot = picture.height - 100;
        out.push_str(&format!("<path d=\"M{x} 100V{foot}\" stroke=\"currentColor\" stroke-width=\"14\"/>"));
        push_text(out, x - 150, picture.height - 20, "peildatum");
    }
    out.push('\n');
}

fn push_text(out: &mut String, x: i64, y: i64, text: &str) {
    out.push_str(&format!("<text x=\"{x}\" y=\"{y}\">"));
    push_escaped(out, text);
    out.push_str("</text>");
}
