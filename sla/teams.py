"""Teams: who works together. Today a role within a hall; crews come from fieldwork. Pure.

A team goes by a code that roll-ups keep and addresses carry: ``clerk@LL01``, or ``hotline_agent@`` of people who belong to no hall.
``clerk`` alone asks for the clerks of every hall. A code with another shape (``crew:K3``) is a team of somebody else's making.
"""

from collections.abc import Iterable
from dataclasses import dataclass

#: Who holds several roles counts for the first of these: the work before the supervision of it.
ORDER = (
    *("crew", "dispatcher", "inspector", "steward", "installer", "service_operator", "hotline_agent", "clerk", "reception_specialist"),
    *("direction_specialist", "complaint_router", "application_router", "key_account_manager", "engineer", "marketing", "finance"),
    *("hall_head", "supervisor", "branch_manager", "head_office", "administrator"),
)


@dataclass(frozen=True, order=True)
class Team:
    """A role within a hall (its code); no hall: within the whole company."""

    role: str
    hall: str = ""

    @property
    def code(self) -> str:
        return f"{self.role}@{self.hall}"


def read(code: str) -> Team | None:
    """The team behind a code, None for one that is not a role's."""
    role, at_sign, hall = code.partition("@")
    return Team(role, hall) if at_sign and role in ORDER else None


def main_role(roles: Iterable[str]) -> str:
    """The role somebody counts for; empty for none that is known."""
    held = set(roles)
    return next((role for role in ORDER if role in held), "")


def is_among(code: str, asked: str) -> bool:
    """Whether a team is meant by what was asked for: its code, or its role in every hall."""
    return bool(code) and (code == asked or code.partition("@")[0] == asked)
