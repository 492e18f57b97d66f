"""The REST door of money: tariffs, quotes, top-ups, cards, receipts, shifts."""
