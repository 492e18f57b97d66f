"""Callbacks of providers, verified already: each is heard once, and what it tells is booked in the same transaction."""

from datetime import datetime

from django.db import transaction

from accounts.actors import System

from ..models import ProviderNotice, ProviderPayment
from ..providers.protocol import Callback
from .provider_payments import take
from .refunds import heard_back


@transaction.atomic
def hear(*, provider: str, callback: Callback, at: datetime) -> bool:
    """Book what a callback tells; False for one that was heard before. Whatever is raised, the provider is to send it again."""
    _notice, is_new = ProviderNotice.objects.get_or_create(provider=provider, number=callback.number[:64], defaults={"heard_at": at})
    if not is_new:
        return False
    by = System(provider)
    if callback.paid is not None:
        take(provider=provider, heard=callback.paid, heard_by=ProviderPayment.HeardBy.CALLBACK, by=by, at=at)
    if callback.refund is not None:
        heard_back(heard=callback.refund, by=by, at=at)
    return True
