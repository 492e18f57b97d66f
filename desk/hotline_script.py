"""What an agent says, at the moment it is said: the phrases of the seeds (STF-03, STF-04), in the language the caller speaks."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .states import CallStatus


@dataclass(frozen=True)
class Phrase:
    """When it is said, and how."""

    when: str | Promise
    words: str | Promise


_GREETING = Phrase(_("greeting"), _("Hello, this is %(company)s, agent %(agent)s speaking. How can I help you?"))
_CONFIRM = Phrase(_("confirming who it is"), _("Am I speaking with %(customer)s, %(premises)s?"))
_LISTEN = Phrase(pgettext_lazy("phrase", "listening"), _("I understand. I have noted that. Rest assured."))
_NOT_HEARD = Phrase(_("not heard"), _("I am sorry, I did not hear that well. Could you say it once more?"))
_INTERRUPT = Phrase(_("interrupting"), _("Excuse me, may I ask you something?"))
_ASK_TO_WAIT = Phrase(_("before a hold"), _("May I ask you to wait a moment while I find out?"))
_WAITED = Phrase(_("to one who waited"), _("Thank you for waiting."))
_INSTEAD = Phrase(_("instead of no"), _("What I can do for you is this."))
_SORRY = Phrase(_("apology"), _("I am very sorry about that."))
_ANYTHING_ELSE = Phrase(_("before closing"), _("Is there anything else I can do for you?"))
_FAREWELL = Phrase(_("farewell"), _("Thank you for calling. Goodbye."))
_HANG_UP = Phrase(_("the end"), _("The caller hangs up first. Then write the call down."))

#: What stands first at each moment of a call, and what may be needed besides.
PHRASES: Mapping[str, tuple[Phrase, ...]] = {
    CallStatus.RINGING: (_GREETING,),
    CallStatus.TALKING: (_GREETING, _CONFIRM, _LISTEN, _NOT_HEARD, _INTERRUPT, _ASK_TO_WAIT, _INSTEAD, _SORRY, _ANYTHING_ELSE, _FAREWELL),
    CallStatus.HELD: (_WAITED, _SORRY),
    CallStatus.ENDED: (_HANG_UP,),
}


def phrases_at(status: str, *, agent: str, customer: str, premises: str) -> list[tuple[str, str]]:
    """When and words, filled in; the question who it is only where somebody was found."""
    known = {"company": settings.COMPANY["name"], "agent": agent, "customer": customer, "premises": premises}
    wanted = [phrase for phrase in PHRASES.get(status, ()) if customer or phrase is not _CONFIRM]
    return [(str(phrase.when), str(phrase.words) % known) for phrase in wanted]
