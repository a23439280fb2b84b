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

#[rstest]
#[actix_web::test]
async fn a_judge_begins_with_the_hearings_of_the_own_cases_from_today_on(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let site = Site::new(backend);
    let first = site.send(site.page("/", Who::Judge)).await;
    assert_eq!(first.header("location"), Some("/zittingen"));
    for who in [Who::Judge, Who::FamilyJudge, Who::Clerk, Who::Advocate, Who::OtherSide] {
        let text = site.send(site.page("/zittingen", who)).await.text();
        assert!(text.contains("Donderdag 19 november 2026") && text.contains("13.30 uur"), "{who:?}: {text}");
        let line = text.split("13.30 uur").nth(1).unwrap().split("</tr>").next().unwrap();
        assert!(line.contains(&format!("/zaken/{}", site.dossier)) && line.contains("combi-2026-demo-01"), "{line}");
        assert!(line.contains("Combizitting") && line.contains("strafzaak") && line.contains("team jeugd"), "{line}");
        assert!(!text.contains("6 oktober 2026"), "what is past is not shown: {text}");
    }
    let past = site.send(site.page("/zittingen?vanaf=2026-10-01", Who::Judge)).await.text();
    assert!(past.contains("6 oktober 2026"), "{past}");
    for who in [Who::OtherJudge, Who::OtherAdvocate] {
        let text = site.send(site.page("/zittingen", who)).await.text();
        assert!(text.contains("staat er geen zitting in uw zaken") && !text.contains("combi-2026"), "{who:?}: {text}");
    }
    for odd in ["vanaf=morgen", "na=x", "na=1~2~3~4", "na=1~~"] {
        assert_eq!(site.send(site.page(&format!("/zittingen?{odd}"), Who::Judge)).await.status, 400, "{odd}");
    }
}

#[rstest]
#[actix_web::test]
async fn the_court_sees_what_ends_in_all_own_cases_with_why_it_draws_attention(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let site = Site::new(backend);
    let text = site.send(site.page("/termijnen", Who::Clerk)).await.text();
    assert!(text.contains("id=\"dag-2026-11-20\"") && text.contains("combi-2026-demo-01"), "{text}");
    let day = text.split("id=\"dag-2026-11-20\"").nth(1).unwrap().split("</section>").next().unwrap();
    assert!(day.contains("20 november 2026 om 21.35 uur") && day.contains("Eindigt binnen drie dagen"), "{day}");
    assert!(day.contains("/conflicten#termijnen"), "{day}");
    // What it shows of a case is what this reader sees in the case itself: no more and no less.
    let mut shown = String::new();
    let mut next = Some("/termijnen?vanaf=2026-11-17".to_owned());
    while let Some(address) = next {
        let page = site.send(site.page(&address, Who::FamilyJudge)).await.text();
        let link = page.split("<a href=\"/termijnen?vanaf=2026-11-17&amp;na").nth(1);
        next = link.map(|rest| format!("/termijnen?vanaf=2026-11-17&na{}", rest.split('"').next().unwrap()));
        shown.push_str(&page);
    }
    let report = site.send(site.api("GET", "/v1/dossiers/{dossier}/conflicten", Who::FamilyJudge)).await.json();
    let running = |item: &&serde_json::Value| item["status"] == "running" && item["planned"] == false;
    let terms: Vec<_> = report["deadlines"].as_array().unwrap().iter().filter(running).collect();
    assert!(terms.len() > 3, "{report}");
    assert_eq!(shown.matches("<details class=\"row\">").count(), terms.len(), "{shown}");
    let other = site.send(site.page("/termijnen", Who::OtherJudge)).await.text();
    assert!(other.contains("geen termijn die nog openstaat") && !other.contains("combi-2026"), "{other}");
}
