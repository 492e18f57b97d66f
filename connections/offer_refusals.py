"""Why something about an offer was refused, in a sentence for the reader."""

from django.utils.translation import gettext as _


class OfferRefused(Exception):
    """It could not be done, and everything is as it was. ``code`` is for machines."""

    code = "offer_refused"


class NoLines(OfferRefused):
    code = "no_lines"

    def __init__(self) -> None:
        super().__init__(_("A quote needs at least one line."))


class NotInDesign(OfferRefused):
    """Quotes go out while the connection is designed."""

    code = "not_in_design"

    def __init__(self, status: str) -> None:
        super().__init__(_("A quote can be sent while the connection is being designed. Now it is “%(status)s”.") % {"status": status})


class AlreadySent(OfferRefused):
    """What was sent never changes."""

    code = "already_sent"

    def __init__(self) -> None:
        super().__init__(_("This version was sent and does not change any more. Make a new one."))


class NoOffer(OfferRefused):
    code = "no_offer"

    def __init__(self) -> None:
        super().__init__(_("No offer stands for this application."))


class OfferExpired(OfferRefused):
    code = "offer_expired"

    def __init__(self, day: str) -> None:
        super().__init__(_("This offer held until %(day)s. Ask for a new one.") % {"day": day})


class OtherPaper(OfferRefused):
    """What was read is not what stands now."""

    code = "other_paper"

    def __init__(self) -> None:
        super().__init__(_("The contract has changed since you opened it. Read it again before you accept it."))


class AlreadyAccepted(OfferRefused):
    code = "already_accepted"

    def __init__(self) -> None:
        super().__init__(_("This contract is accepted already."))


class PaidAlready(OfferRefused):
    """Money first: what is paid goes back only when the application is withdrawn."""

    code = "paid_already"

    def __init__(self) -> None:
        super().__init__(_("This contract is paid. It can only be ended by withdrawing the application."))


class NothingHeld(OfferRefused):
    code = "nothing_held"

    def __init__(self) -> None:
        super().__init__(_("No money of this application is held in advance."))


class StillWanted(OfferRefused):
    code = "still_wanted"

    def __init__(self) -> None:
        super().__init__(_("Money goes back when the application is withdrawn. Withdraw it first."))
