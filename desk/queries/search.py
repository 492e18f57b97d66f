"""The one search box of staff: accounts and cases at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import accounts.permissions
import accounts.queries
import casework.permissions
import casework.queries
from accounts.models import Account, User
from accounts.roles import Verb
from casework.models import Case


@dataclass(frozen=True)
class Found:
    """What fits, each at most twenty."""

    accounts: Sequence[Account]
    cases: Sequence[Case]

    @property
    def only_account(self) -> Account | None:
        """The account, when nothing else fits but its own cases."""
        if len(self.accounts) == 1 and all(case.account_id == self.accounts[0].pk for case in self.cases):
            return self.accounts[0]
        return None

    @property
    def only_case(self) -> Case | None:
        """The case, when nothing else fits."""
        return self.cases[0] if len(self.cases) == 1 and not self.accounts else None


def find(text: str, user: User, *, at: datetime) -> Found:
    """What this reader may see of what fits; nothing typed, nothing found."""
    sees_accounts = Verb.FIND_ACCOUNTS in accounts.permissions.verbs_of(user, at)
    found = accounts.queries.search_accounts(text) if sees_accounts else []
    return Found(found, casework.queries.search_cases(text, casework.permissions.visible_cases(user, at)))
