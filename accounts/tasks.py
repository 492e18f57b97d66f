"""What runs by itself."""

from django.tasks import task
from django.utils import timezone

import accounts.operations.tokens


@task
def prune_sign_ins() -> None:
    """Codes and tokens that have expired; they open nothing, so once a day is enough. Real time."""
    accounts.operations.tokens.forget_sign_ins(at=timezone.now())
