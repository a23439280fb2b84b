//! The tables as Diesel knows them; `migrations/` is the source, a test holds the two together.
#![allow(missing_docs, reason = "the table macro writes items without documentation")]

use diesel::{allow_tables_to_appear_in_same_query, joinable, table};

table! {
    user_account (id) {
        id -> Text,
        login -> Text,
        name -> Text,
        role -> Text,
        password_hash -> Text,
        active -> Bool,
        created_at -> BigInt,
    }
}
table! {
    session (id) {
        id -> Text,
        user_id -> Text,
        started_at -> BigInt,
        ends_at -> BigInt,
        revoked_at -> Nullable<BigInt>,
        second_factor -> Bool,
        by_provider -> Bool,
    }
}
table! {
    provider_subject (issuer, subject) {
        issuer -> Text,
        subject -> Text,
        user_id -> Text,
        linked_at -> BigInt,
    }
}
table! {
    service_key (id) {
        id -> Text,
        user_id -> Text,
        thumbprint -> Text,
        jwk -> Text,
        added_at -> BigInt,
        added_by -> Text,
        ended_at -> Nullable<BigInt>,
    }
}
table! {
    spent_once (hash) {
        hash -> Text,
        ends_at -> BigInt,
    }
}
table! {
    data_key (scope) {
        scope -> Text,
        master -> Text,
        wrapped -> Binary,
    }
}
table! {
    second_factor (user_id) {
        user_id -> Text,
        sealed -> Binary,
        confirmed_at -> Nullable<BigInt>,
        last_step -> BigInt,
    }
}
table! {
    recovery_code (user_id, hash) {
        user_id -> Text,
        hash -> Text,
        used_at -> Nullable<BigInt>,
    }
}
table! {
    security_key (id) {
        id -> Text,
        user_id -> Text,
        name -> Text,
        sealed -> Binary,
        added_at -> BigInt,
        last_used_at -> Nullable<BigInt>,
    }
}
table! {
    key_challenge (id) {
        id -> Text,
        user_id -> Text,
        sealed -> Binary,
        ends_at -> BigInt,
    }
}
table! {
    sign_in_attempt (login_hash) {
        login_hash -> Text,
        failed -> BigInt,
        last_at -> BigInt,
        locked_until -> BigInt,
    }
}
table! {
    dossier (id) {
        id -> Text,
        reference -> Text,
        current_version -> BigInt,
        created_at -> BigInt,
        updated_at -> BigInt,
        created_by -> Text,
    }
}
table! {
    dossier_version (dossier_id, version) {
        dossier_id -> Text,
        version -> BigInt,
        content -> Text,
        hash -> Text,
        created_at -> BigInt,
        created_by -> Text,
        sealed -> Nullable<Binary>,
    }
}
table! {
    case_assignment (id) {
        id -> Text,
        dossier_id -> Text,
        user_id -> Text,
        role -> Text,
        person_id -> Nullable<Text>,
        party_id -> Nullable<Text>,
        domains -> Text,
        created_at -> BigInt,
        created_by -> Text,
        ended_at -> Nullable<BigInt>,
    }
}
table! {
    delegation (id) {
        id -> Text,
        advocate_id -> Text,
        delegate_id -> Text,
        created_at -> BigInt,
        ends_at -> BigInt,
        ended_at -> Nullable<BigInt>,
    }
}
table! {
    submission_delegation (submission_id) {
        submission_id -> Text,
        delegation_id -> Text,
    }
}
table! {
    submission (id) {
        id -> Text,
        dossier_id -> Text,
        user_id -> Text,
        kind -> Text,
        on_behalf_of -> Text,
        content -> Text,
        hash -> Text,
        received_at -> BigInt,
        sealed -> Nullable<Binary>,
    }
}
table! {
    submission_taken (submission_id) {
        submission_id -> Text,
        version -> BigInt,
        taken_at -> BigInt,
        taken_by -> Text,
    }
}
table! {
    draft (id) {
        id -> Text,
        dossier_id -> Text,
        dossier_version -> BigInt,
        kind -> Text,
        state -> Text,
        content -> Text,
        hash -> Text,
        created_at -> BigInt,
        created_by -> Text,
        sealed -> Nullable<Binary>,
    }
}
table! {
    review_step (draft_id, document, number) {
        draft_id -> Text,
        document -> Text,
        number -> BigInt,
        step -> Text,
        text_version -> BigInt,
        reason -> Text,
        content -> Nullable<Text>,
        hash -> Text,
        file_hash -> Nullable<Text>,
        made_at -> BigInt,
        made_by -> Text,
        sealed -> Nullable<Binary>,
    }
}
table! {
    document_code (code, draft_id, document, text_version) {
        code -> Text,
        draft_id -> Text,
        document -> Text,
        text_version -> BigInt,
        hash -> Text,
    }
}
table! {
    file_content (sha256) {
        sha256 -> Text,
        content -> Binary,
        sealed -> Nullable<Binary>,
    }
}
table! {
    document_file (id) {
        id -> Text,
        dossier_id -> Text,
        document -> Text,
        number -> BigInt,
        sha256 -> Text,
        size -> BigInt,
        pages -> BigInt,
        stored_at -> BigInt,
        stored_by -> Text,
    }
}
table! {
    file_check (file_id, number) {
        file_id -> Text,
        number -> BigInt,
        content -> Text,
        hash -> Text,
        checked_at -> BigInt,
        checked_by -> Text,
    }
}
table! {
    unfinished_form (user_id, dossier_id, form) {
        user_id -> Text,
        dossier_id -> Text,
        form -> Text,
        fields -> Text,
        saved_at -> BigInt,
        sealed -> Nullable<Binary>,
    }
}
table! {
    open_work (kind, id, document) {
        kind -> Text,
        id -> Text,
        document -> Text,
        dossier_id -> Text,
    }
}
table! {
    case_moment (dossier_id, kind, number) {
        dossier_id -> Text,
        kind -> Text,
        number -> BigInt,
        at -> BigInt,
        content -> Text,
    }
}
table! {
    case_moment_state (dossier_id) {
        dossier_id -> Text,
        version -> BigInt,
        rules -> BigInt,
    }
}
table! {
    destruction (id) {
        id -> Text,
        dossier_id -> Text,
        reference -> Text,
        rule -> Text,
        due_on -> Text,
        reason -> Text,
        proposed_at -> BigInt,
        proposed_by -> Text,
        withdrawn_at -> Nullable<BigInt>,
        withdrawn_by -> Nullable<Text>,
        package_hash -> Nullable<Text>,
        package_seq -> Nullable<BigInt>,
        confirmed_at -> Nullable<BigInt>,
        confirmed_by -> Nullable<Text>,
    }
}
table! {
    audit_entry (chain, seq) {
        chain -> Text,
        seq -> BigInt,
        at -> BigInt,
        actor -> Text,
        role -> Text,
        event -> Text,
        data -> Text,
        previous -> Text,
        hash -> Text,
    }
}
table! {
    audit_head (chain) {
        chain -> Text,
        seq -> BigInt,
        hash -> Text,
        anchored -> BigInt,
    }
}
table! {
    audit_anchor (seq) {
        seq -> BigInt,
        at -> BigInt,
        heads -> Text,
        previous -> Text,
        hash -> Text,
    }
}

joinable!(session -> user_account (user_id));
joinable!(provider_subject -> user_account (user_id));
joinable!(dossier_version -> dossier (dossier_id));
joinable!(case_assignment -> dossier (dossier_id));
joinable!(submission_taken -> submission (submission_id));

allow_tables_to_appear_in_same_query!(
    user_account,
    session,
    provider_subject,
    dossier,
    dossier_version,
    case_assignment,
    case_moment,
    case_moment_state,
    open_work,
    delegation,
    submission_delegation,
    submission,
    submission_taken,
    draft,
    review_step,
    document_code,
    document_file,
    file_check,
    file_content,
);
