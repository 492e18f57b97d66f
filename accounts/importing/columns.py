"""The columns an import file may have: name, label in the reader's language, an example, and whether it is needed."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..listing import listed
from ..searching import fold


class BadHeader(Exception):
    """The first line does not name the columns we need; the message says which."""


@dataclass(frozen=True)
class Column:
    """One column; ``name`` is the same in all languages."""

    name: str
    label: str | Promise
    example: str
    is_needed: bool = False


COLUMNS: tuple[Column, ...] = (
    Column("account_number", gettext_lazy("account number"), "1000000008", True),
    Column("customer_name", gettext_lazy("customer name"), "李娜", True),
    Column("customer_kind", gettext_lazy("person or entity"), "person"),
    Column("identity_number", gettext_lazy("identity number"), "11010519491231002X"),
    Column("phone", gettext_lazy("phone"), "13800138000"),
    Column("language", gettext_lazy("language"), "zh-hans"),
    Column("segment", gettext_lazy("segment"), "ordinary"),
    Column("use_kind", gettext_lazy("use"), "residential"),
    Column("price_class", gettext_lazy("price class"), "resident"),
    Column("opened_on", gettext_lazy("opened on"), "2024-03-01", True),
    Column("frozen_reason", gettext_lazy("why it is frozen"), ""),
    Column("province", gettext_lazy("province"), "山东省", True),
    Column("city", gettext_lazy("city"), "临沂市", True),
    Column("county", gettext_lazy("county"), "兰陵县", True),
    Column("town", gettext_lazy("town"), "卞庄街道"),
    Column("compound", gettext_lazy("compound"), "开元名都"),
    Column("building", gettext_lazy("building"), "3号楼"),
    Column("unit", gettext_lazy("unit"), "2单元"),
    Column("door", gettext_lazy("door"), "501", True),
    Column("meter_kind", gettext_lazy("meter kind"), "volume"),
    Column("meter_serial", gettext_lazy("meter serial number"), "M000000001"),
    Column("meter_maker", gettext_lazy("meter maker"), "金卡"),
    Column("meter_model", gettext_lazy("meter model"), "G2.5"),
    Column("meter_installed_on", gettext_lazy("meter installed on"), "2024-03-01"),
    Column("meter_use_until", gettext_lazy("meter may be used until"), "2034-03-01"),
    Column("card_number", gettext_lazy("card number"), "3713240001"),
    Column("card_counter", gettext_lazy("purchase counter"), "7"),
    Column("card_volume_m3", gettext_lazy("volume written in all, m³"), "350.5"),
    Column("card_password", gettext_lazy("card password"), ""),
)
#: The chain from the largest place to the smallest; empty ones are skipped.
PLACES = ("province", "city", "county", "town", "compound", "building", "unit")


def header_of(cells: Sequence[object]) -> list[str]:
    """Column names for a header line, written as names or as labels in any of our languages. Raises BadHeader."""
    known = _spellings()
    names = [known.get(fold(str(cell or "")), "") for cell in cells]
    unknown = [str(cell) for cell, name in zip(cells, names, strict=True) if cell and not name]
    if unknown:
        raise BadHeader(_("Unknown columns: %(names)s") % {"names": listed(unknown)})
    missing = [column.name for column in COLUMNS if column.is_needed and column.name not in names]
    if missing:
        raise BadHeader(_("Missing columns: %(names)s") % {"names": listed(missing)})
    if len([name for name in names if name]) != len({name for name in names if name}):
        raise BadHeader(_("A column is named twice."))
    return names


def _spellings() -> dict[str, str]:
    found = {column.name: column.name for column in COLUMNS}
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            found |= {fold(str(column.label)): column.name for column in COLUMNS}
    return found
