//! Who gets which paper, and what is in it for whom.

use super::{Desk, sealed_desk, text};
use crate::support::families::{CRIMINAL_NOT_RELEASED, SECRETS_FROM_FATHER, WITHOUT_CAUTION, demo, demo_with};
use combizitting::dossier::model::{Dossier, Sex};
use combizitting::drafting::model::DraftKind;

fn names(desk: &Desk, document: &str) -> Vec<String> {
    desk.papers(document).iter().map(|paper| format!("{} {}", paper.name, paper.reader)).collect()
}

#[test]
fn each_adult_of_the_matter_and_each_child_of_twelve_has_a_paper() {
    let desk = sealed_desk(&demo(), DraftKind::Omgang);
    let expected = ["partij-1 Anna Voorbeeld-Aarden", "partij-2 Bas Fictief-Zandman", "kind-1 Noor Fictief-Zandman"];
    assert_eq!(names(&desk, "omgang"), expected);
    let held = desk.held_back("omgang");
    assert_eq!(held.len(), 2);
    assert!(held.iter().all(|(_, why)| why.contains("jonger dan 12 jaar")), "{held:?}");
}

#[test]
fn of_a_criminal_matter_only_who_is_bound_reads_the_decision_and_of_the_others_both_parents() {
    for (kind, document, expected) in [
        (DraftKind::Gedragsinterventie, "gedragsinterventie", vec!["Bas Fictief-Zandman"]),
        (DraftKind::Omgang, "omgang", vec!["Anna Voorbeeld-Aarden", "Bas Fictief-Zandman"]),
    ] {
        let desk = sealed_desk(&demo(), kind);
        let papers = desk.papers(document);
        let whole: Vec<&str> = papers.iter().filter(|paper| paper.whole).map(|paper| paper.reader.as_str()).collect();
        assert_eq!(whole, expected, "{document}");
        assert!(papers.iter().any(|paper| !paper.whole), "{document}: a child, or who is only protected");
    }
}

#[test]
fn a_child_whose_age_is_not_known_has_none_and_the_clerk_hears_why() {
    let with = |born_year: Option<i32>| {
        demo_with(|d| {
            let noor = d.persons.iter_mut().find(|person| person.id.as_str() == "noor").unwrap();
            noor.born = None;
            noor.born_year = born_year;
        })
    };
    for (born_year, has_paper) in [(None, false), (Some(2014), false), (Some(2013), true), (Some(2020), false)] {
        let desk = sealed_desk(&with(born_year), DraftKind::Gezag);
        let papers = desk.papers("gezag");
        assert_eq!(papers.iter().any(|paper| paper.for_child), has_paper, "{born_year:?}");
        let held = desk.held_back("gezag");
        let unknown = held.iter().any(|(who, why)| who.starts_with("Noor") && why.contains("niet bekend"));
        assert_eq!(unknown, matches!(born_year, None | Some(2014)), "{born_year:?}: {held:?}");
    }
}

#[test]
fn a_child_is_twelve_on_the_day_of_the_decision() {
    for (born, has_paper) in [("2014-11-19", true), ("2014-11-20", false)] {
        let dossier = demo_with(|d| {
            let noor = d.persons.iter_mut().find(|person| person.id.as_str() == "noor").unwrap();
            noor.born = Some(born.parse().unwrap());
        });
        let desk = sealed_desk(&dossier, DraftKind::Gezag);
        assert_eq!(desk.papers("gezag").iter().any(|paper| paper.for_child), has_paper, "{born}");
    }
}

#[test]
fn the_criminal_paper_of_who_is_protected_holds_only_what_protects_them() {
    let desk = sealed_desk(&demo(), DraftKind::Gedragsinterventie);
    let papers = desk.papers("gedragsinterventie");
    let of = |reader: &str| text(papers.iter().find(|paper| paper.reader.starts_with(reader)).unwrap());
    let (mother, father, child) = (of("Anna"), of("Bas"), of("Noor"));
    assert!(father.contains("meldt zich") && father.contains("Forensische polikliniek"), "{father}");
    for withheld in ["meldt zich", "polikliniek", "Voorbeeldplein", "maandag en donderdag", super::FILLED] {
        assert!(!mother.contains(withheld), "{withheld}: {mother}");
        assert!(!child.contains(withheld), "{withheld}: {child}");
    }
    assert!(mother.contains("Dit beschermt u, Noor, Sem en Liv."), "{mother}");
    assert!(child.contains("Bas mag geen contact met jou hebben."), "{child}");
    for paper in [&mother, &father, &child] {
        assert!(!paper.contains("dader") && !paper.contains("schuldig"), "{paper}");
    }
    assert!(father.contains("Er is nog niet beslist of u iets strafbaars deed"), "{father}");
}

#[test]
fn a_victim_whom_no_ban_protects_has_no_paper_of_the_criminal_matter() {
    let dossier = demo_with(|d| {
        let plan = d.plans.gedragsinterventie.as_mut().unwrap();
        plan.conditions.iter_mut().for_each(|item| item.protects.retain(|person| person.as_str() == "sem"));
    });
    let desk = sealed_desk(&dossier, DraftKind::Gedragsinterventie);
    assert_eq!(names(&desk, "gedragsinterventie"), ["partij-1 Bas Fictief-Zandman"]);
    let held = desk.held_back("gedragsinterventie");
    let mother = held.iter().find(|(who, _)| who.starts_with("Anna")).unwrap();
    assert!(mother.1.contains("Geen verbod"), "{held:?}");
}

#[test]
fn no_explanation_holds_a_secret_or_what_was_not_released() {
    for kind in DraftKind::ALL {
        let desk = sealed_desk(&demo(), kind);
        for explained in desk.explained(&desk.people.rechter) {
            for paper in &explained.found.papers {
                let text = format!("{} {:?}", text(paper), paper.model.meta);
                for secret in SECRETS_FROM_FATHER.iter().chain([&CRIMINAL_NOT_RELEASED, &WITHOUT_CAUTION]) {
                    assert!(!text.contains(secret), "{secret} in {} {}", explained.sealed.document, paper.name);
                }
                let accuses = ["geslagen", "mishandel", "bedreig", "alcohol", "drugs", "wurg", "geweld"];
                let address = ["Voorbeeldstraat", "Rotterdam te"];
                if paper.for_child {
                    for word in accuses.iter().chain(&address) {
                        assert!(!text.contains(word), "{word} in {} {}", explained.sealed.document, paper.name);
                    }
                }
            }
        }
    }
}

#[test]
fn a_secret_address_that_a_judge_types_by_hand_comes_to_no_seal_and_no_explanation() {
    use combizitting::drafting::review::model::StepKind;
    use combizitting::drafting::review::{Said, StepWish, TextChange};
    let desk = Desk::of(&demo(), DraftKind::Gezag);
    let (place, _) = super::paragraph(&desk.set.documents[0].model, "verstaat dat");
    let own = TextChange::replace(place, "verstaat dat de kinderen verblijven op Zilverreigerpad 417;");
    let wish = StepWish {
        after: 0,
        step: StepKind::Amended,
        reason: String::new(),
        changes: vec![own],
        said: Said::default(),
    };
    let refused = desk.drafts.step(&desk.people.rechter, &desk.dossier, &desk.draft, "gezag", wish);
    assert!(refused.unwrap_err().to_string().contains("In deze tekst staat een adres"));
    desk.seal("gezag");
    for paper in desk.papers("gezag") {
        assert!(!text(&paper).contains("Zilverreigerpad"), "{}", text(&paper));
    }
}

/// The two parents exchanged, in every place where a plan or a matter names them.
fn exchanged(dossier: &Dossier) -> Dossier {
    let mut value = serde_json::to_value(dossier).unwrap();
    let text = value.to_string();
    let swap = [("\"moeder\"", "\"@@\""), ("\"vader\"", "\"moeder\""), ("\"@@\"", "\"vader\"")];
    let swapped = swap.iter().fold(text, |text, (from, to)| text.replace(from, to));
    value = serde_json::from_str(&swapped).unwrap();
    let mut other: Dossier = serde_json::from_value(value).unwrap();
    // The persons keep their own id, name and counsel; everything around them is exchanged.
    for person in &mut other.persons {
        if let Some(own) = dossier.persons.iter().find(|own| own.name == person.name) {
            person.id = own.id.clone();
        }
    }
    let capacities =
        |id: &str| dossier.persons.iter().find(|person| person.id.as_str() == id).unwrap().capacities.clone();
    for person in &mut other.persons {
        match person.id.as_str() {
            "moeder" => person.capacities = capacities("vader"),
            "vader" => person.capacities = capacities("moeder"),
            _ => {}
        }
    }
    other
}

#[test]
fn with_the_parties_exchanged_only_names_change() {
    let swap_names = |text: &str| {
        let pairs = [("Anna Voorbeeld-Aarden", "@1"), ("Bas Fictief-Zandman", "@2"), ("Anna", "@3"), ("Bas", "@4")];
        let pairs = pairs
            .into_iter()
            .chain([("mr. E. Verzonnen-Pleiter te Rotterdam", "@5"), ("mr. O. Bedacht-Raadsman te Schiedam", "@6")]);
        let marked = pairs.fold(text.to_owned(), |text, (name, mark)| text.replace(name, mark));
        let back = [
            ("@1", "Bas Fictief-Zandman"),
            ("@2", "Anna Voorbeeld-Aarden"),
            ("@3", "Bas"),
            ("@4", "Anna"),
            ("@5", "mr. O. Bedacht-Raadsman te Schiedam"),
            ("@6", "mr. E. Verzonnen-Pleiter te Rotterdam"),
        ];
        back.into_iter().fold(marked, |text, (mark, name)| text.replace(mark, name))
    };
    let without_code = |desk: &Desk, document: &str, reader: &str| {
        let papers = desk.papers(document);
        let paper = papers.iter().find(|paper| paper.reader.starts_with(reader)).unwrap();
        text(paper).replace(&paper.model.meta.control_code, "code")
    };
    for (kind, document) in [(DraftKind::Gezag, "gezag"), (DraftKind::Omgang, "omgang")] {
        let (desk, other) = (sealed_desk(&demo(), kind), sealed_desk(&exchanged(&demo()), kind));
        for (reader, counterpart) in [("Anna", "Bas"), ("Bas", "Anna"), ("Noor", "Noor")] {
            let (one, two) = (without_code(&desk, document, reader), without_code(&other, document, counterpart));
            let lines = |text: &str| {
                text.lines().filter(|line| !line.contains(super::FILLED)).map(str::to_owned).collect::<Vec<_>>()
            };
            assert_eq!(lines(&swap_names(&one)), lines(&two), "{document} {reader}");
        }
    }
}

#[test]
fn the_sex_of_a_person_changes_nothing() {
    let other = demo_with(|d| d.persons.iter_mut().for_each(|person| person.sex = Sex::X));
    for (kind, document) in [(DraftKind::Omgang, "omgang"), (DraftKind::Gezag, "gezag")] {
        let texts = |dossier: &Dossier| {
            let papers = sealed_desk(dossier, kind).papers(document);
            papers.iter().map(|paper| text(paper).replace(&paper.model.meta.control_code, "")).collect::<Vec<_>>()
        };
        assert_eq!(texts(&demo()), texts(&other));
    }
}

#[test]
fn an_advocate_sees_the_paper_of_the_client_and_nothing_else() {
    use combizitting::audit::{Chain, View, lines};
    use combizitting::dossier::record::NewAssignment;
    let desk = sealed_desk(&demo(), DraftKind::Omgang);
    let advocate = &desk.people.advocaat;
    let none = desk.drafts.explanations(advocate, &desk.dossier, None);
    assert!(none.is_err(), "who is not assigned finds no case");
    let wish =
        NewAssignment { user_id: advocate.user_id.clone(), person: Some("vader".into()), ..NewAssignment::default() };
    desk.dossiers.assign(&desk.people.griffier, &desk.dossier, &wish).unwrap();
    let found = desk.drafts.explanations(advocate, &desk.dossier, None).unwrap();
    let papers: Vec<&str> = found.iter().flat_map(|one| &one.found.papers).map(|paper| paper.reader.as_str()).collect();
    assert_eq!(papers, ["Bas Fictief-Zandman"]);
    assert!(found.iter().all(|one| one.found.held_back.is_empty()));
    desk.drafts.log_explanation(advocate, &desk.dossier, &found[0], View::Explanation).unwrap();
    let chain = Chain::Dossier(desk.dossier.clone());
    let logged = desk.db().read(combizitting::db::Job::Verify, |conn| lines(conn, &chain, None, None, 5)).unwrap();
    assert!(logged.iter().any(|line| line.text.contains("de uitleg bij een beslissing")), "{logged:?}");
}
