//! The hearing sheets of every file: short enough for the bench, complete in their headings, and
//! honest about what they leave out.

use super::rooms::{assess, every_file};
use crate::support::families::{SECRETS_FROM_FATHER, demo, demo_day};
use chrono::NaiveDate;
use combizitting::documents::model::{Block, DocumentModel};
use combizitting::documents::pdf;
use combizitting::dossier::model::Dossier;
use combizitting::drafting::model::Draft;
use combizitting::{conflicts, drafting};

const PAGES: usize = 4;

const HEADINGS: [&str; 10] = [
    "Wat voorligt",
    "Beslissende vragen",
    "Wie",
    "Kinderen",
    "Maatregelen op de peildatum",
    "Botsingen en gaten",
    "Veiligheid op de zitting",
    "Bevindingen per norm",
    "Tijdas en termijnen",
    "Wat niet is gebruikt",
];

fn sheets(dossier: &Dossier, on: NaiveDate) -> Vec<Draft> {
    let report = conflicts::find(dossier, on);
    drafting::hearing_sheets(dossier, &assess(dossier, on), &report, on).expect("every matter gets its sheet")
}

fn text(model: &DocumentModel) -> String {
    model.text_lines().join("\n")
}

fn headings(model: &DocumentModel) -> Vec<&str> {
    let headings = model.blocks.iter().filter_map(|block| match block {
        Block::Heading { level: 2, text, .. } => Some(text.as_str()),
        _ => None,
    });
    headings.collect()
}

/// The demo family many times over: as a real file of years looks.
fn large() -> Dossier {
    let mut dossier = demo();
    let (events, requests, measures) = (dossier.events.clone(), dossier.requests.clone(), dossier.measures.clone());
    for round in 0..6 {
        for event in &events {
            let mut event = event.clone();
            event.id = format!("{}-ronde-{round}", event.id).as_str().into();
            for statement in &mut event.statements {
                statement.id = format!("{}-ronde-{round}", statement.id).as_str().into();
                statement.repeats = None;
            }
            event.description = format!("{} {}", event.description, "Daarover is uitvoerig geschreven. ".repeat(8));
            dossier.events.push(event);
        }
        for request in &requests {
            let mut request = request.clone();
            request.id = format!("{}-ronde-{round}", request.id).as_str().into();
            request.content = format!("{} {}", request.content, "Subsidiair wordt om hetzelfde verzocht. ".repeat(9));
            dossier.requests.push(request);
        }
        for measure in &measures {
            let mut measure = measure.clone();
            measure.id = format!("{}-ronde-{round}", measure.id).as_str().into();
            measure.extends = None;
            for rule in &mut measure.rules {
                rule.text = rule.text.as_ref().map(|text| format!("{text} {}", "Dat geldt overal. ".repeat(20)));
            }
            dossier.measures.push(measure);
        }
    }
    dossier
}

#[test]
fn every_sheet_is_read_on_the_bench_in_four_pages_and_has_what_a_judge_needs() {
    let mut count = 0;
    for (name, dossier, on) in every_file() {
        for sheet in sheets(&dossier, on) {
            count += 1;
            let pages = pdf::page_count(&sheet.model).expect("a sheet can be set");
            assert!(pages <= PAGES, "{name}, {}: {pages} pages", sheet.name);
            let found = headings(&sheet.model);
            let kept: Vec<&str> = found.iter().copied().filter(|text| HEADINGS.contains(text)).collect();
            assert_eq!(kept, HEADINGS, "{name}, {}", sheet.name);
        }
    }
    assert!(count >= 24 + 6, "{count} sheets");
}

#[test]
fn a_sheet_has_as_many_pages_in_the_file_as_were_counted() {
    for sheet in sheets(&demo(), demo_day()) {
        let file = pdf::render(&sheet.model).expect("a PDF");
        let pages = lopdf::Document::load_mem(&file).expect("a PDF").get_pages().len();
        assert_eq!(pdf::page_count(&sheet.model), Some(pages), "{}", sheet.name);
    }
}

#[test]
fn a_sheet_of_a_large_file_stays_short_and_tells_how_much_stands_elsewhere() {
    let dossier = large();
    let all = sheets(&dossier, demo_day());
    assert_eq!(all.len(), 6);
    let report = conflicts::find(&dossier, demo_day());
    let files = drafting::hearing_files(&dossier, &assess(&dossier, demo_day()), &report, demo_day()).expect("files");
    for sheet in all {
        let pages = pdf::page_count(&sheet.model).expect("a sheet can be set");
        assert!(pages <= PAGES, "{}: {pages} pages", sheet.name);
        let seen = text(&sheet.model);
        let told = |what: &str| -> usize {
            let line = seen.lines().find(|line| line.starts_with("Niet op dit blad: ") && line.contains(what));
            let count = line.and_then(|line| line.split(' ').nth(4)).and_then(|number| number.parse().ok());
            count.unwrap_or(0)
        };
        let domain = match sheet.name.as_str() {
            "zittingsblad-strafzaak" => "zittingsmap-straf",
            "zittingsblad-beroep-huisverbod" => "zittingsmap-bestuur",
            _ => "zittingsmap-familie",
        };
        let file = files.iter().find(|file| file.name == domain).expect("the hearing file of the sheet's domain");
        assert_eq!(facts(&seen) + told(" feit"), facts(&text(&file.model)), "{}: {seen}", sheet.name);
        assert!(told(" maatregel") > 0, "{}", sheet.name);
        assert!(seen.contains("staat volledig in het dossier"), "{}: shortened texts are announced", sheet.name);
    }
}

#[test]
fn a_text_that_is_cut_keeps_what_is_asked_and_between_whom_a_ban_holds() {
    for sheet in sheets(&large(), demo_day()) {
        let seen = text(&sheet.model);
        assert!(seen.contains(" …"), "{}: nothing was cut", sheet.name);
        let quoted: Vec<&str> = seen.lines().filter(|line| line.contains("In het dossier staat: ")).collect();
        assert!(!quoted.is_empty() || sheet.name == "zittingsblad-echtscheiding", "{}", sheet.name);
        assert!(quoted.iter().all(|line| line.contains("\". Klopt dat?")), "{}: {quoted:?}", sheet.name);
        let ban = "Er geldt een contactverbod tussen Bas Fictief-Zandman en Anna Voorbeeld-Aarden";
        assert!(seen.contains(ban), "{}: {seen}", sheet.name);
        let signs = seen.lines().find(|line| line.contains("Kritieke signalen in het dossier: ")).expect("signs");
        assert!(signs.contains("niet-fatale verwurging"), "{}: {signs}", sheet.name);
    }
}

/// Facts on the axis of a text.
fn facts(text: &str) -> usize {
    text.lines().filter(|line| *line == "Feit").count()
}

#[test]
fn a_sheet_names_no_code_of_a_criterion_no_id_and_no_secret() {
    for (name, dossier, on) in every_file() {
        let assessed = assess(&dossier, on);
        let report = conflicts::find(&dossier, on);
        for sheet in drafting::hearing_sheets(&dossier, &assessed, &report, on).expect("sheets") {
            let seen = text(&sheet.model);
            for finding in &assessed.findings {
                assert!(!seen.contains(&format!("{}/", finding.framework)), "{name}, {}", sheet.name);
            }
            for id in dossier.events.iter().map(|event| event.id.as_str()).filter(|id| id.contains(['-', '_'])) {
                assert!(!seen.contains(id), "{name}, {}: {id}", sheet.name);
            }
            for secret in SECRETS_FROM_FATHER {
                assert!(!seen.contains(secret), "{name}, {}: {secret}", sheet.name);
            }
        }
    }
}

#[test]
fn a_question_says_to_whom_it_is_put_and_what_could_answer_it() {
    for sheet in sheets(&demo(), demo_day()) {
        let table = sheet.model.blocks.iter().find_map(|block| match block {
            Block::Table { head, rows, .. } if head.first().is_some_and(|cell| cell == "Vraag") => Some((head, rows)),
            _ => None,
        });
        let (head, rows) = table.unwrap_or_else(|| panic!("{} has no questions", sheet.name));
        assert_eq!(head, &["Vraag", "Te vragen aan", "Kan blijken uit"]);
        for row in rows {
            assert!(row.iter().all(|cell| !cell.is_empty()), "{}: {row:?}", sheet.name);
        }
    }
}
