//! Which legal basis is before the court, and which criteria belong to another one: what nobody asked is not weighed.

use super::Scene;
use super::findings::HUISVERBOD;
use crate::assessment::model::{EffectKind, Finding, Outcome};
use crate::dossier::model::{
    Evidence, GezagBasis, MatterKind, ProvisionalItemKind, Request, RequestKind, SuspensionGround,
};
use crate::drafting::{contested, decision};
use crate::shared::ids::FactId;

/// The framework on gezag and omgang, and its criteria that belong to one basis only.
const GEZAG: &str = "nl-gezag-omgang";
const ON_SOLE_GEZAG: &[&str] = &["NL3"];
const ON_SUSPENSION: &[&str] = &["NL4a", "NL4", "NL4b"];
/// Of these what belongs to ground a only.
const ON_ACUTE_THREAT: &[&str] = &["NL4"];
/// Its criteria of denying or limiting contact.
const ON_DENIAL: &[&str] = &["NL1a", "NL1b", "NL1c", "NL1d", "NL2"];
/// Its criteria on clashes with contact and on information: with those of denial they are about contact.
const BESIDE_CONTACT: &[&str] = &["NL7", "NL8"];

/// Criteria of the framework on the huisverbod that are about its extension only.
const ON_EXTENSION: &[&str] = &["TH4"];

/// The framework on courses and treatment, and its criteria on what became of help.
const COURSE: &str = "gedragsinterventie";
const ON_HELP: &[&str] = &["GI3", "GI4"];

impl Scene<'_> {
    /// Whether a criterion belongs to another basis for the gezag than the one that the plan has chosen: what nobody
    /// asked here is not weighed in the reasons.
    pub(super) fn is_about_other_basis(&self, finding: &Finding) -> bool {
        if self.is_sheet() {
            return self.is_not_before_court(&finding.framework, &finding.criterion);
        }
        let plan = self.file.plans.gezag.as_ref().filter(|_| self.words_about == "gezag");
        let criterion = finding.criterion.as_str();
        finding.framework == GEZAG
            && match plan.map(|plan| plan.basis) {
                Some(GezagBasis::Bw1268) => ON_SOLE_GEZAG.contains(&criterion) || self.is_about_other_ground(criterion),
                Some(GezagBasis::Bw1251a | GezagBasis::Bw1253n) => ON_SUSPENSION.contains(&criterion),
                _ => false,
            }
    }

    /// Whether a criterion on contact stands in a matter of provisional orders in which nobody asked for contact or
    /// information and the plan has no item on it.
    pub(super) fn is_about_contact_not_asked(&self, finding: &Finding) -> bool {
        if !self.matter.is_some_and(|matter| matter.kind == MatterKind::ProvisionalMeasures) {
            return false;
        }
        let criterion = finding.criterion.as_str();
        let on_contact =
            finding.framework == GEZAG && (ON_DENIAL.contains(&criterion) || BESIDE_CONTACT.contains(&criterion));
        let asked = self.asks_for(&[RequestKind::Omgang, RequestKind::DenyOmgang, RequestKind::Information]);
        let plan = self.file.plans.huisverbod.as_ref().and_then(|plan| plan.provisional.as_ref());
        let planned = plan
            .is_some_and(|plan| plan.items.iter().any(|item| item.kind == ProvisionalItemKind::ContactWithChildren));
        on_contact && !self.whole_domain && !asked && !planned
    }

    /// Whether a criterion is about an extension that was not given: where the court reviews a huisverbod of which none is
    /// decided the mayor answers that first, and after its end there is none to give.
    pub(super) fn is_about_extension_not_given(&self, finding: &Finding) -> bool {
        let review = self.matter.is_some_and(|matter| matter.kind == MatterKind::HuisverbodReview);
        let of_ban = finding.framework == HUISVERBOD && decision::extension_decided(self.file) != Some(true);
        let on_extension = ON_EXTENSION.contains(&finding.criterion.as_str()) && review && !self.whole_domain;
        // Of a huisverbod that is over nobody asks whether its danger goes on.
        let too_late = finding.criterion == contested::GOES_ON && contested::is_over(self.file, self.on);
        of_ban && (on_extension || too_late)
    }

    /// Whether a criterion asks about the course of a plan that has none: bans alone choose no programme. What became
    /// of help stays of interest.
    pub(super) fn is_about_course_not_planned(&self, finding: &Finding) -> bool {
        let plan = self.file.plans.gedragsinterventie.as_ref().filter(|_| self.words_about == COURSE);
        finding.framework == COURSE
            && !ON_HELP.contains(&finding.criterion.as_str())
            && plan.is_some_and(|plan| !decision::names_a_course(plan))
    }

    /// Whether parties can have a dispute on a fact that decides a finding: not on a measure that was given, on help
    /// only when it is disputed, and on nothing where no fact speaks for what is to be judged.
    pub(super) fn can_decide(&self, finding: &Finding, id: &FactId) -> bool {
        let one_sided = finding.outcome == Outcome::NeedsJudgement && finding.facts_for.is_empty();
        let help = self.file.help.iter().find(|track| track.id == *id);
        let agreed = help.is_some_and(|track| track.status.in_domain(self.domain) != Evidence::Disputed);
        !one_sided && !agreed && self.file.measures.iter().all(|measure| measure.id.as_str() != id.as_str())
    }

    /// Whether this is the hearing sheet of one matter.
    fn is_sheet(&self) -> bool {
        self.words_about == "zitting" && !self.whole_domain
    }

    /// Whether this matter asks for one of these.
    pub(in crate::drafting) fn asks_for(&self, kinds: &[RequestKind]) -> bool {
        self.file.requests.iter().any(|request| self.is_own(&request.matter) && kinds.contains(&request.kind))
    }

    /// The basis for the gezag that the plan has chosen in this matter.
    fn chosen_basis(&self) -> Option<GezagBasis> {
        self.file.plans.gezag.as_ref().filter(|plan| self.is_own(&plan.matter)).map(|plan| plan.basis)
    }

    /// Whether a criterion tests the acute threat (ground a) where only a refused treatment (ground b) is before the court.
    fn is_about_other_ground(&self, criterion: &str) -> bool {
        let plan = self.file.plans.gezag.as_ref().filter(|plan| self.is_own(&plan.matter));
        let medical = match plan {
            Some(plan) => plan.ground == Some(SuspensionGround::MedicalTreatment),
            None => self.pleads_only_treatment(),
        };
        medical && ON_ACUTE_THREAT.contains(&criterion)
    }

    /// Whether every request for suspension in this matter names ground b and not ground a.
    fn pleads_only_treatment(&self) -> bool {
        let asked = |request: &&Request| request.kind == RequestKind::SuspendGezag && self.is_own(&request.matter);
        let mut bases = self.file.requests.iter().filter(asked).map(|request| request.basis.as_deref()).peekable();
        bases.peek().is_some()
            && bases.all(|basis| basis.is_some_and(|basis| basis.contains("onder b") && !basis.contains("onder a")))
    }

    /// Whether a criterion is of a basis that is not before the court in this matter: neither chosen nor asked.
    pub(in crate::drafting) fn is_not_before_court(&self, framework: &str, criterion: &str) -> bool {
        let sole = match self.chosen_basis() {
            Some(basis) => matches!(basis, GezagBasis::Bw1251a | GezagBasis::Bw1253n),
            None => self.asks_for(&[RequestKind::SoleGezag, RequestKind::JointGezag]),
        };
        let suspension = match self.chosen_basis() {
            Some(basis) => basis == GezagBasis::Bw1268,
            None => self.asks_for(&[RequestKind::SuspendGezag, RequestKind::EndGezag]),
        };
        let planned = self.file.plans.omgang.as_ref().is_some_and(|plan| self.is_own(&plan.matter));
        let contact = planned || self.asks_for(&[RequestKind::Omgang, RequestKind::DenyOmgang]);
        framework == GEZAG
            && ((!sole && ON_SOLE_GEZAG.contains(&criterion))
                || (!suspension && ON_SUSPENSION.contains(&criterion))
                || self.is_about_other_ground(criterion)
                || (!contact && ON_DENIAL.contains(&criterion)))
    }

    /// Whether a finding is on what is decided first in this matter.
    pub(in crate::drafting) fn is_decisive(&self, finding: &Finding) -> bool {
        // Terms of contact are a part of what provisional measures are about, not the point of them.
        let first = |kind: EffectKind| self.effects.first() == Some(&kind) && kind != EffectKind::OmgangConditions;
        let of_basis = first(EffectKind::Gezag) && finding.framework == GEZAG;
        let suspends = of_basis && ON_SUSPENSION.contains(&finding.criterion.as_str());
        let changes = of_basis && ON_SOLE_GEZAG.contains(&finding.criterion.as_str());
        !self.is_about_other_basis(finding)
            && (suspends || changes || finding.effects.iter().any(|effect| first(effect.kind)))
    }
}
