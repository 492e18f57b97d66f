"""The token of the book's edition: renewed by whoever writes, so that every process reads anew."""

import secrets

from django.db import transaction

from ..models import BookEdition
from ..queries import policies


def turn_page() -> None:
    """Renew the edition in the caller's transaction; writers of the book stand in line for its one row.

    Called after writing and before nothing else is read: what this process would read meanwhile it would keep.
    """
    BookEdition.objects.update_or_create(pk=1, defaults={"token": secrets.token_hex(16)})
    policies.forget()
    transaction.on_commit(policies.forget)
