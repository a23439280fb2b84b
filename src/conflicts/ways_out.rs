//! Ways out of a clash or a gap: only what the competent authority can do.

use super::arrangements::Arrangement;
use super::bans::Ban;
use super::sources::Source;
use crate::dossier::model::{Instrument, Measure, OmgangBasis};

/// What the author of a ban (or its reviewer) can do, with the source.
pub(super) fn of_ban(ban: &Ban<'_>) -> (Vec<String>, Vec<Source>) {
    let (words, sources): (&[&str], &[Source]) = match ban.instrument {
        Instrument::Huisverbod | Instrument::HuisverbodExtension => (
            &[
                "De burgemeester kan het huisverbod intrekken (art. 2 lid 9 Wth); alleen voor één persoon het contactverbod laten vervallen kan de bestuursrechter, op beroep of op verzoek om een voorlopige voorziening.",
                "De familierechter kan de regeling laten ingaan na het einde van het huisverbod.",
            ],
            &[Source::Wth1, Source::Wth2Lid9, Source::Wth6],
        ),
        Instrument::Gedragsaanwijzing => (
            &[
                "De officier van justitie wijzigt de gedragsaanwijzing of trekt haar in als nieuwe feiten daartoe aanleiding geven (art. 509hh lid 6 Sv), bijvoorbeeld met een uitzondering voor begeleid contact.",
                "De rechter voor wie de verdachte is gedagvaard, kan de gedragsaanwijzing wijzigen of opheffen (lid 4); de rechtbank oordeelt op beroep van de verdachte (lid 5).",
            ],
            &[Source::Sv509hh],
        ),
        Instrument::SchorsingVoorlopigeHechtenis => (
            &[
                "De strafrechter die over de voorlopige hechtenis gaat, kan de schorsingsvoorwaarden wijzigen, ook op verzoek van de verdachte of op vordering van het openbaar ministerie (art. 81 Sv).",
            ],
            &[Source::Sv80, Source::Sv81],
        ),
        Instrument::BijzondereVoorwaarde => (
            &[
                "De strafrechter kan de bijzondere voorwaarde wijzigen of opheffen, op vordering van het openbaar ministerie of op verzoek van de veroordeelde.",
            ],
            &[Source::Sr14c, Source::Sr14f],
        ),
        Instrument::Vrijheidsbeperkend38v => (
            &[
                "De strafrechter in hoger beroep kan de maatregel anders vaststellen of de dadelijke uitvoerbaarheid opheffen (art. 38v lid 5 Sr); is de maatregel onherroepelijk, dan moet de regeling binnen de maatregel en zijn uitzonderingen blijven.",
            ],
            &[Source::Sr38v],
        ),
        Instrument::CivielVerbod => (
            &[
                "De civiele rechter kan het verbod wijzigen of opheffen, in hoger beroep of in een nieuwe procedure (art. 254 Rv).",
            ],
            &[Source::Rv254],
        ),
        Instrument::VoorlopigeVoorziening => (
            &[
                "De rechtbank kan de voorlopige voorziening wijzigen of intrekken bij gewijzigde omstandigheden of onjuiste gegevens (art. 824 lid 2 Rv).",
            ],
            &[Source::Rv824],
        ),
        _ => (&["De instantie die de maatregel heeft opgelegd, kan haar wijzigen of beëindigen."], &[]),
    };
    (words.iter().map(|line| (*line).to_owned()).collect(), sources.to_vec())
}

/// What the family judge can do with an arrangement. One that was made as a provisional order is
/// changed as such, whatever it arranges.
pub(super) fn of_arrangement(arrangement: &Arrangement<'_>) -> (String, Source) {
    let provisional = |measure: &Measure| measure.legal_basis.as_deref().is_some_and(|basis| basis.contains("822"));
    match arrangement.measure.map(|m| if provisional(m) { Instrument::VoorlopigeVoorziening } else { m.instrument }) {
        None => (
            "De familierechter kan de regeling zo vaststellen dat zij binnen het verbod blijft, of haar pas na het einde van het verbod laten ingaan.".to_owned(),
            if arrangement.basis == Some(OmgangBasis::Bw1253a) { Source::Bw253a } else { Source::Bw377a },
        ),
        Some(Instrument::Zorgregeling) => (
            "De familierechter kan de zorgregeling wijzigen of tijdelijk stilleggen (art. 1:253a BW).".to_owned(),
            Source::Bw253a,
        ),
        Some(Instrument::VoorlopigeVoorziening) => (
            "De rechtbank kan de voorlopige voorziening wijzigen of intrekken (art. 824 lid 2 Rv).".to_owned(),
            Source::Rv824,
        ),
        Some(_) => (
            "De familierechter kan de regeling wijzigen, schorsen of later laten ingaan (art. 1:377e BW).".to_owned(),
            Source::Bw377e,
        ),
    }
}

/// The sentence that a family order lifts no ban of another authority; empty for family-law bans.
pub(super) fn no_lifting(instrument: Instrument) -> &'static str {
    match instrument {
        Instrument::Gedragsaanwijzing
        | Instrument::SchorsingVoorlopigeHechtenis
        | Instrument::BijzondereVoorwaarde
        | Instrument::Vrijheidsbeperkend38v => {
            " Een regeling van de familierechter heft een strafrechtelijk verbod niet op."
        }
        Instrument::Huisverbod | Instrument::HuisverbodExtension => {
            " Een regeling van de familierechter heft het huisverbod van de burgemeester niet op."
        }
        _ => "",
    }
}
