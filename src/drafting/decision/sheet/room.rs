//! How much of each list stands on a sheet. A sheet is at most four pages: where the file is
//! larger, lists get shorter step by step, and each says how many lines it leaves to the hearing file.

use serde_json::{Value, json};

/// Room for each list, in rows.
pub(super) struct Room {
    pub(super) parties: usize,
    pub(super) children: usize,
    pub(super) requests: usize,
    pub(super) questions: usize,
    pub(super) measures: usize,
    pub(super) clashes: usize,
    pub(super) gaps: usize,
    pub(super) safety: usize,
    pub(super) findings: usize,
    pub(super) facts: usize,
    pub(super) on_axis: usize,
    /// Rows of a kind that always stand on the axis, however long the file is: the own hearing, what holds today.
    pub(super) weighing: usize,
    pub(super) matters: usize,
    /// Longest free text, in signs.
    pub(super) text: usize,
}

/// How many steps there are from wide to narrow.
pub(in crate::drafting) const STEPS: usize = 19;

/// Whether a step cuts texts.
pub(super) fn cuts_texts(step: usize) -> bool {
    of(step).text < of(0).text
}

/// The room of a step: from 0, where hardly any file is cut, to the last, where little is left.
/// Texts are cut only in the last steps; a list that is cut reads better than a sentence.
pub(super) fn of(step: usize) -> Room {
    let last = STEPS.saturating_sub(1);
    let step = step.min(last);
    // The very last step cuts no more rows, only texts.
    let rows = last.saturating_sub(1);
    let at = |step: usize, wide: usize, least: usize| {
        let gone = wide.saturating_sub(least).saturating_mul(step.min(rows)).checked_div(rows).unwrap_or_default();
        wide.saturating_sub(gone)
    };
    let between = |wide: usize, least: usize| at(step, wide, least);
    // What stands elsewhere on the sheet as well, or in other files, gives way first.
    let early = |wide: usize, least: usize| at(step.saturating_mul(2), wide, least);
    Room {
        parties: between(20, 5),
        children: between(12, 3),
        requests: between(12, 2),
        questions: between(12, 2),
        measures: between(12, 2),
        clashes: between(10, 2),
        gaps: between(8, 2),
        safety: between(10, 3),
        findings: between(16, 2),
        facts: early(16, 2),
        on_axis: early(12, 1),
        weighing: if last.saturating_sub(step) < 4 { 2 } else { 3 },
        matters: early(12, 2),
        text: match last.saturating_sub(step) {
            0 => 100,
            1 => 200,
            2 => 280,
            3 => 360,
            _ => 700,
        },
    }
}

/// The first rows, and a sentence that tells how many more there are and where they stand.
pub(super) fn cut(mut rows: Vec<Value>, most: usize, (one, more): (&str, &str), place: &str) -> Value {
    let left = rows.len().saturating_sub(most);
    rows.truncate(most);
    json!({ "regels": rows, "meer": left_out(left, (one, more), place) })
}

/// "Niet op dit blad: 3 vragen; zie de zittingsmap."; null when nothing is left out.
pub(super) fn left_out(count: usize, (one, more): (&str, &str), place: &str) -> Value {
    match count {
        0 => Value::Null,
        1 => json!(format!("Niet op dit blad: 1 {one}; zie {place}.")),
        count => json!(format!("Niet op dit blad: {count} {more}; zie {place}.")),
    }
}

/// A text of at most so many signs, cut between words; what was cut off shows as "…".
pub(in crate::drafting::decision) fn shortened(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let kept: String = text.chars().take(most).collect();
    let whole = kept.rsplit_once(' ').map_or(kept.as_str(), |(before, _)| before);
    format!("{} …", whole.trim_end_matches([',', ';', ':', '.', ' ']))
}

/// Shortens every text in a row and in the rows within it.
pub(super) fn shorten(row: &mut Value, most: usize) {
    match row {
        Value::String(text) => *text = shortened(text, most),
        Value::Array(items) => items.iter_mut().for_each(|item| shorten(item, most)),
        Value::Object(fields) => fields.values_mut().for_each(|field| shorten(field, most)),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_that_is_cut_tells_how_many_rows_stand_elsewhere() {
        let rows = |count: usize| (0..count).map(|row| json!(row)).collect::<Vec<_>>();
        let cut = |count| cut(rows(count), 3, ("vraag", "vragen"), "de zittingsmap");
        assert_eq!(cut(3), json!({ "regels": [0, 1, 2], "meer": null }));
        assert_eq!(cut(4)["meer"], "Niet op dit blad: 1 vraag; zie de zittingsmap.");
        assert_eq!(cut(9), json!({ "regels": [0, 1, 2], "meer": "Niet op dit blad: 6 vragen; zie de zittingsmap." }));
    }

    #[test]
    fn a_long_text_ends_between_words_with_a_visible_sign() {
        assert_eq!(shortened("De vader blijft weg. En meer.", 40), "De vader blijft weg. En meer.");
        assert_eq!(shortened("De vader blijft weg. En meer.", 22), "De vader blijft weg …");
        assert_eq!(shortened("Zonderspaties", 5), "Zonde …");
    }

    #[test]
    fn no_step_has_more_room_than_the_one_before_and_none_leaves_nothing() {
        for step in 1..STEPS {
            let (wide, narrow) = (of(step - 1), of(step));
            assert!(narrow.questions <= wide.questions && narrow.findings <= wide.findings && narrow.text <= wide.text);
            assert!(narrow.facts <= wide.facts && narrow.measures <= wide.measures && narrow.on_axis <= wide.on_axis);
        }
        let (widest, narrowest) = (of(0), of(STEPS - 1));
        assert!(narrowest.questions > 0 && narrowest.facts > 0 && narrowest.on_axis > 0);
        assert!(narrowest.questions < widest.questions && narrowest.text < widest.text);
    }
}
