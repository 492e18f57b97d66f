"""Answers as letters: printed by staff, read by who complained."""

from django.conf import settings
from django.http import Http404, HttpResponse
from django.utils import translation
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from accounts.roles import Verb
from accounts.views.guards import MemberRequest, customer_only, staff_with
from billing import papers
from casework.models import Case

from ..models import Answer
from ..queries.letters import letter_of
from .guards import case_or_404


@require_safe
@staff_with(Verb.HANDLE_CASES)
@cache_control(private=True, no_store=True)
def case_letter(request: MemberRequest, reference: str, number: int) -> HttpResponse:
    """To be printed and posted."""
    return letter_pdf(case_or_404(request.user, reference), number)


@require_safe
@customer_only
@cache_control(private=True, no_store=True)
def cabinet_letter(request: MemberRequest, reference: str, number: int) -> HttpResponse:
    """In the cabinet."""
    return letter_pdf(case_or_404(request.user, reference), number)


def letter_pdf(case: Case, number: int) -> HttpResponse:
    """The letter in the language it was written in, made now; it is not kept."""
    answer = (
        Answer.objects.select_related("case__account__customer", "case__account__premises", "by").filter(case=case, number=number).first()
    )
    if answer is None or case.erased_at is not None:
        raise Http404
    with translation.override(answer.language or settings.LANGUAGE_CODE):
        letter = letter_of(answer)
    context = {"letter": letter, "company": settings.COMPANY, "supervision": settings.PROMISES["supervision_phone"]}
    pdf = papers.render_pdf("complaints/pdf/letter.html", context, letter.language)
    name = f'inline; filename="{case.reference}-{number}.pdf"'
    return HttpResponse(pdf, content_type="application/pdf", headers={"Content-Disposition": name})
