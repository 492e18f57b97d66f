"""Keep ``Account.search`` in step with what it gathers: numbers, cards, names, phones and the address."""

from collections.abc import Iterable

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


def search_text(account: models.Account, phones: Iterable[str], cards: Iterable[str]) -> str:
    """All that an account is found by; a Chinese name in pinyin and by its initials too."""
    name = account.customer.name
    return searchable([account.number, *cards, name, *phones, account.premises.address, *sounds(name)])


def _phones(customer: models.Customer) -> list[str]:
    return [str(phone.number) for phone in customer.phones.all()]


def _cards(account: models.Account) -> list[str]:
    return [card.number for card in account.cards.all()]
