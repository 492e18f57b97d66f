-- What pgbench needs to know of the city: cards in use, numbered from 0, and one receipt's and one card's content.
CREATE TABLE bench_card AS
  SELECT row_number() OVER (ORDER BY c.id) - 1 AS n, c.id AS card_id, c.account_id, c.meter_id
  FROM accounts_gascard c JOIN accounts_account a ON a.id = c.account_id JOIN accounts_meter m ON m.id = c.meter_id
  WHERE c.status = 'active' AND a.status = 'open' AND m.kind = 'volume'
    AND NOT EXISTS (SELECT 1 FROM billing_topup t WHERE t.account_id = a.id AND t.written_at IS NULL);
ALTER TABLE bench_card ADD PRIMARY KEY (n);
CREATE TABLE bench_facts AS
  SELECT facts, '{"kind": "user", "money": 0, "bounds": [], "litres": 1000, "prices": [], "unlock": "5d3aaf9bb5a8a2c1", "counter": 50, "sold_on": "2026-11-22", "password": "d31dcec2a270873c", "area_code": "3713", "cap_litres": 1000000, "card_number": "1000005979", "last_litres": 20000, "cycle_starts": null, "factory_code": "0037", "alarm_litres": 5000, "price_version": 0, "previous_litres": 20000, "previous_sold_on": "2026-10-09", "cumulative_litres": 1035000, "overdraft_litres": 0}'::jsonb AS image
  FROM billing_receipt ORDER BY id DESC LIMIT 1;
UPDATE billing_purchaselimit SET order_litres = NULL, month_litres = NULL, year_litres = NULL;
ANALYZE;
