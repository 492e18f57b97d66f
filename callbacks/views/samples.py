"""Samples: what was drawn, whom to ask, what they said; and campaigns, whose customers are sampled every week."""

from collections.abc import Callable

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

import accounts.operations
import accounts.permissions
from accounts.clock import business_now
from accounts.permissions import Forbidden, MissingVerb
from accounts.roles import Verb
from accounts.views.guards import MemberRequest, staff_with
from casework.operations import StaleRow

from ..forms.answers import AnswerForm
from ..forms.samples import CampaignForm, EndForm
from ..models import Campaign, Sample, SampleMember
from ..operations import calling, campaigns, samples
from ..operations.hearing import Said
from ..queries import samples as reads
from ..queries.questionnaires import current

_ON_A_PAGE = 50
_REFUSALS = (Forbidden, StaleRow, samples.AskedAlready, calling.TooEarly)


@require_safe
@staff_with(Verb.HANDLE_CASES)
def sample_list(request: MemberRequest) -> HttpResponse:
    """Samples, the newest first, and the campaigns."""
    return _list(request)


@require_safe
def samples_json(_request: MemberRequest) -> HttpResponse:
    """For auditors: seeds and digests of every sample. Nobody who was drawn is named."""
    names = ("promise_id", "label", "root", "seed", "digest", "percent", "drawn_at")
    rows = Sample.objects.order_by("drawn_at", "promise", "label").values(*names)
    return JsonResponse({"samples": [{"promise": row.pop("promise_id"), **row} for row in rows]})


@require_safe
@staff_with(Verb.HANDLE_CASES)
def sample(request: MemberRequest, pk: int) -> HttpResponse:
    """What a sample says with its margins, and who is still to be asked."""
    found = get_object_or_404(Sample, pk=pk)
    page = Paginator(reads.to_ask(found), _ON_A_PAGE).get_page(request.GET.get("page"))
    context = {"sample": found, "report": reads.report(found), "page": page, "asked": reads.asked(found)[:_ON_A_PAGE]}
    return render(request, "callbacks/sample.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_with(Verb.HANDLE_CASES)
def member(request: MemberRequest, pk: int) -> HttpResponse:
    """Whom to ask, and what they say."""
    found = _member(pk)
    asked = current(samples.KIND, business_now())
    form = AnswerForm(request.POST or None, asked=asked)
    if request.method != "POST":
        return _page(request, found, form)
    if not form.is_valid():
        return _page(request, found, form, status=422)
    try:
        samples.hear(member=_as_read(request, found), said=Said(**form.given()), by=request.user, at=business_now())
    except MissingVerb:
        raise
    except _REFUSALS as refusal:
        form.add_error(None, str(refusal))
        return _page(request, found, form, status=422)
    messages.success(request, _("Written down. Thank you."))
    return redirect("callbacks:sample", pk=found.sample_id)


@require_POST
@staff_with(Verb.HANDLE_CASES)
@never_cache
def member_phones(request: MemberRequest, pk: int) -> HttpResponse:
    """The numbers in clear; that somebody looked is written down."""
    found, at = _member(pk), business_now()
    customer = found.customer or (found.case.account.customer if found.case and found.case.account else None)
    left = [found.case.contact_phone] if found.case and found.case.contact_phone else []
    known = accounts.operations.reveal(customer=customer, by=request.user, at=at).phones if customer else ()
    return _page(request, found, AnswerForm(asked=current(samples.KIND, at)), phones=list(dict.fromkeys([*left, *known])))


@require_POST
@staff_with(Verb.HANDLE_CASES)
def member_attempt(request: MemberRequest, pk: int) -> HttpResponse:
    """Nobody answered."""
    return _acted(
        request, pk, lambda found: samples.note_attempt(member=found, by=request.user, at=business_now()), _("The attempt is written down.")
    )


@require_POST
@staff_with(Verb.HANDLE_CASES)
def member_end(request: MemberRequest, pk: int) -> HttpResponse:
    """They cannot be asked; the next of the list is."""
    form = EndForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Say why."))
        return redirect("callbacks:member", pk=pk)
    why = form.cleaned_data["why"]
    return _acted(
        request,
        pk,
        lambda found: samples.give_up(member=found, why=why, by=request.user, at=business_now()),
        _("Ended; the next one of the list is asked instead, if there is one."),
    )


@require_POST
@staff_with(Verb.SEE_BOARD)
def begin_campaign(request: MemberRequest) -> HttpResponse:
    """Everybody at or below a place."""
    form = CampaignForm(request.POST)
    if not form.is_valid():
        return _list(request, form, status=422)
    try:
        begun = campaigns.begin_campaign(by=request.user, at=business_now(), **form.cleaned_data)
    except (campaigns.EndsBefore, campaigns.NameTaken, campaigns.NobodyThere) as refusal:
        form.add_error(None, str(refusal))
        return _list(request, form, status=422)
    messages.success(
        request, _("%(name)s: %(count)s customers are sampled every week.") % {"name": begun, "count": begun.customers.count()}
    )
    return redirect("callbacks:samples")


def _list(request: MemberRequest, form: CampaignForm | None = None, status: int = 200) -> HttpResponse:
    page = Paginator(reads.samples(), _ON_A_PAGE).get_page(request.GET.get("page"))
    may_begin = Verb.SEE_BOARD in accounts.permissions.verbs_of(request.user, business_now())
    context = {"page": page, "campaigns": Campaign.objects.all(), "form": form or CampaignForm(), "may_begin": may_begin}
    return render(request, "callbacks/samples.html", context, status=status)


def _acted(request: MemberRequest, pk: int, act: Callable[[SampleMember], object], said: str) -> HttpResponse:
    found = _as_read(request, _member(pk))
    try:
        act(found)
    except MissingVerb:
        raise
    except _REFUSALS as refusal:
        messages.error(request, str(refusal))
        return redirect("callbacks:member", pk=pk)
    messages.success(request, said)
    return redirect("callbacks:sample", pk=found.sample_id)


def _page(
    request: MemberRequest, found: SampleMember, form: AnswerForm, *, status: int = 200, phones: list[str] | None = None
) -> HttpResponse:
    context = {"member": found, "sample": found.sample, "form": form, "end_form": EndForm(), "phones": phones}
    return render(request, "callbacks/member.html", context, status=status)


def _member(pk: int) -> SampleMember:
    rows = SampleMember.objects.select_related("sample", "case__account__customer", "case__premises", "customer", "asked_by")
    return get_object_or_404(rows, pk=pk)


def _as_read(request: MemberRequest, found: SampleMember) -> SampleMember:
    """As the page showed it: somebody else's change since then is refused."""
    seen = request.POST.get("version", "")
    found.version = int(seen) if seen.isdecimal() else found.version
    return found
