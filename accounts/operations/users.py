"""What a user wishes of the pages themselves."""

from datetime import datetime

from django.db import transaction

from accounts.actors import Actor

from .. import models


def set_language(*, user: models.User, language: str, by: Actor, at: datetime) -> None:
    """Remember the language of the pages for the next sign-in, on any device."""
    if user.language != language:
        user.language = language
        user.save(update_fields=["language"])


@transaction.atomic
def set_password(*, user: models.User, password: str, by: Actor, at: datetime) -> None:
    """A new password; every other session and every device's token of the user ends with the old one. The form has weighed it."""
    user.set_password(password)
    user.save(update_fields=["password"])
    models.AccessToken.objects.filter(user=user).delete()
