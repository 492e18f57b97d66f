"""How messages look on pages."""

from django import template

from accounts.masking import mask_phone

from ..models import Channel, Message, MessageStatus

register = template.Library()

_LOOKS = {
    MessageStatus.OWED: ("busy", "hourglass"),
    MessageStatus.SENDING: ("busy", "send"),
    MessageStatus.SENT: ("good", "circle-check"),
    MessageStatus.DEAD: ("danger", "circle-x"),
}


@register.inclusion_tag("components/status_tag.html")
def message_status(message: Message) -> dict[str, str]:
    """Where a message stands, as word, icon and tone."""
    tone, icon = _LOOKS[MessageStatus(message.status)]
    return {"word": message.get_status_display(), "tone": tone, "icon": icon}


@register.filter
def masked_address(message: Message) -> str:
    """Enough of it to recognize one's own, too little to use."""
    if message.channel == Channel.EMAIL:
        name, _at, host = message.address.partition("@")
        return f"{name[:1]}***@{host}"
    return mask_phone(message.address) if message.address else ""
