"""Bills of payment providers: what they say was paid, given back and charged on a day. No database, no Django."""

from .files import read_bill
from .rows import BadBill, BadRow, Bill, Kind, Row

__all__ = ["BadBill", "BadRow", "Bill", "Kind", "Row", "read_bill"]
