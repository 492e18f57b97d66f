"""Money: tariffs, quotes, top-ups, the ledger, receipts, shifts, and the devices that write gas cards.

Others may order a charge; billing asks nobody.
"""
