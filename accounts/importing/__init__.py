"""Reading lists of accounts from other systems: columns, files, rows. Nothing here touches the database."""

from .columns import COLUMNS, PLACES, BadHeader, header_of
from .files import UnreadableFile, open_table
from .rows import Fault, Row, read_row

__all__ = ["COLUMNS", "PLACES", "BadHeader", "Fault", "Row", "UnreadableFile", "header_of", "open_table", "read_row"]
