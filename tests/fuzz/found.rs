//! What the fuzzers found, each as it was found, or as short as it still was found.

use super::targets::{docx, recurrence};
use combizitting::shared::recurrence::read;

/// A text box whose last paragraph had a struck end, in a paragraph whose own end was struck: the text of one of the two
/// was gone.
#[test]
fn struck_ends_in_a_text_box_and_around_it_lose_no_text() {
    docx::check(
        b"<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>a</w:t><w:pict><w:txbxContent><w:p><w:pPr><w:rPr>\
        <w:del/></w:rPr></w:pPr><w:r><w:t>b</w:t></w:r></w:p></w:txbxContent></w:pict></w:r></w:p>",
    );
    let built: Vec<u8> = [b"b".as_slice(), &[1, 11, 1, 0, 1, 11, 1, 0, 4, 0, 0, 0]].concat();
    docx::check(&built);
}

/// A field that begins and never ends swallowed all text after it, without a word.
#[test]
fn a_field_that_never_ends_is_refused_and_swallows_nothing() {
    docx::check(b"<w:p><w:r><w:fldChar w:fldCharType=\"begin\"/></w:r></w:p><w:p><w:r><w:t>weg</w:t></w:r></w:p>");
}

/// Every second, or every second of one hour of the day: counting took minutes.
#[test]
fn a_rule_of_every_second_or_minute_or_hour_is_refused_at_the_door_and_not_counted() {
    let first = "1900-10-12T02:40:00".parse().expect("a time");
    for rule in ["FREQ=SECONDLY", "FREQ=SECONDLY;BYHOUR=11", "FREQ=MINUTELY;BYMONTH=2;BYMONTHDAY=29", "FREQ=HOURLY"] {
        assert!(read(rule, first).is_none(), "{rule}");
        recurrence::check(&[&[0, 0x5f, 0x20, 0, 0x40, 0, 0, 0], rule.as_bytes()].concat());
    }
    let numbers = |until: u32| (0..until).map(|number| number.to_string()).collect::<Vec<_>>().join(",");
    let often = format!("FREQ=YEARLY;BYHOUR={};BYMINUTE={}", numbers(24), numbers(60));
    assert!(read(&often, first).is_none());
    assert!(read("FREQ=DAILY;BYHOUR=9,17;BYMINUTE=0,30", first).is_some());
}

/// A sign of two bytes in a day of the week: the library that reads rules stopped the work with a panic.
#[test]
fn a_rule_with_signs_beyond_ascii_is_refused_and_stops_nothing() {
    let first = "2026-11-07T10:00:00".parse().expect("a time");
    for rule in ["FREQ=MONTHLY;BYDAY=MO\u{52f}U", "FREQ=WEEKLY;BYDAY=\u{e9}", "FREQ=\u{ff21}"] {
        assert!(read(rule, first).is_none(), "{rule}");
        recurrence::check(&[&[0; 8], rule.as_bytes()].concat());
    }
}

/// A numbered paragraph without words came back as something that an editor had added.
#[test]
fn a_numbered_paragraph_without_words_reads_back_without_a_difference() {
    docx::check("wkKop\np1\n1\n1 \nlpunt\t\nt ".as_bytes());
}
