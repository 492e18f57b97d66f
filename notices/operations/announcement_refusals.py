"""What cannot be done with an announcement, in sentences for whoever tried."""


class BadAnnouncement(Exception):
    """It cannot be taken as it is. ``code``: texts, condition, ways, publish_at, public_until or reason."""

    def __init__(self, code: str, sentence: str) -> None:
        self.code = code
        super().__init__(sentence)
