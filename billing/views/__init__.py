"""Pages of money: receipts, tills, days of a hall, the ledger, tariffs, reversals."""
