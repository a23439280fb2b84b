//! A draft out as a Word file, edited, and back: differences, a choice for each, one step in the
//! log, and the words with their author on paper.

use super::harness::{Answer, HOST, Site, Who};
use crate::documents::extract::{docx_text, pdf_lines, xml};
use crate::drafts::read_back::{paragraph_xml, with_body};
use crate::support::Backend;
use rstest::rstest;
use serde_json::{Value, json};

const WORD: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

/// A draft of the clerk on a site.
pub(super) struct Desk {
    site: Site,
    draft: String,
}

impl Desk {
    pub(super) async fn new(backend: Backend) -> Self {
        let site = Site::new(backend);
        let call = site.api("POST", "/v1/dossiers/{dossier}/concepten", Who::Clerk).json(&json!({"soort": "gezag"}));
        let draft = site.send(call).await.json()["id"].as_str().unwrap().to_owned();
        Self { site, draft }
    }

    fn api(&self, part: &str) -> String {
        format!("/v1/dossiers/{{dossier}}/concepten/{}/{part}", self.draft)
    }

    fn page(&self, part: &str) -> String {
        format!("/zaken/{{dossier}}/concepten/{}/{part}", self.draft)
    }

    pub(super) async fn file(&self, kind: &str) -> Vec<u8> {
        let path = self.api(&format!("documenten/gezag.{kind}"));
        let answer = self.site.send(self.site.api("GET", &path, Who::Clerk)).await;
        assert_eq!(answer.status, 200);
        answer.body
    }

    async fn paper(&self) -> Value {
        self.site.send(self.site.api("GET", &self.api("herziening/gezag"), Who::Judge)).await.json()
    }

    async fn send_file(&self, who: Who, bytes: &[u8]) -> Answer {
        let call = self.site.api("POST", &self.api("teruglezen/gezag"), who);
        self.site.send(call.header("Content-Type", WORD).body(bytes)).await
    }

    /// Sends a file with the form of the page.
    pub(super) async fn upload(&self, who: Who, bytes: &[u8]) -> Answer {
        let token = self.site.token(who).unwrap();
        let mut body = Vec::new();
        for (name, value) in [("csrf", self.site.csrf(&token)), ("actie", "lezen".to_owned())] {
            body.extend(format!("--x\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n").bytes());
        }
        body.extend(b"--x\r\nContent-Disposition: form-data; name=\"wordbestand\"; filename=\"gezag.docx\"\r\n\r\n");
        body.extend(bytes);
        body.extend(b"\r\n--x--\r\n");
        let call = self
            .site
            .form(&self.page("teruglezen/gezag"), who, "")
            .header("Content-Type", "multipart/form-data; boundary=x")
            .header("Origin", &format!("http://{HOST}"));
        self.site.send(call.body(body)).await
    }

    /// Sends the choices with what the page before gave along.
    async fn choose(&self, who: Who, before: &Answer, choices: &str) -> Answer {
        let page = before.text();
        let fields =
            format!("gelezen={}&na_stap={}&{choices}", coded(&hidden(&page, "gelezen")), hidden(&page, "na_stap"));
        self.site.send(self.site.form(&self.page("teruglezen/gezag"), who, &fields)).await
    }

    /// Takes an ordinary step.
    async fn step(&self, who: Who, body: Value) -> Answer {
        self.site.send(self.site.api("POST", &self.api("herziening/gezag"), who).json(&body)).await
    }
}

fn hidden(page: &str, name: &str) -> String {
    let (_, after) = page.split_once(&format!("name=\"{name}\" value=\"")).unwrap_or_else(|| panic!("{name}: {page}"));
    after
        .split('"')
        .next()
        .unwrap()
        .replace("&quot;", "\"")
        .replace("&#x27;", "'")
        .replace("&lt;", "<")
        .replace("&amp;", "&")
}

fn coded(text: &str) -> String {
    text.bytes()
        .map(|byte| if byte.is_ascii_alphanumeric() { char::from(byte).to_string() } else { format!("%{byte:02X}") })
        .collect()
}

/// The names of the differences that ask for a choice.
fn asked(page: &str) -> Vec<String> {
    let ids = page.split("type=\"radio\" name=\"").skip(1).map(|rest| rest.split('"').next().unwrap().to_owned());
    let mut names: Vec<String> = ids.collect();
    names.dedup();
    names
}

/// Adds a sentence to paragraph 5.1 and takes paragraph 5.2 out.
pub(super) fn edited(bytes: &[u8], sentence: &str) -> Vec<u8> {
    with_body(bytes, |body| {
        let paragraph = paragraph_xml(&body, "5.1");
        let at = paragraph.rfind("</w:t></w:r>").unwrap();
        let more = format!("{} {sentence}{}", &paragraph[..at], &paragraph[at..]);
        body.replace(&paragraph_xml(&body, "5.2"), "").replace(&paragraph, &more)
    })
}

const SENTENCE: &str = "De rechtbank neemt daarbij in aanmerking dat de hulp pas is begonnen.";

#[rstest]
#[actix_web::test]
async fn a_judge_edits_in_word_takes_one_change_rejects_another_and_finds_the_words_on_paper(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let desk = Desk::new(backend).await;
    let first = desk.file("docx").await;
    let form = desk.site.send(desk.site.page(&desk.page("herziening/gezag"), Who::Judge)).await.text();
    assert!(form.contains("type=\"file\"") && form.contains("teruglezen/gezag"), "{form}");
    let page = desk.upload(Who::Judge, &edited(&first, SENTENCE)).await;
    assert_eq!(page.status, 200, "{}", page.text());
    let text = page.text();
    assert!(text.contains("Gewijzigd: alinea 5.1") && text.contains("Weggehaald: alinea 5.2"), "{text}");
    assert!(text.contains(&format!("<ins><span class=\"visually-hidden\">erbij: </span>{SENTENCE}</ins>")), "{text}");
    assert!(!text.contains(" checked"), "nothing is chosen beforehand");
    let names = asked(&text);
    assert_eq!(names, ["keuze-1", "keuze-2"]);
    // An open question holds back, with a link to it.
    let open = desk.choose(Who::Judge, &page, "actie=nakijken&keuze-1=overnemen").await;
    assert_eq!(open.status, 422);
    assert!(open.text().contains("<a href=\"#keuze-2-ja\">Kies bij verschil 2: alinea 5.2.</a>"), "{}", open.text());
    assert!(open.text().contains("id=\"keuze-1-ja\" value=\"overnemen\" checked"), "the answer given is kept");
    let review = desk.choose(Who::Judge, &open, "actie=nakijken&keuze-1=overnemen&keuze-2=niet").await;
    assert_eq!(review.status, 200, "{}", review.text());
    let text = review.text();
    assert!(
        text.contains("Kijk uw keuzes na") && text.contains("woorden van de rechter, Test rechter van de zaak"),
        "{text}"
    );
    assert!(!text.contains("alinea 5.2"), "{text}");
    assert_eq!(desk.paper().await["laatste_stap"], 0, "nothing is written before it is confirmed");
    let back = desk.choose(Who::Judge, &review, "actie=terug&keuze-1=overnemen&keuze-2=niet").await;
    assert!(back.text().contains("id=\"keuze-2-nee\" value=\"niet\" checked"), "{}", back.text());
    let done = desk.choose(Who::Judge, &review, "actie=vastleggen&keuze-1=overnemen&keuze-2=niet&reden=").await;
    assert_eq!(done.status, 303, "{}", done.text());
    let paper = desk.paper().await;
    assert_eq!((paper["tekstversie"].as_i64(), paper["stappen"][0]["stap"].as_str()), (Some(2), Some("gewijzigd")));
    assert_eq!(paper["stappen"][0]["reden"], "Uit een bewerkt Word-bestand: 1 van 2 verschillen overgenomen");
    let lines = pdf_lines(&desk.file("pdf").await).join("\n");
    let words = lines.lines().find(|line| line.starts_with("5.1 ")).unwrap();
    assert!(words.contains(&format!("{SENTENCE} [woorden van de rechter, Test rechter van de zaak, ")), "{words}");
    assert!(lines.lines().any(|line| line.starts_with("5.2 ") && !line.contains("vervallen")), "{lines}");
    let html = String::from_utf8(desk.file("html").await).unwrap();
    let body = crate::documents::extract::docx_part(&desk.file("docx").await, "word/document.xml");
    for text in [html, docx_text(&xml(&body))] {
        assert!(text.contains("[woorden van de rechter, Test rechter van de zaak, "), "{text}");
    }
    // The first file again: it is of the earlier version, and cannot turn the new words back.
    let again = desk.upload(Who::Judge, &first).await.text();
    assert!(again.contains("gemaakt van tekstversie 1") && again.contains("tekst van een eerdere versie"), "{again}");
    assert_eq!(asked(&again), Vec::<String>::new());
}

#[rstest]
#[actix_web::test]
async fn by_api_the_differences_come_as_changes_that_a_step_takes(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let desk = Desk::new(backend).await;
    let first = desk.file("docx").await;
    let told = desk.send_file(Who::Clerk, &edited(&first, SENTENCE)).await;
    assert_eq!(told.status, 200, "{}", told.text());
    let told = told.json();
    assert_eq!((told["stap"].as_str(), told["laatste_stap"].as_i64()), (Some("gewijzigd"), Some(0)));
    let differences = told["verschillen"].as_array().unwrap();
    let kinds: Vec<&str> = differences.iter().map(|item| item["soort"].as_str().unwrap()).collect();
    assert_eq!(kinds, ["gewijzigd", "weggehaald"], "{told}");
    assert!(differences[0]["woorden"].as_array().unwrap().contains(&json!({"lot": "erbij", "tekst": SENTENCE})));
    let changes: Vec<&Value> = differences.iter().map(|item| &item["wijziging"]).collect();
    let body = json!({"na_stap": 0, "stap": "gewijzigd", "wijzigingen": changes});
    let answer = desk.step(Who::Clerk, body).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    let lines = pdf_lines(&desk.file("pdf").await).join("\n");
    assert!(lines.contains("5.2 (vervallen) [voorstel van de griffie om dit weg te halen, Test griffier"), "{lines}");
    assert!(lines.contains(&format!("{SENTENCE} [voorstel van de griffie, Test griffier van de zaak, ")), "{lines}");
    // What is no Word file, is of another document, or comes from who may not see the case.
    desk.send_file(Who::Clerk, b"%PDF-1.7").await.assert_problem(422, "invalid_input");
    let other = Desk { draft: desk.draft.clone(), site: Site::new(backend) };
    other.send_file(Who::Clerk, &first).await.assert_problem(404, "not_found");
    let strange = Desk::new(backend).await.file("docx").await;
    let strange = with_footer(&strange, "ffffffffffffffff");
    let problem = desk.send_file(Who::Clerk, &strange).await.assert_problem(422, "invalid_input");
    assert!(problem.to_string().contains("niet bij dit document"), "{problem}");
    desk.send_file(Who::OtherJudge, &first).await.assert_problem(404, "not_found");
    desk.send_file(Who::Advocate, &first).await.assert_problem(403, "forbidden");
    let call = desk.site.api("POST", &desk.api("teruglezen/gezag"), Who::Clerk).json(&json!({}));
    desk.site.send(call).await.assert_problem(415, "unsupported_media_type");
}

fn with_footer(bytes: &[u8], code: &str) -> Vec<u8> {
    use std::io::{Cursor, Read, Write};
    let mut from = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut to = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..from.len() {
        let mut part = from.by_index(index).unwrap();
        let name = part.name().unwrap().into_owned();
        let mut text = String::new();
        part.read_to_string(&mut text).unwrap();
        if name.contains("footer") {
            let at = text.find("controlecode ").unwrap() + "controlecode ".len();
            text.replace_range(at..at + 16, code);
        }
        to.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        to.write_all(text.as_bytes()).unwrap();
    }
    to.finish().unwrap().into_inner()
}

#[rstest]
#[actix_web::test]
async fn who_chooses_after_another_changed_the_text_sees_what_the_other_wrote_and_nothing_is_lost(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let desk = Desk::new(backend).await;
    let page = desk.upload(Who::Judge, &edited(&desk.file("docx").await, SENTENCE)).await;
    let paper = desk.paper().await;
    let paragraphs = paper["alineas"].as_array().unwrap();
    let place = paragraphs.iter().find(|item| item["tekst"].as_str().unwrap().starts_with("5.1 ")).unwrap();
    let change = json!({"blok": place["blok"], "tekst": "De griffie herschreef dit."});
    let body = json!({"na_stap": 0, "stap": "gewijzigd", "reden": "Op verzoek", "wijzigingen": [change]});
    assert_eq!(desk.step(Who::Clerk, body).await.status, 200);
    let choices = "actie=vastleggen&keuze-1=overnemen&keuze-2=niet";
    let late = desk.choose(Who::Judge, &page, choices).await;
    assert_eq!(late.status, 409);
    let text = late.text();
    assert!(text.contains("intussen door een ander behandeld") && text.contains("Op verzoek"), "{text}");
    assert!(text.contains("nu staat er “5.1 De griffie herschreef dit. [voorstel van de griffie, "), "{text}");
    // The judge's own sentence is still on the page, now beside the clerk's text.
    assert!(text.contains("hulp pas is begonnen") && !text.contains(" checked"), "{text}");
    assert_eq!(desk.paper().await["laatste_stap"], 1);
    let names = asked(&text);
    let taken: Vec<String> = names.iter().map(|name| format!("{name}=overnemen")).collect();
    let done = desk.choose(Who::Judge, &late, &format!("actie=vastleggen&{}", taken.join("&"))).await;
    assert_eq!(done.status, 303, "{}", done.text());
    assert_eq!(desk.paper().await["laatste_stap"], 2);
}

#[rstest]
#[actix_web::test]
async fn a_file_that_cannot_be_read_and_a_form_without_its_token_change_nothing(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let desk = Desk::new(backend).await;
    for (bytes, word) in [(b"".as_slice(), "Kies het Word-bestand"), (b"%PDF-1.7", "geen Word-bestand")] {
        let page = desk.upload(Who::Judge, bytes).await;
        assert_eq!(page.status, 422);
        let text = page.text();
        assert!(text.contains(word) && text.contains("href=\"#wordbestand\""), "{text}");
    }
    let page = desk.upload(Who::Judge, &edited(&desk.file("docx").await, SENTENCE)).await;
    let path = desk.page("teruglezen/gezag");
    for fields in ["actie=nakijken&na_stap=0", "actie=nakijken&na_stap=0&gelezen=%7B%7D", "actie=vastleggen&gelezen=x"]
    {
        let answer = desk.site.send(desk.site.form(&path, Who::Judge, fields)).await;
        assert_eq!(answer.status, 400, "{fields}: {}", answer.text());
    }
    let call = desk.site.form(&path, Who::Judge, "").body("actie=vastleggen&na_stap=0&csrf=vals");
    assert_eq!(desk.site.send(call).await.status, 403);
    // To take nothing over is an answer too: no step follows.
    let none = desk.choose(Who::Judge, &page, "actie=nakijken&keuze-1=niet&keuze-2=niet").await;
    assert!(none.text().contains("U neemt niets over"), "{}", none.text());
    let done = desk.choose(Who::Judge, &none, "actie=vastleggen&keuze-1=niet&keuze-2=niet").await;
    assert_eq!((done.status, desk.paper().await["laatste_stap"].as_i64()), (303, Some(0)));
    let same = desk.upload(Who::Clerk, &desk.file("docx").await).await.text();
    assert!(same.contains("Er is geen verschil"), "{same}");
}
