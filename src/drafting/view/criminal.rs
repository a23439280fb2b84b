//! What a paper outside the family matters has to watch: what was joined to its file; and in the criminal matter what
//! counts as established there, and the words of a child.

use super::Scene;
use crate::dossier::model::{
    Answer, AnswerStance, CriminalPhase, DocumentRecord, Domain, Event, Evidence, FactSource, FamilyRole, Measure,
    Statement, StatementKind,
};
use crate::shared::ids::{FactId, PartyId};
use serde_json::Value;

/// Stands for what a child said of something that is not charged.
const CHILD_SAID: &str = "Wat het kind zei, staat in het genoemde stuk en wordt hier niet herhaald";

/// Stands for what is said in a document of another matter that was not joined.
const NOT_JOINED: &str = "De inhoud staat in het genoemde stuk en wordt niet herhaald zolang dat niet is gevoegd";

/// Words for a child in what somebody passes on, beside the names.
const CHILDREN: &[&str] = &["kind", "kinderen", "dochter", "zoon"];

/// Stands for what somebody passed on, where a child is named in it: whose words they are is not recorded.
const PASSED_ON: &str =
    "Wat is doorgegeven, kan van een kind komen; het staat in het genoemde stuk en wordt hier niet herhaald";

impl Scene<'_> {
    /// Whether this paper is a decision in the criminal matter, which the suspect gets to read.
    fn is_criminal_decision(&self) -> bool {
        self.domain == Domain::Criminal && self.words_about == "gedragsinterventie"
    }

    /// Whether this paper is about the criminal matter and is given to others: a decision or the hearing file.
    fn is_criminal_paper(&self) -> bool {
        self.is_criminal_decision() || (self.domain == Domain::Criminal && self.words_about == "zitting")
    }

    /// Whether this is a paper in a matter that rests on a file of its own, of which family documents are no part until
    /// they are joined: of the criminal court, the mayor, or the administrative court.
    pub(in crate::drafting) fn has_file_of_its_own(&self) -> bool {
        const ADMINISTRATIVE: [&str; 3] = ["huisverbod", "huisverbod-verlenging", "zitting"];
        self.is_criminal_paper()
            || (self.domain == Domain::Administrative && ADMINISTRATIVE.contains(&self.words_about))
    }

    /// Whether a source is a document that was not joined, of which a paper gives the title and not the contents.
    pub(in crate::drafting) fn is_withheld(&self, source: Option<&FactSource>) -> bool {
        let document = source.and_then(|source| self.file.documents.iter().find(|item| item.id == source.document));
        document.is_some_and(|document| self.not_joined(document).is_some())
    }

    /// Words from a source, unless they may not be told here.
    pub(super) fn told_from<'s>(&self, source: Option<&FactSource>, words: &'s str) -> &'s str {
        if self.is_withheld(source) { NOT_JOINED } else { words }
    }

    /// What stands instead of a fact that rests on documents that were not joined and on nothing else; none for any
    /// other fact, and none for what is charged, since the charge itself tells that.
    pub(in crate::drafting) fn only_elsewhere(&self, event: &Event) -> Option<String> {
        let sources: Vec<&FactSource> = event
            .statements
            .iter()
            .filter_map(|item| item.source.as_ref())
            .chain(event.answers.iter().filter_map(|item| item.source.as_ref()))
            .collect();
        if sources.is_empty() || self.is_charged(event) || !sources.iter().all(|source| self.is_withheld(Some(source)))
        {
            return None;
        }
        let mut titles: Vec<String> = Vec::new();
        for document in sources.iter().filter_map(|source| self.find_document(source)) {
            let title = format!("\"{}\"", document.title);
            if !titles.contains(&title) {
                titles.push(title);
            }
        }
        let file = if self.domain == Domain::Criminal { "het strafdossier" } else { "het dossier van deze zaak" };
        Some(format!(
            "Dit feit staat alleen in stukken uit een andere zaak die niet in {file} zijn gevoegd: {}. De inhoud wordt hier \
             niet herhaald",
            crate::drafting::words::list(&titles)
        ))
    }

    /// Labels of the facts that this paper may tell: a code for something of which nothing may be said gives no reason.
    pub(in crate::drafting) fn told_here(&self, facts: &[FactId]) -> Value {
        self.label_list(&facts.iter().filter(|fact| !self.is_untold(fact)).cloned().collect::<Vec<_>>())
    }

    /// Labels of the facts that stand only in documents that were not joined.
    pub(in crate::drafting) fn untold_here(&self, facts: &[FactId]) -> Value {
        self.label_list(&facts.iter().filter(|fact| self.is_untold(fact)).cloned().collect::<Vec<_>>())
    }

    /// Whether nothing may be told of a fact here, since it stands only in documents that were not joined.
    pub(in crate::drafting) fn is_untold(&self, fact: &FactId) -> bool {
        let event = self.file.find_event_about(fact.as_str());
        event.is_some_and(|event| self.only_elsewhere(event).is_some())
    }

    /// Whether nothing may be told of a measure here, since it stands only in a document that was not joined. That one
    /// was given and is said to be breached, a charge of that breach tells itself.
    pub(in crate::drafting) fn is_untold_measure(&self, measure: &Measure) -> bool {
        let charged =
            |event: &Event| event.breach_of.as_ref().is_some_and(|id| *id == measure.id) && self.is_charged(event);
        self.is_withheld(measure.source.as_ref()) && !self.file.events.iter().any(charged)
    }

    /// Those of these measures of which nothing may be told here.
    pub(in crate::drafting) fn untold_measures(&self, ids: &[FactId]) -> Vec<FactId> {
        let untold = |id: &&FactId| {
            let measure = self.file.measures.iter().find(|measure| measure.id.as_str() == id.as_str());
            measure.is_some_and(|measure| self.is_untold_measure(measure))
        };
        ids.iter().filter(untold).cloned().collect()
    }

    fn find_document(&self, source: &FactSource) -> Option<&DocumentRecord> {
        self.file.documents.iter().find(|item| item.id == source.document)
    }

    /// The other matter a document comes from, when nothing records that it was joined to the file of this one.
    pub(in crate::drafting) fn not_joined(&self, document: &DocumentRecord) -> Option<&'static str> {
        if !self.has_file_of_its_own() {
            return None;
        }
        document.foreign_to(self.domain).map(|origin| match origin {
            Domain::Family => "familiezaak",
            Domain::Administrative => "zaak over het huisverbod",
            Domain::Criminal => "strafzaak",
        })
    }

    /// What stands before a fact that needs no more proof in this matter; `None` for any other fact.
    /// In the criminal matter only a final judgment settles a fact: an admission made elsewhere does not.
    pub(super) fn settled(&self, event: &Event) -> Option<&'static str> {
        let criminal = self.domain == Domain::Criminal;
        match event.status.in_domain(self.domain) {
            Evidence::Established if self.is_still_open(event) && (criminal || self.is_found_there(event)) => {
                Some("Vastgesteld, maar nog niet onherroepelijk")
            }
            Evidence::Admitted if criminal => self.admitted(event).0,
            Evidence::Established | Evidence::Admitted => Some("Vast staat"),
            _ => None,
        }
    }

    /// Status of a fact in full, as it stands behind the fact.
    pub(super) fn status_in_full(&self, event: &Event) -> &'static str {
        match event.status.in_domain(self.domain) {
            _ if self.only_elsewhere(event).is_some() => "niet te noemen zolang de stukken niet zijn gevoegd",
            Evidence::Alleged if event.answers.iter().any(|answer| self.is_told_apart(event, answer)) => {
                "gesteld; het antwoord staat hieronder"
            }
            Evidence::Alleged if event.answers.iter().any(|answer| self.is_withheld(answer.source.as_ref())) => {
                "gesteld; een antwoord staat in een stuk dat niet is gevoegd"
            }
            Evidence::Admitted if self.domain == Domain::Criminal => self.admitted(event).1,
            Evidence::Established if self.is_still_open(event) && self.is_found_there(event) => {
                "vastgesteld door de strafrechter, nog niet onherroepelijk"
            }
            status => status.in_full(),
        }
    }

    /// Whether an answer stands below the fact in words of its own.
    fn is_told_apart(&self, event: &Event, answer: &Answer) -> bool {
        !super::facts::says_nothing_new(event, answer) && !self.is_withheld(answer.source.as_ref())
    }

    /// How an admission is told in the criminal matter, before the fact and behind it.
    fn admitted(&self, event: &Event) -> (Option<&'static str>, &'static str) {
        let mut admissions = admissions(event).peekable();
        if admissions.peek().is_none() {
            return (
                Some("Niet weersproken is (buiten deze strafzaak)"),
                "niet weersproken; een rechter heeft dit niet vastgesteld",
            );
        }
        if admissions.any(|source| self.is_of_criminal_file(source)) {
            return (Some("Erkend is"), "erkend; een rechter heeft dit niet vastgesteld");
        }
        (
            Some("Erkend is (buiten deze strafzaak)"),
            "erkend buiten deze strafzaak; een rechter heeft dit niet vastgesteld",
        )
    }

    fn is_of_criminal_file(&self, source: Option<&FactSource>) -> bool {
        let document = source.and_then(|source| self.file.documents.iter().find(|item| item.id == source.document));
        let restriction = document.and_then(|document| document.restriction.as_ref());
        restriction.is_some_and(|restriction| restriction.origin == Domain::Criminal)
    }

    /// Whether a court found it, and none of the courts that did so wrote it down for a family or administrative
    /// matter: then it rests on the verdict alone.
    fn is_found_there(&self, event: &Event) -> bool {
        let mut found = event
            .statements
            .iter()
            .filter(|item| item.kind == StatementKind::Finds && self.is_court(&item.by))
            .peekable();
        let own = |statement: &Statement| {
            let source = statement.source.as_ref();
            source.is_some() && !self.is_of_criminal_file(source)
        };
        found.peek().is_some() && !found.any(own)
    }

    /// Whether the fact is charged in a criminal matter that has no final judgment yet. A matter that does not tell
    /// which events are charged may be about anything that its accused is said to have done.
    fn is_still_open(&self, event: &Event) -> bool {
        self.file.matters.iter().filter_map(|matter| matter.criminal.as_ref()).any(|criminal| {
            let mut charged = criminal.offences.iter().flat_map(|offence| &offence.events).peekable();
            let concerned = match charged.peek() {
                Some(_) => charged.any(|id| id.as_str() == event.id.as_str()),
                None => event.actors.contains(&criminal.accused),
            };
            criminal.phase != CriminalPhase::ConvictedFinal && concerned
        })
    }

    /// The words of a statement. A child's own words about something that is not charged here do not belong in a
    /// paper that the suspect gets to read, and what somebody else passed on of a child belongs in no paper for parties.
    pub(super) fn said<'s>(&self, event: &Event, statement: &'s Statement) -> &'s str {
        let charged = self.is_charged(event);
        if self.is_criminal_paper() && self.is_child(&statement.by) && !charged {
            return CHILD_SAID;
        }
        if !charged && self.passes_on_a_child(statement) {
            return PASSED_ON;
        }
        self.told_from(statement.source.as_ref(), &statement.content)
    }

    /// Whether the event is charged in the criminal matter of this paper, or in any of those of its domain.
    fn is_charged(&self, event: &Event) -> bool {
        let every = self.file.matters.iter().filter(|_| self.whole_domain);
        let cases = self.matter.into_iter().chain(every).filter_map(|matter| matter.criminal.as_ref());
        let mut events = cases.flat_map(|case| &case.offences).flat_map(|offence| &offence.events);
        self.domain == Domain::Criminal && events.any(|id| id.as_str() == event.id.as_str())
    }

    /// Whether somebody passes on what others said, and names a child of the file in it.
    fn passes_on_a_child(&self, statement: &Statement) -> bool {
        let children = self.file.persons.iter().filter(|person| person.family_role == FamilyRole::Child);
        let mut names =
            children.filter_map(|child| super::given_name(self.file, child)).chain(CHILDREN.iter().copied());
        let said = |name: &str| {
            let mut words = statement.content.split(|sign: char| !sign.is_alphanumeric());
            words.any(|word| word.eq_ignore_ascii_case(name))
        };
        statement.kind == StatementKind::Reports && names.any(said)
    }

    pub(super) fn is_child(&self, party: &PartyId) -> bool {
        let mut persons = self.file.persons.iter();
        persons.any(|person| person.family_role == FamilyRole::Child && person.id.as_str() == party.as_str())
    }
}

/// Where someone admitted an event, in a statement or an answer.
pub(in crate::drafting) fn admissions(event: &Event) -> impl Iterator<Item = Option<&FactSource>> {
    let statements = event.statements.iter().filter(|item| item.kind == StatementKind::Admits);
    let answers = event.answers.iter();
    let answers = answers.filter(|item| matches!(item.stance, AnswerStance::Admits | AnswerStance::PartlyAdmits));
    statements.map(|item| item.source.as_ref()).chain(answers.map(|item| item.source.as_ref()))
}
