"""Migrates an empty database for the tests in a sixth of the time: ``python -m tools.narrow_states``.

For each of hundreds of operations Django draws anew the classes of nearly all models known by then, since all hang together.
To make a table or a column nothing is needed but the class that changes. Who needs more gets all of them drawn anew, at once:
whatever is renamed, a field that others point to, and RunPython, for which Django itself does so where it has been lazy.
tests/tools compares the outcome with that of Django's own way; customers' databases are migrated only in that.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.db.migrations.state import ProjectState
from django.db.migrations.utils import field_is_referenced


def install() -> None:
    """For a process that does nothing else."""
    changes = {"reload_model": _reload_only, "alter_field": _alter_field}
    changes |= {name: _then_anew(getattr(ProjectState, name)) for name in ("rename_model", "rename_field")}
    for name, change in changes.items():
        setattr(ProjectState, name, change)


def _reload_only(self: Any, app_label: str, model_name: str, delay: bool = False) -> None:
    if "apps" in self.__dict__:  # else all are drawn when somebody asks for them
        self.is_delayed = True
        self._reload({(app_label, model_name)})


def _then_anew(change: Callable[..., None]) -> Callable[..., None]:
    @wraps(change)
    def changed(self: ProjectState, *values: Any, **named: Any) -> None:
        change(self, *values, **named)
        self.__dict__.pop("apps", None)

    return changed


_ALTER_FIELD = ProjectState.alter_field


def _alter_field(self: ProjectState, app_label: str, model_name: str, *field: Any) -> None:
    _ALTER_FIELD(self, app_label, model_name, *field)
    if field_is_referenced(self, (app_label, model_name), field[:2]):
        self.__dict__.pop("apps", None)


if __name__ == "__main__":
    import django

    django.setup()
    from config.preparation import migrate

    install()
    migrate()
