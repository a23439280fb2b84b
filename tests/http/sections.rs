//! The dossier in sections, as a clerk fills it in: what is missing by name, an item at a time, nothing lost.

use super::harness::{Site, Who};
use crate::support::Backend;
use rstest::rstest;
use serde_json::{Value, json};

const TASKS: &str = "/zaken/{dossier}/onderdelen";

async fn text(site: &Site, path: &str) -> String {
    let answer = site.send(site.page(path, Who::Clerk)).await;
    assert_eq!(answer.status, 200, "{path}: {}", answer.text());
    answer.text()
}

async fn dossier(site: &Site) -> Value {
    site.send(site.api("GET", "/v1/dossiers/{dossier}", Who::Clerk)).await.json()
}

#[rstest]
#[actix_web::test]
async fn a_clerk_sees_how_far_each_section_is_and_which_field_misses_something(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let site = Site::new(backend);
    let tasks = text(&site, TASKS).await;
    for wanted in ["Gebeurtenissen", "Horen van kinderen", "volledig", "Ontbreekt:", "in één keer op met"] {
        assert!(tasks.contains(wanted), "{wanted}: {tasks}");
    }
    let mut whole = dossier(&site).await;
    whole["documents"].as_array_mut().unwrap().push(json!({"id": "los-stuk", "title": "Los stuk"}));
    let put = site.api("PUT", "/v1/dossiers/{dossier}", Who::Clerk).header("If-Match", "\"1\"").json(&whole);
    assert_eq!(site.send(put).await.status, 200);
    let list = text(&site, &format!("{TASKS}/stukken")).await;
    let line = list.split("<li>").find(|line| line.contains("Los stuk")).unwrap();
    assert!(line.contains("/stukken/los-stuk#dated\">Dag van het stuk"), "{line}");
    let item = text(&site, &format!("{TASKS}/stukken/los-stuk")).await;
    assert!(item.contains("href=\"#dated\"") && item.contains("id=\"dated\""), "{item}");
}

#[rstest]
#[actix_web::test]
async fn a_clerk_adds_corrects_answers_and_removes_a_fact_with_its_source(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let site = Site::new(backend);
    let place = format!("{TASKS}/gebeurtenissen/nieuw");
    let event = "versie=1&kind=threat&description=Er+is+gebeld.&time/precision=day&time/on=2026-11-16&actors=vader\
                 &targets=moeder&statements/aantal=1&statements/0/by=moeder&statements/0/kind=asserts\
                 &statements/0/content=Hij+belde+twee+keer.&statements/0/source/document=doc-aangifte\
                 &statements/0/source/page=4";
    let made = site.send(site.form(&place, Who::Clerk, event)).await;
    assert_eq!(made.status, 303, "{}", made.text());
    assert!(text(&site, made.header("location").unwrap()).await.contains("Vastgelegd in een nieuwe versie"));
    let whole = dossier(&site).await;
    let stored = whole["events"].as_array().unwrap().last().unwrap().clone();
    assert_eq!(stored["statements"][0]["source"], json!({"document": "doc-aangifte", "page": 4}));
    let (id, said) = (stored["id"].as_str().unwrap(), stored["statements"][0]["id"].as_str().unwrap().to_owned());
    assert!(text(&site, "/zaken/{dossier}/tijdlijn").await.contains("Er is gebeld"));

    let place = format!("{TASKS}/gebeurtenissen/{id}");
    let open = text(&site, &place).await;
    assert!(open.contains("Hier ontbreekt nog iets") && open.contains("Antwoord van de ander"), "{open}");
    let answered = format!("{event}&statements/0/was=0&answers/aantal=1&answers/0/by=vader&answers/0/stance=disputes")
        .replace("versie=1", "versie=2")
        .replace("Er+is+gebeld.", "Er+is+twee+keer+gebeld.");
    // What stood there changes only with a reason, which stands in the log; what was typed stays.
    for without in [answered.as_str(), "versie=2&actie=weghalen"] {
        let asked = site.send(site.form(&place, Who::Clerk, without)).await;
        assert!(asked.status == 422 && asked.text().contains("Kies waarom u dit wijzigt"), "{}", asked.text());
        assert!(asked.text().contains("href=\"#reden\""), "{}", asked.text());
    }
    let answered = format!("{answered}&reden=partij");
    let done = site.send(site.form(&place, Who::Clerk, &answered)).await;
    assert_eq!(done.status, 303, "{}", done.text());
    let whole = dossier(&site).await;
    let stored = whole["events"].as_array().unwrap().last().unwrap().clone();
    assert_eq!(stored["description"], "Er is twee keer gebeld.");
    assert_eq!((&stored["answers"][0]["stance"], &stored["statements"][0]["id"]), (&json!("disputes"), &json!(said)));
    let log = site.send(site.page("/log?zaak=combi-2026-demo-01", Who::Overseer)).await.text();
    assert!(log.contains("versie 3; reden: na een reactie van een partij"), "{log}");

    let late = site.send(site.form(&place, Who::Clerk, &answered.replace("twee+keer", "vaak"))).await;
    assert!(late.status == 412 && late.text().contains("Iemand anders heeft het dossier"), "{}", late.text());
    assert!(late.text().contains("Er is vaak gebeld.") && late.text().contains("name=\"versie\" value=\"3\""));
    // Before it goes, it is asked, with what it is and why.
    let removal = "versie=3&actie=weghalen&reden=onjuist-overgenomen";
    let asked = site.send(site.form(&place, Who::Clerk, removal)).await;
    let (status, asked) = (asked.status, asked.text());
    assert!(status == 200 && asked.contains("Weghalen uit het dossier?") && asked.contains("Niet doen"), "{asked}");
    assert!(asked.contains("Er is twee keer gebeld") && asked.contains("nderdelen/gebeurtenissen/"), "{asked}");
    assert_eq!(dossier(&site).await, whole, "nothing is gone yet");
    let gone = site.send(site.form(&place, Who::Clerk, &format!("{removal}&zeker=ja"))).await;
    assert_eq!(gone.status, 303, "{}", gone.text());
    assert_eq!(dossier(&site).await["events"].as_array().unwrap().len(), whole["events"].as_array().unwrap().len() - 1);
}

#[rstest]
#[actix_web::test]
async fn what_does_not_fit_is_told_at_its_field_and_what_is_used_elsewhere_cannot_go(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let site = Site::new(backend);
    let place = format!("{TASKS}/personen/nieuw");
    let told = site.send(site.form(&place, Who::Clerk, "versie=1&name=Iemand&born=2026-02-31")).await;
    assert_eq!(told.status, 422);
    let told = told.text();
    assert!(told.contains("href=\"#family_role\"") && told.contains("value=\"Iemand\""), "{told}");
    let wrong =
        site.send(site.form(&place, Who::Clerk, "versie=1&name=Iemand&family_role=other&born=2026-02-31")).await;
    assert!(wrong.status == 422 && wrong.text().contains("id=\"born-fout\""), "{}", wrong.text());
    let empty = site.send(site.form(&place, Who::Clerk, "versie=1")).await;
    assert!(empty.status == 422 && empty.text().contains("Vul ten minste één veld in"), "{}", empty.text());
    let used = format!("{TASKS}/stukken/doc-aangifte");
    let kept = site.send(site.form(&used, Who::Clerk, "versie=1&actie=weghalen&reden=anders")).await;
    assert!(kept.status == 422 && kept.text().contains("Elders in het dossier"), "{}", kept.text());
    for unknown in [format!("{TASKS}/bestaat-niet"), format!("{TASKS}/personen/bestaat-niet")] {
        assert_eq!(site.send(site.page(&unknown, Who::Clerk)).await.status, 404);
    }
    let half = "versie=1&name=Half+ingevuld&actie=bewaren";
    assert_eq!(site.send(site.form(&place, Who::Clerk, half)).await.status, 303);
    let offered = text(&site, &place).await;
    assert!(offered.contains("Verder waar u was") && !offered.contains("Half ingevuld"), "{offered}");
    assert!(text(&site, &format!("{place}?hervat=ja")).await.contains("value=\"Half ingevuld\""));
    let half = "versie=1&description=Half&actie=bewaren";
    let event = dossier(&site).await["events"][0]["id"].as_str().unwrap().to_owned();
    site.send(site.form(&format!("{TASKS}/gebeurtenissen/{event}"), Who::Clerk, half)).await;
    let overview = text(&site, "/zaken/{dossier}").await;
    let (_, lines) = overview.split_once("Nog niet af").unwrap();
    let lines = lines.split("</section>").next().unwrap();
    assert!(lines.contains("Onderdelen: personen, Nieuwe persoon"), "{lines}");
    assert!(lines.contains("Onderdelen: gebeurtenissen, ") && !lines.contains(&format!(">{event}")), "{lines}");
}

/// Every item of every section of the demo family.
#[rstest]
#[actix_web::test]
async fn every_part_of_a_dossier_has_a_form_that_changes_nothing_when_nothing_is_touched(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let site = Site::new(backend);
    let before = dossier(&site).await;
    let tasks = text(&site, TASKS).await;
    let sections: Vec<&str> = tasks.split("/onderdelen/").skip(1).map(|rest| rest.split('"').next().unwrap()).collect();
    assert_eq!(sections.len(), 13, "{sections:?}");
    let mut items = 0;
    for section in sections {
        let list = text(&site, &format!("{TASKS}/{section}")).await;
        for part in list.split(&format!("/onderdelen/{section}/")).skip(1) {
            let key = part.split('"').next().unwrap();
            if key == "nieuw" || key.contains('#') {
                continue;
            }
            let place = format!("{TASKS}/{section}/{key}");
            let page = text(&site, &place).await;
            let version = dossier_version(&page);
            let fields = fields_of(&page).join("&");
            let sent = format!("versie={version}&{fields}");
            let answer = site.send(site.form(&place, Who::Clerk, &sent)).await;
            assert_eq!(answer.status, 303, "{place}: {sent}: {}", answer.text());
            items += 1;
        }
    }
    assert!(items > 60, "{items}");
    assert_eq!(dossier(&site).await, before);
}

#[rstest]
#[actix_web::test]
async fn a_hearing_that_is_added_to_a_matter_stands_in_the_list_of_hearings_at_once(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let site = Site::new(backend);
    let list = text(&site, &format!("{TASKS}/zaken")).await;
    let key = list.split("/onderdelen/zaken/").nth(2).unwrap().split('"').next().unwrap();
    let place = format!("{TASKS}/zaken/{key}");
    let page = text(&site, &place).await;
    let mut fields = fields_of(&page);
    let many = fields.iter().filter(|field| field.starts_with("hearings/") && field.contains("/was=")).count();
    let empty = format!("hearings/{many}/");
    fields.retain(|field| !field.starts_with("hearings/aantal=") && !field.starts_with(&empty));
    fields.push(format!("hearings/aantal={}", many + 1));
    let new = [("at", "2026-11-25T09:15"), ("kind", "regiezitting"), ("room", "zaal+12")];
    fields.extend(new.map(|(name, value)| format!("hearings/{many}/{name}={value}")));
    fields.push("reden=aanvulling".to_owned());
    let sent = format!("versie={}&{}", dossier_version(&page), fields.join("&"));
    let answer = site.send(site.form(&place, Who::Clerk, &sent)).await;
    assert_eq!(answer.status, 303, "{}", answer.text());
    for who in [Who::Judge, Who::OtherSide] {
        let hearings = site.send(site.page("/zittingen", who)).await.text();
        assert!(hearings.contains("09.15 uur") && hearings.contains("zaal 12"), "{hearings}");
    }
}

#[rstest]
#[actix_web::test]
async fn a_relation_and_who_has_gezag_are_added_and_removed_like_any_other_part(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let site = Site::new(backend);
    let before = dossier(&site).await;
    let relation = "versie=1&from=vader&kind=relative_of&to=moeder";
    let made = site.send(site.form(&format!("{TASKS}/relaties/nieuw"), Who::Clerk, relation)).await;
    assert_eq!(made.status, 303, "{}", made.text());
    let list = text(&site, &format!("{TASKS}/relaties")).await;
    let line = list.split("<li>").find(|line| line.contains("andere familie van") && line.contains("Fictief")).unwrap();
    assert!(line.contains("Ontbreekt:") && line.contains("Bron (waar het staat)"), "{line}");
    let key = line.split("/relaties/").nth(1).unwrap().split('"').next().unwrap();
    let gone = site
        .send(site.form(
            &format!("{TASKS}/relaties/{key}"),
            Who::Clerk,
            "versie=2&actie=weghalen&reden=anders&zeker=ja",
        ))
        .await;
    assert_eq!(gone.status, 303, "{}", gone.text());
    assert_eq!(dossier(&site).await, before);
}

fn dossier_version(page: &str) -> &str {
    page.split("name=\"versie\" value=\"").nth(1).unwrap().split('"').next().unwrap()
}

/// What a browser sends of the form on a page when nothing is touched.
fn fields_of(page: &str) -> Vec<String> {
    let form = page.split("data-bewaren").nth(1).unwrap().split("</form>").next().unwrap();
    let of = |tag: &str, name: &str| {
        let rest = tag.split(&format!(" {name}=\"")).nth(1)?;
        Some(plain(rest.split('"').next().unwrap()))
    };
    let mut fields = Vec::new();
    let mut select: Option<String> = None;
    for tag in form.split('<').skip(1) {
        let (inside, after) = tag.split_once('>').unwrap_or((tag, ""));
        let named = of(inside, "name").filter(|name| name != "csrf" && name != "versie");
        let mut push = |name: &str, value: &str| fields.push(format!("{}={}", in_form(name), in_form(value)));
        if inside.starts_with("input") {
            let ticked = !inside.contains("type=\"checkbox\"") && !inside.contains("type=\"radio\"")
                || inside.contains(" checked");
            if let (Some(name), true) = (named, ticked) {
                push(&name, &of(inside, "value").unwrap_or_default());
            }
        } else if inside.starts_with("textarea") {
            push(&named.unwrap(), plain(after).trim_start_matches('\n'));
        } else if inside.starts_with("select") {
            select = named;
        } else if inside.starts_with("option") && inside.ends_with(" selected") {
            push(select.as_deref().unwrap(), &of(inside, "value").unwrap());
        }
    }
    fields
}

/// Text of HTML.
fn plain(text: &str) -> String {
    let signs = [("&quot;", "\""), ("&#x27;", "'"), ("&lt;", "<"), ("&gt;", ">"), ("&#x3D;", "="), ("&#x60;", "`")];
    signs.iter().fold(text.to_owned(), |text, (from, to)| text.replace(from, to)).replace("&amp;", "&")
}

fn in_form(text: &str) -> String {
    text.bytes()
        .map(|byte| match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'/' | b'~' => char::from(byte).to_string(),
            other => format!("%{other:02X}"),
        })
        .collect()
}

#[actix_web::test]
async fn the_clerk_corrects_a_fact_from_where_it_stands_and_nobody_else_is_offered_that() {
    let site = Site::new(Backend::Sqlite);
    let timeline = "/zaken/{dossier}/tijdlijn";
    let page = text(&site, timeline).await;
    let links: Vec<&str> =
        page.split("<a href=\"onderdelen/").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    assert!(links.len() > 20, "{page}");
    for link in links {
        text(&site, &format!("{TASKS}/{link}")).await;
    }
    for who in [Who::Judge, Who::Advocate] {
        let page = site.send(site.page(timeline, who)).await.text();
        assert!(page.contains("<ol class=\"timeline\">") && !page.contains("onderdelen"), "{who:?}: {page}");
    }
}

#[actix_web::test]
async fn what_a_fact_cannot_do_without_is_not_folded_away_and_only_that_is_missed() {
    let site = Site::new(Backend::Sqlite);
    let form = text(&site, &format!("{TASKS}/gebeurtenissen/nieuw")).await;
    for id in ["time", "status", "statements/0/source"] {
        assert!(form.contains(&format!("<details class=\"groep\" id=\"{id}\" open>")), "{id}: {form}");
    }
    assert!(form.contains("<details class=\"groep\" open><summary>Wie erover verklaart: toevoegen"), "{form}");
    assert!(!form.contains("id=\"reden\""), "a new fact needs no reason");
    let place = format!("{TASKS}/gebeurtenissen/nieuw");
    let event = "versie=1&kind=protective&description=Er+is+hulp+gezocht.&time/precision=day&time/on=2026-11-16\
                 &actors=vader";
    assert_eq!(site.send(site.form(&place, Who::Clerk, event)).await.status, 303);
    let list = text(&site, &format!("{TASKS}/gebeurtenissen")).await;
    let line = list.split("<li>").find(|line| line.contains("Er is hulp gezocht")).unwrap();
    assert!(line.contains("#status\">Hoe het vaststaat") && line.contains("#statements\">"), "{line}");
    assert!(!line.contains("Tegen wie") && !line.contains("Antwoord van de ander"), "{line}");
}

#[actix_web::test]
async fn each_reader_knows_a_case_in_the_list_by_the_family_and_a_clash_leads_to_the_intended_decision() {
    let site = Site::new(Backend::Sqlite);
    for who in [Who::Judge, Who::Clerk, Who::Advocate, Who::OtherSide, Who::Delegate] {
        let list = site.send(site.page("/zaken", who)).await.text();
        assert!(list.contains("<td>Anna Voorbeeld-Aarden en Bas Fictief-Zandman</td>"), "{who:?}: {list}");
    }
    let other = site.send(site.page("/zaken", Who::OtherJudge)).await.text();
    assert!(!other.contains("Voorbeeld-Aarden"), "{other}");
    let log = site.send(site.page("/log?zaak=combi-2026-demo-01", Who::Overseer)).await.text();
    assert!(log.contains("de namen van de familie, in de lijst van zaken"), "{log}");
    for (who, leads) in [(Who::Judge, true), (Who::Clerk, true), (Who::Advocate, false)] {
        let page = site.send(site.page("/zaken/{dossier}/conflicten", who)).await.text();
        assert_eq!(page.contains("<a href=\"voornemen/"), leads, "{who:?}: {page}");
        assert!(page.contains("Noor, Sem en Liv"), "{who:?}: a child by its given name");
    }
}

#[rstest]
#[actix_web::test]
async fn a_source_that_is_older_than_what_it_tells_of_is_remarked_upon(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let site = Site::new(backend);
    let event = |day: &str| {
        format!(
            "versie=1&kind=threat&description=Gebeld+op+{day}.&time/on={day}&actors=vader&targets=moeder\
             &statements/aantal=1&statements/0/by=moeder&statements/0/kind=asserts&statements/0/content=Hij+belde.\
             &statements/0/source/document=doc-aangifte"
        )
    };
    let place = format!("{TASKS}/gebeurtenissen/nieuw");
    let after = event("2026-11-16");
    let before = event("2019-05-01").replace("versie=1", "versie=2");
    for sent in [after, before] {
        let made = site.send(site.form(&place, Who::Clerk, &sent)).await;
        assert_eq!(made.status, 303, "{}", made.text());
    }
    let list = text(&site, &format!("{TASKS}/gebeurtenissen")).await;
    let line =
        |day: &str| list.split("<li>").find(|line| line.contains(&format!("Gebeld op {day}"))).unwrap().to_owned();
    assert!(line("2026-11-16").contains("van vóór deze gebeurtenis. Klopt de bron?"), "{}", line("2026-11-16"));
    assert!(!line("2019-05-01").contains("Klopt de bron?"), "{}", line("2019-05-01"));
}
