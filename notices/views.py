"""The operator's list of messages."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.clock import business_now
from accounts.roles import Verb
from accounts.views.guards import MemberRequest, staff_with

from . import channels, operations, queries
from .forms import MessageFilter
from .models import Channel, Message

_PAGE = 50


@require_safe
@staff_with(Verb.SEE_OPERATION)
def message_list(request: MemberRequest) -> HttpResponse:
    """Newest first, of one status if asked."""
    form = MessageFilter(request.GET or None)
    status = form.cleaned_data["status"] if form.is_valid() else ""
    page = Paginator(queries.messages(status), _PAGE).get_page(request.GET.get("page"))
    query = f"status={status}&" if status else ""
    has_gateway = Channel.SMS in channels.open_channels()
    context = {"form": form, "page": page, "query": query, "has_gateway": has_gateway}
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
