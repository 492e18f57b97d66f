"""How messages look on pages."""

from django import template
from django.utils.translation import gettext_lazy as _

from accounts.masking import mask_email, mask_phone

from .. import registry
from ..models import Channel, Message, MessageStatus

register = template.Library()

_LOOKS = {
    MessageStatus.OWED: ("busy", "hourglass"),
    MessageStatus.SENDING: ("busy", "send"),
    MessageStatus.SENT: ("good", "circle-check"),
    MessageStatus.DEAD: ("danger", "circle-x"),
}


#: What ``last_error`` holds is the class of an error, or what took its place.
_FAILURES = {
    "Refused": _("the address was refused"),
    "Unanswered": _("no proper answer"),
    "Expired": _("too late to be of use"),
    "Interrupted": _("interrupted at every try"),
}


@register.inclusion_tag("components/status_tag.html")
def message_status(message: Message) -> dict[str, str]:
    """Where a message stands, as word, icon and tone."""
    tone, icon = _LOOKS[MessageStatus(message.status)]
    return {"word": message.get_status_display(), "tone": tone, "icon": icon}


@register.filter
def letter_title(message: Message) -> str:
    """What kind of letter it is, in words; of a kind that is no longer written, its code."""
    letter = registry.letters().get(message.kind)
    return str(letter.title) if letter else message.kind


@register.filter
def failure(message: Message) -> str:
    """Why the last try failed, in words where we have them."""
    return str(_FAILURES.get(message.last_error, message.last_error))


@register.filter
def masked_address(message: Message) -> str:
    """Enough of it to recognize one's own, too little to use."""
    if message.channel == Channel.EMAIL:
        return mask_email(message.address)
    return mask_phone(message.address) if message.address else ""
