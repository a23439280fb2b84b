//! Typed identifiers. All ids of one dossier share one namespace, so that a
//! finding can point at any fact with a single string.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::fmt;

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
        #[serde(transparent)]
        pub struct $name(#[schemars(regex(pattern = r"^[a-z0-9][a-z0-9_-]{0,63}$"))] pub String);

        impl $name {
            /// The id as it stands in the dossier.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl From<&str> for $name {
            fn from(value: &str) -> Self {
                Self(value.to_owned())
            }
        }
    };
}

id!(
    /// A natural person.
    PersonId
);
id!(
    /// A natural person or an organisation (Raad, OM, GI, burgemeester).
    PartyId
);
id!(
    /// One matter: a criminal, administrative or family-law case.
    MatterId
);
id!(
    /// A document in the file.
    DocumentId
);
id!(
    /// An address; measures point at addresses by id so a secret one is never copied.
    AddressId
);
id!(
    /// An event (one incident or a described period of conduct).
    EventId
);
id!(
    /// A measure (ban, order, arrangement).
    MeasureId
);
id!(
    /// A request to a court or authority.
    RequestId
);
id!(
    /// Anything in the dossier a finding can rest on: event, measure, result, help, hearing, ...
    FactId
);

impl From<&PersonId> for PartyId {
    fn from(value: &PersonId) -> Self {
        Self(value.0.clone())
    }
}

macro_rules! into_fact {
    ($($name:ident),+) => {
        $(impl From<&$name> for FactId {
            fn from(value: &$name) -> Self {
                Self(value.0.clone())
            }
        })+
    };
}
into_fact!(PersonId, PartyId, MatterId, DocumentId, EventId, MeasureId, RequestId, AddressId);
