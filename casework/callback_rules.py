"""Which cases are called back about, and what their rooms know that whoever rings must: who did the work, and how to ask.

An app whose cases are called back about has a ``callback_rules.py`` with ``CALLBACKS``: one rule for each kind. What came of it, it
hears as an event of the case (``callback.done``, with ``settled`` and ``score`` among the facts).
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module

from django.apps import apps
from django.utils.module_loading import module_has_submodule

from .models import BY_LETTER, Case, Origin

#: Ways of asking. Most are rung; whoever came by letter from an office is written to (CAL-05).
PHONE, LETTER, VISIT = "phone", "letter", "visit"


def _nobody(case: Case) -> Collection[int]:
    return ()


def _by_phone(case: Case) -> str:
    return PHONE


def _no(case: Case) -> bool:
    return False


def _yes(case: Case) -> bool:
    return True


@dataclass(frozen=True, kw_only=True)
class CallbackRule:
    """How cases of one kind are called back about.

    ``born_on``: the events of a case after which somebody asks. ``who_worked``: keys of the staff who worked on it besides the crews
    that were at the door: none of them asks. ``needs_call``: something about it is strange, so that only a talk with a person settles
    it. ``is_wanted``: whether this one is asked about at all. ``department``: the role that problems heard about them go to.
    """

    kind: str
    born_on: Collection[str] = ("case.resolved",)
    who_worked: Callable[[Case], Collection[int]] = _nobody
    way: Callable[[Case], str] = _by_phone
    needs_call: Callable[[Case], bool] = _no
    is_wanted: Callable[[Case], bool] = _yes
    department: str = ""


def asked_after(case: Case) -> dict[str, int]:
    """For the event that ends a case of a kind of which not every one is asked after: whether this one is, so that the promise knows."""
    rule = rules().get(case.kind)
    return {"asked_after": int(rule is not None and rule.is_wanted(case))}


def of_office(case: Case) -> bool:
    """Whether somebody put it forward of whose matters every single one is asked after (CAL-04)."""
    return case.origin != Origin.CUSTOMER


def way_by_origin(case: Case) -> str:
    """What came as a petition or over government is written to, everybody else is rung (CAL-05)."""
    return LETTER if case.origin in BY_LETTER else PHONE


@cache
def rules() -> Mapping[str, CallbackRule]:
    """Kind of case -> its rule, over all apps."""
    modules = [
        f"{config.name}.callback_rules"
        for config in apps.get_app_configs()
        if config.module and module_has_submodule(config.module, "callback_rules")
    ]
    return {rule.kind: rule for module in modules if module != __name__ for rule in import_module(module).CALLBACKS}
