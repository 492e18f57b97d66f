"""What a provider paid out to our bank account: its money becomes the bank's."""

from datetime import date, datetime

from django.db import IntegrityError, transaction

from accounts.actors import Actor

from .. import permissions
from ..break_refusals import SlipHeld, SlipKnown, TooMuchPaidOut
from ..models import Book, Payout, Posting, Provider, ProviderPayment
from ..providers.bank import number_of
from ..queries.breaks import balance
from ..queries.provider_books import book_of
from .ledger import Line, post


@transaction.atomic
def note_payout(*, provider: str, amount: int, day: date, slip: str, by: Actor, at: datetime) -> Payout:
    """Once for each number that the bank gave on a day; minor units. Raises SlipKnown, SlipHeld, TooMuchPaidOut, Forbidden."""
    permissions.check_may_reconcile(by, at=at)
    if Payout.objects.filter(provider=provider, day=day, slip=slip).exists():
        raise SlipKnown
    if ProviderPayment.objects.filter(provider=Provider.BANK, transaction=number_of(day, slip)).exists():
        raise SlipHeld
    if amount > (there := balance(provider)):
        raise TooMuchPaidOut(there)
    try:
        with transaction.atomic():
            posting = post(Posting.Kind.SETTLEMENT, [Line(Book.BANK, amount), Line(book_of(provider), -amount)], by=by, at=at)
            return Payout.objects.create(provider=provider, amount=amount, day=day, slip=slip, posting=posting, at=at, by=by.actor_label)
    except IntegrityError:  # somebody else noted it at the same moment
        raise SlipKnown from None
