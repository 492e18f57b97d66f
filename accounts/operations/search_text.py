"""Keep ``Account.search`` in step with what it gathers: numbers, cards, names, phones and the address."""

from collections.abc import Callable, Iterable

from django.db import transaction

from .. import models
from ..pinyin import sounds
from ..searching import searchable

_RELATED = ("customer__phones", "cards")
_BATCH = 1000


def reindex_account(account: models.Account) -> None:
    """Write what finds this account; call it after anything that stands in it has changed, in the same transaction."""
    account.search = search_text(account, _phones(account.customer), _cards(account))
    models.Account.objects.filter(pk=account.pk).update(search=account.search)


def reindex_customer(customer: models.Customer) -> None:
    """The same for every account of a customer."""
    for account in customer.accounts.select_related("customer", "premises"):
        reindex_account(account)


def reindex_accounts(accounts: Iterable[models.Account]) -> int:
    """The same for many at once; returns how many. ``accounts`` come with customer and premises selected."""
    changed = []
    for account in accounts:
        account.search = search_text(account, _phones(account.customer), _cards(account))
        changed.append(account)
    models.Account.objects.bulk_update(changed, ["search"], batch_size=_BATCH)
    return len(changed)


def rebuild_search(*, step: Callable[[int], object]) -> int:
    """Write anew what finds every account, after the rules for it have changed; how many. ``step`` hears of each batch's size."""
    seen = count = 0
    while keys := _rebuild_batch(after=seen):
        seen, count = keys[-1], count + len(keys)
        step(len(keys))
    return count


@transaction.atomic
def _rebuild_batch(after: int) -> list[int]:
    """Locked first and read then: whoever changes a name meanwhile writes its search text after us, not before."""
    locked = models.Account.objects.select_for_update(no_key=True).filter(pk__gt=after).order_by("pk")
    keys = list(locked.values_list("pk", flat=True)[:_BATCH])
    rows = models.Account.objects.filter(pk__in=keys).select_related("customer", "premises")
    reindex_accounts(rows.prefetch_related("customer__phones", "cards"))
    return keys


def search_text(account: models.Account, phones: Iterable[str], cards: Iterable[str]) -> str:
    """All that an account is found by; a Chinese name in pinyin and by its initials too."""
    name = account.customer.name
    return searchable([account.number, *cards, name, *phones, account.premises.address, *sounds(name)])


def _phones(customer: models.Customer) -> list[str]:
    return [str(phone.number) for phone in customer.phones.all()]


def _cards(account: models.Account) -> list[str]:
    return [card.number for card in account.cards.all()]
