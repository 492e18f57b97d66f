"""Reads of people and places."""

from .accounts import AccountNotFound, bound_accounts, get_account
from .halls import HallToday, hall_directory
from .history import Change, changes_of
from .people import StaffLine, StaffNotFound, absences, cabinet_user, get_staff, roster, staff_list
from .search import search_accounts
from .staff import NotStaff, current_staff, keep_grants_at_hand, roles_of, stands_in_for, who_is_there_for
from .territory import area_of, coordinates_of, service_area_of, short_addresses
from .tokens import token_by_digest

__all__ = [
    "AccountNotFound",
    "Change",
    "HallToday",
    "NotStaff",
    "StaffLine",
    "StaffNotFound",
    "absences",
    "area_of",
    "bound_accounts",
    "cabinet_user",
    "changes_of",
    "coordinates_of",
    "current_staff",
    "get_account",
    "get_staff",
    "hall_directory",
    "keep_grants_at_hand",
    "roles_of",
    "roster",
    "search_accounts",
    "service_area_of",
    "short_addresses",
    "staff_list",
    "stands_in_for",
    "token_by_digest",
    "who_is_there_for",
]
