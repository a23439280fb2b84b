//! The places in a draft where a judge gives own words, each with the question that the paper asks there.

use super::decision::{asks_beside_contact, is_provisional, left_open};
use super::model::DraftKind;
use super::parts;
use super::view::is_president;
use crate::dossier::model::{
    Domain, Dossier, GezagBasis, Instrument, InterventionBasis, Measure, MeasureState, ProvisionalItemKind,
    SuspensionGround,
};
use crate::shared::ids::MatterId;

/// A place for the judge's own words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WordsBlock {
    /// What the words are about, as `JudgeWords::about` has it ("gezag/noodzaak").
    pub about: String,
    /// Domain of the judge who gives them.
    pub domain: Domain,
    /// What the paper asks there.
    pub question: String,
}

/// Places in the drafts of a kind, in the order of the paper. Only those that the plan brings about: a
/// custody order on request of a parent has no acute threat to reason. The mayor's decision has none.
#[must_use]
pub fn words_blocks(dossier: &Dossier, kind: DraftKind) -> Vec<WordsBlock> {
    let mut blocks = Vec::new();
    for part in parts::parts_of(dossier, kind) {
        let asked = match part.name {
            "gezag" => gezag(dossier),
            "omgang" => omgang(dossier),
            "gedragsinterventie" => intervention(dossier),
            "huisverbod-beroep" => review(dossier, part.matter),
            "voorlopige-voorzieningen" => provisional(dossier),
            _ => continue,
        };
        blocks.extend(asked.into_iter().map(|(key, question)| WordsBlock {
            about: format!("{}/{key}", part.words_about),
            domain: part.domain,
            question,
        }));
    }
    blocks
}

type Asked = Vec<(String, String)>;

fn with_whole<const N: usize>(asked: [(&str, &str); N]) -> Asked {
    let asked = asked.into_iter().map(|(key, question)| (key.to_owned(), question.to_owned()));
    asked.chain([whole("De beoordeling als geheel")]).collect()
}

fn whole(question: &str) -> (String, String) {
    ("beoordeling".to_owned(), question.to_owned())
}

fn gezag(dossier: &Dossier) -> Asked {
    let Some(plan) = dossier.plans.gezag.as_ref() else { return with_whole([]) };
    let need = ("noodzaak", "Waarom schorsing nodig is en een lichtere maatregel niet volstaat, per kind");
    if plan.refused {
        return with_whole([("afwijzing", "Waarom het verzoek wordt afgewezen, per kind")]);
    }
    let treatment =
        ("behandeling", "Welke behandeling nodig is om ernstig gevaar voor de gezondheid af te wenden, en wie weigert");
    match (plan.basis, plan.ground) {
        (GezagBasis::Bw1268, Some(SuspensionGround::MedicalTreatment)) => with_whole([treatment, need]),
        (GezagBasis::Bw1268, Some(SuspensionGround::AcuteThreat)) => with_whole([
            ("vermoeden", "Of en waarom het vermoeden ernstig is dat een grond voor beëindiging is vervuld"),
            ("dreiging", "Of en waarom de bedreiging acuut en ernstig is"),
            need,
        ]),
        (GezagBasis::Bw1268, _) => with_whole([need]),
        (GezagBasis::Bw1251a | GezagBasis::Bw1253n, _) => {
            with_whole([("klem", "Klem of verloren, of waarom de wijziging anderszins noodzakelijk is, per kind")])
        }
        (GezagBasis::Bw1253a, _) => with_whole([]),
    }
}

fn omgang(dossier: &Dossier) -> Asked {
    let plan = dossier.plans.omgang.iter();
    let children = plan.flat_map(|plan| &plan.children).map(|child| {
        let name = dossier.person_name(&child.child);
        (child.child.to_string(), format!("Waarom deze vorm in het belang van {name} is"))
    });
    let mut asked: Asked = children.collect();
    if let Some(plan) = dossier.plans.omgang.as_ref() {
        if plan.information.is_some() {
            asked.push(("informatie".to_owned(), "Waarom de informatie over de kinderen zo wordt geregeld".to_owned()));
        }
        if !left_open(dossier, plan).is_empty() || asks_beside_contact(dossier, plan) {
            asked
                .push(("andere-verzoeken".to_owned(), "Waarom een ander verzoek wel of niet wordt gevolgd".to_owned()));
        }
        let provisional = |measure: &&Measure| plan.replaces_measure(&measure.id) && is_provisional(dossier, measure);
        if dossier.measures.iter().any(|measure| provisional(&measure)) {
            asked.push(("vervangen".to_owned(), "Op welke grond de voorlopige regeling wordt vervangen".to_owned()));
        }
    }
    asked.extend(with_whole([]));
    asked
}

fn provisional(dossier: &Dossier) -> Asked {
    let plan = dossier.plans.huisverbod.as_ref().and_then(|plan| plan.provisional.as_ref());
    let has = |kind: ProvisionalItemKind| plan.is_some_and(|plan| plan.items.iter().any(|item| item.kind == kind));
    let items = [
        (
            ProvisionalItemKind::ExclusiveUseOfHome,
            "woning",
            "De belangen van beide echtgenoten en de kinderen bij de woning",
        ),
        (ProvisionalItemKind::EntrustChildren, "toevertrouwing", "Waarom de kinderen wel of niet worden toevertrouwd"),
        (ProvisionalItemKind::ContactWithChildren, "regeling", "Waarom deze regeling met de kinderen"),
    ];
    let mut asked: Asked = items
        .into_iter()
        .filter(|(kind, ..)| has(*kind))
        .map(|(_, key, question)| (key.to_owned(), question.to_owned()))
        .collect();
    asked.push(whole("De beoordeling van de voorlopige voorzieningen als geheel"));
    asked
}

fn intervention(dossier: &Dossier) -> Asked {
    let Some(plan) = dossier.plans.gedragsinterventie.as_ref() else { return with_whole([]) };
    if plan.refused {
        let why = ("afwijzing", "Waarom het gevorderde of verzochte wordt afgewezen");
        return match plan.basis {
            InterventionBasis::Sr14c | InterventionBasis::Sr38v => with_whole([
                ("bewijs", "Bewezenverklaring en bewijsmiddelen, of waarom wordt vrijgesproken"),
                ("straf", "Waarom deze straf, of geen straf, passend is"),
                why,
            ]),
            _ => with_whole([why]),
        };
    }
    match plan.basis {
        InterventionBasis::Sr14c | InterventionBasis::Sr38v => {
            let mut asked = with_whole([
                ("bewijs", "Bewezenverklaring en bewijsmiddelen"),
                ("straf", "Waarom deze straf of maatregel passend is"),
            ]);
            if plan.immediately_enforceable == Some(true) {
                let question = "Waarom aan de maatstaf voor dadelijke uitvoerbaarheid is voldaan";
                asked.insert(2, ("dadelijk".to_owned(), question.to_owned()));
            }
            asked
        }
        InterventionBasis::Sv509hh => with_whole([
            ("bezwaren", "Of en waarom ernstige bezwaren bestaan"),
            ("grond", "Of en waarom de gekozen grond bestaat"),
        ]),
        InterventionBasis::Sv80 => {
            with_whole([("bezwaren", "Of de ernstige bezwaren en de gronden nog bestaan, en waarom schorsing kan")])
        }
        InterventionBasis::FamilyCondition => with_whole([]),
    }
}

fn review(dossier: &Dossier, matter: Option<&MatterId>) -> Asked {
    let mut asked = vec![
        ("opleggen", "Waren er voldoende gronden bij het opleggen, per beschermde persoon"),
        ("nu", "Is er reden het huisverbod nu te beëindigen, naar de toestand van nu"),
    ];
    let extended = dossier.measures.iter().any(|measure| {
        measure.instrument == Instrument::HuisverbodExtension
            && !matches!(measure.state, MeasureState::Proposed | MeasureState::Annulled)
    });
    if extended {
        asked.push(("verlenging", "Was de verlenging terecht, per beschermde persoon"));
    }
    let president =
        matter.and_then(|id| dossier.find_matter(id)).is_some_and(|matter| is_president(&matter.authority.name));
    let review = dossier.plans.huisverbod.as_ref().and_then(|plan| plan.review.as_ref());
    if president && review.is_some_and(|review| review.outcome.is_some()) {
        asked.push(("kortsluiten", "Waarom nader onderzoek niet kan bijdragen, zodat ook op het beroep wordt beslist"));
    }
    asked.push(("beoordeling", "De beoordeling van het huisverbod als geheel"));
    asked.into_iter().map(|(key, question)| (key.to_owned(), question.to_owned())).collect()
}
