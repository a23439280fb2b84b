//! Hearings and deadlines for a calendar that others may look into.

use super::harness::{Site, Who};
use crate::support::Backend;
use rstest::rstest;

/// Lines of an iCalendar file with folded lines joined.
fn lines(text: &str) -> Vec<String> {
    text.replace("\r\n ", "").lines().map(str::to_owned).collect()
}

#[rstest]
#[actix_web::test]
async fn a_calendar_holds_every_coming_hearing_and_deadline_and_says_nothing_of_the_case(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let site = Site::new(backend);
    let answer = site.send(site.page("/zaken/{dossier}/agenda.ics", Who::Judge)).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    assert_eq!(answer.header("content-type"), Some("text/calendar; charset=utf-8"));
    assert!(answer.header("content-disposition").unwrap().contains("agenda-combi-2026-demo-01.ics"));
    let text = answer.text();
    let lines = lines(&text);
    assert_eq!(lines.first().map(String::as_str), Some("BEGIN:VCALENDAR"));
    assert_eq!(lines.last().map(String::as_str), Some("END:VCALENDAR"));
    let report = site.send(site.api("GET", "/v1/dossiers/{dossier}/conflicten", Who::Judge)).await.json();
    let deadlines = report["deadlines"].as_array().unwrap();
    let running = deadlines.iter().filter(|item| item["status"] == "running" && item["planned"] == false).count();
    assert!(deadlines.iter().any(|item| item["planned"] == true), "the demo intends an order with a term of its own");
    let titles: Vec<&String> = lines.iter().filter(|line| line.starts_with("SUMMARY:")).collect();
    assert_eq!(titles.iter().filter(|title| title.as_str() == "SUMMARY:Termijn combi-2026-demo-01").count(), running);
    assert!(titles.iter().any(|title| title.as_str() == "SUMMARY:Zitting combi-2026-demo-01"), "{text}");
    assert!(lines.iter().any(|line| line == "DTSTART:20261120T203500Z"), "the end of the ban, in UTC: {text}");
    assert_eq!(lines.iter().filter(|line| *line == "BEGIN:VALARM").count(), titles.len());
    let bare = text.to_lowercase();
    for word in ["voorbeeld", "fictief", "verbod", "gezag", "geweld", "aanwijzing", "omgang", "strafzaak"] {
        assert!(!bare.contains(word), "the calendar says {word}: {text}");
    }
}

#[rstest]
#[actix_web::test]
async fn a_moment_keeps_its_identity_and_two_downloads_are_the_same(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let site = Site::new(backend);
    let first = site.send(site.page("/zaken/{dossier}/agenda.ics", Who::Clerk)).await.text();
    let second = site.send(site.page("/zaken/{dossier}/agenda.ics", Who::Clerk)).await.text();
    assert_eq!(first, second);
    let mut uids: Vec<String> = lines(&first).into_iter().filter(|line| line.starts_with("UID:")).collect();
    let all = uids.len();
    uids.sort();
    uids.dedup();
    assert!(all > 3 && uids.len() == all, "two moments with the same identity: {first}");
}
