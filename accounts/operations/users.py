"""What a user wishes of the pages themselves."""

from datetime import datetime

from accounts.actors import Actor

from .. import models


def set_language(*, user: models.User, language: str, by: Actor, at: datetime) -> None:
    """Remember the language of the pages for the next sign-in, on any device."""
    if user.language != language:
        user.language = language
        user.save(update_fields=["language"])


def set_password(*, user: models.User, password: str, by: Actor, at: datetime) -> None:
    """A new password; every other session of the user ends with the old one. The form has weighed it."""
    user.set_password(password)
    user.save(update_fields=["password"])
