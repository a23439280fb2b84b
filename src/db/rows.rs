//! Every row that a backup keeps, as plain data, in an order in which it can be put back.

use super::backup::BackupError;
use super::connection::AnyConn;
use super::error::DbError;
use super::schema::{
    audit_anchor, audit_entry, audit_head, case_assignment, data_key, delegation, destruction, document_code,
    document_file, dossier, dossier_version, draft, file_check, file_content, provider_subject, recovery_code,
    review_step, second_factor, security_key, service_key, submission, submission_delegation, submission_taken,
    unfinished_form, user_account,
};
use diesel::prelude::*;
use serde::{Deserialize, Serialize};

/// Rows read at a time.
const PAGE: i64 = 200;

macro_rules! rows {
    ($($(#[$doc:meta])* $variant:ident $table:ident { $($(#[$mark:meta])* $field:ident: $kind:ty),+ $(,)? })+) => {
        $(
            $(#[$doc])*
            #[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Queryable, Insertable)]
            #[diesel(table_name = $table)]
            #[serde(deny_unknown_fields)]
            pub struct $variant { $(#[doc = "Column."] $(#[$mark])* pub $field: $kind),+ }
        )+

        /// A row of one of the tables.
        #[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(tag = "table", rename_all = "snake_case")]
        pub enum Row { $(#[doc = "Row of this table."] $variant($variant)),+ }

        /// Tables of which a backup keeps the rows.
        pub const TABLES: &[&str] = &[$(stringify!($table)),+];

        impl Row {
            fn put(self, tx: &mut AnyConn) -> Result<(), DbError> {
                match self {
                    $(Self::$variant(row) => { diesel::insert_into($table::table).values(row).execute(tx)?; })+
                }
                Ok(())
            }
        }
    };
}

rows! {
    /// A user.
    UserAccount user_account {
        id: String, login: String, name: String, role: String, password_hash: String, active: bool, created_at: i64,
    }
    /// A data key, wrapped by a master key that a backup does not have.
    DataKey data_key { scope: String, master: String, #[serde(with = "hexadecimal")] wrapped: Vec<u8> }
    /// The second factor of a user, sealed.
    SecondFactor second_factor {
        user_id: String, #[serde(with = "hexadecimal")] sealed: Vec<u8>, confirmed_at: Option<i64>, last_step: i64,
    }
    /// A recovery code of a user.
    RecoveryCode recovery_code { user_id: String, hash: String, used_at: Option<i64> }
    /// A key on a device of a user, sealed.
    SecurityKey security_key {
        id: String, user_id: String, name: String, #[serde(with = "hexadecimal")] sealed: Vec<u8>, added_at: i64,
        last_used_at: Option<i64>,
    }
    /// Who a user is at a provider.
    ProviderSubject provider_subject { issuer: String, subject: String, user_id: String, linked_at: i64 }
    /// A public key of an organisation.
    ServiceKey service_key {
        id: String, user_id: String, thumbprint: String, jwk: String, added_at: i64, added_by: String,
        ended_at: Option<i64>,
    }
    /// For whom someone of an office acts.
    Delegation delegation {
        id: String, advocate_id: String, delegate_id: String, created_at: i64, ends_at: i64, ended_at: Option<i64>,
    }
    /// A dossier.
    Dossier dossier {
        id: String, reference: String, current_version: i64, created_at: i64, updated_at: i64, created_by: String,
    }
    /// A version of a dossier.
    DossierVersion dossier_version {
        dossier_id: String, version: i64, content: String, hash: String, created_at: i64, created_by: String,
        #[serde(default, skip_serializing_if = "Option::is_none", with = "hexadecimal_or_none")] sealed: Option<Vec<u8>>,
    }
    /// An assignment.
    CaseAssignment case_assignment {
        id: String, dossier_id: String, user_id: String, role: String, person_id: Option<String>,
        party_id: Option<String>, domains: String, created_at: i64, created_by: String, ended_at: Option<i64>,
    }
    /// Something handed in.
    Submission submission {
        id: String, dossier_id: String, user_id: String, kind: String, on_behalf_of: String, content: String,
        hash: String, received_at: i64,
        #[serde(default, skip_serializing_if = "Option::is_none", with = "hexadecimal_or_none")] sealed: Option<Vec<u8>>,
    }
    /// By which right it was handed in for an advocate.
    SubmissionDelegation submission_delegation { submission_id: String, delegation_id: String }
    /// That it was taken into the dossier.
    SubmissionTaken submission_taken { submission_id: String, version: i64, taken_at: i64, taken_by: String }
    /// A kept draft.
    Draft draft {
        id: String, dossier_id: String, dossier_version: i64, kind: String, state: String, content: String,
        hash: String, created_at: i64, created_by: String,
        #[serde(default, skip_serializing_if = "Option::is_none", with = "hexadecimal_or_none")] sealed: Option<Vec<u8>>,
    }
    /// A step in the life of a document of a draft.
    ReviewStep review_step {
        draft_id: String, document: String, number: i64, step: String, text_version: i64, reason: String,
        content: Option<String>, hash: String, file_hash: Option<String>, made_at: i64, made_by: String,
        #[serde(default, skip_serializing_if = "Option::is_none", with = "hexadecimal_or_none")] sealed: Option<Vec<u8>>,
    }
    /// A code printed on a document.
    DocumentCode document_code {
        code: String, draft_id: String, document: String, text_version: i64, hash: String,
    }
    /// The content of a file.
    FileContent file_content {
        sha256: String, #[serde(with = "hexadecimal")] content: Vec<u8>,
        #[serde(default, skip_serializing_if = "Option::is_none", with = "hexadecimal_or_none")] sealed: Option<Vec<u8>>,
    }
    /// Which file a document has.
    DocumentFile document_file {
        id: String, dossier_id: String, document: String, number: i64, sha256: String, size: i64, pages: i64,
        stored_at: i64, stored_by: String,
    }
    /// For which parties a file was looked through.
    FileCheck file_check {
        file_id: String, number: i64, content: String, hash: String, checked_at: i64, checked_by: String,
    }
    /// A form that was not recorded yet.
    UnfinishedForm unfinished_form {
        user_id: String, dossier_id: String, form: String, fields: String, saved_at: i64,
        #[serde(default, skip_serializing_if = "Option::is_none", with = "hexadecimal_or_none")] sealed: Option<Vec<u8>>,
    }
    /// A proposal to destroy a case, and what became of it.
    Destruction destruction {
        id: String, dossier_id: String, reference: String, rule: String, due_on: String, reason: String,
        proposed_at: i64, proposed_by: String, withdrawn_at: Option<i64>, withdrawn_by: Option<String>,
        package_hash: Option<String>, package_seq: Option<i64>, confirmed_at: Option<i64>, confirmed_by: Option<String>,
    }
    /// An entry of the audit trail.
    AuditEntry audit_entry {
        chain: String, seq: i64, at: i64, actor: String, role: String, event: String, data: String, previous: String,
        hash: String,
    }
    /// The head of a chain.
    AuditHead audit_head { chain: String, seq: i64, hash: String }
    /// An anchor.
    AuditAnchor audit_anchor { seq: i64, at: i64, heads: String, previous: String, hash: String }
}

/// Bytes as hexadecimal text.
mod hexadecimal {
    use serde::de::Error;
    use serde::{Deserialize, Deserializer, Serializer};

    const DIGITS: &[u8; 16] = b"0123456789abcdef";

    pub(super) fn serialize<S: Serializer>(bytes: &[u8], to: S) -> Result<S::Ok, S::Error> {
        let mut text = String::with_capacity(bytes.len().saturating_mul(2));
        for byte in bytes {
            for digit in [byte >> 4, byte & 15] {
                text.push(DIGITS.get(usize::from(digit)).copied().map_or('0', char::from));
            }
        }
        to.serialize_str(&text)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<u8>, D::Error> {
        let text = String::deserialize(from)?;
        let digit = |byte: &u8| char::from(*byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
        text.as_bytes()
            .chunks(2)
            .map(|pair| match pair {
                [high, low] => Some(digit(high)? << 4 | digit(low)?),
                _ => None,
            })
            .collect::<Option<_>>()
            .ok_or_else(|| D::Error::custom("no hexadecimal text"))
    }
}

/// As `hexadecimal`; none where nothing was sealed.
mod hexadecimal_or_none {
    use serde::{Deserializer, Serializer};

    pub(super) fn serialize<S: Serializer>(bytes: &Option<Vec<u8>>, to: S) -> Result<S::Ok, S::Error> {
        match bytes {
            Some(bytes) => super::hexadecimal::serialize(bytes, to),
            None => to.serialize_none(),
        }
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Vec<u8>>, D::Error> {
        super::hexadecimal::deserialize(from).map(Some)
    }
}

impl Row {
    /// Puts the row back. What every new database has already is replaced by what the backup says.
    ///
    /// # Errors
    /// When it does not fit.
    pub(super) fn insert(self, tx: &mut AnyConn) -> Result<(), DbError> {
        match self {
            Self::UserAccount(row) if has_user(tx, &row.id)? => Ok(()),
            Self::AuditHead(row) if has_head(tx, &row.chain)? => {
                diesel::update(audit_head::table.find(&row.chain))
                    .set((audit_head::seq.eq(row.seq), audit_head::hash.eq(&row.hash)))
                    .execute(tx)?;
                Ok(())
            }
            other => other.put(tx),
        }
    }
}

fn has_user(tx: &mut AnyConn, id: &str) -> Result<bool, DbError> {
    Ok(user_account::table.find(id).count().get_result::<i64>(tx)? == 1)
}

fn has_head(tx: &mut AnyConn, chain: &str) -> Result<bool, DbError> {
    Ok(audit_head::table.find(chain).count().get_result::<i64>(tx)? == 1)
}

/// Whether the database has nothing but what every new one has.
pub(super) fn are_none(conn: &mut AnyConn) -> Result<bool, DbError> {
    let users: i64 = user_account::table.count().get_result(conn)?;
    let dossiers: i64 = dossier::table.count().get_result(conn)?;
    let entries: i64 = audit_entry::table.count().get_result(conn)?;
    Ok((users, dossiers, entries) == (1, 0, 0))
}

/// What takes each row.
type Take<'a> = &'a mut dyn FnMut(Row) -> Result<(), BackupError>;

/// Gives every row, with those that others refer to before them.
pub(super) fn each(conn: &mut AnyConn, take: Take<'_>) -> Result<(), BackupError> {
    let users: Vec<UserAccount> = user_account::table.order(user_account::id.asc()).load(conn)?;
    users.into_iter().try_for_each(|row| take(Row::UserAccount(row)))?;
    let factors: Vec<SecondFactor> = second_factor::table.order(second_factor::user_id.asc()).load(conn)?;
    factors.into_iter().try_for_each(|row| take(Row::SecondFactor(row)))?;
    let codes: Vec<RecoveryCode> =
        recovery_code::table.order((recovery_code::user_id.asc(), recovery_code::hash.asc())).load(conn)?;
    codes.into_iter().try_for_each(|row| take(Row::RecoveryCode(row)))?;
    let devices: Vec<SecurityKey> = security_key::table.order(security_key::id.asc()).load(conn)?;
    devices.into_iter().try_for_each(|row| take(Row::SecurityKey(row)))?;
    let subjects: Vec<ProviderSubject> =
        provider_subject::table.order((provider_subject::issuer.asc(), provider_subject::subject.asc())).load(conn)?;
    subjects.into_iter().try_for_each(|row| take(Row::ProviderSubject(row)))?;
    let public: Vec<ServiceKey> = service_key::table.order(service_key::id.asc()).load(conn)?;
    public.into_iter().try_for_each(|row| take(Row::ServiceKey(row)))?;
    let keys: Vec<DataKey> = data_key::table.order(data_key::scope.asc()).load(conn)?;
    keys.into_iter().try_for_each(|row| take(Row::DataKey(row)))?;
    let delegations: Vec<Delegation> = delegation::table.order(delegation::id.asc()).load(conn)?;
    delegations.into_iter().try_for_each(|row| take(Row::Delegation(row)))?;
    entries(conn, "system", take)?;
    let files: Vec<String> =
        file_content::table.select(file_content::sha256).order(file_content::sha256.asc()).load(conn)?;
    for file in files {
        take(Row::FileContent(file_content::table.find(file).first(conn)?))?;
    }
    let dossiers: Vec<Dossier> = dossier::table.order(dossier::id.asc()).load(conn)?;
    for row in dossiers {
        let id = row.id.clone();
        take(Row::Dossier(row))?;
        of_dossier(conn, &id, take)?;
        entries(conn, &id, take)?;
    }
    let destructions: Vec<Destruction> = destruction::table.order(destruction::id.asc()).load(conn)?;
    for row in destructions {
        // Of a case that is gone, the chain is all that is left.
        let gone = row.confirmed_at.is_some().then(|| row.dossier_id.clone());
        take(Row::Destruction(row))?;
        gone.map_or(Ok(()), |id| entries(conn, &id, take))?;
    }
    // How far anchors go is not kept: the first anchor after a restore names every chain again.
    let columns = (audit_head::chain, audit_head::seq, audit_head::hash);
    let heads: Vec<AuditHead> = audit_head::table.select(columns).order(audit_head::chain.asc()).load(conn)?;
    heads.into_iter().try_for_each(|row| take(Row::AuditHead(row)))?;
    let mut after = 0;
    loop {
        // The first anchor names every chain, so few are held at a time.
        let page: Vec<AuditAnchor> = audit_anchor::table
            .filter(audit_anchor::seq.gt(after))
            .order(audit_anchor::seq.asc())
            .limit(10)
            .load(conn)?;
        let Some(last) = page.last() else { return Ok(()) };
        after = last.seq;
        page.into_iter().try_for_each(|row| take(Row::AuditAnchor(row)))?;
    }
}

/// Everything of one dossier but its chain.
fn of_dossier(conn: &mut AnyConn, id: &str, take: Take<'_>) -> Result<(), BackupError> {
    use {case_assignment as a, draft as d, submission as s, submission_taken as t};
    let mut after = 0;
    loop {
        let version: Option<DossierVersion> = dossier_version::table
            .filter(dossier_version::dossier_id.eq(id).and(dossier_version::version.gt(after)))
            .order(dossier_version::version.asc())
            .first(conn)
            .optional()?;
        let Some(version) = version else { break };
        after = version.version;
        take(Row::DossierVersion(version))?;
    }
    let assignments: Vec<CaseAssignment> = a::table.filter(a::dossier_id.eq(id)).order(a::id.asc()).load(conn)?;
    assignments.into_iter().try_for_each(|row| take(Row::CaseAssignment(row)))?;
    let submissions: Vec<Submission> = s::table.filter(s::dossier_id.eq(id)).order(s::id.asc()).load(conn)?;
    for row in submissions {
        let taken: Option<SubmissionTaken> = t::table.find(&row.id).first(conn).optional()?;
        let delegated: Option<SubmissionDelegation> =
            submission_delegation::table.find(&row.id).first(conn).optional()?;
        take(Row::Submission(row))?;
        delegated.map_or(Ok(()), |row| take(Row::SubmissionDelegation(row)))?;
        taken.map_or(Ok(()), |row| take(Row::SubmissionTaken(row)))?;
    }
    let drafts: Vec<String> = d::table.filter(d::dossier_id.eq(id)).order(d::id.asc()).select(d::id).load(conn)?;
    for draft in drafts {
        take(Row::Draft(d::table.find(&draft).first(conn)?))?;
        of_draft(conn, &draft, take)?;
    }
    files(conn, id, take)?;
    let forms: Vec<UnfinishedForm> = unfinished_form::table
        .filter(unfinished_form::dossier_id.eq(id))
        .order((unfinished_form::user_id.asc(), unfinished_form::form.asc()))
        .load(conn)?;
    forms.into_iter().try_for_each(|row| take(Row::UnfinishedForm(row)))
}

/// Steps and codes of the documents of a draft.
fn of_draft(conn: &mut AnyConn, id: &str, take: Take<'_>) -> Result<(), BackupError> {
    use {document_code as c, review_step as r};
    let steps: Vec<ReviewStep> =
        r::table.filter(r::draft_id.eq(id)).order((r::document.asc(), r::number.asc())).load(conn)?;
    steps.into_iter().try_for_each(|row| take(Row::ReviewStep(row)))?;
    let codes: Vec<DocumentCode> = c::table
        .filter(c::draft_id.eq(id))
        .order((c::document.asc(), c::text_version.asc(), c::code.asc()))
        .load(conn)?;
    codes.into_iter().try_for_each(|row| take(Row::DocumentCode(row)))
}

/// Which files the documents have, and for whom they were looked through.
fn files(conn: &mut AnyConn, id: &str, take: Take<'_>) -> Result<(), BackupError> {
    use {document_file as f, file_check as c};
    let files: Vec<DocumentFile> =
        f::table.filter(f::dossier_id.eq(id)).order((f::document.asc(), f::number.asc())).load(conn)?;
    for row in files {
        let checks: Vec<FileCheck> = c::table.filter(c::file_id.eq(&row.id)).order(c::number.asc()).load(conn)?;
        take(Row::DocumentFile(row))?;
        checks.into_iter().try_for_each(|row| take(Row::FileCheck(row)))?;
    }
    Ok(())
}

fn entries(conn: &mut AnyConn, chain: &str, take: Take<'_>) -> Result<(), BackupError> {
    let mut after = 0;
    loop {
        let page: Vec<AuditEntry> = audit_entry::table
            .filter(audit_entry::chain.eq(chain).and(audit_entry::seq.gt(after)))
            .order(audit_entry::seq.asc())
            .limit(PAGE)
            .load(conn)?;
        let Some(last) = page.last() else { return Ok(()) };
        after = last.seq;
        page.into_iter().try_for_each(|row| take(Row::AuditEntry(row)))?;
    }
}
