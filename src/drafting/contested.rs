//! A huisverbod that is over: nobody extends it any more, and whether an extension was right is judged as things stood on
//! the day of that decision, not as they stand when the judgement is written.

use super::decision;
use crate::assessment::assess;
use crate::assessment::frameworks::FrameworkSet;
use crate::assessment::model::{Assessment, Finding};
use crate::dossier::model::Dossier;
use crate::shared::moment::{dutch_date, local_date};
use chrono::NaiveDate;

/// The framework on the huisverbod, and its criterion on whether the danger goes on.
const FRAMEWORK: &str = "thv-rihg";
pub(super) const GOES_ON: &str = "TH5";

/// Which day that is.
const DECIDED: &str = "de dag van het besluit tot verlenging";
const BEGAN: &str = "het begin van de verlenging (de dag van het besluit staat niet in het dossier)";

/// What the criterion says of now, and how that is said of the day of the contested decision ("{dag}").
const AS_OF: &[(&str, &str)] = &[
    ("Bestaat het gevaar voor", "Bestond het gevaar voor"),
    ("op de peildatum nog?", "nog op {dag}, {welke}?"),
    ("op de peildatum nog bestaat", "op {dag} nog bestond"),
    ("voldoende is geweken", "op {dag} voldoende was geweken"),
    ("het gevaar van nu", "het gevaar op {dag}"),
    ("geen feiten van na de oplegging", "geen feiten van tussen de oplegging en {dag}"),
    ("of de dreiging voortduurt", "of de dreiging toen voortduurde"),
    ("wat er sinds de oplegging is gebeurd", "wat er tussen de oplegging en {dag} is gebeurd"),
    ("Wat is er sinds de oplegging gebeurd", "Wat was er op {dag} sinds de oplegging gebeurd"),
    ("hoe staat het met de hulp", "hoe stond het toen met de hulp"),
    ("hoe kijkt ieder nu naar de veiligheid", "hoe keek ieder toen naar de veiligheid"),
];

/// Whether the huisverbod of the file, with its extension, ended before this day.
pub(super) fn is_over(file: &Dossier, on: NaiveDate) -> bool {
    decision::last_end(file).is_some_and(|end| local_date(&end) < on)
}

/// Whether an extension can no longer be given, and none is planned.
pub(super) fn is_too_late_to_extend(file: &Dossier, on: NaiveDate) -> bool {
    file.plans.huisverbod.as_ref().is_none_or(|plan| plan.extension.is_none()) && is_over(file, on)
}

/// Judges whether the danger went on as of the day of an extension that is over.
pub(super) fn judge_as_of(
    found: &mut Assessment,
    file: &Dossier,
    set: &FrameworkSet,
    on: NaiveDate,
) -> Result<(), String> {
    let Some(extended) = decision::extended(file).filter(|_| is_over(file, on)) else { return Ok(()) };
    // A decision of which the day is not in the file was taken before it began to hold.
    let known = extended.decided_at.as_ref().map(|at| (local_date(at), DECIDED));
    let Some((day, which)) = known.or(extended.starts.as_ref().map(|at| (local_date(at), BEGAN))) else {
        return Ok(());
    };
    let mut then = file.clone();
    then.events.retain(|event| event.time.first_day().is_none_or(|first| first <= day));
    let then = assess(&then, set, day, &[]).map_err(|error| error.to_string())?;
    let is_about = |finding: &Finding| finding.framework == FRAMEWORK && finding.criterion == GOES_ON;
    for finding in found.findings.iter_mut().filter(|finding| is_about(finding)) {
        let same = then.findings.iter().find(|other| is_about(other) && other.about == finding.about);
        if let Some(same) = same {
            finding.clone_from(same);
        }
        let texts = [&mut finding.question, &mut finding.summary, &mut finding.explanation];
        let missing = finding.missing.iter_mut().map(|item| &mut item.what);
        texts.into_iter().chain(missing).for_each(|text| *text = as_of(text, day, which));
    }
    let criterion = format!("{FRAMEWORK}/{GOES_ON}");
    for question in found.questions.iter_mut().filter(|question| question.decides.contains(&criterion)) {
        question.about = as_of(&question.about, day, which);
        question.why = as_of(&question.why, day, which);
    }
    Ok(())
}

fn as_of(text: &str, day: NaiveDate, which: &str) -> String {
    let told = AS_OF.iter().fold(text.to_owned(), |text, (now, then)| text.replace(now, then));
    told.replace("{dag}", &dutch_date(day)).replace("{welke}", which)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_words_on_now_are_left_in_the_criterion() {
        let set = crate::assessment::frameworks::builtin().unwrap();
        let framework = set.find(FRAMEWORK).unwrap();
        let criterion = framework.criteria.iter().find(|criterion| criterion.id == GOES_ON).unwrap();
        let all = serde_json::to_string(&(&criterion.question, &criterion.explanation, &criterion.asks)).unwrap();
        let told = as_of(&all, NaiveDate::from_ymd_opt(2020, 2, 10).unwrap(), DECIDED);
        for word in ["peildatum", "van nu", " nu ", "staat het met"] {
            assert!(!told.contains(word), "{word}: {told}");
        }
        assert!(told.contains("nog op 10 februari 2020, de dag van het besluit tot verlenging?"), "{told}");
    }
}
