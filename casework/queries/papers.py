"""Which papers of a case are missing, and which may still be asked for."""

from collections.abc import Iterable

from accounts.searching import fold

from ..models import Case, NamedPaper, PaperList


def open_list(case: Case) -> PaperList | None:
    """The list by which the customer goes now; None when nothing is missing."""
    last = PaperList.objects.filter(case=case).select_related("staff", "signed_by").prefetch_related("papers").order_by("-number").first()
    return last if last is not None and last.completed_at is None else None


def missing_papers(case: Case) -> list[NamedPaper]:
    """What has not come yet of that list."""
    last = open_list(case)
    return [paper for paper in last.papers.all() if paper.arrived_at is None] if last else []


def first_list(case: Case) -> PaperList | None:
    """What was told at once, and all the customer needs to have known."""
    return PaperList.objects.filter(case=case, number=1).select_related("staff").first()


def unannounced(case: Case, names: Iterable[str]) -> list[str]:
    """Those of the names that could have been said the first time: on no list so far, and no file of that name came since."""
    first = first_list(case)
    if first is None:
        return []
    told = NamedPaper.objects.filter(paper_list__case=case).values_list("name", flat=True)
    files = case.attachments.filter(at__gt=first.told_at).values_list("name", flat=True)
    known = {fold(name) for name in told} | {fold(form) for name in files for form in (name, name.rpartition(".")[0])}
    return [name for name in names if fold(name) not in known]
