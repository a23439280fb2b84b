//! Everything that is still to be filled in in a document, on one page: one step and one new version of the text,
//! however many places there are.

use super::alinea::{self, Gap};
use super::frame::{Frame, ProblemLine, page_with_status};
use crate::audit::View;
use crate::drafting::review::model::StepKind;
use crate::drafting::review::{Paper, Said, StepWish, TextChange};
use crate::drafting::service::StoredDraft;
use crate::shared::dutch::capital;
use crate::web::drafts;
use crate::web::error::WebError;
use crate::web::reply::Reply;
use crate::web::request::{Form, Request};
use crate::web::unfinished::{self, GoOn, Keeping};
use serde::Serialize;

#[derive(Serialize)]
struct FillView {
    title: String,
    back: String,
    action: String,
    /// Number of the last step.
    number: i64,
    gaps: Vec<GapRow>,
    /// What was typed for a place that is no longer there.
    adrift: Vec<String>,
}

#[derive(Serialize)]
struct GapRow {
    gap: Gap,
    /// What it asks, as a label.
    label: String,
    /// Which paragraph it is in, when it is the first gap there.
    paragraph: Option<String>,
    typed: String,
}

/// Largest form: all that a long document leaves open.
pub const FORM_LIMIT: usize = 400_000;

/// Which part of what was kept is shown.
#[derive(Debug, serde::Deserialize, schemars::JsonSchema, validator::Validate)]
#[serde(deny_unknown_fields)]
pub struct FillQuery {
    /// "ja" to go on with what was kept before.
    #[serde(default)]
    #[validate(length(max = 2))]
    pub hervat: String,
}

/// How the form is kept: under the draft and its document.
pub static KEEPING: Keeping = Keeping {
    part: "invullen",
    rest: |request, _| Ok(format!("{}/{}", request.id_param("concept")?, request.key_param("naam", 60)?)),
    go_on: |rest| GoOn { below: format!("invullen/{rest}?hervat=ja"), what: "Invullen in een concept".to_owned() },
    about: |_, _| None,
    of_several: false,
};

/// The places with what is to be filled in.
pub fn show(request: &Request) -> Result<Reply, WebError> {
    let query: FillQuery = request.query()?;
    let stored = drafts::get(request, View::Draft)?;
    let name = KEEPING.name_of(request, &Form::default())?;
    if query.hervat == "ja"
        && let Some(kept) = unfinished::kept(request, &name)?
    {
        return fill_page(request, &stored, 200, &[], &kept.form);
    }
    fill_page(request, &stored, 200, &[], &Form::default())
}

fn fill_page(
    request: &Request,
    stored: &StoredDraft,
    status: u16,
    problems: &[String],
    form: &Form,
) -> Result<Reply, WebError> {
    let (id, draft, document) = (request.id_param("dossier")?, request.id_param("concept")?, request.param("naam")?);
    let paper = drafts::outlook(request, stored, document)?.paper;
    let gaps = open_gaps(&paper);
    let mut frame =
        Frame::new(request, "Invullen wat nog ontbreekt").about_case(request, id, &drafts::reference(request)?);
    let name = KEEPING.name_of(request, &Form::default())?;
    frame = frame.offering(request, &name, "")?;
    if !form.typed().is_empty() && status == 200 {
        frame = frame.resumed();
    }
    frame.has_error = !problems.is_empty();
    "Dit is niet vastgelegd".clone_into(&mut frame.problems_title);
    frame.problems =
        problems.iter().map(|text| ProblemLine { href: None, pointer: None, text: text.clone() }).collect();
    let content = FillView {
        title: paper.model.meta.title.clone(),
        back: format!("/zaken/{id}/concepten/{draft}/herziening/{document}"),
        action: format!("/zaken/{id}/invullen/{draft}/{document}"),
        number: paper.number,
        adrift: adrift(&gaps, form),
        gaps: rows(gaps, form),
    };
    page_with_status(request, status, "invullen", &frame, &content)
}

/// What is open in a text that may still be changed.
fn open_gaps(paper: &Paper) -> Vec<Gap> {
    let may_change = paper.state.after(StepKind::Amended).is_some();
    if may_change { alinea::gaps(&paper.model) } else { Vec::new() }
}

fn rows(gaps: Vec<Gap>, form: &Form) -> Vec<GapRow> {
    let mut last = String::new();
    let told = |gap: Gap| {
        let first = gap.place != last;
        last.clone_from(&gap.place);
        GapRow { paragraph: first.then(|| gap.text.clone()), label: capital(&gap.what), typed: typed(&gap, form), gap }
    };
    gaps.into_iter().map(told).collect()
}

/// What was typed for a gap: only when it asked the same as this one does.
fn typed(gap: &Gap, form: &Form) -> String {
    let asked = form.text(&format!("wat-{}", gap.key));
    if asked == gap.what { form.text(&format!("vul-{}", gap.key)).to_owned() } else { String::new() }
}

/// What was typed for places that are gone, or that ask something else now: shown, so that it is not lost.
fn adrift(gaps: &[Gap], form: &Form) -> Vec<String> {
    let all = form.typed();
    let words = all.iter().filter_map(|(name, words)| Some((name.strip_prefix("vul-")?, words.trim())));
    let lost = words.filter(|(key, words)| {
        let stands = gaps.iter().any(|gap| gap.key == *key && gap.what == form.text(&format!("wat-{key}")));
        !words.is_empty() && !stands
    });
    lost.map(|(_, words)| words.to_owned()).collect()
}

/// Records what was filled in; what was left empty stays open.
pub fn record(request: &Request) -> Result<Reply, WebError> {
    let stored = drafts::get(request, View::Draft)?;
    let form = request.form()?;
    match wish(request, &stored, &form).and_then(|wish| drafts::take_step(request, wish)) {
        Ok(_) => {
            unfinished::recorded(request, &form)?;
            let (id, draft, name) =
                (request.id_param("dossier")?, request.id_param("concept")?, request.param("naam")?);
            Ok(Reply::redirect(format!("/zaken/{id}/concepten/{draft}/herziening/{name}?gedaan=gewijzigd")))
        }
        Err(error @ (WebError::Invalid(_) | WebError::Conflict(_) | WebError::Malformed(_))) => {
            let status = if matches!(error, WebError::Conflict(_)) { 409 } else { 422 };
            let texts = match &error {
                WebError::Invalid(problems) => problems.iter().map(|problem| problem.melding.clone()).collect(),
                other => vec![other.detail()],
            };
            fill_page(request, &stored, status, &texts, &form)
        }
        Err(error) => Err(error),
    }
}

fn wish(request: &Request, stored: &StoredDraft, form: &Form) -> Result<StepWish, WebError> {
    let malformed = |message: &str| WebError::Malformed(message.to_owned());
    let after =
        form.text("na_stap").parse().map_err(|_| malformed("De laatste stap ontbreekt. Open het document opnieuw."))?;
    let paper = drafts::outlook(request, stored, request.param("naam")?)?.paper;
    let gaps = open_gaps(&paper);
    let changes = alinea::filled(&paper.model, &gaps, |gap| typed(gap, form));
    // Whoever was overtaken is told so first: their places may be gone.
    if changes.is_empty() && after == paper.number {
        return Err(malformed("Vul ten minste één plek in. Wat leeg blijft, staat de volgende keer nog open."));
    }
    let changes = changes.into_iter().map(|(place, text)| change(&place, &text)).collect::<Result<_, _>>()?;
    Ok(StepWish { after, step: StepKind::Amended, reason: String::new(), changes, said: Said::default() })
}

fn change(place: &str, text: &str) -> Result<TextChange, WebError> {
    alinea::change_at(place, text).ok_or(WebError::NotFound)
}
