"""Which application an event, or a case, is about."""

from ..models import Application

#: What reactions and letters read besides: whose it is, by which plan, and where.
_LOADED = (
    *("territory", "policy", "case__timeline", "case__owner__user", "case__owner__hall"),
    *("case__account__customer", "case__premises__territory"),
)


def application_on(timeline: int) -> Application | None:
    """The one whose case has this timeline; None for other matters."""
    return Application.objects.select_related(*_LOADED).filter(case__timeline=timeline).first()


def application_of_case(case: int | None) -> Application | None:
    """The one of the case with this key; None for other matters."""
    return Application.objects.select_related(*_LOADED).filter(case=case).first()
