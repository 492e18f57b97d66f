"""Words with one meaning, as colleagues keep them for the search."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from accounts.clock import business_now
from accounts.roles import Verb
from accounts.views.guards import MemberRequest, staff_with

from ..models import Synonym
from ..operations.synonyms import BadGroup, BadRow, BadRows, GroupGone, add_group, remove_group, take_table
from ..synonym_forms import SynonymForm, SynonymTableForm


@require_safe
@staff_with(Verb.PUBLISH_KNOWLEDGE)
def synonym_list(request: MemberRequest) -> HttpResponse:
    """All groups, by language."""
    return _page(request)


@require_POST
@staff_with(Verb.PUBLISH_KNOWLEDGE)
def synonym_add(request: MemberRequest) -> HttpResponse:
    """One group more."""
    form = SynonymForm(request.POST)
    if not form.is_valid():
        return _page(request, form=form)
    try:
        add_group(**form.cleaned_data, by=request.user, at=business_now())
    except BadGroup as refusal:
        form.add_error("words", str(refusal))
        return _page(request, form=form)
    messages.success(request, _("The search goes by these words from now on."))
    return redirect("notices:synonyms")


@require_POST
@staff_with(Verb.PUBLISH_KNOWLEDGE)
def synonym_remove(request: MemberRequest, pk: int) -> HttpResponse:
    """One group less."""
    try:
        remove_group(key=pk, by=request.user, at=business_now())
    except GroupGone as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("These words find each other no more."))
    return redirect("notices:synonyms")


@require_POST
@staff_with(Verb.PUBLISH_KNOWLEDGE)
def synonym_table(request: MemberRequest) -> HttpResponse:
    """A table of groups, all of it or nothing."""
    form = SynonymTableForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, table=form)
    rows = form.cleaned_data["rows"]
    try:
        count = take_table(text=rows, by=request.user, at=business_now())
    except BadRows as refusal:
        # A file cannot be sent back: what stood in it is typed here.
        again = SynonymTableForm({"rows": rows})
        again.is_valid()
        again.add_error(None, str(refusal))
        return _page(request, table=again, bad=refusal.rows)
    messages.success(request, ngettext("%(count)s group is new.", "%(count)s groups are new.", count) % {"count": count})
    return redirect("notices:synonyms")


def _page(
    request: HttpRequest, *, form: SynonymForm | None = None, table: SynonymTableForm | None = None, bad: list[BadRow] | None = None
) -> HttpResponse:
    known: dict[str, list[Synonym]] = {code: [] for code, _name in settings.LANGUAGES}
    for one in Synonym.objects.order_by("language", "words", "pk"):
        known.setdefault(one.language, []).append(one)
    names = dict(settings.LANGUAGES)
    context: dict[str, Any] = {
        "tongues": [(code, names.get(code, code), groups) for code, groups in known.items()],
        "form": form or SynonymForm(auto_id="one_%s"),
        "table": table or SynonymTableForm(auto_id="table_%s"),
        "bad": bad or [],
    }
    return render(request, "notices/synonyms.html", context, status=422 if form or table else 200)
