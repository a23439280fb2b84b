//! Dossiers of a given size, grown from the demo family.

use chrono::Days;
use combizitting::dossier::model::{Dossier, EventTime};
use combizitting::shared::ids::{EventId, FactId};

/// The demo family.
pub fn demo() -> Dossier {
    let bytes = include_bytes!("../../templates/demo/gezin.json");
    combizitting::intake::read(bytes).expect("the demo family passes the intake")
}

/// Facts in a dossier: what a finding may rest on, without the documents and matters themselves.
pub fn fact_count(dossier: &Dossier) -> usize {
    dossier.fact_ids().len() - dossier.documents.len() - dossier.matters.len()
}

/// The demo family with its events repeated on other days until it has about this many facts.
pub fn grown(facts: usize) -> Dossier {
    let mut dossier = demo();
    let originals = dossier.events.clone();
    let mut round: u64 = 0;
    while fact_count(&dossier) < facts {
        round += 1;
        for original in &originals {
            let mut event = original.clone();
            event.id = EventId(format!("{}-{round}", original.id));
            if let EventTime::Day { on } = &mut event.time {
                *on = on.checked_sub_days(Days::new(round)).unwrap_or(*on);
            }
            for statement in &mut event.statements {
                statement.id = FactId(format!("{}-{round}", statement.id));
                statement.made_on = None;
                if let Some(repeated) = &mut statement.repeats {
                    *repeated = FactId(format!("{repeated}-{round}"));
                }
            }
            dossier.events.push(event);
            if fact_count(&dossier) >= facts {
                break;
            }
        }
    }
    dossier
}
