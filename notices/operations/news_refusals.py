"""What cannot be done with news, in sentences for whoever tried."""

from django.utils.translation import gettext as _


class BadNews(Exception):
    """It cannot be taken as it is. ``code``: texts, kept_why, publish_at, notes or reason."""

    def __init__(self, code: str, sentence: str) -> None:
        self.code = code
        super().__init__(sentence)


class NewsMarked(BadNews):
    """The detector sees somebody in the words, and nobody said why that may stay."""

    def __init__(self, code: str, count: int) -> None:
        said = _("%(count)d places still look like personal data. Take them out, or say why they may stay.")
        super().__init__(code, said % {"count": count})
