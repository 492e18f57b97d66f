-- The least that firing due alarms can cost: one statement that claims them and writes the rows a sweep writes.
WITH due AS (
  SELECT id FROM sla_alarm
  WHERE fires_at <= %s AND fired_at IS NULL AND voided_at IS NULL AND fires_at IS NOT NULL
  ORDER BY fires_at FOR NO KEY UPDATE SKIP LOCKED LIMIT 1000
), fired AS (
  UPDATE sla_alarm a SET fired_at = %s, fired_by = 'bench' FROM due WHERE a.id = due.id RETURNING a.id
)
INSERT INTO casework_effect (topic, key, payload, created_at, next_attempt_at, attempts, last_error)
  SELECT 'sla.escalate', id::text, '{}', %s, %s, 0, '' FROM fired
