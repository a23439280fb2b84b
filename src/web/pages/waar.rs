//! Where on the page of a plan a gap in its paper is filled: at a question, in the judge's own words, or not here.

use crate::drafting::model::DraftProblem;
use crate::drafting::{WordsBlock, model::DraftKind};
use serde::Serialize;

/// Where a gap is filled.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Where {
    /// The field, empty when it stands elsewhere.
    pub href: String,
    /// Words of the link, or a sentence.
    pub text: String,
}

/// Blanks that a question of the plan fills: how the blank begins, the field.
const FIELDS: &[(&str, &str)] = &[
    ("beslissing per kind", "children"),
    ("vorm van het contact per kind", "children"),
    ("grond a, b, c of d van art. 1:377a lid 3 BW", "children"),
    ("wijze van overdracht, zonder contact tussen de ouders", "children"),
    ("wie wat moet doen, waaruit dat blijkt en wie het toetst", "children"),
    ("waaruit dit blijkt, en wie dit toetst", "children"),
    ("informatie aan de andere ouder", "information"),
    ("wettelijke grondslag: art. 1:377a BW of art. 1:253a BW", "basis"),
    ("uitvoerbaarheid bij voorraad", "immediately_enforceable"),
    ("grond van art. 1:268 lid 1 BW", "ground"),
    ("het huisverbod te verlengen", "extension"),
    ("voorzieningen uit art. 822 lid 1 Rv", "provisional"),
    ("datum en tijdstip van het besluit", "extension"),
    ("wie ondertekent: alleen de burgemeester", "extension"),
    ("datum van de beschikking", "order_date"),
    ("wie verzoekt", "request"),
    ("dagen en tijden van het contact", "children"),
    ("eerste dag van het contact", "children"),
    ("laatste dag van het tijdelijk verbod", "children"),
    ("einde van de opschorting", "children"),
    ("dag van de evaluatie", "children"),
    ("wie evalueert", "children"),
    ("waaruit dit blijkt", "children"),
    ("wie dit toetst", "children"),
    ("begeleider", "children"),
    ("hoe vaak", "information_every"),
    ("welke derde", "information_via"),
    ("wie de dwangsom verbeurt", "dwangsom_on"),
    ("feiten voor de acute en ernstige bedreiging", "acute_facts"),
    ("feiten voor het ernstig vermoeden", "suspicion_facts"),
    ("dag waarop de schorsing vervalt", "lapse_date"),
    ("wie het gezag intussen uitoefent", "interim_holder"),
    ("gecertificeerde instelling", "interim_holder"),
    ("ouder van wie het gezag", "parents"),
    ("wat er gebeurt na de einddatum", "end_consequence"),
];

/// Blanks that the judge's own words fill: how the blank begins, the end of what the words are about.
const WORDS: &[(&str, &str)] = &[
    ("waarom de informatie zo wordt geregeld", "informatie"),
    ("waarom dit verzoek wel of niet wordt gevolgd", "andere-verzoeken"),
    ("op welke grond deze beslissing de voorlopige regeling vervangt", "vervangen"),
    ("of en waarom dit vermoeden ernstig is", "vermoeden"),
    ("of en waarom de bedreiging acuut en ernstig is", "dreiging"),
    ("waarom schorsing nodig is en een lichtere maatregel niet volstaat", "noodzaak"),
    ("of het kind klem of verloren dreigt te raken", "klem"),
    ("of en waarom ernstige bezwaren bestaan", "bezwaren"),
    ("of en waarom deze grond bestaat", "grond"),
    ("waarom deze straf of maatregel passend is", "straf"),
    ("oordeel over het opleggen", "opleggen"),
    ("oordeel over de verlenging", "verlenging"),
    ("oordeel naar de toestand van nu", "nu"),
    ("waarom nader onderzoek niet kan bijdragen", "kortsluiten"),
    ("eigen afweging van wie beslist", "beoordeling"),
];

/// A blank of one child, answered in the words on that child.
const OF_CHILD: &str = "eigen afweging voor ";

const BY_JUDGE: &str = "Dit schrijft de rechter, onder \"Woorden van de rechter\".";
const BY_HAND: &str = "Hiervoor is hier geen vraag: vul het in nadat het concept is gemaakt, bij Vaststellen of in het \
     Word-bestand.";

/// Where a problem is solved; `None` for what is no gap in the text.
#[must_use]
pub fn filled(problem: &DraftProblem, kind: DraftKind, words: &[WordsBlock], fields: &[&str]) -> Option<Where> {
    let (_, blank) = problem.message.split_once(" moet nog worden ingevuld: ").filter(|_| problem.code == "blank")?;
    let blank = blank.trim_end_matches('.');
    let found =
        |table: &'static [(&str, &str)]| table.iter().find(|(begin, _)| blank.starts_with(begin)).map(|row| row.1);
    if let Some(field) = found(FIELDS).filter(|field| fields.contains(field)) {
        return Some(Where { href: format!("#{field}"), text: "Naar de vraag".to_owned() });
    }
    let own = match (blank.strip_prefix(OF_CHILD), found(WORDS)) {
        (Some(name), _) => words.iter().find(|block| block.question.contains(name)),
        (None, Some(key)) => words.iter().find(|block| is_about(block, kind, key, &problem.message)),
        _ => None,
    };
    Some(match own {
        Some(block) => {
            Where { href: format!("#woorden/{}", block.about), text: "Naar de woorden van de rechter".to_owned() }
        }
        None => Where { href: String::new(), text: BY_HAND.to_owned() },
    })
}

/// Whether words are those of this blank. One kind makes several papers; the words of each have its own name before them.
fn is_about(block: &WordsBlock, kind: DraftKind, key: &str, message: &str) -> bool {
    let of_paper = match block.about.split('/').next() {
        _ if kind != DraftKind::Huisverbod => true,
        Some("huisverbod") => message.contains("\"Uitspraak"),
        Some("voorlopige-voorzieningen") => message.contains("\"Beschikking"),
        _ => false,
    };
    of_paper && block.about.ends_with(&format!("/{key}"))
}

/// The same for who may not write those words: told who does.
#[must_use]
pub fn for_reader(place: Where, writes: impl Fn(&str) -> bool) -> Where {
    match place.href.strip_prefix("#woorden/") {
        Some(about) if !writes(about) => Where { href: String::new(), text: BY_JUDGE.to_owned() },
        _ => place,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dossier::model::Domain;
    use crate::drafting::model::ProblemLevel;

    fn gap(code: &str, blank: &str) -> DraftProblem {
        DraftProblem {
            code: code.to_owned(),
            level: ProblemLevel::Blocks,
            message: format!("In \"Uitspraak\" moet nog worden ingevuld: {blank}."),
            source: String::new(),
            impossible: false,
        }
    }

    #[test]
    fn every_gap_leads_to_its_question_or_says_where_it_is_filled() {
        let words = ["omgang/kind-2", "omgang/informatie"].map(|about| WordsBlock {
            about: about.to_owned(),
            domain: Domain::Family,
            question: "Waarom deze vorm in het belang van Sem Verzonnen is".to_owned(),
        });
        let place = |blank| filled(&gap("blank", blank), DraftKind::Omgang, &words, &["children"]).unwrap();
        assert_eq!(place("eerste dag van het contact").href, "#children");
        assert_eq!(place("waarom de informatie zo wordt geregeld, en wie").href, "#woorden/omgang/informatie");
        assert_eq!(place("eigen afweging voor Sem Verzonnen").href, "#woorden/omgang/kind-2");
        assert_eq!(place("wie op de zitting is verschenen"), Where { href: String::new(), text: BY_HAND.to_owned() });
        assert_eq!(filled(&gap("limit", "x"), DraftKind::Omgang, &words, &[]), None, "a limit of law is no gap");
        let told = for_reader(place("eigen afweging voor Sem Verzonnen"), |_| false);
        assert_eq!((told.href.as_str(), told.text.as_str()), ("", BY_JUDGE));
    }

    #[test]
    fn every_question_that_a_gap_leads_to_is_asked_for_some_plan() {
        let of = |name| crate::web::forms::shape::Field::of_type(name).unwrap();
        let plans = ["GezagPlan", "OmgangPlan", "InterventionPlan", "HuisverbodPlan"];
        let known: Vec<String> = plans.into_iter().flat_map(of).map(|field| field.name).collect();
        for (blank, field) in FIELDS {
            assert!(known.iter().any(|name| name == field), "{blank}: {field}");
        }
    }
}
