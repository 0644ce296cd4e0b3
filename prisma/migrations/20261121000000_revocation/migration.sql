-- One rule: a session row that goes away is a revoked token, whatever made it go. So the rule is the
-- database's: no code path can forget it.

-- AlterTable: the columns of Better Auth's admin plugin, of which `banned` and `banExpires` are used.
ALTER TABLE "user" ADD COLUMN "role" TEXT,
ADD COLUMN "banned" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN "banReason" TEXT,
ADD COLUMN "banExpires" TIMESTAMPTZ(3);
ALTER TABLE "session" ADD COLUMN "impersonatedBy" TEXT;

-- CreateTable
CREATE TABLE "revocation" (
    "sid" TEXT NOT NULL,
    "xid" xid8 NOT NULL DEFAULT pg_current_xact_id(),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "revocation_pkey" PRIMARY KEY ("sid")
);

-- CreateIndex
CREATE INDEX "revocation_xid_idx" ON "revocation"("xid");

-- CreateIndex
CREATE INDEX "revocation_created_at_idx" ON "revocation"("created_at");

-- CreateTable
CREATE TABLE "security_event" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "occurred_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "source" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "outcome" TEXT NOT NULL,
    "reason" TEXT,
    "user_id" TEXT,
    "subject_hash" TEXT,
    "session_id" TEXT,
    "ip" TEXT,
    "user_agent" TEXT,
    "request_id" TEXT,
    "count" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "security_event_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "security_event_user_id_occurred_at_idx" ON "security_event"("user_id", "occurred_at" DESC);

-- CreateIndex
CREATE INDEX "security_event_occurred_at_idx" ON "security_event"("occurred_at");

-- The API reads what is revoked; the web app has no business with it, and nobody writes it but triggers.
GRANT SELECT ON "revocation" TO tessera_api;

-- All functions below run as the owner, with a pinned search path, and nobody may call them directly.

-- Sessions that expired over an hour ago are left out: their tokens are long dead, by any clock.
CREATE FUNCTION "revoke_ended_sessions"() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER
  SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  WITH revoked AS (
    INSERT INTO public."revocation" ("sid")
    SELECT "id" FROM ended WHERE "expiresAt" > now() - interval '1 hour'
    -- A session that came back, from a backup say, ends once more. Not what this transaction wrote
    -- itself; and whoever else did is committed by now, as two cannot delete one row.
    ON CONFLICT ("sid") DO UPDATE
      SET "xid" = EXCLUDED."xid", "created_at" = EXCLUDED."created_at"
      WHERE "revocation"."xid" <> EXCLUDED."xid"
    RETURNING "sid"
  )
  INSERT INTO public."security_event" ("source", "kind", "outcome", "user_id", "session_id")
  SELECT 'database', 'session_revoked', 'success', e."userId", e."id"
  FROM ended e JOIN revoked r ON r."sid" = e."id";
  IF FOUND THEN
    -- Wakes the APIs up. What to read is in the table.
    PERFORM pg_notify('tessera_revocation', '');
  END IF;
  RETURN NULL;
END
$$;
CREATE TRIGGER "session_deleted" AFTER DELETE ON "session"
  REFERENCING OLD TABLE AS ended
  FOR EACH STATEMENT EXECUTE FUNCTION "revoke_ended_sessions"();

-- TRUNCATE fires no trigger for DELETE.
CREATE FUNCTION "end_truncated_sessions"() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER
  SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  DELETE FROM public."session";
  RETURN NULL;
END
$$;
CREATE TRIGGER "session_truncated" BEFORE TRUNCATE ON "session"
  FOR EACH STATEMENT EXECUTE FUNCTION "end_truncated_sessions"();

-- Tokens were made for the session as it was: with that end, that id, of that user. A session that
-- is cut short, renamed or given away is over; its row goes with it, or its owner would go on with a
-- cookie whose tokens are all refused.
CREATE FUNCTION "end_changed_session"() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER
  SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  -- Not left to the deletion below: its row may say by now that it expired long ago.
  INSERT INTO public."revocation" ("sid") VALUES (OLD."id") ON CONFLICT ("sid") DO NOTHING;
  INSERT INTO public."security_event" ("source", "kind", "outcome", "user_id", "session_id")
  VALUES ('database', 'session_revoked', 'success', OLD."userId", OLD."id");
  PERFORM pg_notify('tessera_revocation', '');
  DELETE FROM public."session" WHERE "id" = NEW."id";
  RETURN NULL;
END
$$;
CREATE TRIGGER "session_changed" AFTER UPDATE ON "session"
  FOR EACH ROW
  -- Two requests of one browser that prolong it at once may write the earlier end last.
  WHEN (NEW."id" <> OLD."id" OR NEW."userId" <> OLD."userId"
    OR NEW."expiresAt" < OLD."expiresAt" - interval '1 minute'
    -- The column has whole milliseconds: what is set to now() may be stored as a little later.
    OR (NEW."expiresAt" < OLD."expiresAt" AND NEW."expiresAt" < clock_timestamp() + interval '1 second'))
  EXECUTE FUNCTION "end_changed_session"();

-- Whatever ends all sessions of a user holds the user's row first, and a session that begins wants to
-- share it: so the session is there to be ended, or it begins after the end and sees what ended it.
CREATE FUNCTION "end_sessions_of_changed_password"() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER
  SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  owner text := CASE TG_OP WHEN 'DELETE' THEN OLD."userId" ELSE NEW."userId" END;
BEGIN
  PERFORM FROM public."user" WHERE "id" = owner FOR NO KEY UPDATE;
  IF NOT FOUND THEN
    -- Deleted, with all there was.
    RETURN NULL;
  END IF;
  -- An older snapshot would not show the session that was waited for.
  IF current_setting('transaction_isolation') <> 'read committed' THEN
    RAISE EXCEPTION 'sessions can only be ended in a transaction that is READ COMMITTED';
  END IF;
  DELETE FROM public."session" WHERE "userId" = owner;
  RETURN NULL;
END
$$;
CREATE TRIGGER "password_changed" AFTER UPDATE ON "account"
  FOR EACH ROW WHEN (NEW."password" IS DISTINCT FROM OLD."password")
  EXECUTE FUNCTION "end_sessions_of_changed_password"();
-- Two more ways to change a password; at a sign-up there is no session yet.
CREATE TRIGGER "password_set" AFTER INSERT ON "account"
  FOR EACH ROW WHEN (NEW."password" IS NOT NULL)
  EXECUTE FUNCTION "end_sessions_of_changed_password"();
CREATE TRIGGER "password_removed" AFTER DELETE ON "account"
  FOR EACH ROW WHEN (OLD."password" IS NOT NULL)
  EXECUTE FUNCTION "end_sessions_of_changed_password"();

CREATE FUNCTION "end_sessions_of_banned_user"() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER
  SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  -- An older snapshot would not show the session that was waited for.
  IF current_setting('transaction_isolation') <> 'read committed' THEN
    RAISE EXCEPTION 'sessions can only be ended in a transaction that is READ COMMITTED';
  END IF;
  DELETE FROM public."session" WHERE "userId" = NEW."id";
  RETURN NULL;
END
$$;
CREATE TRIGGER "user_banned" AFTER UPDATE ON "user"
  -- A ban that is over leaves the flag behind: the next one changes its end only.
  FOR EACH ROW WHEN (NEW."banned" AND
    (NOT OLD."banned" OR NEW."banExpires" IS DISTINCT FROM OLD."banExpires"))
  EXECUTE FUNCTION "end_sessions_of_banned_user"();

CREATE FUNCTION "refuse_session"() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER
  SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  is_banned boolean;
BEGIN
  -- No condition here but the id: what it does not find, it would not wait for either.
  SELECT u."banned" AND (u."banExpires" IS NULL OR u."banExpires" > clock_timestamp()) INTO is_banned
    FROM public."user" u WHERE u."id" = NEW."userId" FOR SHARE;
  IF is_banned THEN
    RAISE EXCEPTION 'user is banned' USING ERRCODE = 'TB001';
  END IF;
  RETURN NEW;
END
$$;
CREATE TRIGGER "session_begun" BEFORE INSERT ON "session"
  FOR EACH ROW EXECUTE FUNCTION "refuse_session"();

-- No token lives longer than a day (JWT_TTL), and the APIs remember for themselves. Some at a time, and
-- none that somebody holds: who calls it has more urgent things to do.
CREATE FUNCTION "prune_revocations"() RETURNS bigint
  LANGUAGE sql SECURITY DEFINER
  SET search_path = pg_catalog, pg_temp
AS $$
  WITH gone AS (
    DELETE FROM public."revocation" WHERE "sid" IN (
      SELECT "sid" FROM public."revocation" WHERE "created_at" < now() - interval '25 hours'
      LIMIT 20000 FOR UPDATE SKIP LOCKED
    )
    RETURNING 1
  )
  SELECT count(*) FROM gone
$$;

REVOKE ALL ON FUNCTION "revoke_ended_sessions"(), "end_truncated_sessions"(), "end_changed_session"(),
  "end_sessions_of_changed_password"(), "end_sessions_of_banned_user"(),
  "refuse_session"(), "prune_revocations"() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION "prune_revocations"() TO tessera_api;

-- What the API asked before each query: whether its user still exists. A user who does not has no
-- session any more, and so no token.
DROP FUNCTION "user_exists"(text);
