"""What a letter may say: plain words with the placeholders that its delivered words have. Nothing else of templates is let in.

A placeholder is written exactly as the delivered words write it (``{{ amount|money }}``), so that it can only say what these say too.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from django.template import Context, Engine, TemplateDoesNotExist, TemplateSyntaxError

from .letter import Letter

_PLACEHOLDER = re.compile(r"\{\{\s*(.+?)\s*\}\}")
_LOAD = re.compile(r"\{%\s*load\s+[\w\s]+%\}")
_WITH = re.compile(r"(\w+)=((?:[^\s%\"]|\"[^\"]*\")+)")
_BLOCK = re.compile(r"\{%\s*(?:blocktranslate|with)\b(.*?)%\}")
_TAG = re.compile(r"\{[{%].*?[%}]\}")
_FILTER = re.compile(r"\|\w+(?::(?:\"[^\"]*\"|[\w.]+))?")
_LOOP = re.compile(r"\{%\s*for\s+([\w,\s]+?)\s+in\s")


class UnknownPlaceholder(ValueError):
    """A placeholder that the delivered words do not have; str() is the placeholder."""


class TemplateCode(ValueError):
    """A template's tag where only words and placeholders may stand."""


def delivered(letter: Letter, name: str) -> str:
    """The source of the delivered words; ``name`` is the kind, or ``<kind>.subject``. Empty where there are none."""
    try:
        return str(Engine.get_default().get_template(_path(letter, name)).source)
    except TemplateDoesNotExist:
        return ""


def placeholders(source: str) -> list[str]:
    """What may stand in other words for the same letter, in the order of the delivered ones. Of lists nothing: their length differs."""
    aliases = {name: value for block in _BLOCK.findall(source) for name, value in _WITH.findall(block)}
    looped = {name.strip() for names in _LOOP.findall(source) for name in names.split(",")} | {"forloop"}
    found = dict.fromkeys(aliases.get(one, one) for one in _PLACEHOLDER.findall(source))
    return [one for one in found if re.split(r"[.|]", one)[0] not in looped and not one.startswith(("_(", '"', "'"))]


def check(text: str, allowed: Collection[str]) -> None:
    """Raises TemplateCode, UnknownPlaceholder."""
    if re.search(r"\{[%#]|[%#]\}", text):
        raise TemplateCode
    for one in _PLACEHOLDER.findall(text):
        if one not in allowed:
            raise UnknownPlaceholder(one)
    if re.search(r"\{\{|\}\}", _PLACEHOLDER.sub("", text)):
        raise TemplateCode


def render(text: str, source: str, context: Mapping[str, Any]) -> str:
    """Words with their placeholders filled in. ``source`` is that of the delivered words: its filters are at hand."""
    loads = "".join(_LOAD.findall(source))
    try:
        template = Engine.get_default().from_string(loads + text)
    except TemplateSyntaxError as error:
        raise TemplateCode from error
    return template.render(Context(dict(context), autoescape=False)).strip()


def shown(text: str) -> str:
    """Words for a preview: each placeholder by its name."""
    return _PLACEHOLDER.sub(lambda found: f"‹{found[1].partition('|')[0]}›", text)


class _Sample(str):
    """Stands for whatever a letter is given: it is called what it is, and so are its parts."""

    def __getattr__(self, name: str) -> "_Sample":
        if name.startswith("_") or name in {"resolve_expression", "as_sql"}:
            raise AttributeError(name)
        return _Sample(f"‹{name}›")

    def __iter__(self) -> Iterator[str]:
        yield self


def sample(letter: Letter, name: str) -> str:
    """The delivered words in the language now active, each placeholder by its name; their source where that cannot be done."""
    source = delivered(letter, name)
    # Filters want dates and amounts, plurals want numbers: a sample has neither.
    plain = re.sub(r"\bcount (\w+)=[^\s%]+", r"count \1=2", _TAG.sub(lambda tag: _FILTER.sub("", tag[0]), source))
    names = set(re.findall(r"[A-Za-z_]\w*", " ".join(_TAG.findall(plain))))
    try:
        return (
            Engine.get_default().from_string(plain).render(Context({one: _Sample(f"‹{one}›") for one in names}, autoescape=False)).strip()
        )
    except Exception:  # noqa: BLE001 - a tag that wants something else says so in its own way
        return source.strip()


def _path(letter: Letter, name: str) -> str:
    return f"{letter.folder}/letters/{name}.txt"
