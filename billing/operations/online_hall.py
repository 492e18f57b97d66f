"""The online hall: it numbers the receipts of what is bought without a clerk."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.models import Hall, Territory
from accounts.signing import signed

CODE = "WEB"


def online_hall(*, by: Actor, at: datetime) -> Hall:
    """The one there is; made at the first receipt, whoever causes it. Nobody can go there, and it has no hours and no counters."""
    found = Hall.objects.filter(kind=Hall.Kind.ONLINE).order_by("pk").first()
    if found is not None:
        return found
    language = "zh-hans"
    with translation.override(language):
        name = _("Online hall")
    territory = Territory.objects.order_by("pk").earliest("pk")
    made = Hall(code=CODE, kind=Hall.Kind.ONLINE, name=name, address="", territory=territory, language=language)
    try:
        with transaction.atomic():
            signed(made, by=by, at=at).save()
    except IntegrityError:
        # Two first receipts at once: one makes it, the other finds it.
        return Hall.objects.get(code=CODE)
    return made
