//! The canary sweep: a word of its own in every secret field of every party, and every answer of
//! every route to every role searched for each word that this role may not read.

mod bundles;
mod canaries;
mod explained;
pub mod reading;

use super::access::ends_the_session;
use super::harness::{Answer, Site, Who};
use super::strangers::call;
use crate::documents::sample;
use crate::support::Backend;
use crate::support::families::demo;
use canaries::{Aviary, Canary, May};
use combizitting::documents::{docx, html, pdf};
use combizitting::drafting::model::DraftKind;
use combizitting::web::endpoint::{ENDPOINTS, Endpoint, Method};
use reading::{all_text, holds, squeezed};
use rstest::rstest;
use serde_json::json;
use std::collections::BTreeSet;

/// What someone reads that is not theirs.
fn leaks<'a>(who: Who, text: &str, canaries: &'a [Canary]) -> Vec<&'a Canary> {
    let text = squeezed(text);
    canaries.iter().filter(|canary| !canary.may.read(who) && text.contains(&canary.word)).collect()
}

/// A site whose case has canaries, with something handed in by two who may.
async fn site(backend: Backend) -> (Site, Aviary) {
    let (site, mut aviary) = (Site::new(backend), Aviary::default());
    let dossier = serde_json::to_value(canaries::dossier(&mut aviary)).unwrap();
    site.store_whole(&dossier).await;
    let mut word = |place: &str, who| aviary.word(place, May::HandedIn(who));
    let info = json!({"wensen": word("wensen", Who::Advocate), "maatregelen": [word("maatregelen", Who::Advocate)],
        "zorgen": [{"soort": "threat", "wanneer": word("wanneer", Who::Advocate),
                    "omschrijving": word("omschrijving", Who::Advocate), "stukken": [word("stukken", Who::Advocate)]}]});
    let call = site.api("POST", "/v1/dossiers/{dossier}/veiligheidsinformatie", Who::Advocate).json(&info);
    assert_eq!(site.send(call).await.status, 201);
    let delivery =
        json!({"dossier": site.dossier, "titel": word("titel", Who::Partner), "tekst": word("tekst", Who::Partner)});
    let call = site.api("POST", "/v1/leveringen", Who::Partner).json(&delivery);
    let answer = site.send(call).await;
    assert_eq!(answer.status, 201, "{}", answer.text());
    (site, aviary)
}

/// Drafts of every kind, made by the judge: the kind, the address of the draft, its files.
async fn drafts(site: &Site) -> Vec<(DraftKind, String, Vec<String>)> {
    let mut out = Vec::new();
    for kind in DraftKind::ALL {
        let call = site.api("POST", "/v1/dossiers/{dossier}/concepten", Who::Judge).json(&json!({"soort": kind}));
        let answer = site.send(call).await;
        assert_eq!(answer.status, 201, "{}", answer.text());
        let files = answer.json()["bestanden"].as_array().unwrap().clone();
        let files = files.iter().map(|file| file.as_str().unwrap().to_owned()).collect();
        out.push((kind, answer.header("location").unwrap().to_owned(), files));
    }
    out
}

/// Every address of a method, with the names in it filled in from what there is.
fn addresses(site: &Site, drafts: &[(DraftKind, String, Vec<String>)], method: Method) -> BTreeSet<String> {
    let mut out = BTreeSet::new();
    let asked =
        |endpoint: &&Endpoint| endpoint.method == method && (method == Method::Get || !ends_the_session(endpoint));
    for endpoint in ENDPOINTS.iter().filter(asked) {
        let path = endpoint.path.replace("{dossier}", &site.dossier);
        if path.contains("{soort}") {
            out.extend(DraftKind::ALL.map(|kind| path.replace("{soort}", kind.as_str())));
            continue;
        }
        if path.contains("{vraag}") {
            let said = demo().events.into_iter().flat_map(|event| event.statements);
            let answers = said.map(|statement| format!("antwoord-{}", statement.id));
            let fixed = ["adres", "gebeurtenissen", "maatregelen", "zitting", "controleren"].map(str::to_owned);
            out.extend(fixed.into_iter().chain(answers).map(|key| path.replace("{vraag}", &key)));
            continue;
        }
        if path.contains("{onderdeel}") {
            let case = demo();
            let persons = case.persons.iter().map(|person| ("personen", person.id.to_string()));
            let events = case.events.iter().map(|event| ("gebeurtenissen", event.id.to_string()));
            let measures = case.measures.iter().map(|measure| ("maatregelen", measure.id.to_string()));
            let keys = ["stukken", "zaken", "instanties", "relaties", "gezag", "verzoeken", "hulp", "horen"];
            let others = keys.into_iter().chain(["instrumenten", "voorstellen"]).map(|key| (key, "nieuw".to_owned()));
            for (key, item) in persons.chain(events).chain(measures).chain(others) {
                out.insert(path.replace("{onderdeel}", key).replace("{item}", &item));
            }
            continue;
        }
        if !path.contains("{concept}") {
            let path = path.replace("{bestand}", "stijl.css").replace("{stuk}", "doc-aangifte");
            let path = path.replace("{toegang}", "00000000-0000-7000-8000-000000000000");
            let path = path.replace("{gebruiker}", "00000000-0000-7000-8000-000000000000");
            out.insert(path.replace("{bundel}", "00000000-0000-7000-8000-000000000000"));
            continue;
        }
        for (at, (_, draft, files)) in drafts.iter().enumerate() {
            let path = path.replace("{concept}", draft.rsplit('/').next().unwrap());
            // A file is the same for everyone who may have it: the first document as each kind of
            // file here, and all documents once in the test of papers.
            let many = if !path.contains("{bestand}") {
                files.len()
            } else if at == 0 {
                3
            } else {
                0
            };
            for file in files.iter().take(many).map(|file| file.rsplit('/').next().unwrap()) {
                let name = file.split('.').next().unwrap();
                out.insert(path.replace("{bestand}", file).replace("{naam}", name));
            }
        }
    }
    if method != Method::Get {
        return out;
    }
    out.insert(format!("/v1/auditregels?dossier={}", site.dossier));
    out.insert(format!("/log?dossier={}", site.dossier));
    out.insert(format!("/zaken/{}/{}", site.dossier, "zqx-bestaat-niet"));
    out
}

async fn read(site: &Site, path: &str, who: Who) -> Answer {
    let api = path.starts_with("/v1") || path.starts_with("/gezondheid");
    site.send(if api { site.api("GET", path, who) } else { site.page(path, who) }).await
}

#[rstest]
#[actix_web::test]
async fn nobody_reads_a_secret_that_is_not_theirs_in_any_answer_file_header_or_log(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let (site, aviary) = site(backend).await;
    let drafts = drafts(&site).await;
    let addresses = addresses(&site, &drafts, Method::Get);
    let (mut answers, mut found, mut seen) = (0, Vec::new(), BTreeSet::new());
    for who in Who::ALL {
        for path in &addresses {
            let answer = read(&site, path, who).await;
            if answer.status != 200 && answer.body.is_empty() {
                continue;
            }
            answers += 1;
            let text = all_text(&answer);
            found.extend(leaks(who, &text, &aviary.all).iter().map(|canary| format!("{who:?} {path}: {canary:?}")));
            if answer.status == 200 {
                let text = squeezed(&text);
                seen.extend(
                    aviary.all.iter().filter(|canary| text.contains(&canary.word)).map(|c| (who, c.word.clone())),
                );
            }
        }
    }
    let log = squeezed(&super::logs::text());
    found
        .extend(aviary.all.iter().filter(|canary| log.contains(&canary.word)).map(|canary| format!("log: {canary:?}")));
    assert!(found.is_empty(), "{} leaks:\n{}", found.len(), found.join("\n"));
    // A word that nobody reads proves nothing: the clerk reads each, an advocate reads their client's.
    for canary in &aviary.all {
        assert!(seen.contains(&(Who::Clerk, canary.word.clone())), "the clerk reads nowhere {canary:?}");
        for (who, person) in [(Who::Advocate, "moeder"), (Who::OtherSide, "vader")] {
            let own = canary.may == May::Only(person.to_owned());
            assert!(!own || seen.contains(&(who, canary.word.clone())), "{who:?} does not read {canary:?}");
        }
    }
    assert!(answers > 300 && aviary.all.len() > 70, "{answers} answers, {} canaries", aviary.all.len());
}

#[rstest]
#[actix_web::test]
async fn nobody_is_told_a_secret_that_is_not_theirs_in_answer_to_what_they_send(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let (site, aviary) = site(backend).await;
    let drafts = drafts(&site).await;
    let (mut answers, mut accepted, mut found) = (0, 0, Vec::new());
    for method in [Method::Post, Method::Put, Method::Delete] {
        for path in addresses(&site, &drafts, method) {
            // The assignments stay, or nobody would be told anything.
            let path = path.replace("{toewijzing}", "00000000-0000-7000-8000-000000000000");
            for who in Who::ALL {
                let answer = site.send(call(&site, method, &path, who)).await;
                answers += 1;
                accepted += usize::from(matches!(answer.status, 200..=303));
                let leaks = leaks(who, &all_text(&answer), &aviary.all).into_iter();
                found.extend(leaks.map(|canary| format!("{who:?} {method:?} {path}: {canary:?}")).take(3));
            }
        }
    }
    assert!(found.is_empty(), "{} leaks:\n{}", found.len(), found.join("\n"));
    assert!(answers > 500 && accepted > 50, "{answers} answers, {accepted} of them not refused");
}

#[rstest]
#[actix_web::test]
async fn no_paper_for_all_parties_holds_a_secret_of_any_of_them(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let (site, aviary) = site(backend).await;
    let mut papers = 0;
    for (kind, _, files) in drafts(&site).await {
        let kind = json!(kind).as_str().unwrap().to_owned();
        for file in files {
            let answer = read(&site, &file, Who::Judge).await;
            assert_eq!(answer.status, 200, "{file}");
            papers += 1;
            let text = squeezed(&all_text(&answer));
            for canary in aviary.all.iter().filter(|canary| !canary.may.stand_on_paper(&kind)) {
                assert!(!text.contains(&canary.word), "{file}: {canary:?}");
            }
        }
    }
    assert!(papers >= 15, "{papers}");
}

fn answer(kind: &str, body: Vec<u8>) -> Answer {
    Answer { status: 200, headers: vec![("content-type".to_owned(), kind.to_owned())], body }
}

#[test]
fn a_seeded_leak_of_each_kind_is_caught() {
    let word = "zqx9999qz";
    let canaries = [Canary { word: word.to_owned(), place: "hier".to_owned(), may: May::Only("moeder".to_owned()) }];
    let caught = |what: &str, answer: &Answer| {
        assert_eq!(leaks(Who::OtherSide, &all_text(answer), &canaries).len(), 1, "{what}");
        assert!(leaks(Who::Advocate, &all_text(answer), &canaries).is_empty(), "{what}: her own advocate may");
    };
    let split = "zqx99\u{ad}99qz";
    caught("page", &answer("text/html", format!("<p>Adres: {word}</p>").into_bytes()));
    caught("capitals", &answer("text/html", format!("<p>{}</p>", word.to_uppercase()).into_bytes()));
    caught("attribute", &answer("text/html", format!("<a href=\"/x?a={word}\">x</a>").into_bytes()));
    caught("spread over tags", &answer("text/html", b"<b>zqx9</b><i>999qz</i>".to_vec()));
    caught("soft hyphen", &answer("text/html", split.as_bytes().to_vec()));
    caught("character references", &answer("text/html", b"&#122;qx9&#x39;99qz".to_vec()));
    caught("percent encoded", &answer("text/html", b"<a href='/?a=%7Aqx%39999qz'>".to_vec()));
    caught("JSON escapes", &answer("application/json", br#"{"a":[{"b":"\u007aqx9999qz"}]}"#.to_vec()));
    caught("JSON name", &answer("application/json", format!("{{\"{word}\":1}}").into_bytes()));
    let folded = format!("BEGIN:VEVENT\r\nDESCRIPTION:Zitting {}\r\n {}\r\nEND:VEVENT", &word[..6], &word[6..]);
    caught("calendar, folded lines", &answer("text/calendar", folded.into_bytes()));
    caught("problem document", &answer("application/problem+json", format!("{{\"detail\":\"{word}\"}}").into_bytes()));
    let mut header = answer("text/html", Vec::new());
    header.headers.push(("content-disposition".to_owned(), format!("attachment; filename=\"{word}.pdf\"")));
    caught("file name in a header", &header);
    let mut location = answer("text/html", Vec::new());
    location.headers.push(("location".to_owned(), "/zaken/%7aqx9999qz".to_owned()));
    caught("header, percent encoded", &location);
    let clean = sample::complete();
    let sentence = sample::text(&format!("Zij woont op {word} nummer 4."));
    let with_text = sample::model(vec![sample::paragraph(None, vec![sentence])]);
    let mut with_title = clean.clone();
    with_title.meta.title = format!("Beschikking {word}");
    let mut with_header = clean.clone();
    with_header.meta.running_header = format!("Zaak {word}");
    for (what, model) in [("text", &with_text), ("title", &with_title), ("running header", &with_header)] {
        caught(&format!("PDF {what}"), &answer("application/pdf", pdf::render(model).unwrap()));
        caught(&format!("Word {what}"), &answer("application/zip", docx::render(model).unwrap()));
        caught(&format!("HTML {what}"), &answer("text/html", html::render(model).into_bytes()));
    }
    for bytes in [pdf::render(&clean).unwrap(), docx::render(&clean).unwrap()] {
        assert!(leaks(Who::OtherSide, &all_text(&answer("x", bytes)), &canaries).is_empty(), "no false alarm");
    }
}

#[rstest]
#[actix_web::test]
async fn a_gate_that_lets_through_or_a_log_that_tells_too_much_is_caught(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let (site, aviary) = site(backend).await;
    // What each advocate would get if the gate took them for the clerk, or for the other side.
    for who in [Who::OtherSide, Who::Advocate, Who::FamilyJudge, Who::Partner, Who::Overseer] {
        let whole = all_text(&read(&site, &format!("/v1/dossiers/{}", site.dossier), Who::Clerk).await);
        let kinds: BTreeSet<&str> =
            leaks(who, &whole, &aviary.all).iter().map(|canary| canary.place.as_str()).collect();
        assert!(kinds.len() >= 5, "{who:?}: {kinds:?}");
    }
    let of_mother = all_text(&read(&site, &format!("/v1/dossiers/{}", site.dossier), Who::Advocate).await);
    let kinds: BTreeSet<&str> =
        leaks(Who::OtherSide, &of_mother, &aviary.all).iter().map(|canary| canary.place.as_str()).collect();
    assert!(kinds.contains("persons/addresses") && kinds.len() >= 7, "{kinds:?}");
    tracing::info!(adres = "zqx8888qz", "een regel die te veel zegt");
    assert!(holds(&super::logs::text(), "zqx8888qz"), "a secret in the log would be found");
}
