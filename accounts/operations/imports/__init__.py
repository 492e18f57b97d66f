"""Take over accounts from another system: many at once, the good ones or nothing, the same file twice without harm."""

from .running import Outcome, Plan, import_accounts

__all__ = ["Outcome", "Plan", "import_accounts"]
