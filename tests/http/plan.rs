//! The intended decision in questions: seen beside the paper, recorded, and never lost.

use super::harness::{Site, Who};
use crate::support::Backend;
use rstest::rstest;

const PAGE: &str = "/zaken/{dossier}/voornemen/gezag";

/// What a browser would send of the form of a page, without its token and its buttons.
fn fields(html: &str) -> Vec<(String, String)> {
    let unescaped = |text: &str| {
        text.replace("&quot;", "\"")
            .replace("&#x3D;", "=")
            .replace("&#x27;", "'")
            .replace("&lt;", "<")
            .replace("&gt;", ">")
            .replace("&amp;", "&")
    };
    let attribute = |tag: &str, name: &str| {
        let (_, rest) = tag.split_once(&format!(" {name}=\""))?;
        rest.split('"').next().map(unescaped)
    };
    let form = html.split("<form").find(|form| form.contains("name=\"versie\"")).unwrap();
    let form = form.split("</form>").next().unwrap();
    let mut fields = Vec::new();
    let mut select = String::new();
    for tag in form.split('<').skip(1) {
        let (tag, text) = tag.split_once('>').unwrap_or((tag, ""));
        let tag = format!(" {tag}");
        let name = attribute(&tag, "name");
        let value = attribute(&tag, "value").unwrap_or_default();
        match tag.trim_start().split(' ').next().unwrap() {
            "select" => select = name.unwrap(),
            "option" if tag.contains(" selected") => fields.push((select.clone(), value)),
            "textarea" => fields.push((name.unwrap(), unescaped(text))),
            "input" if tag.contains("type=\"checkbox\"") && !tag.contains(" checked") => {}
            "input" if name.as_deref() != Some("csrf") => fields.push((name.unwrap(), value)),
            _ => {}
        }
    }
    fields
}

pub(super) fn coded(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}

fn encoded(fields: &[(String, String)]) -> String {
    fields.iter().map(|(name, value)| format!("{}={}", coded(name), coded(value))).collect::<Vec<_>>().join("&")
}

pub(super) fn with(mut fields: Vec<(String, String)>, changes: &[(&str, &str)]) -> String {
    for (name, value) in changes {
        fields.retain(|(known, _)| known != name);
        fields.push(((*name).to_owned(), (*value).to_owned()));
    }
    encoded(&fields)
}

pub(super) async fn form_of(site: &Site, page: &str, who: Who) -> Vec<(String, String)> {
    let shown = site.send(site.page(page, who)).await;
    assert_eq!(shown.status, 200, "{}", shown.text());
    fields(&shown.text())
}

#[rstest]
#[actix_web::test]
async fn a_judge_sees_the_paper_beside_the_plan_and_records_own_words_that_stand_in_the_draft(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let site = Site::new(backend);
    let given = form_of(&site, PAGE, Who::FamilyJudge).await;
    assert!(given.iter().any(|(name, value)| name == "basis" && value == "bw1268"), "{given:?}");
    let changes = [
        ("woorden/gezag/noodzaak", "Met minder kan ik niet volstaan.\r\nDe weigering duurt al maanden."),
        ("lapse_date", ""),
        ("immediately_enforceable", "true"),
    ];
    let look = with(given.clone(), &[&changes[..], &[("actie", "bekijken")]].concat());
    let seen = site.send(site.form(PAGE, Who::FamilyJudge, &look)).await;
    assert_eq!(seen.status, 200, "{}", seen.text());
    let (form, beside) = seen.text().split_once("id=\"voorbeeld\"").map(|(a, b)| (a.to_owned(), b.to_owned())).unwrap();
    assert!(form.contains("Met minder kan ik niet volstaan."), "what was typed stays");
    assert!(beside.contains("Met minder kan ik niet volstaan.") && beside.contains("nog niet vastgelegd"), "{beside}");
    assert_eq!(form_of(&site, PAGE, Who::FamilyJudge).await, given, "looking records nothing");

    let record = with(given, &[&changes[..], &[("actie", "vastleggen")]].concat());
    let done = site.send(site.form(PAGE, Who::FamilyJudge, &record)).await;
    assert_eq!(done.status, 303, "{}", done.text());
    let back = site.send(site.page(done.header("location").unwrap(), Who::FamilyJudge)).await.text();
    assert!(
        back.contains("vastgelegd in een nieuwe versie") && back.contains("De weigering duurt al maanden."),
        "{back}"
    );
    let clerk = site.send(site.page(PAGE, Who::Clerk)).await.text();
    assert!(clerk.contains("De weigering duurt al maanden.") && !clerk.contains("name=\"woorden/gezag/noodzaak\""));
    let made = site.send(site.form("/zaken/{dossier}/concepten", Who::Clerk, "soort=gezag")).await;
    let draft = site.send(site.page(made.header("location").unwrap(), Who::Clerk)).await.text();
    assert!(draft.contains("bied het daarna aan. Een rechter van de zaak keurt het goed."), "{draft}");
    assert!(draft.contains(">Invullen of aanbieden aan de rechter<"), "{draft}");
    let read = draft.split("class=\"button\" href=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let paper = site.send(site.page(&read, Who::Clerk)).await.text();
    assert!(paper.contains("De weigering duurt al maanden.") && paper.contains("de familierechter"), "{paper}");
}

#[rstest]
#[actix_web::test]
async fn a_form_that_was_not_touched_makes_no_new_version(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
    #[values("gezag", "omgang", "gedragsinterventie", "huisverbod")] kind: &str,
) {
    let site = Site::new(backend);
    let page = format!("/zaken/{{dossier}}/voornemen/{kind}");
    // The judge's words of the demo were brought in by a clerk: the first time a judge records them, they become theirs.
    let adopted = if kind == "gedragsinterventie" { "1" } else { "2" };
    for (who, expected) in [(Who::Clerk, "1"), (Who::Judge, adopted), (Who::Judge, adopted), (Who::Clerk, adopted)] {
        let same = with(form_of(&site, &page, who).await, &[("actie", "vastleggen")]);
        let done = site.send(site.form(&page, who, &same)).await;
        assert_eq!(done.status, 303, "{}", done.text());
        let version = form_of(&site, &page, Who::Clerk).await.into_iter().find(|(name, _)| name == "versie").unwrap().1;
        assert_eq!(version, expected, "{who:?}");
    }
}

#[rstest]
#[actix_web::test]
async fn a_wrong_field_is_told_at_the_field_and_what_was_typed_stays(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let site = Site::new(backend);
    let given = form_of(&site, PAGE, Who::Clerk).await;
    let wrong =
        with(given, &[("order_date", "2026-02-31"), ("partial_scope", "Alleen de school."), ("actie", "vastleggen")]);
    let told = site.send(site.form(PAGE, Who::Clerk, &wrong)).await;
    assert_eq!(told.status, 422, "{}", told.text());
    assert!(
        told.text().contains("href=\"#order_date\"") && told.text().contains("id=\"order_date-fout\""),
        "{}",
        told.text()
    );
    assert!(told.text().contains("Alleen de school."), "{}", told.text());
    let empty = with(form_of(&site, PAGE, Who::Clerk).await, &[("basis", ""), ("actie", "bekijken")]);
    let told = site.send(site.form(PAGE, Who::Clerk, &empty)).await;
    assert!(told.status == 422 && told.text().contains("Vul in: grondslag."), "{}", told.text());
}

#[rstest]
#[actix_web::test]
async fn the_second_of_two_writers_keeps_the_own_text_and_sees_what_the_other_changed(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let site = Site::new(backend);
    let given = form_of(&site, PAGE, Who::Clerk).await;
    let first = with(given.clone(), &[("partial_scope", "Alleen de medische zorg."), ("actie", "vastleggen")]);
    assert_eq!(site.send(site.form(PAGE, Who::FamilyJudge, &first)).await.status, 303);
    let second = with(given, &[("partial_scope", "Alleen de school."), ("actie", "vastleggen")]);
    let late = site.send(site.form(PAGE, Who::Clerk, &second)).await;
    assert_eq!(late.status, 412, "{}", late.text());
    let text = late.text();
    let (form, beside) = text.split_once("id=\"voorbeeld\"").unwrap();
    assert!(form.contains("Alleen de school.") && form.contains("Anders dan bij u: Alleen voor een deel"), "{form}");
    assert!(beside.contains("medische zorg") && form.contains("name=\"versie\" value=\"2\""), "{beside}");
    let again = with(fields(&text), &[("actie", "vastleggen")]);
    assert_eq!(site.send(site.form(PAGE, Who::Clerk, &again)).await.status, 303);
}

#[rstest]
#[actix_web::test]
async fn a_plan_is_only_for_who_sits_in_its_domain_and_words_are_only_the_judges(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let site = Site::new(backend);
    for page in ["/zaken/{dossier}/voornemen/gedragsinterventie", "/zaken/{dossier}/voornemen/huisverbod"] {
        assert_eq!(site.send(site.page(page, Who::FamilyJudge)).await.status, 404, "{page}");
        assert_eq!(site.send(site.form(page, Who::FamilyJudge, "versie=1&actie=wissen")).await.status, 404, "{page}");
    }
    assert_eq!(site.send(site.page("/zaken/{dossier}/voornemen/iets", Who::Judge)).await.status, 404);
    let given = form_of(&site, PAGE, Who::Clerk).await;
    let forged = with(given, &[("woorden/gezag/noodzaak", "Niet van een rechter."), ("actie", "vastleggen")]);
    assert_eq!(site.send(site.form(PAGE, Who::Clerk, &forged)).await.status, 303);
    assert!(!site.send(site.page(PAGE, Who::Judge)).await.text().contains("Niet van een rechter."));
}

#[rstest]
#[actix_web::test]
async fn a_plan_can_be_cleared_and_the_paper_then_shows_what_is_to_be_filled_in(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let site = Site::new(backend);
    let page = "/zaken/{dossier}/voornemen/omgang";
    let before = form_of(&site, page, Who::Clerk).await;
    // It is asked first, on a page that says what stays; who does not do it has lost nothing.
    let asked = site.send(site.form(page, Who::Clerk, &with(before.clone(), &[("actie", "wissen")]))).await;
    let asked = (asked.status, asked.text());
    assert!(asked.0 == 200 && asked.1.contains("Voornemen wissen?") && asked.1.contains("Niet doen"), "{}", asked.1);
    assert!(asked.1.contains("In de oudere versies van het dossier blijft"), "{}", asked.1);
    assert_eq!(form_of(&site, page, Who::Clerk).await, before);
    let done = site.send(site.form(page, Who::Clerk, "versie=1&actie=wissen&zeker=ja")).await;
    assert_eq!(done.status, 303, "{}", done.text());
    let back = site.send(site.page(done.header("location").unwrap(), Who::Clerk)).await.text();
    assert!(
        back.contains("Het voornemen is gewist") && back.contains("Er is nog niet vastgelegd wat de voorgenomen"),
        "{back}"
    );
    assert!(!back.contains("value=\"wissen\""), "there is nothing left to clear");
}
