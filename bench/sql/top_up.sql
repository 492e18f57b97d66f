-- The rows of one counter top-up as plain SQL: the sale, then the result of the card write. For pgbench, on the product's
-- own tables. Each client keeps to its own cards, as each counter does.
\set n random(0, :cards / :clients - 1) * :clients + :client_id
SELECT card_id AS card, account_id AS account, meter_id AS meter FROM bench_card WHERE n = :n \gset
BEGIN;
SELECT c.counter + 1 AS counter FROM accounts_gascard c JOIN accounts_account a ON a.id = c.account_id WHERE c.id = :card FOR NO KEY UPDATE OF c, a \gset
SELECT id AS shift FROM billing_shift WHERE id = (SELECT id FROM billing_shift ORDER BY id OFFSET :client_id LIMIT 1) FOR NO KEY UPDATE \gset
INSERT INTO casework_answeredrequest (caller, key, fingerprint, status_code, body, at) VALUES ('bench', gen_random_uuid()::text, repeat('f', 64), 201, to_jsonb(repeat('x', 1500)), now());
INSERT INTO casework_timeline (kind, seed, opened_at, last_seq, last_hash) VALUES ('top_up', '0123456789abcdef', now(), 3, repeat('a', 64)) RETURNING id AS timeline \gset
INSERT INTO casework_event (timeline_id, seq, verb, at, by, facts, hash) VALUES (:timeline, 1, 'top_up.paid', now(), 'user:1', '{"account": "1000000032", "litres": 20000, "amount": 5665, "method": "cash"}', repeat('a', 64)), (:timeline, 2, 'top_up.reserve', now(), 'user:1', '{"card": "1000005979", "counter": 50}', repeat('a', 64)), (:timeline, 3, 'top_up.begin_write', now(), 'user:1', '{}', repeat('a', 64));
INSERT INTO casework_effect (topic, key, payload, created_at, next_attempt_at, attempts, last_error) VALUES ('billing.reactions.make_papers', :timeline || ':1', '{"timeline": 2, "seq": 1}', now(), now(), 0, ''), ('billing.reactions.write_to_customer', :timeline || ':1', '{"timeline": 2, "seq": 1}', now(), now(), 0, '');
INSERT INTO billing_topup (reference, idempotency_key, account_id, meter_id, card_id, shift_id, kind, channel, status, version, litres, free_litres, amount, lines, tariff_version_id, tier_year, bought_on, reason, counter, paid_at, timeline_id) VALUES (left(translate(gen_random_uuid()::text, '-', ''), 12), gen_random_uuid()::text, :account, :meter, :card, :shift, 'purchase', 'counter', 'writing', 0, 1000, 0, 283, '[{"tier": 1, "litres": 1000, "unit_price": 28325, "amount": 283}]', 1, 2026, current_date, '', :counter, now(), :timeline) RETURNING id AS top_up \gset
INSERT INTO billing_payment (top_up_id, method, amount, tendered, slip, at) VALUES (:top_up, 'cash', 283, 1000, '', now());
INSERT INTO billing_posting (kind, at, by, top_up_id, shift_id) VALUES ('payment', now(), 'user:1', :top_up, :shift) RETURNING id AS posting \gset
INSERT INTO billing_entry (posting_id, book, amount, account_id, shift_id) VALUES (:posting, 'cash', 283, NULL, :shift), (:posting, 'prepaid', -283, :account, NULL);
INSERT INTO sequences_sequence (name, last) VALUES ('receipt:BENCH:2026', 1) ON CONFLICT (name) DO UPDATE SET last = sequences_sequence.last + 1 RETURNING last AS number \gset
INSERT INTO billing_receipt (hall_id, year, number, code, kind, top_up_id, amount, facts, issued_at) VALUES ((SELECT min(id) FROM accounts_hall), 1900, :number, left(translate(gen_random_uuid()::text, '-', ''), 20), 'payment', :top_up, 283, (SELECT facts FROM bench_facts), now());
INSERT INTO billing_cardwrite (card_id, top_up_id, operation, before, wanted, outcome, error, started_at, by) VALUES (:card, :top_up, 'purchase', (SELECT image FROM bench_facts), (SELECT image FROM bench_facts), '', '', now(), 'user:1') RETURNING id AS write \gset
COMMIT;
BEGIN;
UPDATE billing_cardwrite SET outcome = 'written', read_back = wanted, ended_at = now() WHERE id = :write;
UPDATE accounts_gascard SET counter = counter + 1, cumulative_litres = cumulative_litres + 1000 WHERE id = :card;
UPDATE billing_topup SET written_at = now(), status = 'written', version = 1 WHERE id = :top_up AND version = 0;
UPDATE casework_timeline SET last_seq = 4, last_hash = repeat('b', 64) WHERE id = :timeline AND last_seq = 3;
INSERT INTO casework_event (timeline_id, seq, verb, at, by, facts, hash) VALUES (:timeline, 4, 'top_up.confirm', now(), 'user:1', '{}', repeat('b', 64));
INSERT INTO billing_posting (kind, at, by, top_up_id) VALUES ('delivery', now(), 'user:1', :top_up) RETURNING id AS posting \gset
INSERT INTO billing_entry (posting_id, book, amount, account_id) VALUES (:posting, 'prepaid', 283, :account), (:posting, 'sales', -283, :account);
COMMIT;
