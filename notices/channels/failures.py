class Refused(Exception):
    """The provider will never take this message: a bad number, an unknown address."""


class Unanswered(Exception):
    """The provider did not answer, or not in a way that proves it was the provider. It may have sent the message."""
