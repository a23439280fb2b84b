//! Showing the audit trail to those who may see it; looking at it is logged too.

use super::error::DossierError;
use super::record::Access;
use super::service::{Dossiers, PAGE_MOST};
use super::{rights, store};
use crate::audit::{AuditEvent, AuditLine, Chain, Place, lines, lines_of, record};
use crate::db::schema::{dossier, user_account};
use crate::db::{AnyConn, DbError, Micros, instant_of};
use crate::identity::{Actor, Role};
use crate::shared::moment::Instant;
use diesel::prelude::*;
use std::collections::BTreeMap;

/// What the ids in lines of the trail stand for. The trail itself keeps no names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TrailNames {
    /// Users by id.
    pub users: BTreeMap<String, TrailUser>,
    /// References of cases by id.
    pub cases: BTreeMap<String, String>,
    /// What assignments gave access to, by id.
    pub rights: BTreeMap<String, TrailRight>,
}

/// An assignment as the overseer knows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TrailRight {
    /// What it gave access to.
    pub access: Access,
    /// Id of whose it is.
    pub user: String,
    /// Name of whose it is.
    pub name: String,
}

/// A user as the overseer knows them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TrailUser {
    /// Name.
    pub name: String,
    /// Name with which they sign in.
    pub login: String,
}

impl Dossiers {
    /// The audit trail of a case, newest first (court of the case, or overseer), of one user when given.
    /// The look is logged.
    ///
    /// # Errors
    /// `NotFound`, `Forbidden`, or storage.
    pub fn trail(
        &self,
        actor: &Actor,
        id: &str,
        user: Option<&str>,
        before: Option<i64>,
        limit: i64,
    ) -> Result<Vec<AuditLine>, DossierError> {
        let chain = Chain::Dossier(id.to_owned());
        let found = self.db.read(actor, |conn| {
            if actor.role == Role::Toezichthouder {
                store::current_version(conn, id)?.ok_or(DossierError::NotFound)?;
            } else {
                rights::get_court_access(conn, actor, id)?;
            }
            Ok::<_, DossierError>(lines(conn, &chain, user, before, limit.clamp(1, PAGE_MOST))?)
        })?;
        self.log_trail(actor, chain, user)?;
        Ok(found)
    }

    /// The audit trail of the system itself: users and sign-ins (overseer only). The look is logged.
    ///
    /// # Errors
    /// `Forbidden`, or storage.
    pub fn system_trail(&self, actor: &Actor, before: Option<i64>, limit: i64) -> Result<Vec<AuditLine>, DossierError> {
        must_oversee(actor)?;
        let found = self.db.read(actor, |conn| lines(conn, &Chain::System, None, before, limit.clamp(1, PAGE_MOST)))?;
        self.log_trail(actor, Chain::System, None)?;
        Ok(found)
    }

    /// Everything that one user did, in all cases and in the system, newest first (overseer only). The look is
    /// logged.
    ///
    /// # Errors
    /// `Forbidden`, or storage.
    pub fn user_trail(
        &self,
        actor: &Actor,
        user: &str,
        before: Option<&Place>,
        limit: i64,
    ) -> Result<Vec<AuditLine>, DossierError> {
        must_oversee(actor)?;
        let found = self.db.read(actor, |conn| lines_of(conn, user, before, limit.clamp(1, PAGE_MOST)))?;
        self.log_trail(actor, Chain::System, Some(user))?;
        Ok(found)
    }

    /// Names of users, references of cases and rights that these lines name, for the overseer.
    ///
    /// # Errors
    /// `Forbidden`, or storage.
    pub fn trail_names(&self, actor: &Actor, of: &[AuditLine]) -> Result<TrailNames, DossierError> {
        must_oversee(actor)?;
        let ids = |of: Vec<&str>| -> Vec<String> { of.into_iter().map(str::to_owned).collect() };
        let users = ids(of.iter().map(|line| line.actor.as_str()).collect());
        let cases = ids(of.iter().map(|line| line.place.chain.as_str()).collect());
        let rights = ids(of.iter().filter_map(|line| line.assignment.as_deref()).collect());
        Ok(self.db.read(actor, |conn| {
            let users: Vec<(String, String, String)> = user_account::table
                .filter(user_account::id.eq_any(users))
                .select((user_account::id, user_account::name, user_account::login))
                .load(conn)?;
            let cases: Vec<(String, String)> = dossier::table
                .filter(dossier::id.eq_any(cases))
                .select((dossier::id, dossier::reference))
                .load(conn)?;
            let rights = rights::accesses(conn, &rights)?;
            Ok::<_, DbError>(TrailNames {
                users: users.into_iter().map(|(id, name, login)| (id, TrailUser { name, login })).collect(),
                cases: cases.into_iter().collect(),
                rights: rights
                    .into_iter()
                    .map(|(access, user, name)| (access.assignment.clone(), TrailRight { access, user, name }))
                    .collect(),
            })
        })?)
    }

    /// The case with this reference, for the overseer and the administrator.
    ///
    /// # Errors
    /// `Forbidden`, or storage.
    pub fn find_by_reference(&self, actor: &Actor, reference: &str) -> Result<Option<String>, DossierError> {
        must_manage(actor)?;
        let query = dossier::table.filter(dossier::reference.eq(reference)).select(dossier::id);
        Ok(self.db.read(actor, |conn| Ok::<_, DbError>(query.first(conn).optional()?))?)
    }

    /// How many cases there are, and when the oldest was taken in; for the overseer and the administrator.
    ///
    /// # Errors
    /// `Forbidden`, or storage.
    pub fn extent(&self, actor: &Actor) -> Result<(i64, Option<Instant>), DossierError> {
        must_manage(actor)?;
        self.db.read(actor, |conn| {
            let oldest = dossier::table.order(dossier::id.asc()).select(dossier::created_at);
            let oldest: Option<Micros> = oldest.first(conn).optional()?;
            Ok((store::count(conn)?, oldest.map(instant_of)))
        })
    }

    fn log_trail(&self, actor: &Actor, chain: Chain, user: Option<&str>) -> Result<(), DossierError> {
        let (author, at, user) = (actor.author(), self.db.now(), user.map(str::to_owned));
        self.db.write(actor, move |tx: &mut AnyConn| {
            let event = AuditEvent::AuditViewed { chain: chain.as_str().to_owned(), user };
            record(tx, &chain, &author, at, &event)?;
            Ok(())
        })
    }
}

fn must_manage(actor: &Actor) -> Result<(), DossierError> {
    match actor.role {
        Role::Toezichthouder | Role::Beheerder => Ok(()),
        _ => Err(DossierError::Forbidden),
    }
}

fn must_oversee(actor: &Actor) -> Result<(), DossierError> {
    if actor.role == Role::Toezichthouder { Ok(()) } else { Err(DossierError::Forbidden) }
}
