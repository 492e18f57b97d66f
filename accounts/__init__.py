"""Who and where: people, staff, halls, territory, premises, accounts, meters and gas cards.

Everything above it leans on it; it knows nobody.
"""
