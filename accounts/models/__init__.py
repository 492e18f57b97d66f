"""One model a file; imported here so that Django and callers find them under one name."""

from .access_token import AccessToken, SignInCode
from .account import Account
from .binding import Binding, BindingAttempt
from .customer import COMES_FIRST, Customer, Segment
from .demonstration_clock import DemonstrationClock
from .disclosure import Disclosure
from .duty import Absence, Duty
from .gas_card import GasCard
from .hall import Counter, Hall
from .hall_hours import HallHours, HallWeek
from .meter import Meter
from .phone import Phone
from .premises import Premises
from .priority_entry import PriorityEntry
from .service_area import ServiceArea
from .staff import RoleGrant, Staff
from .territory import Area, Territory
from .user import User
from .wechat_link import WeChatLink

__all__ = [
    "COMES_FIRST",
    "Absence",
    "AccessToken",
    "Account",
    "Area",
    "Binding",
    "BindingAttempt",
    "Counter",
    "Customer",
    "DemonstrationClock",
    "Disclosure",
    "Duty",
    "GasCard",
    "Hall",
    "HallHours",
    "HallWeek",
    "Meter",
    "Phone",
    "Premises",
    "PriorityEntry",
    "RoleGrant",
    "Segment",
    "ServiceArea",
    "SignInCode",
    "Staff",
    "Territory",
    "User",
    "WeChatLink",
]
