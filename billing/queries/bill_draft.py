"""What a month of an account is billed: which days, by what, at which prices. Reads only; ``operations.bills`` writes it down."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property
from itertools import pairwise

from django.conf import settings
from django.db.models import Sum
from django.utils import timezone

from accounts.clock import business_date
from accounts.models import Account, Meter

from .. import norms
from ..bill_lines import BillLine, Position, Span, split_days
from ..bill_refusals import CannotBill
from ..models import Bill, Reading, TariffVersion, TopUp
from ..plausibility import used_between
from ..states import BillStatus, TopUpStatus
from .bill_terms import persons_on, terms_of, version_on
from .readings import spans_of, standing_readings

_DAY = timedelta(days=1)
_MONTH_DAYS = 31


@dataclass(frozen=True, kw_only=True)
class Draft:
    """A bill to be. ``last_day`` is included; ``lines`` sum to ``litres`` and ``amount`` (minor units)."""

    meter: Meter | None
    first_day: date
    last_day: date
    basis: Bill.Basis
    reading: Reading | None
    previous_litres: int | None
    lines: tuple[BillLine, ...]
    tariff_version: TariffVersion

    @property
    def litres(self) -> int:
        return sum(line.litres for line in self.lines)

    @property
    def amount(self) -> int:
        return sum(line.amount for line in self.lines)


def draft_bill(account: Account, month: date, *, until: date | None = None) -> Draft:
    """What the month (its first day) is billed, as far as is known now; ``until`` a day, included, where it is the account's last.

    Raises CannotBill.
    """
    return _Drawing(account, month, until + _DAY if until else month_after(month)).draft()


def month_after(month: date) -> date:
    """The first day of the month after."""
    return (month.replace(day=1) + timedelta(days=32)).replace(day=1)


class _Drawing:
    """One account's past, looked at once: bills that stand, readings that are believed."""

    def __init__(self, account: Account, month: date, end: date) -> None:
        self.account, self.month, self.end = account, month, end
        rows = account.bills.exclude(status=BillStatus.WITHDRAWN).select_related("reading__meter").order_by("month")
        self.bills = list(rows)
        self.readings = [row for row in standing_readings(account) if row.day < self.end]
        anchored = [n for n, bill in enumerate(self.bills) if bill.reading and _stands(bill.reading)]
        self.anchor = self.bills[anchored[-1]] if anchored else None
        #: Billed without a reading, or by one that was found wrong: taken back by the next bill that has one.
        self.loose = self.bills[anchored[-1] + 1 :] if anchored else self._after_first_reading()

    def _after_first_reading(self) -> list[Bill]:
        """What was billed before the first reading stays: nobody will ever know better."""
        return [bill for bill in self.bills if self.readings and bill.first_day > self.readings[0].day]

    @cached_property
    def meter(self) -> Meter | None:
        rows = self.account.meters.filter(kind=Meter.Kind.MECHANICAL, installed_at__lt=_midnight(self.end))
        return rows.order_by("-installed_at").first()

    @cached_property
    def unbilled_from(self) -> date:
        """The first day that no bill has."""
        if self.bills:
            return self.bills[-1].last_day + _DAY
        assert self.meter is not None
        installed = business_date(self.meter.installed_at)
        if self.readings and self.readings[0].day <= max(installed, self.month - _DAY):
            return self.readings[0].day + _DAY
        return max(installed, self.month)

    @cached_property
    def points(self) -> list[Reading]:
        """The reading up to which was billed by reading, and those after it."""
        if self.anchor is None or self.anchor.reading is None:
            return self.readings
        start = self.anchor.reading
        return [start, *(row for row in self.readings if row.day > start.day)]

    def draft(self) -> Draft:
        if self.meter is None:
            raise CannotBill("no_meter")
        if self.unbilled_from >= self.end:
            raise CannotBill("nothing")
        last = self.points[-1] if len(self.points) > 1 else None
        if last and last.day >= self.unbilled_from:
            return self._by_reading(last)
        return self._by_guess()

    def _by_reading(self, last: Reading) -> Draft:
        since = self.loose[0].first_day if self.loose else self.unbilled_from
        spans = [span for piece in self._measured() if (span := _from(piece, since))]
        lines = split_days(spans, terms_of(self.account, since, last.day), self._position(upto_anchor=True))
        back = [line.taken_back(bill.number) for bill in self.loose for line in _lines_of(bill)]
        own = [row for row in self.points[:-1] if row.meter_id == last.meter_id]
        return Draft(
            meter=last.meter,
            first_day=self.unbilled_from,
            last_day=last.day,
            basis=Bill.Basis.READING,
            reading=last,
            previous_litres=own[0].litres if own else None,
            lines=(*lines, *back),
            tariff_version=version_on(self.account, last.day),
        )

    def _measured(self) -> list[Span]:
        """What meters counted; where one took another's place, the days between them by guess."""
        spans = []
        first = self.points[0].day + _DAY
        if self.anchor is None and self.unbilled_from < first:
            spans.append(self._guess(self.unbilled_from, first)[0])
        for before, after in pairwise(self.points):
            start, end = before.day + _DAY, after.day + _DAY
            if start >= end:
                continue
            used = used_between(before.litres, after.litres)
            if before.meter_id == after.meter_id and used < 0:
                raise CannotBill("readings_fall")
            spans.append(Span(start, end, used) if before.meter_id == after.meter_id else self._guess(start, end)[0])
        return spans

    def _by_guess(self) -> Draft:
        first, end = self.unbilled_from, self.end
        span, basis = self._guess(first, end)
        return Draft(
            meter=self.meter,
            first_day=first,
            last_day=end - _DAY,
            basis=basis,
            reading=None,
            previous_litres=None,
            lines=split_days([span], terms_of(self.account, first, end - _DAY), self._position(upto_anchor=False)),
            tariff_version=version_on(self.account, end - _DAY),
        )

    def _guess(self, first: date, end: date) -> tuple[Span, Bill.Basis]:
        """By the mean of earlier months, not for ever; then by the norm. Firms have none: for them the mean goes on."""
        days, mean = (end - first).days, self._mean_a_day()
        if mean is not None and len(self.loose) < settings.MEAN_FOR_MONTHS:
            return Span(first, end, round(mean * days)), Bill.Basis.MEAN
        try:
            persons = persons_on(self.account, first) or settings.NORM_PERSONS
            home = norms.home_of(self.account.price_class, persons=persons, square_metres=settings.NORM_SQUARE_METRES)
        except norms.NoNorm:
            if mean is None:
                raise CannotBill("no_norm") from None
            return Span(first, end, round(mean * days)), Bill.Basis.MEAN
        return Span(first, end, norms.span_litres(home, first, end)), Bill.Basis.NORM

    def _mean_a_day(self) -> float | None:
        spans = spans_of(self.readings)
        if not spans:
            return None
        since = spans[-1].end - timedelta(days=_MONTH_DAYS * settings.MEAN_OF_MONTHS)
        recent = [span for span in spans if span.end > since]
        return sum(span.litres for span in recent) / sum((span.end - span.first).days for span in recent)

    def _position(self, *, upto_anchor: bool) -> Position:
        """Where the tier years stand: what was billed, and what was bought in advance before the meter was changed."""
        kept = self.bills[: len(self.bills) - len(self.loose)] if upto_anchor else self.bills
        position = Position.after(line for bill in kept for line in _lines_of(bill))
        bought = TopUp.objects.filter(account=self.account, kind=TopUp.Kind.PURCHASE).exclude(status=TopUpStatus.REVERSED)
        for year, litres, free in bought.order_by("tier_year").values_list("tier_year").annotate(Sum("litres"), Sum("free_litres")):
            position.count(year, 1, litres - free)
            position.count(year, 0, free)
        return position


def _stands(reading: Reading) -> bool:
    return reading.superseded_by_id is None and reading.standing == Reading.Standing.ACCEPTED


def _lines_of(bill: Bill) -> Sequence[BillLine]:
    return [BillLine.from_json(line) for line in bill.lines]


def _from(span: Span, since: date) -> Span | None:
    """What of a span lies on or after a day: the days before it were billed for good."""
    if span.first >= since:
        return span
    return Span(since, span.end, span.litres - span.upto(since)) if span.end > since else None


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, tzinfo=timezone.get_default_timezone())
