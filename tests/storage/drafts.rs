use crate::support::{Backend, People, TestDb, small_dossier};
use combizitting::audit::View;
use combizitting::documents::model::{Block, DocumentMeta, DocumentModel, Inline};
use combizitting::dossier::record::NewAssignment;
use combizitting::dossier::{DossierError, Dossiers};
use combizitting::drafting::model::{Draft, DraftKind, DraftProblem, DraftSet, ProblemLevel};
use combizitting::drafting::service::Drafts;
use rstest::rstest;
use serde_json::json;

pub(super) fn set() -> DraftSet {
    let meta = DocumentMeta {
        title: "Beschikking omgang".to_owned(),
        author: "Rechtbank".to_owned(),
        running_header: "C/00/000001".to_owned(),
        concept: true,
        control_code: "0123456789abcdef".to_owned(),
        compact: false,
        dated: chrono::NaiveDate::from_ymd_opt(2026, 11, 22).unwrap(),
    };
    let content = vec![Inline::Text("De rechtbank ".to_owned()), Inline::Blank("dag".to_owned())];
    let blocks = vec![Block::Paragraph { number: Some("1.1".to_owned()), content }];
    DraftSet {
        kind: DraftKind::Omgang,
        documents: vec![Draft { name: "omgang".to_owned(), model: DocumentModel { meta, blocks } }],
        problems: vec![DraftProblem {
            code: "ground_missing".to_owned(),
            level: ProblemLevel::Blocks,
            impossible: true,
            message: "De grond ontbreekt.".to_owned(),
            source: "art. 1:377a BW".to_owned(),
        }],
    }
}

#[rstest]
fn a_kept_draft_comes_back_as_it_was_made(#[values(Backend::Sqlite, Backend::Postgres)] backend: Backend) {
    let test = TestDb::new(backend);
    let people = People::add_to(&test.db);
    let (dossiers, drafts) = (Dossiers::new(test.db.clone()), Drafts::new(test.db.clone()));
    let id = dossiers.create(&people.griffier, &small_dossier("zaak")).unwrap().dossier_id;
    let receipt = json!({"dossier_hash": "abc"});
    let made = drafts.save(&people.griffier, &id, 1, &set(), receipt.clone()).unwrap();
    assert_eq!(drafts.list(&people.griffier, &id).unwrap(), std::slice::from_ref(&made));
    let found = drafts.get(&people.griffier, &id, &made.id, View::Draft).unwrap();
    assert_eq!((found.summary, found.set, found.receipt), (made.clone(), set(), receipt));
    assert_eq!(dossiers.trail(&people.griffier, &id, None, None, 1).unwrap()[0].text, "bekeek een concept (versie 1)");
    assert_eq!(drafts.save(&people.griffier, &id, 2, &set(), json!({})), Err(DossierError::NotFound));
    // A concept is for the court alone.
    let counsel = NewAssignment {
        user_id: people.advocaat.user_id.clone(),
        person: Some("ouder-a".into()),
        ..NewAssignment::default()
    };
    assert_eq!(drafts.list(&people.advocaat, &id), Err(DossierError::NotFound));
    dossiers.assign(&people.griffier, &id, &counsel).unwrap();
    assert_eq!(drafts.list(&people.advocaat, &id), Err(DossierError::Forbidden));
    let other = dossiers.create(&people.griffier, &small_dossier("andere zaak")).unwrap().dossier_id;
    assert_eq!(drafts.get(&people.griffier, &other, &made.id, View::Draft), Err(DossierError::NotFound));
}
