//! The bundle of every reader, of a case in which every document has a file with a word of its own.

use super::canaries::{Canary, May};
use super::reading::all_text;
use super::{answer, leaks, site};
use crate::http::bundle::{bundle, check, documents, file, store, without_hashes, word_of};
use crate::http::harness::Who;
use crate::support::Backend;
use rstest::rstest;

#[rstest]
#[actix_web::test]
async fn no_bundle_holds_a_byte_of_what_its_reader_may_not_have(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let (site, mut aviary) = site(backend).await;
    without_hashes(&site).await;
    let mut stored = 0;
    for document in documents(&site, Who::Clerk).await {
        let id = document["id"].as_str().unwrap().to_owned();
        let pages = document["bladzijden"].as_u64().unwrap_or(1) as usize;
        // A document that is itself a secret shows its own word; the clerk errs and shares it with everyone.
        let title = document["titel"].as_str().unwrap();
        let own = aviary.all.iter().find(|canary| title.contains(&canary.word)).map(|canary| canary.word.clone());
        let answer = store(&site, Who::Clerk, &id, &file(&own.clone().unwrap_or_else(|| word_of(&id)), pages)).await;
        assert_eq!(answer.status, 201, "{id}: {}", answer.text());
        let kept = answer.json()["id"].as_str().unwrap().to_owned();
        stored += 1;
        if own.is_some() {
            assert_eq!(check(&site, &id, &kept, &["moeder", "vader"]).await.status, 200);
        } else if stored % 2 == 0 {
            assert_eq!(check(&site, &id, &kept, &["moeder"]).await.status, 200);
            aviary.all.push(Canary { word: word_of(&id), place: id, may: May::Only("moeder".to_owned()) });
        } else {
            aviary.all.push(Canary { word: word_of(&id), place: id, may: May::Court });
        }
    }
    assert!(stored > 30, "{stored}");
    for who in [Who::Clerk, Who::Judge, Who::FamilyJudge, Who::Advocate, Who::OtherSide] {
        let text = all_text(&answer("application/pdf", bundle(&site, who).await));
        let found = leaks(who, &text, &aviary.all);
        assert!(found.is_empty(), "{who:?}: {found:?}");
        let own = aviary.all.iter().filter(|canary| canary.may.read(who) && text.contains(&canary.word)).count();
        assert!(own >= 2, "{who:?} reads only {own}: a word that nobody reads proves nothing");
    }
}
