class Refused(Exception):
    """The provider will never take this message: a bad number, an unknown address."""


class Gone(Refused):
    """A subscriber said that nobody listens there any more."""


class Unanswered(Exception):
    """The provider did not answer, or not in a way that proves it was the provider. It may have sent the message."""


class Unaccepted(Exception):
    """A subscriber answered, but not that it took the event."""
