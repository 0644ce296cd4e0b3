-- Three roles with least privilege. The owner, who runs this, migrates. The two app roles are made
-- without login; `npm run db:roles` gives them one. Roles are cluster-wide: another database of the
-- same server, or a racing run of this file, may have made them already.
DO $$
DECLARE
  app_role text;
BEGIN
  FOREACH app_role IN ARRAY ARRAY['tessera_web', 'tessera_api'] LOOP
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = app_role) THEN
      BEGIN
        EXECUTE format('CREATE ROLE %I NOLOGIN', app_role);
      EXCEPTION WHEN duplicate_object OR unique_violation THEN
        NULL;
      END;
    END IF;
  END LOOP;
END
$$;

REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO tessera_web, tessera_api;

-- The frontend: users, sessions and credentials, never tasks.
GRANT SELECT, INSERT, UPDATE, DELETE
  ON "user", "session", "account", "verification", "rateLimit" TO tessera_web;

-- The API: tasks, never credentials. It cannot move a row to another owner either.
GRANT SELECT, INSERT, DELETE ON "task" TO tessera_api;
GRANT UPDATE ("title", "description", "completed", "updated_at") ON "task" TO tessera_api;

-- A row is visible and writable only for the user set in this transaction (FR-022); with none set,
-- nothing is. FORCE holds for the table's owner too.
ALTER TABLE "task" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "task" FORCE ROW LEVEL SECURITY;
CREATE POLICY "task_owner" ON "task"
  USING ("user_id" = NULLIF(current_setting('app.user_id', true), ''))
  WITH CHECK ("user_id" = NULLIF(current_setting('app.user_id', true), ''));

-- Tells the API, which cannot read "user", whether a user still exists.
CREATE FUNCTION "user_exists"(id text) RETURNS boolean
  LANGUAGE sql STABLE SECURITY DEFINER
  SET search_path = pg_catalog, pg_temp
  AS $$ SELECT EXISTS (SELECT FROM public."user" u WHERE u.id = $1) $$;
REVOKE ALL ON FUNCTION "user_exists"(text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION "user_exists"(text) TO tessera_api;
