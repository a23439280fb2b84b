//! Which documents the bundle of a hearing has for each judge, in the demo family.

use crate::support::families::{demo, demo_day, demo_with, instant};
use combizitting::bundle::list::{BundleList, list};
use combizitting::bundle::make::{Cover, Front, make};
use combizitting::documents::bundle::model::Bundle;
use combizitting::dossier::model::{Domain, Dossier};
use combizitting::dossier::projection::for_reader;
use combizitting::dossier::record::Access;
use combizitting::identity::Role;
use std::collections::{BTreeMap, BTreeSet};

/// The right of a judge in these domains.
pub fn judge(domains: &[Domain]) -> Access {
    Access {
        assignment: String::new(),
        role: Role::Rechter,
        person: None,
        party: None,
        domains: domains.to_vec(),
        on_behalf: None,
    }
}

/// The dossier as that judge may see it.
pub fn seen(dossier: &Dossier, access: &Access) -> Dossier {
    for_reader(dossier, &access.reader(dossier).unwrap()).dossier
}

/// The moment of the combined hearing.
const COMBINED: &str = "2026-11-19T13:30:00+01:00";

/// What the bundle of the combined hearing has for a judge in one domain.
fn bundle(dossier: &Dossier, domain: Domain) -> BundleList {
    let access = judge(&[domain]);
    list(&seen(dossier, &access), &access, &BTreeMap::new(), Some(&instant(COMBINED)))
}

/// The bundle of the combined hearing for a judge in these domains, without papers in front.
fn made(dossier: &Dossier, domains: &[Domain]) -> Bundle {
    let access = judge(domains);
    let (projected, at) = (seen(dossier, &access), instant(COMBINED));
    let list = list(&projected, &access, &BTreeMap::new(), Some(&at));
    let cover = Cover { access: &access, projected: &projected, hearing: Some(at), version: 1, on: demo_day() };
    make(&cover, &list, &Front::default())
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

/// Papers of the family matters that nobody joined to the file of another court.
const OF_THE_FAMILY_MATTERS: [&str; 8] = [
    "doc-raad",
    "doc-kindgesprek",
    "doc-veilig-thuis",
    "doc-huisarts",
    "doc-school",
    "doc-berichten",
    "doc-bank",
    "doc-mediation",
];

#[test]
fn what_was_not_joined_stays_out_of_the_administrative_and_the_criminal_bundle_and_is_named_there() {
    let dossier = demo();
    for domain in [Domain::Administrative, Domain::Criminal] {
        let list = bundle(&dossier, domain);
        let (documents, bundle) = (documents(&list), made(&dossier, &[domain]));
        let told: Vec<String> = bundle.left_out.iter().map(|block| format!("{block:?}")).collect();
        for paper in OF_THE_FAMILY_MATTERS {
            assert!(!documents.contains(paper), "{domain:?}: {paper}");
            let title = &dossier.documents.iter().find(|document| document.id.as_str() == paper).unwrap().title;
            assert!(told.concat().contains(title), "{domain:?}: {title} is genoemd met de reden");
        }
        assert!(
            told.concat().contains("Nergens is vastgelegd dat zij zijn gevoegd")
                && told.concat().contains("de familiezaak")
        );
        assert!(documents.contains("doc-aangifte"), "released to the administrative domain, and criminal itself");
    }
    assert!(bundle(&dossier, Domain::Family).not_joined.is_empty());
    assert!(made(&dossier, &[Domain::Family]).left_out.is_empty());
}

#[test]
fn a_paper_that_was_joined_to_the_administrative_file_is_in_the_bundle_of_its_judge() {
    let dossier = demo_with(|dossier| {
        let release = dossier.documents.iter().find(|document| document.id.as_str() == "doc-aangifte").unwrap();
        let releases = release.restriction.as_ref().unwrap().releases.clone();
        let letter = dossier.documents.iter_mut().find(|document| document.id.as_str() == "doc-huisarts").unwrap();
        letter.restriction.as_mut().unwrap().releases = releases;
    });
    assert!(documents(&bundle(&dossier, Domain::Administrative)).contains("doc-huisarts"));
}

#[test]
fn the_front_page_names_the_courts_that_hear_the_matters_of_this_judge() {
    let dossier = demo();
    for (domains, court) in [
        (vec![Domain::Criminal], "Rechtbank Rotterdam, team straf"),
        (vec![Domain::Administrative], "Rechtbank Rotterdam, voorzieningenrechter"),
        (vec![Domain::Family], "Rechtbank Rotterdam, team jeugd; Rechtbank Rotterdam, team familie"),
    ] {
        assert_eq!(made(&dossier, &domains).author, court);
    }
}

/// The bundle of one judge with its documents, by id.
fn marks(dossier: &Dossier, domain: Domain) -> BTreeMap<String, String> {
    let (list, bundle) = (bundle(dossier, domain), made(dossier, &[domain]));
    let ids = list.groups.iter().flat_map(|group| &group.documents).map(|listed| listed.document.to_string());
    let marked = ids.zip(bundle.parts()).filter_map(|(id, part)| Some((id, part.not_for.clone()?.told)));
    marked.collect()
}

#[test]
fn a_judge_sees_of_each_document_for_which_party_it_is_not_meant() {
    let dossier = demo_with(|dossier| {
        let letter = dossier.documents.iter_mut().find(|document| document.id.as_str() == "doc-huisarts").unwrap();
        letter.restriction.as_mut().unwrap().withheld_from = vec!["vader".into()];
    });
    let marks = marks(&dossier, Domain::Family);
    assert_eq!(marks["doc-huisarts"], "Niet voor Bas Fictief-Zandman");
    // A statement kept from the father, and one of a source that stays unknown to both parents.
    assert_eq!(
        marks["doc-veilig-thuis"],
        "Deels niet voor Anna Voorbeeld-Aarden (p. 5); deels niet voor Bas Fictief-Zandman (p. 4, 5 en 8)"
    );
    assert!(!marks.contains_key("doc-raad") && !marks.contains_key("doc-zorg"), "{marks:?}");
    let bundle = made(&dossier, &[Domain::Family]);
    assert!(format!("{:?}", bundle.about).contains("Houd het die partij niet voor"));
}

#[test]
fn a_party_is_told_nothing_of_what_is_kept_from_another() {
    let dossier = demo();
    let access = Access { role: Role::Advocaat, person: Some("moeder".into()), ..judge(&[]) };
    let projected = seen(&dossier, &access);
    let list = list(&projected, &access, &BTreeMap::new(), None);
    let cover = Cover { access: &access, projected: &projected, hearing: None, version: 1, on: demo_day() };
    let bundle = make(&cover, &list, &Front::default());
    assert!(bundle.parts().count() > 10 && bundle.parts().all(|part| part.not_for.is_none()));
    assert!(!format!("{:?}", bundle.about).contains("Niet voor elke partij") && bundle.left_out.is_empty());
}
