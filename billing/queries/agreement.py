"""Whether what was wrong is right by now, without anybody's word for it: one question for each kind of break."""

from collections.abc import Callable, Mapping

from django.db.models import QuerySet

from ..models import Break, ProviderPayment, Refund, StatementLine, TopUp
from ..states import RefundStatus, TopUpStatus
from .matching import booked, rows_that_count, without_witness

Kind = Break.Kind


def agrees(found: Break) -> bool:
    """Whether the three agree about it now. Of another amount or fee than agreed only a person can say so."""
    asks = _QUESTIONS.get(Kind(found.kind))
    return asks is not None and asks(found)


def _is_used_here(found: Break) -> bool:
    """Money that only the provider knew of is in our books, and not held any more."""
    rows = ProviderPayment.objects.filter(provider=found.provider, transaction=found.line.transaction if found.line else "")
    return rows.exclude(use=ProviderPayment.Use.HELD).exists()


def _is_paid_there(found: Break) -> bool:
    if found.payment is None:
        return False
    return _rows(found, StatementLine.Kind.PAYMENT).filter(transaction=found.payment.transaction).exists()


def _is_delivered(found: Break) -> bool:
    """Or given back: then there is nothing to deliver."""
    top_up = found.top_up
    if top_up is None or top_up.status not in {TopUpStatus.WRITTEN, TopUpStatus.REVERSED}:
        return False
    return not without_witness(TopUp.objects.filter(pk=top_up.pk, status=TopUpStatus.WRITTEN))


def _is_given_back_there(found: Break) -> bool:
    return found.refund is not None and _rows(found, StatementLine.Kind.REFUND).filter(refund_number=found.refund.reference).exists()


def _is_given_back_here(found: Break) -> bool:
    if found.line is None:
        return False
    done = Refund.objects.filter(reference=found.line.refund_number, out_of="", status=RefundStatus.DONE, amount=found.line.amount)
    return done.filter(payment__provider=found.provider).exists()


def _is_posted(found: Break) -> bool:
    return found.payment is not None and booked([found.payment]).get(found.payment.pk) == found.payment.amount


def _rows(found: Break, kind: StatementLine.Kind) -> QuerySet[StatementLine]:
    return rows_that_count(found.provider, found.day).filter(kind=kind)


_QUESTIONS: Mapping[Break.Kind, Callable[[Break], bool]] = {
    Kind.MISSING_HERE: _is_used_here,
    Kind.MISSING_THERE: _is_paid_there,
    Kind.DELIVERED_UNPAID: _is_paid_there,
    Kind.NOT_DELIVERED: _is_delivered,
    Kind.REFUND_MISSING: _is_given_back_there,
    Kind.REFUND_EXTRA: _is_given_back_here,
    Kind.NOT_POSTED: _is_posted,
}
