"""How a wrong row is found and named."""

from typing import Any

from django.db.models import BooleanField, Case, Min, Q, QuerySet, Value, When


def first_key(rows: QuerySet[Any]) -> int | None:
    """The smallest key among rows, or None. Not ``.first()``: with a LIMIT the planner bets on an early hit and probes row by row."""
    found: int | None = rows.order_by().aggregate(first=Min("pk"))["first"]
    return found


def breaking(rows: QuerySet[Any], rule: Q) -> QuerySet[Any]:
    """The rows for which a rule does not hold. Unlike ``exclude`` it also finds those for which it is neither true nor false."""
    holds = Case(When(rule, then=Value(True)), default=Value(False), output_field=BooleanField())
    wrong: QuerySet[Any] = rows.annotate(holds=holds).filter(holds=False)
    return wrong


def named(rows: QuerySet[Any], sentence: str) -> str:
    """``sentence`` about the first of these rows (its ``{}`` is the row's key), or nothing."""
    key = first_key(rows)
    return "" if key is None else sentence.format(key)
