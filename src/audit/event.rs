//! What can be recorded, each with its Dutch text. No variant holds content of a case.

use super::destruction::DestructionStep;
use super::reason::ChangeReason;
use super::sign_in::{AccountChange, AssertionRefusal, ProviderRefusal};
use crate::shared::moment::dutch_date;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// Part of a case that someone looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum View {
    /// The dossier itself.
    Dossier,
    /// An older version of the dossier.
    OlderVersion,
    /// The timeline.
    Timeline,
    /// Findings by the frameworks.
    Findings,
    /// Conflicts between measures.
    Conflicts,
    /// A draft on screen.
    Draft,
    /// A draft taken out as a file.
    Download,
    /// The whole dossier taken out as a file.
    Export,
    /// What advocates and partners handed in.
    Submissions,
    /// An explanation of a sealed decision in plain language.
    Explanation,
    /// A sealed decision, read by a party.
    Decision,
    /// Which documents there are and what is known of their files.
    Files,
    /// A bundle taken out as a file.
    Bundle,
    /// What ends when, in the list of several cases.
    Terms,
    /// The names of the family, in the list of several cases.
    Names,
}

impl View {
    /// All views.
    pub const ALL: [Self; 15] = [
        Self::Dossier,
        Self::OlderVersion,
        Self::Timeline,
        Self::Findings,
        Self::Conflicts,
        Self::Draft,
        Self::Download,
        Self::Export,
        Self::Submissions,
        Self::Explanation,
        Self::Decision,
        Self::Files,
        Self::Bundle,
        Self::Terms,
        Self::Names,
    ];

    /// In Dutch, as it follows "bekeek".
    #[must_use]
    pub fn dutch(self) -> &'static str {
        match self {
            Self::Dossier => "het dossier",
            Self::OlderVersion => "een eerdere versie van het dossier",
            Self::Timeline => "de tijdlijn",
            Self::Findings => "de bevindingen",
            Self::Conflicts => "de botsingen tussen maatregelen",
            Self::Draft => "een concept",
            Self::Download => "een concept als bestand",
            Self::Export => "het dossier als bestand",
            Self::Explanation => "de uitleg bij een beslissing",
            Self::Decision => "een beslissing",
            Self::Submissions => "de ingediende stukken",
            Self::Files => "de lijst van stukken voor de bundel",
            Self::Bundle => "een bundel als bestand",
            Self::Terms => "de termijnen, in de lijst over meer zaken",
            Self::Names => "de namen van de familie, in de lijst van zaken",
        }
    }
}

/// Something that happened in the system, to be kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum AuditEvent {
    /// A dossier was taken in.
    DossierCreated {
        /// Version, always 1.
        version: i64,
        /// Hash of the snapshot.
        hash: String,
    },
    /// A new version was accepted.
    DossierChanged {
        /// The new version.
        version: i64,
        /// Hash of the snapshot.
        hash: String,
        /// Why, when one thing in it was changed by its form.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<ChangeReason>,
    },
    /// Content of a case was shown.
    CaseViewed {
        /// What was shown.
        view: View,
        /// Version shown.
        version: i64,
        /// Assignment that gave the right to see it: the reason why.
        assignment: String,
    },
    /// Someone asked for a case that is not theirs.
    AccessRefused,
    /// Someone asked for a case that does not exist.
    UnknownCaseAsked,
    /// The audit trail was checked when the service started.
    TrailChecked {
        /// Entries that were recomputed.
        entries: usize,
        /// Whether everything was recomputed, or the newest part.
        complete: bool,
        /// How many things did not agree.
        problems: usize,
    },
    /// A backup was put back in this database.
    BackupRestored {
        /// Rows.
        rows: usize,
        /// SHA-256 of the backup.
        hash: String,
    },
    /// All cases are being assessed again.
    ReassessmentStarted {
        /// The run.
        run: String,
        /// Reference date.
        on: String,
        /// Hash of the frameworks.
        frameworks: String,
    },
    /// The dossier was read to be assessed again.
    CaseReassessed {
        /// The run.
        run: String,
        /// Version that was read.
        version: i64,
    },
    /// A run of reassessment came to its end.
    ReassessmentEnded {
        /// The run.
        run: String,
        /// Cases that were assessed in it.
        cases: usize,
    },
    /// A user was assigned to the case.
    UserAssigned {
        /// Assignment.
        assignment: String,
        /// The user.
        user: String,
        /// Role in the case.
        role: String,
    },
    /// An assignment ended.
    AssignmentEnded {
        /// Assignment.
        assignment: String,
    },
    /// An advocate, or someone who acts for one, handed in safety information.
    SafetyInfoSubmitted {
        /// Submission.
        submission: String,
        /// Hash of its content.
        hash: String,
        /// Assignment that gave the right to it; not in older entries.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        assignment: Option<String>,
    },
    /// An advocate let someone of the office act for all own clients.
    DelegationGiven {
        /// What was given.
        delegation: String,
        /// Who may act.
        user: String,
        /// The last day.
        last_day: NaiveDate,
    },
    /// An advocate ended what was given.
    DelegationEnded {
        /// What was given.
        delegation: String,
        /// Who may no longer act.
        user: String,
    },
    /// A partner in the chain delivered information.
    DeliveryReceived {
        /// Submission.
        submission: String,
        /// Hash of its content.
        hash: String,
    },
    /// A submission was taken into the dossier.
    SubmissionTaken {
        /// Submission.
        submission: String,
        /// Version of the dossier that holds it.
        version: i64,
    },
    /// A set of drafts was made and kept.
    DraftStored {
        /// Draft.
        draft: String,
        /// Kind of draft.
        kind: String,
        /// Version of the dossier it rests on.
        version: i64,
        /// Hash of its content.
        hash: String,
    },
    /// A step in the life of a document of a draft.
    DocumentStep {
        /// Draft.
        draft: String,
        /// Name of the document.
        document: String,
        /// Place among its steps.
        number: i64,
        /// The step.
        step: String,
        /// Whether the step brought a text of its own.
        text: bool,
        /// Hash of the text after it.
        hash: String,
        /// What was confirmed with it, by its short name; the reason stands with the step.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        confirmed: Vec<String>,
    },
    /// The file of a document was stored.
    FileStored {
        /// The file.
        file: String,
        /// Pages, as counted.
        pages: i64,
        /// SHA-256 of the file.
        hash: String,
    },
    /// It was recorded for which parties a file was looked through for shielded data.
    FileChecked {
        /// The file.
        file: String,
        /// Place among its checks.
        number: i64,
        /// How many parties.
        parties: usize,
        /// Hash of what was recorded.
        hash: String,
    },
    /// A bundle was put together.
    BundleMade {
        /// The bundle.
        bundle: String,
        /// Version of the dossier it rests on.
        version: i64,
        /// Pages.
        pages: usize,
        /// SHA-256 of the file.
        hash: String,
        /// Assignment that gave the right to it.
        assignment: String,
    },
    /// A step towards the destruction of the case was taken.
    Destruction {
        /// The proposal.
        destruction: String,
        /// Step.
        step: DestructionStep,
        /// SHA-256 over the package for the archive, from when there is one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        hash: Option<String>,
    },
    /// A user was added.
    UserAdded {
        /// The user.
        user: String,
        /// Role.
        role: String,
    },
    /// A user may no longer sign in.
    UserDeactivated {
        /// The user.
        user: String,
    },
    /// A password was changed.
    PasswordChanged {
        /// The user.
        user: String,
    },
    /// What signs a user in was changed.
    AccountChanged {
        /// The user.
        user: String,
        /// How.
        change: AccountChange,
    },
    /// Signed in.
    SignedIn {
        /// Session.
        session: String,
    },
    /// Signed in by way of a provider.
    SignedInByProvider {
        /// Session.
        session: String,
    },
    /// Sign-in by way of a provider failed.
    ProviderSignInRefused {
        /// Why.
        reason: ProviderRefusal,
        /// Hash of the subject at the provider, when that was proven.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        login_hash: Option<String>,
    },
    /// A system of an organisation got a token.
    SystemSignedIn {
        /// Session.
        session: String,
        /// The key with which it proved who it is.
        key: String,
    },
    /// A system of an organisation got none.
    AssertionRefused {
        /// Why.
        reason: AssertionRefusal,
        /// Hash of the name that was given, when one was.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        login_hash: Option<String>,
    },
    /// Sign-in failed.
    SignInFailed {
        /// Hash of the name that was given, so that a series can be seen without keeping names.
        login_hash: String,
    },
    /// Too many failures; sign-in under this name is closed for a while.
    SignInLocked {
        /// Hash of the name that was given.
        login_hash: String,
    },
    /// Signed out.
    SignedOut {
        /// Session.
        session: String,
    },
    /// All sessions of a user were ended.
    SessionsRevoked {
        /// The user.
        user: String,
    },
    /// The audit trail was looked at.
    AuditViewed {
        /// Chain.
        chain: String,
        /// The user whose entries were asked for, when it was about one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        user: Option<String>,
    },
}

impl AuditEvent {
    /// What happened, as a clause in Dutch that follows the name of who did it.
    #[must_use]
    pub fn dutch(&self) -> String {
        match self {
            Self::DossierCreated { .. } => "heeft het dossier aangelegd (versie 1)".to_owned(),
            Self::DossierChanged { version, reason, .. } => {
                let why = reason.map(|reason| format!("; reden: {}", reason.dutch())).unwrap_or_default();
                format!("heeft het dossier gewijzigd (versie {version}{why})")
            }
            Self::CaseViewed { view, version, .. } => format!("bekeek {} (versie {version})", view.dutch()),
            Self::AccessRefused => "vroeg om deze zaak zonder eraan te zijn toegewezen; toegang geweigerd".to_owned(),
            Self::UnknownCaseAsked => "vroeg om een zaak die er niet is".to_owned(),
            Self::TrailChecked { problems: 0, complete, entries } => {
                let part = if *complete { "geheel" } else { "het nieuwste deel" };
                format!("controleerde het logboek bij de start ({part}, {entries} regels): ongeschonden")
            }
            Self::TrailChecked { problems, .. } => {
                format!("controleerde het logboek bij de start: NIET ongeschonden, {problems} keer klopt iets niet")
            }
            Self::BackupRestored { rows, .. } => format!("heeft een back-up van {rows} rijen teruggezet"),
            Self::ReassessmentStarted { on, .. } => {
                format!("begon alle dossiers opnieuw te toetsen (peildatum {on})")
            }
            Self::CaseReassessed { version, .. } => {
                format!("liet het dossier opnieuw toetsen aan de kaders (versie {version})")
            }
            Self::ReassessmentEnded { cases, .. } => format!("heeft {cases} dossiers opnieuw laten toetsen"),
            Self::UserAssigned { role, .. } => format!("heeft een gebruiker aan de zaak toegewezen als {role}"),
            Self::AssignmentEnded { .. } => "heeft een toewijzing aan de zaak beëindigd".to_owned(),
            Self::SafetyInfoSubmitted { .. } => "heeft veiligheidsinformatie ingediend".to_owned(),
            Self::DelegationGiven { last_day, .. } => let_act(*last_day),
            Self::DelegationEnded { .. } => "heeft de toegang van een medewerker beëindigd".to_owned(),
            Self::DeliveryReceived { .. } => "heeft informatie aangeleverd".to_owned(),
            Self::SubmissionTaken { version, .. } => {
                format!("heeft een ingediend stuk in het dossier opgenomen (versie {version})")
            }
            Self::DraftStored { kind, version, .. } => {
                format!("heeft een concept gemaakt ({kind}, bij versie {version} van het dossier)")
            }
            Self::DocumentStep { document, number, step, confirmed, .. } if confirmed.is_empty() => {
                format!("heeft een document {step} ({document}, stap {number})")
            }
            Self::DocumentStep { document, number, step, confirmed, .. } => {
                format!("heeft een document {step} ({document}, stap {number}; bevestigd: {})", confirmed.join(", "))
            }
            Self::FileStored { pages, .. } => stored(*pages),
            Self::FileChecked { parties: 0, .. } => {
                "heeft vastgelegd dat een bestand met geen partij wordt gedeeld".to_owned()
            }
            Self::FileChecked { parties, .. } => {
                let parties = if *parties == 1 { "1 partij".to_owned() } else { format!("{parties} partijen") };
                format!("heeft vastgelegd dat een bestand is nagezien op afgeschermde gegevens (voor {parties})")
            }
            Self::BundleMade { version, pages, .. } => {
                format!("heeft een bundel van {pages} bladzijden laten maken (versie {version})")
            }
            Self::Destruction { step, .. } => step.dutch().to_owned(),
            Self::AuditViewed { user: None, .. } => "heeft het logboek bekeken".to_owned(),
            Self::AuditViewed { .. } => "heeft in het logboek bekeken wat één gebruiker deed".to_owned(),
            of_users => of_users.dutch_of_users().unwrap_or_default(),
        }
    }

    /// The same, of what is about users and how they sign in.
    fn dutch_of_users(&self) -> Option<String> {
        Some(match self {
            Self::UserAdded { role, .. } => format!("heeft een gebruiker toegevoegd met de rol {role}"),
            Self::UserDeactivated { .. } => "heeft een gebruiker afgesloten".to_owned(),
            Self::PasswordChanged { .. } => "heeft een wachtwoord gewijzigd".to_owned(),
            Self::AccountChanged { change, .. } => change.dutch().to_owned(),
            Self::SignedIn { .. } => "heeft zich aangemeld".to_owned(),
            Self::SignedInByProvider { .. } => "heeft zich aangemeld bij de aanbieder".to_owned(),
            Self::ProviderSignInRefused { reason, .. } => {
                format!("kon zich niet aanmelden bij de aanbieder: {}", reason.dutch())
            }
            Self::SystemSignedIn { .. } => "heeft als systeem een token gekregen".to_owned(),
            Self::AssertionRefused { reason, .. } => format!("kreeg als systeem geen token: {}", reason.dutch()),
            Self::SignInFailed { .. } => "kon zich niet aanmelden".to_owned(),
            Self::SignInLocked { .. } => "heeft te vaak een verkeerde aanmelding gedaan; tijdelijk gesloten".to_owned(),
            Self::SignedOut { .. } => "heeft zich afgemeld".to_owned(),
            Self::SessionsRevoked { .. } => "heeft alle sessies van een gebruiker beëindigd".to_owned(),
            _ => return None,
        })
    }

    /// The assignment that gave the right to see the case; none when nothing of a case was shown.
    #[must_use]
    pub fn assignment(&self) -> Option<&str> {
        match self {
            Self::CaseViewed { assignment, .. } | Self::BundleMade { assignment, .. } => Some(assignment),
            Self::SafetyInfoSubmitted { assignment, .. } => assignment.as_deref(),
            _ => None,
        }
    }

    /// Whether from here on the content of the chain is no longer there.
    pub(super) fn is_destruction(&self) -> bool {
        matches!(self, Self::Destruction { step: DestructionStep::Done, .. })
    }

    /// The stored content this entry vouches for, with its hash.
    pub(super) fn seal(&self) -> Option<(Content, &str)> {
        match self {
            Self::DossierCreated { version, hash } | Self::DossierChanged { version, hash, .. } => {
                Some((Content::Version(*version), hash))
            }
            Self::SafetyInfoSubmitted { submission, hash, .. } | Self::DeliveryReceived { submission, hash } => {
                Some((Content::Submission(submission.clone()), hash))
            }
            Self::DraftStored { draft, hash, .. } => Some((Content::Draft(draft.clone()), hash)),
            Self::DocumentStep { draft, document, number, text: true, hash, .. } => {
                Some((Content::Text(draft.clone(), document.clone(), *number), hash))
            }
            Self::FileStored { file, hash, .. } => Some((Content::File(file.clone()), hash)),
            Self::FileChecked { file, number, hash, .. } => Some((Content::Check(file.clone(), *number), hash)),
            _ => None,
        }
    }
}

fn stored(pages: i64) -> String {
    let pages = if pages == 1 { "1 bladzijde".to_owned() } else { format!("{pages} bladzijden") };
    format!("heeft het bestand van een stuk opgeslagen ({pages})")
}

fn let_act(last_day: NaiveDate) -> String {
    let until = dutch_date(last_day);
    format!("heeft een medewerker toegang gegeven tot de zaken van de eigen cliënten, tot en met {until}")
}

/// Stored content that an entry vouches for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Content {
    /// A version of the dossier of the chain.
    Version(i64),
    /// A submission.
    Submission(String),
    /// A draft.
    Draft(String),
    /// The text that a step brought to a document: draft, document, number of the step.
    Text(String, String, i64),
    /// The file of a document.
    File(String),
    /// For which parties a file was looked through: file, number of the check.
    Check(String, i64),
}

impl Content {
    /// The content in words, which is also its key.
    pub(super) fn key(&self, chain: &str) -> String {
        match self {
            Self::Version(version) => format!("versie {version} van dossier {chain}"),
            Self::Submission(id) => format!("ingediend stuk {id}"),
            Self::Draft(id) => format!("concept {id}"),
            Self::Text(id, document, number) => {
                format!("tekst van document {document} bij stap {number} van concept {id}")
            }
            Self::File(id) => format!("bestand {id}"),
            Self::Check(id, number) => format!("nazien {number} van bestand {id}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_event_reads_as_a_dutch_clause_and_survives_storage() {
        let text = String::new;
        let all = [
            AuditEvent::DossierCreated { version: 1, hash: text() },
            AuditEvent::DossierChanged { version: 2, hash: text(), reason: Some(ChangeReason::Slip) },
            AuditEvent::CaseViewed { view: View::Timeline, version: 2, assignment: text() },
            AuditEvent::AccessRefused,
            AuditEvent::UnknownCaseAsked,
            AuditEvent::TrailChecked { entries: 3, complete: true, problems: 0 },
            AuditEvent::TrailChecked { entries: 3, complete: false, problems: 2 },
            AuditEvent::BackupRestored { rows: 4, hash: text() },
            AuditEvent::ReassessmentStarted { run: text(), on: "2026-11-22".to_owned(), frameworks: text() },
            AuditEvent::CaseReassessed { run: text(), version: 2 },
            AuditEvent::ReassessmentEnded { run: text(), cases: 5 },
            AuditEvent::UserAssigned { assignment: text(), user: text(), role: "rechter".to_owned() },
            AuditEvent::AssignmentEnded { assignment: text() },
            AuditEvent::SafetyInfoSubmitted { submission: text(), hash: text(), assignment: None },
            AuditEvent::SafetyInfoSubmitted { submission: text(), hash: text(), assignment: Some(text()) },
            AuditEvent::DelegationGiven { delegation: text(), user: text(), last_day: NaiveDate::default() },
            AuditEvent::DelegationEnded { delegation: text(), user: text() },
            AuditEvent::DeliveryReceived { submission: text(), hash: text() },
            AuditEvent::SubmissionTaken { submission: text(), version: 3 },
            AuditEvent::DraftStored { draft: text(), kind: "omgang".to_owned(), version: 1, hash: text() },
            AuditEvent::FileStored { file: text(), pages: 1, hash: text() },
            AuditEvent::FileStored { file: text(), pages: 4, hash: text() },
            AuditEvent::FileChecked { file: text(), number: 1, parties: 0, hash: text() },
            AuditEvent::FileChecked { file: text(), number: 2, parties: 2, hash: text() },
            AuditEvent::BundleMade { bundle: text(), version: 1, pages: 300, hash: text(), assignment: text() },
            AuditEvent::UserAdded { user: text(), role: "griffier".to_owned() },
            AuditEvent::UserDeactivated { user: text() },
            AuditEvent::PasswordChanged { user: text() },
            AuditEvent::SignedIn { session: text() },
            AuditEvent::SignedInByProvider { session: text() },
            AuditEvent::SystemSignedIn { session: text(), key: text() },
            AuditEvent::SignInFailed { login_hash: text() },
            AuditEvent::SignInLocked { login_hash: text() },
            AuditEvent::SignedOut { session: text() },
            AuditEvent::SessionsRevoked { user: text() },
            AuditEvent::AuditViewed { chain: text(), user: None },
            AuditEvent::AuditViewed { chain: text(), user: Some(text()) },
        ];
        let accounts = AccountChange::ALL.map(|change| AuditEvent::AccountChanged { user: text(), change });
        let refused =
            ProviderRefusal::ALL.map(|reason| AuditEvent::ProviderSignInRefused { reason, login_hash: Some(text()) });
        let asserted =
            AssertionRefusal::ALL.map(|reason| AuditEvent::AssertionRefused { reason, login_hash: Some(text()) });
        let destroyed =
            DestructionStep::ALL.map(|step| AuditEvent::Destruction { destruction: text(), step, hash: Some(text()) });
        for event in all.into_iter().chain(destroyed).chain(accounts).chain(refused).chain(asserted) {
            assert!(event.dutch().split_whitespace().count() >= 3, "{event:?}");
            let stored = serde_json::to_string(&event).unwrap();
            assert_eq!(serde_json::from_str::<AuditEvent>(&stored).unwrap(), event);
        }
    }

    #[test]
    fn what_was_confirmed_with_a_step_is_told_and_survives_storage() {
        let cases = [
            (vec![], "heeft een document verzegeld (omgang, stap 2)"),
            (vec!["plaatsnaam".to_owned()], "heeft een document verzegeld (omgang, stap 2; bevestigd: plaatsnaam)"),
        ];
        for (confirmed, told) in cases {
            let event = AuditEvent::DocumentStep {
                draft: "d".to_owned(),
                document: "omgang".to_owned(),
                number: 2,
                step: "verzegeld".to_owned(),
                text: false,
                hash: "h".to_owned(),
                confirmed,
            };
            assert_eq!(event.dutch(), told);
            let stored = serde_json::to_value(&event).unwrap();
            assert_eq!(serde_json::from_value::<AuditEvent>(stored).unwrap(), event);
        }
    }
}
