"""The lifecycles of all apps, drawn from their tables for docs/states."""

from collections.abc import Iterator, Mapping
from importlib import import_module
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db.models import TextChoices
from django.utils.module_loading import module_has_submodule
from django.utils.translation import override

from casework.lifecycles import Lifecycle, Move

FOLDER = Path(settings.BASE_DIR) / "docs" / "states"


def lifecycles() -> Iterator[tuple[str, Lifecycle]]:
    """Every lifecycle in an app's ``states`` room, with the app's name."""
    for config in apps.get_app_configs():
        if config.module and module_has_submodule(config.module, "states"):
            rooms = vars(import_module(f"{config.name}.states")).values()
            yield from ((config.name, found) for found in rooms if isinstance(found, Lifecycle))


def statuses(lifecycle: Lifecycle) -> list[str]:
    """Every status the table names, in the order in which a reader meets them."""
    named = [*lifecycle.start, *(status for move in lifecycle.moves for status in (*move.sources, move.target)), *lifecycle.finals]
    return list(dict.fromkeys(named))


def pages() -> Mapping[Path, str]:
    """What docs/states should hold."""
    with override("en"):
        return {FOLDER / f"{lifecycle.kind}.md": _page(app, lifecycle) for app, lifecycle in lifecycles()}


def write() -> None:
    """Draws all anew and removes what no table stands for any more."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    wanted = pages()
    for path in set(FOLDER.glob("*.md")) - set(wanted):
        path.unlink()
    for path, text in wanted.items():
        path.write_text(text, encoding="utf-8")


def outdated() -> list[str]:
    """Files that do not say what the tables say."""
    wanted = pages()
    wrong = [path for path, text in wanted.items() if not path.exists() or path.read_text(encoding="utf-8") != text]
    return sorted(path.name for path in (*wrong, *(set(FOLDER.glob("*.md")) - set(wanted))))


def _page(app: str, lifecycle: Lifecycle) -> str:
    title = lifecycle.kind.replace("_", " ").capitalize()
    finals = "\n".join(f"- *{_label(status)}* is final: {reason}." for status, reason in lifecycle.finals.items())
    return (
        f"# {title}\n\n"
        f"Drawn from `{app}/states.py` by `manage.py lifecycle_diagrams`. Beside a step: who may take it; nobody: only the system.\n\n"
        f"```mermaid\nstateDiagram-v2\n{_lines(lifecycle)}\n```\n\n{finals}\n"
    )


def _lines(lifecycle: Lifecycle) -> str:
    names = [f"    {status} : {_label(status)}" for status in statuses(lifecycle)]
    starts = [f"    [*] --> {status}" for status in lifecycle.start]
    steps = [f"    {source} --> {move.target} : {_step(move)}" for move in lifecycle.moves for source in move.sources]
    ends = [f"    {status} --> [*]" for status in lifecycle.finals]
    return "\n".join([*names, *starts, *steps, *ends])


def _step(move: Move) -> str:
    verb = move.verb.replace("_", " ")
    return f"{verb} ({move.who.replace('_', ' ')})" if move.who else verb


def _label(status: str) -> str:
    return str(status.label) if isinstance(status, TextChoices) else str(status)
