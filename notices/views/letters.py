"""The words of letters: what is delivered, what an administrator wrote instead, and from when on."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.clock import business_now
from accounts.roles import Verb
from accounts.views.guards import MemberRequest, staff_with

from .. import letter_words, registry
from ..letter_forms import HoldForm, WordsForm
from ..operations import letter_texts
from ..operations.letter_texts import BadWords, DayGone, NewWords, NoDraft
from ..queries.letter_texts import Tongue, letter_lines, tongues_of


@require_safe
@staff_with(Verb.WRITE_LETTERS)
def letter_list(request: MemberRequest) -> HttpResponse:
    """Every letter whose words may be changed."""
    return render(request, "notices/letter_list.html", {"lines": letter_lines(business_now())})


@require_safe
@staff_with(Verb.WRITE_LETTERS)
def letter_detail(request: MemberRequest, kind: str) -> HttpResponse:
    """One letter in every language."""
    return _page(request, kind, _tongues(kind))


@require_POST
@staff_with(Verb.WRITE_LETTERS)
def letter_draft(request: MemberRequest, kind: str, language: str) -> HttpResponse:
    """Keep words as a draft."""
    tongues = _tongues(kind)
    tongue = _one(tongues, language)
    form = WordsForm(tongue, request.POST)
    if form.is_valid():
        given = form.cleaned_data
        words = NewWords(kind=kind, language=language, text=given["text"], subject=given.get("subject", ""))
        try:
            letter_texts.draft_words(words=words, by=request.user, at=business_now())
        except BadWords as refusal:
            form.add_error("text", str(refusal))
        else:
            messages.success(request, _("The draft is kept. Look at it, then let it hold."))
            return redirect("notices:letter", kind=kind)
    return _page(request, kind, tongues, {language: form})


@require_POST
@staff_with(Verb.WRITE_LETTERS)
def letter_publish(request: MemberRequest, kind: str, language: str) -> HttpResponse:
    """Let a draft hold."""
    tongues, at = _tongues(kind), business_now()
    tongue, form = _one(tongues, language), HoldForm(request.POST, auto_id=f"{language}_hold_%s")
    if form.is_valid():
        try:
            if tongue.draft is None:
                raise NoDraft
            letter_texts.publish_words(
                draft=tongue.draft, effective_from=form.beginning(at), reason=form.cleaned_data["reason"], by=request.user, at=at
            )
        except (BadWords, DayGone, NoDraft) as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The new words hold from their moment on."))
            return redirect("notices:letter", kind=kind)
    return _page(request, kind, tongues, holds={language: form})


@require_POST
@staff_with(Verb.WRITE_LETTERS)
def letter_discard(request: MemberRequest, kind: str, language: str) -> HttpResponse:
    """Throw a draft away."""
    tongue = _one(_tongues(kind), language)
    try:
        if tongue.draft is None:
            raise NoDraft
        letter_texts.discard_words(draft=tongue.draft, by=request.user, at=business_now())
    except NoDraft as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The draft is thrown away."))
    return redirect("notices:letter", kind=kind)


def _page(request: MemberRequest, kind: str, tongues: list[Tongue], forms: Any = None, holds: Any = None) -> HttpResponse:
    forms, holds = forms or {}, holds or {}
    context = {"kind": kind, "letter": registry.letter(kind), "tongues": [_shown(kind, tongue, forms, holds) for tongue in tongues]}
    return render(request, "notices/letter_detail.html", context, status=422 if forms or holds else 200)


def _shown(kind: str, tongue: Tongue, forms: Any, holds: Any) -> dict[str, Any]:
    draft, letter = tongue.draft, registry.letter(kind)
    with translation.override(tongue.language):
        delivered = letter_words.sample(letter, kind)
        subject = letter_words.sample(letter, f"{kind}.subject")
    return {
        "delivered": delivered,
        "delivered_subject": subject,
        "tongue": tongue,
        "form": forms.get(tongue.language) or WordsForm(tongue),
        "hold": holds.get(tongue.language) or HoldForm(auto_id=f"{tongue.language}_hold_%s"),
        "preview": letter_words.shown(draft.text) if draft else "",
        "preview_subject": letter_words.shown(draft.subject) if draft else "",
        "placeholders": [f"{{{{ {name} }}}}" for name in tongue.placeholders],
    }


def _tongues(kind: str) -> list[Tongue]:
    if kind not in registry.letters() or registry.letter(kind).is_secret:
        raise Http404
    return tongues_of(kind, business_now())


def _one(tongues: list[Tongue], language: str) -> Tongue:
    found = next((tongue for tongue in tongues if tongue.language == language), None)
    if found is None:
        raise Http404
    return found
