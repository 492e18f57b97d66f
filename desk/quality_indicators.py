"""The published quality indicators (SLA-10): what each is, what it rests on, what is promised, and where the score counts it. Pure data.

An indicator rests on promises of the book (``promises``), which name their source, or is a measure of the trade that we publish without
having promised a value (``basis``).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Over(StrEnum):
    """How twelve months become one number."""

    WEIGHTED = "weighted"  # each month by what stands behind it
    SUM = "sum"


@dataclass(frozen=True)
class Indicator:
    """One line of the page. ``key`` is where the score has it; ``promises`` and ``aim`` say what is promised for it."""

    code: str
    title: str | Promise
    key: tuple[str, str, str]
    promises: Sequence[str] = ()
    #: Whether the promise's aim is meant, and not its limit.
    is_aim: bool = False
    basis: str | Promise = ""
    over: Over = Over.WEIGHTED


_TRADE = _("measure of the trade, as in IEEE 1366; we promise no value")
_OWN = pgettext_lazy("indicator", "our own; we promise no value")
INDICATORS: Sequence[Indicator] = (
    Indicator("arrival_60", _("Crew at a leak within the promised time"), ("arrival", "all", "within_60_minutes"), ("T06",)),
    Indicator("arrival_30", _("Crew at a leak within our aim"), ("arrival", "all", "within_30_minutes"), ("T06",), is_aim=True),
    Indicator("phone", _("Telephone answered within three rings"), ("telephone", "all", "within_3_rings"), ("T24",)),
    Indicator("complaints", _("Complaints answered in time"), ("complaints", "all", "answered_in_time"), ("T15",)),
    Indicator("enquiries", _("Enquiries answered in time"), ("promises", "T68", "share_kept"), ("T68",)),
    Indicator("appeals", _("Appeals answered in time"), ("promises", "T85", "share_kept"), ("T85",)),
    Indicator("repairs", _("Repairs within their promised times"), ("promises", "repair", "share_kept"), ("T52", "T53", "T56", "T58")),
    Indicator("connections", _("New connections within their promised times"), ("promises", "connection", "share_kept"), ("T17", "T47")),
    Indicator("supply", _("Gas on again within the promised times"), ("promises", "supply", "share_kept"), ("T08", "T09", "T65")),
    Indicator("warning", _("Planned interruptions announced in time"), ("promises", "T11", "share_kept"), ("T11",)),
    Indicator("checks", _("Safety checks within their year"), ("promises", "T12", "share_kept"), ("T12",)),
    Indicator("call_backs", _("Customers called back after the work in time"), ("promises", "T73", "share_kept"), ("T73",)),
    Indicator("satisfied", _("Satisfied customers, of those called back"), ("follow_ups", "all", "satisfied"), basis=_OWN),
    Indicator("complaint_rate", _("Complaints for 10,000 accounts in a month"), ("complaints", "all", "per_10000_accounts"), basis=_OWN),
    Indicator(
        "hours_off", _("Hours without gas per customer"), ("interruptions", "all", "hours_per_customer"), basis=_TRADE, over=Over.SUM
    ),
    Indicator(
        "times_off", _("Interruptions per customer"), ("interruptions", "all", "interruptions_per_customer"), basis=_TRADE, over=Over.SUM
    ),
)
