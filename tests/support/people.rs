//! People in each role, and a small dossier to assign them to.

use combizitting::db::schema::user_account;
use combizitting::db::{Database, DbError, Job, new_id};
use combizitting::dossier::model::Dossier;
use combizitting::identity::{Actor, Role};
use diesel::prelude::*;
use serde_json::json;

/// One person in each role. They cannot sign in: their account has no password.
pub struct People {
    pub rechter: Actor,
    pub griffier: Actor,
    pub advocaat: Actor,
    pub ketenpartner: Actor,
    pub toezichthouder: Actor,
    pub beheerder: Actor,
}

impl People {
    pub fn add_to(db: &Database) -> Self {
        Self {
            rechter: person_in_role(db, Role::Rechter),
            griffier: person_in_role(db, Role::Griffier),
            advocaat: person_in_role(db, Role::Advocaat),
            ketenpartner: person_in_role(db, Role::Ketenpartner),
            toezichthouder: person_in_role(db, Role::Toezichthouder),
            beheerder: person_in_role(db, Role::Beheerder),
        }
    }
}

/// A new person in a role, without password.
pub fn person_in_role(db: &Database, role: Role) -> Actor {
    let id = new_id();
    let actor = Actor { user_id: id.clone(), name: format!("Test {role}"), role };
    let name = actor.name.clone();
    db.write(Job::Accounts, move |tx| -> Result<(), DbError> {
        use user_account as u;
        diesel::insert_into(u::table)
            .values((
                u::id.eq(&id),
                u::login.eq(format!("{role}-{id}")),
                u::name.eq(name),
                u::role.eq(role.as_str()),
                u::password_hash.eq(""),
                u::active.eq(true),
                u::created_at.eq(0_i64),
            ))
            .execute(tx)?;
        Ok(())
    })
    .expect("the person is added");
    actor
}

/// A dossier with two parents, a child, the Raad and one family matter.
pub fn small_dossier(reference: &str) -> Dossier {
    serde_json::from_value(json!({
        "format": "1",
        "reference": reference,
        "persons": [
            {"id": "ouder-a", "name": "Ouder A", "family_role": "parent"},
            {"id": "ouder-b", "name": "Ouder B", "family_role": "parent"},
            {"id": "kind-1", "name": "Kind Een", "family_role": "child"}
        ],
        "organisations": [{"id": "raad", "name": "Raad voor de Kinderbescherming", "kind": "raad"}],
        "matters": [{
            "id": "omgang", "domain": "family", "kind": "omgang", "state": "pending",
            "numbers": [{"kind": "zaaknummer", "value": "C/00/000001"}],
            "authority": {"name": "Rechtbank"}
        }]
    }))
    .expect("the small dossier is well formed")
}
