"""Reads of people and places."""

from .accounts import AccountNotFound, bound_accounts, get_account
from .search import search_accounts
from .staff import NotStaff, current_staff, roles_of

__all__ = ["AccountNotFound", "NotStaff", "bound_accounts", "current_staff", "get_account", "roles_of", "search_accounts"]
