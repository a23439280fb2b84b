//! An edited Word file beside the text that holds: of which version it was made, what can be taken
//! over and why not, and whose words they then are.

use super::review::{Desk, NAME};
use crate::support::Backend;
use combizitting::documents::docx;
use combizitting::documents::docx::read::{LineKind, ReadBack, ReadLine, read};
use combizitting::documents::model::DocumentModel;
use combizitting::documents::{html, pdf};
use combizitting::dossier::DossierError;
use combizitting::drafting::review::model::StepKind;
use combizitting::drafting::review::{ChangeKind, Paper, Returned, Said, StepWish, TextChange};
use combizitting::identity::Actor;
use rstest::rstest;

fn file(model: &DocumentModel, edit: impl FnOnce(&mut Vec<ReadLine>)) -> ReadBack {
    let mut file = read(&docx::render(model).unwrap()).unwrap();
    edit(&mut file.lines);
    file
}

fn replace(lines: &mut [ReadLine], from: &str, to: &str) {
    let line = lines.iter_mut().find(|line| line.text.contains(from)).unwrap();
    line.text = line.text.replace(from, to);
}

impl Desk {
    fn paper(&self) -> Paper {
        self.drafts.paper(&self.people.griffier, &self.dossier, &self.draft, NAME).unwrap()
    }

    fn returned(&self, who: &Actor, file: &ReadBack) -> Result<Returned, DossierError> {
        self.drafts.read_back(who, (&self.dossier, &self.draft, NAME), file)
    }

    /// Takes over all that can be taken over.
    fn take_over(&self, who: &Actor, file: &ReadBack) -> Paper {
        let returned = self.returned(who, file).unwrap();
        let changes = returned.proposals.iter().map(|item| item.change.clone().unwrap()).collect();
        let wish = StepWish {
            after: returned.paper.number,
            step: returned.step.unwrap(),
            reason: String::new(),
            changes,
            said: Said::default(),
        };
        self.drafts.step(who, &self.dossier, &self.draft, NAME, wish).unwrap()
    }
}

/// What is done to the lines of a file.
type Edit<'e> = &'e dyn Fn(&mut Vec<ReadLine>);

fn line(text: &str) -> ReadLine {
    ReadLine { kind: LineKind::Paragraph, text: text.to_owned() }
}

#[rstest]
fn changes_from_a_file_are_one_ordinary_step_with_the_name_behind_the_words_in_every_form(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let desk = Desk::new(backend);
    let judge = &desk.people.rechter;
    let edited = file(&desk.paper().model, |lines| {
        replace(lines, "weegt mee", "weegt zwaar mee");
        lines.push(line("De rechtbank voegt dit toe."));
    });
    let paper = desk.take_over(judge, &edited);
    assert_eq!((paper.number, paper.text_version, paper.steps[0].step), (1, 2, StepKind::Amended));
    let note = format!("[woorden van de rechter, {}, ", judge.name);
    let lines = paper.model.text_lines().join("\n");
    assert!(lines.contains(&format!("1.1 De rechtbank weegt zwaar mee. {note}")), "{lines}");
    assert!(lines.contains(&format!("De rechtbank voegt dit toe. {note}")), "{lines}");
    assert!(lines.contains("1.2 De ingang is [in te vullen: dag van ingang]"), "{lines}");
    for text in [
        crate::documents::extract::html_lines(&html::render(&paper.model)).join("\n"),
        crate::documents::extract::pdf_lines(&pdf::render(&paper.model).unwrap()).join("\n"),
        crate::documents::extract::docx_lines(&docx::render(&paper.model).unwrap()).join("\n"),
    ] {
        assert_eq!(text.matches(&note).count(), 2, "{text}");
    }
    // A later change elsewhere, by the clerk, leaves the judge's words as they are.
    let change = TextChange::replace(3, "De ingang is 1 maart 2027.");
    let wish = StepWish {
        after: 1,
        step: StepKind::Amended,
        reason: String::new(),
        changes: vec![change],
        said: Said::default(),
    };
    let later = desk.drafts.step(&desk.people.griffier, &desk.dossier, &desk.draft, NAME, wish).unwrap();
    let lines = later.model.text_lines().join("\n");
    assert_eq!(lines.matches(&note).count(), 2, "{lines}");
    let trail = desk.dossiers.trail(judge, &desk.dossier, None, None, 50).unwrap();
    assert_eq!(trail.iter().filter(|entry| entry.text.starts_with("heeft een document")).count(), 2);
    assert!(combizitting::audit::verify(&desk.test.db).unwrap().is_intact());
}

#[rstest]
fn what_a_clerk_takes_over_is_a_proposal_until_a_judge_approves_it(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let desk = Desk::new(backend);
    let (clerk, judge) = (&desk.people.griffier, &desk.people.rechter);
    desk.take_over(judge, &file(&desk.paper().model, |lines| replace(lines, "weegt mee", "weegt zwaar mee")));
    let edited = file(&desk.paper().model, |lines| {
        replace(lines, "weegt zwaar mee", "weegt niet mee");
        replace(lines, "[in te vullen: dag van ingang]", "1 maart 2027");
    });
    let paper = desk.take_over(clerk, &edited);
    let lines = paper.model.text_lines().join("\n");
    let proposal = format!("[voorstel van de griffie, {}, ", clerk.name);
    assert!(lines.contains(&format!("1.1 De rechtbank weegt niet mee. {proposal}")), "{lines}");
    assert!(lines.contains(&format!(", in plaats van woorden van de rechter, {}, ", judge.name)), "{lines}");
    assert!(lines.contains(&format!("1.2 De ingang is 1 maart 2027 {proposal}")), "{lines}");
    desk.step(clerk, 2, StepKind::Offered, "", &[]).unwrap();
    let approved = desk.step(judge, 3, StepKind::Approved, "", &[]).unwrap();
    assert!(
        !approved.model.text_lines().join("\n").contains("goedgekeurd door"),
        "the text is frozen as it was approved"
    );
    let frozen = desk.returned(judge, &file(&approved.model, |lines| replace(lines, "weegt", "woog"))).unwrap();
    assert_eq!((frozen.step, frozen.proposals.len()), (None, 1));
    let sealed = desk.step(clerk, 4, StepKind::Sealed, "", &[]).unwrap();
    let lines = sealed.model.text_lines().join("\n");
    assert!(
        lines.contains("1.1 De rechtbank weegt niet mee.") && !lines.contains("voorstel van de griffie"),
        "{lines}"
    );
    assert!(!lines.contains("woorden van de rechter"), "a sealed text is the judge's as a whole: {lines}");
    // A file of the sealed text leads to a correction, which asks for a reason.
    let again = desk.returned(clerk, &file(&sealed.model, |lines| replace(lines, "1 maart", "2 maart"))).unwrap();
    assert_eq!(again.step, Some(StepKind::Corrected));
    let changes = vec![again.proposals[0].change.clone().unwrap()];
    let wish = |reason: &str| StepWish {
        after: 5,
        step: StepKind::Corrected,
        reason: reason.to_owned(),
        changes: changes.clone(),
        said: Said::default(),
    };
    let step = |reason: &str| desk.drafts.step(clerk, &desk.dossier, &desk.draft, NAME, wish(reason));
    assert!(matches!(step(""), Err(DossierError::Invalid(_))));
    let corrected = step("Verschrijving").unwrap().model.text_lines().join("\n");
    assert!(corrected.contains(&format!("2 maart 2027 {proposal}")), "{corrected}");
}

#[rstest]
fn a_file_of_an_earlier_version_is_told_so_and_does_not_turn_back_what_came_after(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let desk = Desk::new(backend);
    let (clerk, judge) = (&desk.people.griffier, &desk.people.rechter);
    let first = file(&desk.paper().model, |lines| replace(lines, "[in te vullen: dag van ingang]", "1 maart 2027"));
    desk.step(judge, 0, StepKind::Amended, "", &[(2, "De rechtbank weegt het anders.")]).unwrap();
    let returned = desk.returned(clerk, &first).unwrap();
    assert_eq!((returned.file_version, returned.paper.text_version), (1, 2));
    let told: Vec<(&str, bool)> =
        returned.proposals.iter().map(|item| (item.place.as_str(), item.change.is_ok())).collect();
    assert_eq!(told, [("alinea 1.1", false), ("alinea 1.2", true)]);
    assert!(returned.proposals[0].change.clone().unwrap_err().contains("eerdere versie"));
    // What was read travels with the form, and is laid beside the text that holds then.
    desk.step(judge, 1, StepKind::Amended, "Nog eens", &[(2, "De rechtbank weegt het weer anders.")]).unwrap();
    let place = (desk.dossier.as_str(), desk.draft.as_str(), NAME);
    let again = desk.drafts.read_again(clerk, place, &returned.packed, returned.paper.number).unwrap();
    let message = again.overtaken.unwrap();
    assert!(message.contains("weer anders") && message.contains("Nog eens"), "{message}");
    assert_eq!((again.proposals.len(), again.file_version), (2, 1));
    let mut forged = returned.packed.clone();
    forged.beside = 99;
    assert!(matches!(desk.drafts.read_again(clerk, place, &forged, 2), Err(DossierError::Invalid(_))));
}

#[rstest]
fn a_file_of_another_document_or_without_a_code_and_a_reader_who_is_not_of_the_court_are_refused(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let desk = Desk::new(backend);
    let judge = &desk.people.rechter;
    for (codes, word) in [(vec!["ffffffffffffffff".to_owned()], "ander document"), (Vec::new(), "geen controlecode")] {
        let mut other = file(&desk.paper().model, |_| ());
        other.control_codes = codes;
        match desk.returned(judge, &other) {
            Err(DossierError::Invalid(message)) => assert!(message.contains(word), "{message}"),
            other => panic!("{other:?}"),
        }
    }
    let same = file(&desk.paper().model, |_| ());
    assert!(desk.returned(judge, &same).unwrap().proposals.is_empty());
    assert_eq!(desk.returned(&desk.people.advocaat, &same).unwrap_err(), DossierError::NotFound);
}

#[rstest]
fn what_is_fixed_is_refused_with_its_reason_and_nobody_writes_in_the_name_of_another(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let desk = Desk::new(backend);
    let (clerk, judge) = (&desk.people.griffier, &desk.people.rechter);
    desk.step(judge, 0, StepKind::Amended, "", &[(2, "De rechtbank weegt zwaar.")]).unwrap();
    let note = format!("[woorden van de rechter, {}, ", judge.name);
    let refusals = |edit: Edit<'_>| -> Vec<String> {
        let returned = desk.returned(clerk, &file(&desk.paper().model, edit)).unwrap();
        returned.proposals.into_iter().map(|item| item.change.unwrap_err()).collect()
    };
    let cases: [(Edit<'_>, &str); 8] = [
        (&|lines| replace(lines, "Beschikking omgang", "Beschikking"), "kop ligt vast"),
        (&|lines| replace(lines, "Dit is een ontwerp.", "Dit is af."), "kader"),
        (&|lines| lines.retain(|line| line.text != "CONCEPT"), "kader"),
        (&|lines| replace(lines, "Rechtbank", "Gerechtshof"), "instantie"),
        (&|lines| replace(lines, "1.1 ", "1.9 "), "nummer"),
        (
            &|lines| {
                let line = lines.iter_mut().find(|line| line.text.contains("weegt zwaar")).unwrap();
                line.text = "1.1 De rechtbank weegt zwaar.".to_owned();
            },
            "Wie deze woorden schreef",
        ),
        (
            &|lines| {
                let line = lines.iter_mut().find(|line| line.text.contains("1.2")).unwrap();
                line.text = format!("1.2 De ingang is morgen. {note}22 november 2026]");
            },
            "wie haar schreef",
        ),
        (&|lines| lines.insert(0, line("Helemaal bovenaan.")), "begin van het document"),
    ];
    for (edit, word) in cases {
        let refused = refusals(edit);
        assert!(refused.len() == 1 && refused[0].contains(word), "{word}: {refused:?}");
    }
    // Typing comes to the same: the rules are those of the step.
    for change in [
        TextChange::replace(0, "Kop"),
        TextChange::replace(1, "Kader"),
        TextChange::replace(3, format!("Morgen. {note}22 november 2026]")),
        TextChange::replace(2, "De rechtbank weegt zwaar."),
        TextChange { blok: 99, soort: ChangeKind::Add, tekst: "Ergens.".to_owned(), ..TextChange::default() },
        TextChange { blok: 2, soort: ChangeKind::Remove, tekst: "Iets".to_owned(), ..TextChange::default() },
        TextChange::replace(3, "Een teken dat niet kan: \u{202e}"),
        TextChange::replace(3, "Een schrift dat ontbreekt: 李"),
    ] {
        let wish = StepWish {
            after: 1,
            step: StepKind::Amended,
            reason: String::new(),
            changes: vec![change.clone()],
            said: Said::default(),
        };
        let answer = desk.drafts.step(clerk, &desk.dossier, &desk.draft, NAME, wish);
        assert!(matches!(answer, Err(DossierError::Invalid(_))), "{change:?}: {answer:?}");
    }
    assert_eq!(desk.paper().number, 1, "nothing was written");
}

#[rstest]
fn a_paragraph_that_is_taken_out_keeps_its_number_and_a_blank_that_is_kept_still_holds_back(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let desk = Desk::new(backend);
    let (clerk, judge) = (&desk.people.griffier, &desk.people.rechter);
    let edited = file(&desk.paper().model, |lines| {
        lines.retain(|line| !line.text.contains("weegt mee"));
        replace(lines, "De ingang is", "De omgang begint op");
    });
    let lines = desk.take_over(judge, &edited).model.text_lines().join("\n");
    assert!(lines.contains(&format!("1.1 (vervallen) [weggehaald door de rechter, {}, ", judge.name)), "{lines}");
    assert!(lines.contains("1.2 De omgang begint op [in te vullen: dag van ingang]"), "{lines}");
    desk.step(clerk, 1, StepKind::Offered, "", &[]).unwrap();
    assert!(desk.refused(judge, 2, StepKind::Approved, "").contains("dag van ingang"), "the blank is still there");
    let again = desk.returned(clerk, &file(&desk.paper().model, |_| ())).unwrap();
    assert!(again.proposals.is_empty(), "{:?}", again.proposals);
}
