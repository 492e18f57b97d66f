"""Who acts on a case."""

from accounts.actors import Actor
from accounts.models import Staff, User


def staff_behind(actor: Actor) -> Staff | None:
    """The working staff member behind an actor; None for customers and for the system."""
    if not isinstance(actor, User) or not actor.is_staff:
        return None
    if actor.staff_at_hand is not None:
        return actor.staff_at_hand
    return Staff.objects.select_related("hall").filter(user=actor, left_at__isnull=True).first()
