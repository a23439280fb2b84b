DROP INDEX document_file_sha256;
DO $$
DECLARE
    lock RECORD;
BEGIN
    FOR lock IN SELECT tablename, policyname FROM pg_policies WHERE schemaname = 'public' AND policyname LIKE 'slot\_%' LOOP
        EXECUTE format('DROP POLICY %I ON %I', lock.policyname, lock.tablename);
        EXECUTE format('ALTER TABLE %I NO FORCE ROW LEVEL SECURITY', lock.tablename);
        EXECUTE format('ALTER TABLE %I DISABLE ROW LEVEL SECURITY', lock.tablename);
    END LOOP;
END
$$;
DROP FUNCTION slot_voor();
DROP FUNCTION slot_rol();
DROP FUNCTION slot_account();
DROP FUNCTION slot_systeem();
DROP FUNCTION slot_doel();
