-- Open clocks :first to :last, each on a case of its own with two alarms to come, spread over thirty days from three hours from now;
-- on every tenth case one that ended in the last thirty days besides.
BEGIN;
CREATE TEMP TABLE chosen AS SELECT row_number() OVER (ORDER BY v.id) - 1 AS n, v.id, v.promise_id, v.is_safety, p.kind
  FROM sla_promiseversion v JOIN sla_promise p ON p.key = v.promise_id
  WHERE v.is_active AND v.effective_from IS NOT NULL AND v.ladder @> '[["50%"], ["100%"]]';
CREATE TEMP TABLE made AS
  SELECT g AS n, now() + interval '3 hours' + random() * interval '30 days' AS due_at, c.id AS version_id, c.promise_id, c.kind,
    (SELECT id FROM accounts_hall ORDER BY id OFFSET g % 3 LIMIT 1) AS hall_id, (SELECT min(id) FROM accounts_staff) AS owner_id
  FROM generate_series(:first::bigint, :last::bigint) AS g
  JOIN chosen c ON c.n = g % (SELECT count(*) FROM chosen);
INSERT INTO casework_timeline (id, kind, seed, opened_at, last_seq, last_hash, next_due_at)
  SELECT n, 'general_request', lpad(to_hex(n), 16, '0'), now() - interval '1 day', 1, repeat('a', 64), due_at FROM made;
INSERT INTO casework_case (timeline_id, reference, tracking_code, kind, classification, contact_name, contact_phone, language, matter, subject,
    channel, segment, area, urgency, status, hall_id, owner_id, search, opened_at, end_reason, version)
  SELECT n, 'G' || n, '', 'general_request', '', '', '', '', '', 'bench', 'phone', 'ordinary', 'urban', 'normal', 'open', hall_id, owner_id, '',
    now() - interval '1 day', '', 0
  FROM made;
INSERT INTO sla_clock (id, timeline_id, promise_id, version_id, started_by, event, about, status, epoch, started_at, stopped_by, due_at,
    consumed, legs, pauses, extensions, trace, is_safety, is_provisional, kind, segment, area, urgency, channel, hall_id, owner_id, breach_reason)
  SELECT n, n, promise_id, version_id, 1, 'case.opened', '', 'running', 1, now() - interval '1 day', '', due_at,
    0, '[]', '[]', '[]', '[]', false, false, kind, 'ordinary', 'urban', 'normal', 'phone', hall_id, owner_id, ''
  FROM made;
INSERT INTO sla_clock (id, timeline_id, promise_id, version_id, started_by, event, about, status, epoch, started_at, stopped_by, due_at, stopped_at,
    consumed, legs, pauses, extensions, trace, is_safety, is_provisional, kind, segment, area, urgency, channel, hall_id, owner_id, breach_reason)
  SELECT 1000000000 + n, n, promise_id, version_id, 2, 'case.opened', '', 'stopped', 1, ended - interval '40 minutes', '', ended + interval '9 minutes', ended,
    2400, '[]', '[]', '[]', '[]', false, false, kind, 'ordinary', 'urban', 'normal', 'phone', hall_id, owner_id, ''
  FROM (SELECT *, now() - random() * interval '30 days' AS ended FROM made WHERE n % 10 = 0) AS past;
INSERT INTO sla_alarm (clock_id, epoch, rung, is_safety, fires_at, fired_by, void_reason)
  SELECT n, 1, rung, false, fires_at, '', ''
  FROM made, LATERAL (VALUES ('50%', due_at - (due_at - now()) / 2), ('100%', due_at)) AS ladder (rung, fires_at);
COMMIT;
VACUUM ANALYZE casework_timeline, casework_case, sla_clock, sla_alarm, casework_effect, sla_escalation, notices_message;
