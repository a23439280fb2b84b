-- The second lock, behind the program's own check of access: a row with content of a case is there only for the account
-- that the transaction names, by an assignment of that account (or of the advocate for whom it may act now), or for a
-- job of the service itself that the transaction names. When nothing is named, there is nothing. It holds for the owner
-- of the tables too. `src/db/lock.rs` names account or job, for one transaction at a time.

-- For what the transaction is: 'zaak' (someone's own cases) or a job; empty when nothing was named.
CREATE FUNCTION slot_doel() RETURNS text LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT coalesce(current_setting('combizitting.doel', true), '')
$$;

-- Jobs that work on every case. Any other name opens no case; a test holds this list beside the one in Rust.
CREATE FUNCTION slot_systeem() RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT coalesce(current_setting('combizitting.doel', true), '')
        IN ('migratie', 'back-up', 'sleutels', 'bewaren', 'agenda', 'hertoetsen', 'logboek')
$$;

CREATE FUNCTION slot_account() RETURNS text LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT CASE WHEN current_setting('combizitting.doel', true) = 'zaak'
        THEN nullif(current_setting('combizitting.account', true), '') END
$$;

-- The role that the account has now; none when it was closed. Nobody signs in as the command line, which is never active.
CREATE FUNCTION slot_rol() RETURNS text LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$
BEGIN
    RETURN (SELECT u.role FROM user_account AS u WHERE u.id = slot_account() AND (u.active OR u.id = 'systeem'));
END
$$;

-- The advocates for whom the account may act at the moment that the transaction names, when it is of someone of an office.
-- Whoever names no moment acts for nobody.
CREATE FUNCTION slot_voor() RETURNS text[] LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$
DECLARE
    nu BIGINT := coalesce(nullif(current_setting('combizitting.nu', true), '')::bigint, 9223372036854775807);
BEGIN
    IF slot_rol() IS DISTINCT FROM 'medewerker' THEN
        RETURN ARRAY[]::text[];
    END IF;
    RETURN ARRAY(
        SELECT d.advocate_id FROM delegation AS d JOIN user_account AS u ON u.id = d.advocate_id
        WHERE d.delegate_id = slot_account() AND d.ended_at IS NULL AND d.ends_at > nu AND u.active AND u.role = 'advocaat'
    );
END
$$;

-- The policies. `own` is the one way to a case. It asks the index on user and case for one row, so that a list in the
-- order of something else is not gathered whole before its first page. What stands between (SELECT slot_...) is worked
-- out once for a statement.
DO $$
DECLARE
    system CONSTANT TEXT := '(SELECT slot_systeem())';
    named CONSTANT TEXT := '(SELECT slot_doel()) <> ''''';
    destroys CONSTANT TEXT := '(SELECT slot_doel()) = ''bewaren''';
    checks_code CONSTANT TEXT := '(SELECT slot_doel()) = ''controle''';
    me CONSTANT TEXT := '(SELECT slot_account())';
    voor CONSTANT TEXT := '((SELECT slot_voor())::text[])';
    mine CONSTANT TEXT := ' FROM case_assignment AS a WHERE a.dossier_id = %1$s AND a.user_id = (SELECT slot_account()) '
        || 'AND a.role = (SELECT slot_rol()) AND a.ended_at IS NULL%2$s';
    theirs CONSTANT TEXT := ' FROM case_assignment AS a WHERE a.dossier_id = %1$s AND a.user_id = ANY ((SELECT slot_voor())::text[]) '
        || 'AND a.role = ''advocaat'' AND a.ended_at IS NULL%2$s';
    for_office CONSTANT TEXT := ' OR ((SELECT slot_rol()) = ''medewerker'' AND (SELECT true' || theirs || ' LIMIT 1))';
    own CONSTANT TEXT := '((SELECT true' || mine || ' LIMIT 1)' || for_office || ')';
    content CONSTANT TEXT := ' AND a.role <> ''ketenpartner''';
    court CONSTANT TEXT := ' AND a.role IN (''rechter'', ''griffier'')';
    -- Table, who reads, who adds, who changes, who removes.
    rule TEXT[];
BEGIN
    FOREACH rule SLICE 1 IN ARRAY ARRAY[
        ['dossier',
            system || ' OR (SELECT slot_rol()) IN (''beheerder'', ''toezichthouder'') OR (SELECT slot_doel()) = ''bestaan'' OR ' || format(own, 'dossier.id', ''),
            system || ' OR created_by = ' || me,
            system || ' OR ' || format(own, 'dossier.id', court) || ' OR (SELECT slot_rol()) = ''beheerder''',
            destroys],
        ['dossier_version',
            system || ' OR ' || format(own, 'dossier_version.dossier_id', content),
            system || ' OR ' || format(own, 'dossier_version.dossier_id', court),
            system, destroys],
        ['draft',
            system || ' OR ' || checks_code || ' OR ' || format(own, 'draft.dossier_id', content),
            system || ' OR ' || format(own, 'draft.dossier_id', court),
            system, destroys],
        ['review_step',
            '(SELECT true FROM draft AS d WHERE d.id = review_step.draft_id)',
            '(SELECT true FROM draft AS d WHERE d.id = review_step.draft_id)',
            system, destroys],
        ['document_code',
            '(SELECT true FROM draft AS d WHERE d.id = document_code.draft_id)',
            '(SELECT true FROM draft AS d WHERE d.id = document_code.draft_id)',
            system, destroys],
        ['submission',
            system || ' OR ' || format(own, 'submission.dossier_id', court)
                || ' OR ((user_id = ' || me || ' OR user_id = ANY ' || voor || ' OR (SELECT true FROM submission_delegation AS s JOIN delegation AS d'
                || ' ON d.id = s.delegation_id WHERE s.submission_id = submission.id AND (d.advocate_id = ' || me || ' OR d.advocate_id = ANY ' || voor || ')))'
                || ' AND ' || format(own, 'submission.dossier_id', '') || ')',
            system || ' OR (user_id = ' || me || ' AND ' || format(own, 'submission.dossier_id', '') || ')',
            system, destroys],
        ['submission_taken',
            '(SELECT true FROM submission AS s WHERE s.id = submission_taken.submission_id)',
            '(SELECT true FROM submission AS s WHERE s.id = submission_taken.submission_id)',
            system, destroys],
        ['document_file',
            system || ' OR ' || format(own, 'document_file.dossier_id', content),
            system || ' OR ' || format(own, 'document_file.dossier_id', court),
            system, destroys],
        ['file_check',
            '(SELECT true FROM document_file AS f WHERE f.id = file_check.file_id)',
            '(SELECT true FROM document_file AS f WHERE f.id = file_check.file_id)',
            system, destroys],
        -- The same file may be of several cases; it is there for who has one of them.
        ['file_content',
            system || ' OR (SELECT true FROM document_file AS f WHERE f.sha256 = file_content.sha256 LIMIT 1)',
            system || ' OR (SELECT slot_rol()) IN (''rechter'', ''griffier'')',
            system, destroys],
        ['unfinished_form',
            system || ' OR (SELECT slot_doel()) = ''opruimen'' OR (user_id = ' || me || ' AND ' || format(own, 'unfinished_form.dossier_id', '') || ')',
            system || ' OR (user_id = ' || me || ' AND ' || format(own, 'unfinished_form.dossier_id', '') || ')',
            system || ' OR (user_id = ' || me || ' AND ' || format(own, 'unfinished_form.dossier_id', '') || ')',
            destroys || ' OR (SELECT slot_doel()) = ''opruimen'' OR user_id = ' || me],
        ['case_moment',
            system || ' OR ' || format(own, 'case_moment.dossier_id', content),
            system || ' OR ' || format(own, 'case_moment.dossier_id', court),
            system || ' OR ' || format(own, 'case_moment.dossier_id', court),
            system || ' OR ' || format(own, 'case_moment.dossier_id', court)],
        ['case_moment_state',
            system || ' OR ' || format(own, 'case_moment_state.dossier_id', content),
            system || ' OR ' || format(own, 'case_moment_state.dossier_id', court),
            system || ' OR ' || format(own, 'case_moment_state.dossier_id', court),
            system || ' OR ' || format(own, 'case_moment_state.dossier_id', court)],
        -- Keys of what belongs to no case are there for whoever was named; those of a case go with the case.
        ['data_key',
            system || ' OR ' || checks_code || ' OR (scope IN (''accounts'', ''bestanden'') AND ' || named || ') OR ' || format(own, 'data_key.scope', ''),
            system || ' OR (scope IN (''accounts'', ''bestanden'') AND ' || named || ') OR ' || format(own, 'data_key.scope', ''),
            system, destroys],
        -- What someone does is recorded in their own name, also in the chain of a case that is not theirs.
        ['audit_entry',
            system || ' OR (SELECT slot_rol()) = ''toezichthouder'' OR ' || format(own, 'audit_entry.chain', court),
            system || ' OR actor = ' || me || ' OR (chain = ''system'' AND (SELECT slot_doel()) = ''aanmelden'')',
            system, destroys],
        -- What stands here opens the locks on removing. Only who destroys, or puts a backup back, writes it.
        ['destruction',
            system || ' OR (SELECT slot_rol()) IN (''beheerder'', ''toezichthouder'')',
            destroys || ' OR (SELECT slot_doel()) = ''back-up''',
            destroys, destroys],
        -- Who works on which case: the key to all of the above, without content of a case.
        ['case_assignment', named, named, named, destroys]
    ]
    LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', rule[1]);
        EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', rule[1]);
        EXECUTE format('CREATE POLICY slot_lezen ON %I FOR SELECT USING (%s)', rule[1], rule[2]);
        EXECUTE format('CREATE POLICY slot_toevoegen ON %I FOR INSERT WITH CHECK (%s)', rule[1], rule[3]);
        EXECUTE format('CREATE POLICY slot_wijzigen ON %I FOR UPDATE USING (%s)', rule[1], rule[4]);
        EXECUTE format('CREATE POLICY slot_verwijderen ON %I FOR DELETE USING (%s)', rule[1], rule[5]);
    END LOOP;
END
$$;

-- Whether a case of the reader has this file is asked by its hash.
CREATE INDEX document_file_sha256 ON document_file (sha256);
