"""The operator's list of messages."""

from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from accounts.clock import business_now
from accounts.roles import Verb
from accounts.views.guards import MemberRequest, staff_with

from .. import channels, operations, queries
from ..forms import MessageFilter
from ..models import Channel, Message, MessageStatus

_PAGE = 50


@require_safe
@staff_with(Verb.SEE_OPERATION)
def message_list(request: MemberRequest) -> HttpResponse:
    """Newest first, of one status and one channel if asked."""
    form = MessageFilter(request.GET or None)
    asked = form.cleaned_data if form.is_valid() else {"status": "", "channel": ""}
    page = Paginator(queries.messages(**asked), _PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "asked": asked,
        "query": _query(asked),
        "has_gateway": Channel.SMS in channels.open_channels(),
        "has_given_up": asked["status"] == MessageStatus.DEAD,
    }
    return render(request, "notices/message_list.html", context)


@require_POST
@staff_with(Verb.SEE_OPERATION)
def message_resend(request: MemberRequest, key: str) -> HttpResponse:
    """Try a given-up message again."""
    try:
        operations.resend(message=get_object_or_404(Message, key=key), at=business_now())
    except operations.NothingToSend as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The message is on its way again."))
    return redirect("notices:message_list")


@require_POST
@staff_with(Verb.SEE_OPERATION)
def messages_resend(request: MemberRequest) -> HttpResponse:
    """Try the ticked messages again, or everything that was given up on a channel."""
    form = MessageFilter(request.POST)
    asked = form.cleaned_data if form.is_valid() else {"status": "", "channel": ""}
    wanted = queries.messages(status=MessageStatus.DEAD, channel=asked["channel"])
    if "all" not in request.POST:
        wanted = wanted.filter(pk__in=_ticked(request))
    count = operations.resend_all(messages=wanted, at=business_now())
    words = ngettext("%(count)s message is on its way again.", "%(count)s messages are on their way again.", count)
    messages.success(request, words % {"count": count})
    return HttpResponseRedirect(f"{reverse('notices:message_list')}?{_query(asked)}")


def _ticked(request: HttpRequest) -> list[int]:
    return [int(pk) for pk in request.POST.getlist("message") if pk.isdecimal() and len(pk) < 19]


def _query(asked: dict[str, str]) -> str:
    """The filter as the addresses of the next pages carry it."""
    named = {name: value for name, value in asked.items() if value}
    return f"{urlencode(named)}&" if named else ""
