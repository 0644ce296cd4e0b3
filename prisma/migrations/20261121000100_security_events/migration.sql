-- Both apps append to "security_event" by this function and have no other way in (FR-026). An event is
-- sent again when nobody knows whether it arrived, and a row that stands for a flood when the flood has
-- grown: so the id is the sender's, and the count only ever rises.
--
-- `events`: an array of { id, at (milliseconds since the epoch), source, kind, outcome, reason, userId,
-- email, subjectHash, sessionId, ip, userAgent, requestId, count }. The e-mail is not stored: it finds
-- the user, and where there is none the hash is kept in its place.
CREATE FUNCTION "record_security_events"(events jsonb) RETURNS void
  LANGUAGE sql SECURITY DEFINER
  SET search_path = pg_catalog, pg_temp
AS $$
  INSERT INTO public."security_event" ("id", "occurred_at", "source", "kind", "outcome", "reason",
    "user_id", "subject_hash", "session_id", "ip", "user_agent", "request_id", "count")
  SELECT e."id", to_timestamp(e."at" / 1000.0),
    -- Neither app can speak for the other, or for the database.
    CASE session_user WHEN 'tessera_web' THEN 'web' WHEN 'tessera_api' THEN 'api' ELSE e."source" END,
    e."kind", e."outcome", left(e."reason", 100),
    coalesce(e."userId", u."id"),
    CASE WHEN coalesce(e."userId", u."id") IS NULL THEN e."subjectHash" END,
    left(e."sessionId", 200), left(e."ip", 100), left(e."userAgent", 500), left(e."requestId", 200),
    coalesce(e."count", 1)
  FROM jsonb_to_recordset(events) AS e("id" uuid, "at" double precision, "source" text, "kind" text,
    "outcome" text, "reason" text, "userId" text, "email" text, "subjectHash" text, "sessionId" text,
    "ip" text, "userAgent" text, "requestId" text, "count" integer)
  LEFT JOIN public."user" u ON u."email" = e."email"
  -- In one order, so that two senders never wait for each other.
  ORDER BY e."id"
  ON CONFLICT ("id") DO UPDATE
    SET "count" = GREATEST("security_event"."count", excluded."count")
$$;

-- Some at a time, so that a first prune of millions ends in time; the caller goes on while there are any.
CREATE FUNCTION "prune_security_events"(older_than interval) RETURNS bigint
  LANGUAGE sql SECURITY DEFINER
  SET search_path = pg_catalog, pg_temp
AS $$
  WITH gone AS (
    DELETE FROM public."security_event" WHERE "id" IN (
      SELECT "id" FROM public."security_event"
      -- Whoever calls it cannot wipe out the traces of today.
      WHERE "occurred_at" < LEAST(now() - older_than, now() - interval '1 day')
      LIMIT 20000
    )
    RETURNING 1
  )
  SELECT count(*) FROM gone
$$;

REVOKE ALL ON FUNCTION "record_security_events"(jsonb), "prune_security_events"(interval) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION "record_security_events"(jsonb) TO tessera_web, tessera_api;
GRANT EXECUTE ON FUNCTION "prune_security_events"(interval) TO tessera_web;
-- For the page that shows users their own.
GRANT SELECT ON "security_event" TO tessera_web;
