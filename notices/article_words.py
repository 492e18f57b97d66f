"""How the text of an article is written: paragraphs, steps (1.), points (-), links to our own pages, and our phones in braces."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

_LINK = re.compile(r"\[([^\]\n]+)\]\((/[\w/.-]*)\)")
_STEP, _POINT = re.compile(r"\d{1,2}\.\s+"), re.compile(r"-\s+")


@dataclass(frozen=True)
class Block:
    """A paragraph (one line), or a list of steps or points."""

    kind: str
    lines: Sequence[SafeString]


def blocks(body: str) -> list[Block]:
    """A body for a page; everything that was typed is escaped."""
    found: list[tuple[str, list[SafeString]]] = []
    for kind, line in _lines(body):
        if kind == "text" or not found or found[-1][0] != kind:
            found.append((kind, []))
        found[-1][1].append(_linked(line))
    return [Block(kind, lines) for kind, lines in found]


def plain(body: str) -> str:
    """A body in one line without any of it: for lists, messages and machines."""
    return " ".join(_LINK.sub(r"\1", line) for _kind, line in _lines(body))


def _lines(body: str) -> Iterator[tuple[str, str]]:
    for line in _with_phones(body).splitlines():
        text = line.strip()
        if step := _STEP.match(text):
            yield "step", text[step.end() :]
        elif point := _POINT.match(text):
            yield "point", text[point.end() :]
        elif text:
            yield "text", text


def _with_phones(body: str) -> str:
    company = settings.COMPANY
    return body.replace("{hotline}", company["hotline"]).replace("{office}", company["office_phone"])


def _linked(line: str) -> SafeString:
    parts, end = [], 0
    for found in _LINK.finditer(line):
        # Two slashes would lead to another house.
        href = "/" + found[2].lstrip("/")
        parts += [escape(line[end : found.start()]), format_html('<a href="{}">{}</a>', href, found[1])]
        end = found.end()
    html = "".join([*parts, escape(line[end:])])
    for phone in (settings.COMPANY["hotline"], settings.COMPANY["office_phone"]):
        html = html.replace(phone, format_html('<a href="tel:{}">{}</a>', phone, phone))
    return mark_safe(html)
