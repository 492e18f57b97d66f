"""The translations: taken out of code and templates, merged, checked and compiled with Babel, so that nobody needs gettext."""

import io
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation import gettext_noop, to_locale
from django.utils.translation.template import templatize

#: Said by Django, and missing from its own catalogs.
DJANGO_SAYS = (gettext_noop("- Select an option -"),)

_KEYWORDS: dict[str, Any] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
_SKIPPED = {".venv", "var", "tests", "tools", "bench", "locale", "static", "migrations"}


def languages() -> list[str]:
    """Those that need a catalog: all but the source language."""
    return [code for code, _name in settings.LANGUAGES if code != "en"]


def path_of(language: str) -> Path:
    """Where a language's catalog lies."""
    return Path(settings.LOCALE_PATHS[0]) / to_locale(language) / "LC_MESSAGES" / "django.po"


def read(language: str) -> Catalog:
    """The catalog as written; an empty one with the right plural rule if there is none yet."""
    path = path_of(language)
    if not path.exists():
        return Catalog(locale=_BABEL_NAMES.get(language, language), project="Pilotlight", charset="utf-8")
    with path.open("rb") as source:
        # Naming a locale here would make Babel forget the Plural-Forms that the file itself states.
        return read_po(source)


_BABEL_NAMES = {"zh-hans": "zh_Hans"}


def collect() -> Catalog:
    """Every message of our code and templates."""
    found = Catalog(project="Pilotlight", charset="utf-8")
    for place, message, comments, context in _messages():
        # No line numbers: they would change every catalog with every commit.
        found.add(message, locations=[(place, 0)], auto_comments=comments, context=context)
    return found


def _messages() -> Iterator[tuple[str, Any, list[str], str | None]]:
    root = Path(settings.BASE_DIR)
    for path in sorted((*root.rglob("*.py"), *root.rglob("*.html"), *root.rglob("*.txt"))):
        place = path.relative_to(root)
        if not _SKIPPED.isdisjoint(place.parts) or len(place.parts) == 1:
            continue
        text = path.read_text(encoding="utf-8")
        code = text if path.suffix == ".py" else _as_python(text, str(place))
        for _line, message, comments, context in extract("python", io.BytesIO(code.encode()), _KEYWORDS, ("Translators:",)):
            yield str(place), message, comments, context


def _as_python(template: str, place: str) -> str:
    """The template with its messages as calls; without indentation, which Python's tokenizer would want to make sense of."""
    return "\n".join(line.lstrip() for line in templatize(template, origin=place).splitlines())


def update() -> None:
    """Writes what is new into every catalog and drops what nobody says any more; guesses nothing."""
    messages = collect()
    for language in languages():
        catalog = read(language)
        catalog.update(messages, no_fuzzy_matching=True)
        catalog.obsolete.clear()
        path = path_of(language)
        path.parent.mkdir(parents=True, exist_ok=True)
        catalog.fuzzy = False
        with path.open("wb") as target:
            write_po(target, catalog, width=120, sort_output=True, include_lineno=False, omit_header=False)


def untranslated(language: str) -> list[str]:
    """What a reader of this language would see in English, or guessed."""
    catalog = read(language)
    wrong = []
    for message in collect():
        known = catalog.get(message.id, message.context) if message.id else None
        if message.id and (known is None or known.fuzzy or not _is_full(known.string)):
            wrong.append(message.id if isinstance(message.id, str) else message.id[0])
    return wrong


def _is_full(text: str | Sequence[str] | None) -> bool:
    return bool(text) and all([text] if isinstance(text, str) else text or ())


def compile_all() -> int:
    """Makes the binary catalogs that are older than their source; returns how many."""
    made = 0
    for source in Path(settings.LOCALE_PATHS[0]).rglob("*.po"):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        with source.open("rb") as text:
            catalog = read_po(text)
        catalog.fuzzy = False
        scratch = target.with_suffix(".new")
        with scratch.open("wb") as binary:
            write_mo(binary, catalog)
        scratch.replace(target)
        made += 1
    return made
