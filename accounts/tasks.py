"""What runs by itself."""

from django.tasks import task
from django.utils import timezone

import accounts.operations.tokens
from accounts.actors import System
from accounts.clock import business_now
from accounts.operations import priority_register


@task
def prune_sign_ins() -> None:
    """Codes and tokens that have expired; they open nothing, so once a day is enough. Real time."""
    accounts.operations.tokens.forget_sign_ins(at=timezone.now())


@task
def follow_register() -> None:
    """Entries of the priority register begin and run out by the day."""
    priority_register.follow_register(by=System("register"), at=business_now())
