//! The life of a document: to the judge, returned, changed, approved by another, sealed,
//! corrected, withdrawn; nothing is lost and nobody overwrites another.

use crate::support::{Backend, People, TestDb, small_dossier};
use combizitting::audit::{self, View};
use combizitting::db::Database;
use combizitting::documents::model::{Block, DocumentMeta, DocumentModel, Inline};
use combizitting::dossier::model::Domain;
use combizitting::dossier::record::NewAssignment;
use combizitting::dossier::{DossierError, Dossiers};
use combizitting::drafting::model::{Draft, DraftKind, DraftProblem, DraftSet, ProblemLevel};
use combizitting::drafting::review::model::{ReviewState, StepKind};
use combizitting::drafting::review::{Paper, Said, StepWish, TextChange};
use combizitting::drafting::service::Drafts;
use combizitting::identity::Actor;
use rstest::rstest;
use serde_json::json;

pub const NAME: &str = "omgang";

/// A case with a draft of two numbered paragraphs, the second with a blank.
pub struct Desk {
    pub test: TestDb,
    pub people: People,
    pub dossiers: Dossiers,
    pub drafts: Drafts,
    pub dossier: String,
    pub draft: String,
}

fn model() -> DocumentModel {
    let meta = DocumentMeta {
        title: "Beschikking omgang".to_owned(),
        author: "Rechtbank".to_owned(),
        running_header: "C/00/000001".to_owned(),
        concept: true,
        control_code: "0123456789abcdef".to_owned(),
        compact: false,
        dated: chrono::NaiveDate::from_ymd_opt(2026, 11, 22).unwrap(),
    };
    let text = |text: &str| vec![Inline::Text(text.to_owned())];
    let blocks = vec![
        Block::Heading { level: 1, number: None, text: "Beschikking omgang".to_owned() },
        Block::Notice { heading: "CONCEPT".to_owned(), content: text("Dit is een ontwerp.") },
        Block::Paragraph { number: Some("1.1".to_owned()), content: text("De rechtbank weegt mee.") },
        Block::Paragraph {
            number: Some("1.2".to_owned()),
            content: vec![Inline::Text("De ingang is ".to_owned()), Inline::Blank("dag van ingang".to_owned())],
        },
    ];
    DocumentModel { meta, blocks }
}

/// Seals a decision in a case, with its judge.
pub fn sealed_paper(db: &Database, people: &People, dossier: &str) {
    let judge = NewAssignment {
        user_id: people.rechter.user_id.clone(),
        domains: vec![Domain::Family],
        ..NewAssignment::default()
    };
    Dossiers::new(db.clone()).assign(&people.griffier, dossier, &judge).unwrap();
    let documents = vec![Draft { name: NAME.to_owned(), model: model() }];
    let set = DraftSet { kind: DraftKind::Omgang, documents, problems: Vec::new() };
    let receipt = json!({"receipt": {"dossier_hash": "abc", "frameworks": []}});
    let drafts = Drafts::new(db.clone());
    let draft = drafts.save(&people.griffier, dossier, 1, &set, receipt).unwrap().id;
    let take = |who: &Actor, after, step, changes| {
        let wish = StepWish { after, step, reason: String::new(), changes, said: Said::default() };
        drafts.step(who, dossier, &draft, NAME, wish).unwrap();
    };
    let filled = vec![TextChange::replace(3, "De ingang is 1 februari 2027.")];
    take(&people.griffier, 0, StepKind::Amended, filled);
    take(&people.griffier, 1, StepKind::Offered, Vec::new());
    take(&people.rechter, 2, StepKind::Approved, Vec::new());
    take(&people.griffier, 3, StepKind::Sealed, Vec::new());
}

impl Desk {
    pub fn new(backend: Backend) -> Self {
        let test = TestDb::new(backend);
        let people = People::add_to(&test.db);
        let (dossiers, drafts) = (Dossiers::new(test.db.clone()), Drafts::new(test.db.clone()));
        let dossier = dossiers.create(&people.griffier, &small_dossier("zaak")).unwrap().dossier_id;
        let judge = NewAssignment {
            user_id: people.rechter.user_id.clone(),
            domains: vec![Domain::Family],
            ..NewAssignment::default()
        };
        dossiers.assign(&people.griffier, &dossier, &judge).unwrap();
        let problem = DraftProblem {
            code: "blank".to_owned(),
            level: ProblemLevel::Blocks,
            impossible: false,
            message: "In \"Beschikking omgang\" moet nog worden ingevuld: dag van ingang.".to_owned(),
            source: String::new(),
        };
        let set = DraftSet {
            kind: DraftKind::Omgang,
            documents: vec![Draft { name: NAME.to_owned(), model: model() }],
            problems: vec![problem],
        };
        let receipt = json!({"receipt": {"dossier_hash": "abc", "frameworks": []}});
        let draft = drafts.save(&people.griffier, &dossier, 1, &set, receipt).unwrap().id;
        Self { test, people, dossiers, drafts, dossier, draft }
    }

    pub fn step(
        &self,
        who: &Actor,
        after: i64,
        step: StepKind,
        reason: &str,
        texts: &[(usize, &str)],
    ) -> Result<Paper, DossierError> {
        let changes = texts.iter().map(|(blok, tekst)| TextChange::replace(*blok, *tekst)).collect();
        let wish = StepWish { after, step, reason: reason.to_owned(), changes, said: Said::default() };
        self.drafts.step(who, &self.dossier, &self.draft, NAME, wish)
    }

    /// Who wrote the words of the document that the program did not, as its page tells.
    pub fn written(&self) -> Vec<(String, String)> {
        let judge = &self.people.rechter;
        let stored = self.drafts.get(judge, &self.dossier, &self.draft, View::Draft).unwrap();
        self.drafts.outlook(judge, &self.dossier, &stored, NAME).unwrap().written
    }

    pub fn refused(&self, who: &Actor, after: i64, step: StepKind, reason: &str) -> String {
        match self.step(who, after, step, reason, &[]) {
            Err(DossierError::Invalid(message) | DossierError::Overtaken(message)) => message,
            other => panic!("{step:?} gave {other:?}"),
        }
    }

    /// Until the text is sealed: offered, returned, filled in, offered, approved, sealed.
    pub fn sealed(&self) -> Paper {
        let (clerk, judge) = (&self.people.griffier, &self.people.rechter);
        self.step(clerk, 0, StepKind::Offered, "", &[]).unwrap();
        self.step(judge, 1, StepKind::Returned, "De dag van ingang ontbreekt.", &[]).unwrap();
        self.step(clerk, 2, StepKind::Amended, "", &[(3, "De ingang is 1 februari 2027.")]).unwrap();
        self.step(clerk, 3, StepKind::Offered, "", &[]).unwrap();
        self.step(judge, 4, StepKind::Approved, "", &[]).unwrap();
        self.step(clerk, 5, StepKind::Sealed, "", &[]).unwrap()
    }
}

#[rstest]
fn a_whole_life_of_a_document(#[values(Backend::Sqlite, Backend::Postgres)] backend: Backend) {
    let desk = Desk::new(backend);
    let sealed = desk.sealed();
    assert_eq!((sealed.state, sealed.number, sealed.text_version), (ReviewState::Sealed, 6, 3));
    assert!(!sealed.model.meta.concept);
    let lines = sealed.model.text_lines().join("\n");
    assert!(!lines.contains("CONCEPT") && lines.contains("Verzegelde tekst, versie 1"), "{lines}");
    assert!(lines.contains("1.2 De ingang is 1 februari 2027.") && !lines.contains("voorstel"), "{lines}");
    let written = desk.written();
    assert_eq!(written.len(), 1, "{written:?}");
    let (number, by) = &written[0];
    assert!(number == "1.2" && by.starts_with("voorstel van de griffie, "), "{written:?}");
    assert!(by.contains(&format!("; goedgekeurd door de rechter, {}, ", desk.people.rechter.name)), "{written:?}");
    // A correction keeps every number, is stamped, and goes to the judge again.
    let clerk = &desk.people.griffier;
    assert!(desk.refused(clerk, 6, StepKind::Corrected, "").contains("reden"));
    let corrected = desk
        .step(clerk, 6, StepKind::Corrected, "Verschrijving in de datum", &[(3, "De ingang is 2 februari 2027.")])
        .unwrap();
    assert_eq!(corrected.state, ReviewState::Offered);
    let lines = corrected.model.text_lines().join("\n");
    assert!(lines.contains("Verschrijving in de datum.") && lines.contains(&sealed.model.meta.control_code), "{lines}");
    assert!(lines.contains("1.1 ") && lines.contains("1.2 De ingang is 2 februari 2027."), "{lines}");
    desk.step(&desk.people.rechter, 7, StepKind::Approved, "", &[]).unwrap();
    let again = desk.step(clerk, 8, StepKind::Sealed, "", &[]).unwrap();
    assert!(again.model.text_lines().join("\n").contains("Verzegelde tekst, versie 2"));
    // Withdrawn: nothing follows, and all of it can still be read.
    desk.step(&desk.people.rechter, 9, StepKind::Withdrawn, "Het verzoek is ingetrokken.", &[]).unwrap();
    assert!(desk.refused(clerk, 10, StepKind::Offered, "").contains("ingetrokken"));
    let steps = desk.drafts.paper(clerk, &desk.dossier, &desk.draft, NAME).unwrap().steps;
    let names: Vec<&str> = steps.iter().map(|step| step.step.as_str()).collect();
    let expected =
        "aangeboden teruggegeven gewijzigd aangeboden goedgekeurd verzegeld hersteld goedgekeurd verzegeld ingetrokken";
    assert_eq!(names.join(" "), expected);
    let trail = desk.dossiers.trail(clerk, &desk.dossier, None, None, 50).unwrap();
    let told = trail.iter().filter(|entry| entry.text.starts_with("heeft een document")).count();
    assert_eq!(told, 10);
    assert!(audit::verify(&desk.test.db).unwrap().is_intact());
}

#[rstest]
fn a_code_leads_to_its_text_and_says_whether_it_still_holds(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let desk = Desk::new(backend);
    let first = desk.drafts.verify_code("0123456789abcdef").unwrap().expect("the code of the concept");
    assert_eq!((first.state, first.current, first.sealed_at), (ReviewState::Concept, true, None));
    let sealed = desk.sealed();
    let code = sealed.model.meta.control_code.clone();
    let found = desk.drafts.verify_code(&code).unwrap().expect("the code of the sealed text");
    assert_eq!((found.state, found.current, found.text_version), (ReviewState::Sealed, true, 3));
    assert_eq!((found.hash, found.dossier_version), (sealed.hash.clone(), 1));
    assert_eq!(found.receipt["dossier_hash"], "abc");
    let pdf = combizitting::documents::pdf::render(&sealed.model).unwrap();
    assert_eq!(found.file_hash.as_deref(), Some(combizitting::shared::hash::sha256_hex(&pdf).as_str()));
    let old = desk.drafts.verify_code("0123456789abcdef").unwrap().unwrap();
    assert!(!old.current, "the concept was replaced");
    desk.step(&desk.people.griffier, 6, StepKind::Corrected, "Datum", &[(3, "De ingang is 2 februari 2027.")]).unwrap();
    assert!(!desk.drafts.verify_code(&code).unwrap().unwrap().current);
    assert_eq!(desk.drafts.verify_code("ffffffffffffffff").unwrap(), None);
}

#[rstest]
fn who_drafted_does_not_approve_and_who_decides_is_a_judge(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let desk = Desk::new(backend);
    let (clerk, judge) = (&desk.people.griffier, &desk.people.rechter);
    desk.step(clerk, 0, StepKind::Offered, "", &[]).unwrap();
    assert_eq!(desk.step(clerk, 1, StepKind::Approved, "", &[]), Err(DossierError::Forbidden));
    assert!(desk.refused(judge, 1, StepKind::Approved, "").contains("dag van ingang"), "a blank holds back");
    assert!(desk.refused(judge, 1, StepKind::Returned, " ").contains("reden"));
    // The judge fills it in; then another must offer it again before the judge approves.
    desk.step(judge, 1, StepKind::Amended, "", &[(3, "De ingang is 1 februari 2027.")]).unwrap();
    assert!(desk.refused(judge, 2, StepKind::Approved, "").contains("kan het niet ook goedkeuren"));
    desk.step(judge, 2, StepKind::Returned, "Graag nakijken.", &[]).unwrap();
    desk.step(clerk, 3, StepKind::Offered, "", &[]).unwrap();
    desk.step(judge, 4, StepKind::Approved, "", &[]).unwrap();
    assert!(desk.refused(clerk, 5, StepKind::Amended, "").contains("goedgekeurd"), "an approved text is frozen");
    let counsel = &desk.people.advocaat;
    assert_eq!(desk.step(counsel, 5, StepKind::Sealed, "", &[]), Err(DossierError::NotFound));
}

#[rstest]
fn who_comes_second_sees_what_the_other_did(#[values(Backend::Sqlite, Backend::Postgres)] backend: Backend) {
    let desk = Desk::new(backend);
    let (clerk, judge) = (&desk.people.griffier, &desk.people.rechter);
    desk.step(clerk, 0, StepKind::Offered, "", &[]).unwrap();
    desk.step(judge, 1, StepKind::Returned, "Grond c ontbreekt.", &[]).unwrap();
    let message = desk.refused(clerk, 1, StepKind::Withdrawn, "Vergissing");
    assert!(message.contains("teruggegeven") && message.contains("Grond c ontbreekt."), "{message}");
    let paper = desk.drafts.paper(clerk, &desk.dossier, &desk.draft, NAME).unwrap();
    assert_eq!((paper.number, paper.state), (2, ReviewState::Returned));
    for (place, text) in [(0, "Kop"), (99, "Nergens"), (3, "  ")] {
        assert!(matches!(desk.step(clerk, 2, StepKind::Amended, "", &[(place, text)]), Err(DossierError::Invalid(_))));
    }
    assert_eq!(desk.drafts.paper(clerk, &desk.dossier, &desk.draft, NAME).unwrap().number, 2, "nothing half-written");
}

#[rstest]
fn what_was_filled_in_once_is_offered_in_the_next_draft_that_asks_it_again(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let desk = Desk::new(backend);
    let (clerk, judge) = (&desk.people.griffier, &desk.people.rechter);
    desk.step(judge, 0, StepKind::Amended, "", &[(3, "De ingang is 1 februari 2027.")]).unwrap();
    let again = |domains: &[&str]| {
        let set = DraftSet {
            kind: DraftKind::Omgang,
            documents: vec![Draft { name: NAME.to_owned(), model: model() }],
            problems: Vec::new(),
        };
        let receipt = json!({"receipt": {"dossier_hash": "abc", "frameworks": []}, "domains": domains});
        let id = desk.drafts.save(clerk, &desk.dossier, 1, &set, receipt).unwrap().id;
        desk.drafts.get(clerk, &desk.dossier, &id, View::Draft).unwrap()
    };
    let next = again(&["family"]);
    let offered = |who: &Actor| desk.drafts.filled_before(who, &desk.dossier, &next).unwrap();
    let found = offered(clerk);
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!((found[0].change.blok, found[0].change.tekst.as_str()), (3, "De ingang is 1 februari 2027."));
    // The first draft does not say of which domains it is: then it is of all, and this judge sits in one.
    assert_eq!(offered(judge), []);
    assert!(matches!(
        desk.drafts.filled_before(&desk.people.advocaat, &desk.dossier, &next),
        Err(DossierError::NotFound | DossierError::Forbidden)
    ));
    // What was taken over is no gap any more, and is offered in its turn.
    let wish = StepWish {
        after: 0,
        step: StepKind::Amended,
        reason: String::new(),
        changes: vec![found[0].change.clone()],
        said: Said::default(),
    };
    desk.drafts.step(clerk, &desk.dossier, &next.summary.id, NAME, wish).unwrap();
    assert_eq!(offered(clerk), []);
    let third = again(&["family"]);
    assert_eq!(desk.drafts.filled_before(judge, &desk.dossier, &third).unwrap().len(), 1);
}

/// Documents on the list of work, and those after whose last step something must follow.
fn on_the_list_and_open(desk: &Desk) -> (Vec<String>, Vec<String>) {
    let listed = "SELECT id || ' ' || document AS line FROM open_work WHERE kind = 'document' ORDER BY 1";
    let open = "SELECT draft_id || ' ' || document AS line FROM review_step AS r WHERE step NOT IN ('verzegeld', 'ingetrokken')
        AND number = (SELECT max(number) FROM review_step AS n WHERE n.draft_id = r.draft_id AND n.document = r.document) ORDER BY 1";
    let lines = |sql: &str| super::lines(&desk.test.db, sql);
    (lines(listed), lines(open))
}

#[rstest]
fn a_document_waits_from_its_first_step_until_it_is_sealed_or_withdrawn(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let desk = Desk::new(backend);
    let (clerk, judge) = (&desk.people.griffier, &desk.people.rechter);
    let waits = |expected: usize| {
        let (listed, open) = on_the_list_and_open(&desk);
        assert_eq!(listed, open);
        assert_eq!(listed.len(), expected);
        assert_eq!(desk.drafts.waiting(clerk, None, 50).unwrap().0.len(), expected);
    };
    waits(0);
    desk.step(clerk, 0, StepKind::Amended, "", &[(3, "De ingang is 1 februari 2027.")]).unwrap();
    waits(1);
    desk.step(clerk, 1, StepKind::Offered, "", &[]).unwrap();
    desk.step(judge, 2, StepKind::Approved, "", &[]).unwrap();
    waits(1);
    desk.step(clerk, 3, StepKind::Sealed, "", &[]).unwrap();
    waits(0);
    desk.step(clerk, 4, StepKind::Corrected, "Verschrijving", &[(3, "De ingang is 2 februari 2027.")]).unwrap();
    waits(1);
    let line = desk.drafts.waiting(clerk, None, 50).unwrap().0.remove(0);
    assert_eq!((line.state, line.by, line.own), (ReviewState::Offered, clerk.name.clone(), false));
    desk.step(judge, 5, StepKind::Withdrawn, "Het verzoek is ingetrokken.", &[]).unwrap();
    waits(0);
}

#[rstest]
fn steps_that_a_backup_puts_back_in_another_order_leave_the_same_list(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let desk = Desk::new(backend);
    let put_back = |number: i64, step: &str| {
        let (draft, by) = (&desk.draft, &desk.people.griffier.user_id);
        super::run_sql(
            &desk.test.db,
            &format!(
                "INSERT INTO review_step (draft_id, document, number, step, text_version, reason, hash, made_at, made_by)
                 VALUES ('{draft}', '{NAME}', {number}, '{step}', 1, '', '{}', 1, '{by}')",
                "0".repeat(64)
            ),
        )
        .unwrap();
    };
    put_back(3, "verzegeld");
    put_back(1, "aangeboden");
    put_back(2, "goedgekeurd");
    assert_eq!(on_the_list_and_open(&desk), (Vec::new(), Vec::new()));
    put_back(4, "hersteld");
    assert_eq!(on_the_list_and_open(&desk).0.len(), 1);
}
