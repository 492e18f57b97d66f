"""What a user wishes of the pages themselves."""

from datetime import datetime

from accounts.actors import Actor

from .. import models


def set_language(*, user: models.User, language: str, by: Actor, at: datetime) -> None:
    """Remember the language of the pages for the next sign-in, on any device."""
    if user.language != language:
        user.language = language
        user.save(update_fields=["language"])
