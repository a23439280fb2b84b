//! Which documents the bundle of a hearing has for each judge, in the demo family.

use crate::support::families::{demo, demo_with, instant};
use combizitting::bundle::list::{BundleList, list};
use combizitting::dossier::model::{Domain, Dossier};
use combizitting::dossier::projection::for_reader;
use combizitting::dossier::record::Access;
use combizitting::identity::Role;
use std::collections::{BTreeMap, BTreeSet};

/// The right of a judge in these domains.
pub fn judge(domains: &[Domain]) -> Access {
    Access { assignment: String::new(), role: Role::Rechter, person: None, party: None, domains: domains.to_vec() }
}

/// The dossier as that judge may see it.
pub fn seen(dossier: &Dossier, access: &Access) -> Dossier {
    for_reader(dossier, &access.reader(dossier).unwrap()).dossier
}

/// What the bundle of the combined hearing has for a judge in one domain.
fn bundle(dossier: &Dossier, domain: Domain) -> BundleList {
    let access = judge(&[domain]);
    list(&seen(dossier, &access), &access, &BTreeMap::new(), Some(&instant("2026-11-19T13:30:00+01:00")))
}

fn documents(list: &BundleList) -> BTreeSet<&str> {
    list.groups.iter().flat_map(|group| &group.documents).map(|listed| listed.document.as_str()).collect()
}

#[test]
fn the_judge_who_reviews_a_huisverbod_gets_the_decision_and_what_was_said_of_it() {
    let list = bundle(&demo(), Domain::Administrative);
    let documents = documents(&list);
    for paper in ["doc-thv", "doc-zorgadvies", "doc-thv-vader", "doc-thv-beroep", "doc-rihg"] {
        assert!(documents.contains(paper), "{paper} ontbreekt in {documents:?}");
    }
    let own = list.groups.iter().find(|group| group.heading.starts_with("Tijdelijk huisverbod")).unwrap();
    assert_eq!(own.heard, Some(true), "the decision is what the hearing is about");
}

#[test]
fn the_family_judge_gets_the_papers_of_other_matters_that_the_sheets_rest_on_with_the_answers_to_them() {
    let list = bundle(&demo(), Domain::Family);
    let documents = documents(&list);
    for paper in [
        "doc-thv",
        "doc-zorgadvies",
        "doc-thv-vader",
        "doc-vovo-1",
        "doc-vovo-2",
        "doc-vovo-verweer",
        "doc-verzoek-scheiding",
        "doc-verweer-scheiding",
    ] {
        assert!(documents.contains(paper), "{paper} ontbreekt in {documents:?}");
    }
    let divorce = list.groups.iter().find(|group| group.heading.starts_with("Echtscheiding")).unwrap();
    assert_eq!((divorce.heard, list.elsewhere), (Some(false), 0));
}

#[test]
fn a_paper_of_a_matter_that_is_not_heard_and_on_which_nothing_rests_stays_out_and_is_counted() {
    let dossier = demo_with(|dossier| {
        let rests = |id: &str| ["doc-verzoek-scheiding", "doc-verweer-scheiding"].contains(&id);
        for event in &mut dossier.events {
            let source = |source: &Option<combizitting::dossier::model::FactSource>| {
                source.as_ref().is_none_or(|source| !rests(source.document.as_str()))
            };
            event.statements.retain(|item| source(&item.source));
            event.answers.retain(|item| source(&item.source));
        }
    });
    let list = bundle(&dossier, Domain::Family);
    let documents = documents(&list);
    assert!(!documents.contains("doc-verzoek-scheiding") && !documents.contains("doc-verweer-scheiding"));
    assert_eq!(list.elsewhere, 2);
}
