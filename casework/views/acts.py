"""What staff do on a case's page: each a form, one call, a word about what happened."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

import accounts.queries
from accounts.clock import business_now
from accounts.permissions import Forbidden, MissingVerb
from accounts.queries import AccountNotFound
from accounts.roles import Verb
from accounts.views.guards import MemberRequest, staff_with

from .. import operations, permissions, references
from ..models import Case, Contact
from ..operations import NewContact, Paper, Target, Telling
from .case import FORMS, case_page
from .guards import case_or_404

#: What the operations refuse, in sentences for the reader.
REFUSALS = (
    *(operations.AlreadyOffered, operations.Ended, operations.NoAnswer, operations.NobodyNamed, operations.NoReply),
    *(operations.NoPaperNamed, operations.NothingMissing, operations.NoWayToTell, operations.SaidTooLate),
    *(operations.NotEnded, operations.NotOffered, operations.NotTaken, operations.NothingSaid, operations.ReasonMissing),
    *(operations.NotMerged, operations.StaleRow, operations.WrongMove, AccountNotFound, Forbidden),
)
type Act = Callable[[Case, Any, dict[str, Any]], object]


def _act(name: str, done: Callable[[], str], act: Act, *verbs: Verb) -> Callable[..., HttpResponseBase]:
    """The view of one act: read its form, call its operation, say what happened or why not."""

    @require_POST
    @staff_with(Verb.HANDLE_CASES, *verbs)
    def view(request: MemberRequest, reference: str) -> HttpResponse:
        found = case_or_404(request.user, reference)
        kind = FORMS.get(name)
        form = kind(request.POST, request.FILES, auto_id=f"{name}_%s") if kind else None
        if form is not None and not form.is_valid():
            return case_page(request, found, {name: form})
        try:
            _check_fresh(request, found)
            act(found, form.cleaned_data if form else {}, {"by": request.user, "at": business_now()})
        except MissingVerb:
            raise
        except REFUSALS as refusal:
            if form is None:
                messages.error(request, str(refusal))
                return redirect("casework:case", reference=found.reference)
            form.add_error(None, str(refusal))
            return case_page(request, case_or_404(request.user, reference), {name: form})
        messages.success(request, done())
        return redirect("casework:case", reference=found.reference)

    view.__name__, view.__doc__ = name, act.__doc__
    return view


def _check_fresh(request: MemberRequest, found: Case) -> None:
    """Where the page says which version it showed, somebody else may have changed the case since."""
    if request.POST.get("version", str(found.version)) != str(found.version):
        raise operations.StaleRow


def _contact(case: Case, given: dict[str, Any], when: dict[str, Any]) -> None:
    if given["means"] == Contact.Means.NOTE:
        given = {"means": given["means"], "direction": Contact.Direction.INSIDE, "content": given["content"]}
    operations.record_contact(case=case, contact=NewContact(**given), **when)


def _change(case: Case, given: dict[str, Any], when: dict[str, Any]) -> None:
    number = references.tidy(given["account"])
    changes: dict[str, Any] = {"urgency": given["urgency"]}
    if number:
        changes["account"] = accounts.queries.get_account(number)
    operations.change_case(case=case, **changes, **when)


def _answer(case: Case, given: dict[str, Any], when: dict[str, Any]) -> None:
    row = getattr(case, "general_request", None)
    if row is None:
        raise Http404
    operations.answer_request(request=row, **given, **when)


def _merge(case: Case, given: dict[str, Any], when: dict[str, Any]) -> None:
    visible = permissions.visible_cases(when["by"], when["at"])
    into = visible.filter(reference=references.tidy(given["into"])).first()
    if into is None:
        raise operations.SameCase
    operations.merge(case=case, into=into, **when)


def _return_papers(case: Case, given: dict[str, Any], when: dict[str, Any]) -> None:
    telling = Telling(papers=[Paper(*pair) for pair in given.pop("papers")], **given)
    operations.return_papers(case=case, telling=telling, **when)


answer = _act("answer", lambda: _("The answer is kept."), _answer)
ask = _act(
    "ask", lambda: _("The question is kept. The case waits for the customer."), lambda c, g, w: operations.ask_customer(case=c, **g, **w)
)
ask_leader = _act(
    "ask_leader", lambda: _("The head is asked. The case stays with you."), lambda c, g, w: operations.ask_leader(case=c, **g, **w)
)
contact = _act("contact", lambda: _("The contact is kept."), _contact)
accept = _act("accept", lambda: _("The case is yours now."), lambda c, _g, w: operations.accept(case=c, **w))
decline = _act("decline", lambda: _("Declined. It stays with who asked you."), lambda c, g, w: operations.decline(case=c, **g, **w))
transfer = _act(
    "transfer",
    lambda: _("Asked. The case stays with you until somebody accepts it."),
    lambda c, g, w: operations.transfer(case=c, to=Target(**g), **w),
)
take_back = _act("take_back", lambda: _("Nobody is asked any more."), lambda c, _g, w: operations.take_back(case=c, **w))
assign = _act("assign", lambda: _("The case has changed hands."), lambda c, g, w: operations.assign(case=c, **g, **w), Verb.ASSIGN_CASES)
change = _act("change", lambda: _("The changes are kept."), _change)
stop_waiting = _act("stop_waiting", lambda: _("We go on."), lambda c, _g, w: operations.move_case(case=c, verb="stop_waiting", **w))
close = _act("close", lambda: _("The case is closed."), lambda c, _g, w: operations.move_case(case=c, verb="close", **w))
reopen = _act("reopen", lambda: _("The case is open again."), lambda c, g, w: operations.reopen_case(case=c, **g, **w))
cancel = _act("cancel", lambda: _("The case is withdrawn."), lambda c, g, w: operations.cancel_case(case=c, **g, **w))
merge = _act("merge", lambda: _("It goes on in the other case."), _merge)
split = _act("split", lambda: _("The other matter has a case of its own now."), lambda c, g, w: operations.split_request(case=c, **g, **w))
attach = _act("attach", lambda: _("The file is kept."), lambda c, g, w: operations.attach(case=c, **g, **w))
return_papers = _act(
    "return_papers",
    lambda: _("The whole list is told. Print it for the customer from here."),
    _return_papers,
)
receive_papers = _act(
    "receive_papers",
    lambda: _("Noted. Look them through; then say that all are here, or what is still wrong."),
    lambda c, g, w: operations.receive_papers(case=c, **g, **w),
)
complete_papers = _act(
    "complete_papers", lambda: _("All papers are here. The promised time begins."), lambda c, _g, w: operations.complete_papers(case=c, **w)
)
erase = _act(
    "erase",
    lambda: _("The personal data of this case is erased."),
    lambda c, _g, w: operations.erase_case(case=c, **w),
    Verb.ERASE_PERSONAL_DATA,
)
