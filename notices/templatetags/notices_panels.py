"""How messages look on pages."""

from typing import Any

from django import template
from django.template import Context
from django.utils.translation import gettext_lazy as _

from accounts.masking import mask_email, mask_phone

from .. import queries, registry
from ..models import Channel, Message, MessageStatus, Subscription

register = template.Library()

_LOOKS = {
    MessageStatus.OWED: ("busy", "hourglass"),
    MessageStatus.SENDING: ("busy", "send"),
    MessageStatus.SENT: ("good", "circle-check"),
    MessageStatus.GATHERED: ("good", "layers"),
    MessageStatus.DEAD: ("danger", "circle-x"),
}

#: What ``last_error`` holds is the class of an error, or what took its place.
_FAILURES = {
    "Refused": _("the address was refused"),
    "Unanswered": _("no proper answer"),
    "Unaccepted": _("not accepted"),
    "Undelivered": _("did not arrive"),
    "BadAddress": _("not an address we call"),
    "Gone": _("nobody listens there any more"),
    "Disabled": _("the webhook is switched off"),
    "Expired": _("too late to be of use"),
    "CalledOff": _("called off before it went"),
    "NotNeeded": _("no longer needed"),
    "Unsubscribed": _("stopped by its reader before it went"),
    "Interrupted": _("interrupted at every try"),
}


@register.inclusion_tag("components/status_tag.html")
def message_status(message: Message) -> dict[str, str]:
    """Where a message stands, as word, icon and tone."""
    tone, icon = _LOOKS[MessageStatus(message.status)]
    if message.delivered_at:
        return {"word": str(_("delivered")), "tone": "good", "icon": "check-check"}
    return {"word": message.get_status_display(), "tone": tone, "icon": icon}


@register.inclusion_tag("components/status_tag.html")
def webhook_status(webhook: Subscription) -> dict[str, str]:
    """Whether a webhook is called, as word, icon and tone."""
    if webhook.disabled_at:
        return {"word": webhook.get_disabled_reason_display(), "tone": "danger", "icon": "unplug"}
    if webhook.failing_since:
        return {"word": str(_("failing")), "tone": "warn", "icon": "triangle-alert"}
    return {"word": str(_("listening")), "tone": "good", "icon": "circle-check"}


@register.inclusion_tag("notices/bell.html", takes_context=True)
def bell(context: Context) -> dict[str, Any]:
    """The way to the inbox, with the number of what a staff member has not read."""
    user = getattr(context.get("request"), "user", None)
    if user is None or not user.is_authenticated or not user.is_staff:
        return {"unread": None}
    return {"unread": queries.count_unread(user), "counted": queries.COUNTED}


@register.filter
def letter_title(message: Message) -> str:
    """What kind of letter it is, in words; of a kind that is no longer written, its code."""
    if message.channel == Channel.WEBHOOK:
        return message.about
    letter = registry.letters().get(message.kind)
    return str(letter.title) if letter else message.kind


@register.filter
def failure(message: Message) -> str:
    """Why the last try failed, in words where we have them."""
    return str(_FAILURES.get(message.last_error, message.last_error))


@register.filter
def masked_address(message: Message) -> str:
    """Enough of it to recognize one's own, too little to use."""
    if message.channel == Channel.WEBHOOK:
        return message.subscription.name if message.subscription else ""
    if message.channel == Channel.EMAIL:
        return mask_email(message.address)
    return mask_phone(message.address) if message.address else ""
