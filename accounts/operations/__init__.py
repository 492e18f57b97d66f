"""The verbs of people and places, by noun: who registers, moves, opens, freezes, binds and grants what."""

from .accounts import (
    AccountClosed,
    AccountFrozen,
    DoorTaken,
    NewAccount,
    NotFrozen,
    ReasonMissing,
    close_account,
    freeze_account,
    open_account,
    unfreeze_account,
)
from .binding import (
    NotBound,
    StartedBinding,
    TooManyAttempts,
    WrongCode,
    bind_with_papers,
    finish_binding,
    start_binding,
    unbind,
)
from .customers import (
    BadIdentityNumber,
    NewCustomer,
    Revealed,
    add_phone,
    change_customer,
    register_customer,
    remove_phone,
    reveal,
    set_identity_number,
    set_primary_phone,
)
from .demonstration import BadSpeed, ClockNotAllowed, TimeGoesBack, end_demonstration, set_demonstration_clock
from .grants import end_grant, grant_role
from .hall_hours import BadHours, Window, set_hours
from .hall_weeks import keep_week
from .halls import NewHall, add_counter, open_hall
from .meters import MeterInUse, NewMeter, install_meter, remove_meter
from .periods import BadPeriod, Period
from .premises import register_premises
from .roster import plan_duty, record_absence, remove_duty
from .search_rebuild import rebuild_search
from .search_text import reindex_account, reindex_accounts, reindex_customer, search_text
from .service_areas import AreasOverlap, check_area_fits, draw_service_area
from .staff import NewStaff, NumberTaken, Yourself, dismiss_staff, hire_staff
from .territory import NameTaken, NewPlace, WouldLoop, add_node, move_node, rename_node
from .users import set_language, set_password

__all__ = [
    "AccountClosed",
    "AccountFrozen",
    "AreasOverlap",
    "BadHours",
    "BadIdentityNumber",
    "BadPeriod",
    "BadSpeed",
    "ClockNotAllowed",
    "DoorTaken",
    "MeterInUse",
    "NameTaken",
    "NewAccount",
    "NewCustomer",
    "NewHall",
    "NewMeter",
    "NewPlace",
    "NewStaff",
    "NotBound",
    "NotFrozen",
    "NumberTaken",
    "Period",
    "ReasonMissing",
    "Revealed",
    "StartedBinding",
    "TimeGoesBack",
    "TooManyAttempts",
    "Window",
    "WouldLoop",
    "WrongCode",
    "Yourself",
    "add_counter",
    "add_node",
    "add_phone",
    "bind_with_papers",
    "change_customer",
    "check_area_fits",
    "close_account",
    "dismiss_staff",
    "draw_service_area",
    "end_demonstration",
    "end_grant",
    "finish_binding",
    "freeze_account",
    "grant_role",
    "hire_staff",
    "install_meter",
    "keep_week",
    "move_node",
    "open_account",
    "open_hall",
    "plan_duty",
    "rebuild_search",
    "record_absence",
    "register_customer",
    "register_premises",
    "reindex_account",
    "reindex_accounts",
    "reindex_customer",
    "remove_duty",
    "remove_meter",
    "remove_phone",
    "rename_node",
    "reveal",
    "search_text",
    "set_demonstration_clock",
    "set_hours",
    "set_identity_number",
    "set_language",
    "set_password",
    "set_primary_phone",
    "start_binding",
    "unbind",
    "unfreeze_account",
]
