"""The articles and synonyms that come with the program, as they are written in data/knowledge."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings

from .models import Section


class BadArticles(ValueError):
    """A file of the knowledge base cannot be used; str() says which and why."""


@dataclass(frozen=True, kw_only=True)
class FiledArticle:
    """One article of a file: its fields, and by language title, other words and body."""

    slug: str
    fields: Mapping[str, Any]
    texts: Mapping[str, Mapping[str, str]]


def articles() -> list[FiledArticle]:
    """All of them, section by section. Raises BadArticles."""
    found = [one for section in Section for one in _section(section)]
    slugs = [one.slug for one in found]
    if twice := {slug for slug in slugs if slugs.count(slug) > 1}:
        raise BadArticles(f"more than once: {', '.join(sorted(twice))}")
    return found


def synonyms() -> dict[str, list[str]]:
    """Groups of words with one meaning, by language."""
    path = settings.BASE_DIR / "data" / "knowledge" / "synonyms.json"
    found: dict[str, list[str]] = json.loads(path.read_text(encoding="utf-8"))
    return found


def _section(section: Section) -> list[FiledArticle]:
    path = settings.BASE_DIR / "data" / "knowledge" / f"{section}.json"
    if not path.exists():
        return []
    filed = json.loads(path.read_text(encoding="utf-8"))
    return [_article(filed, row) for row in filed["articles"]]


def _article(filed: Mapping[str, Any], row: Mapping[str, Any]) -> FiledArticle:
    missing = {code for code, _name in settings.LANGUAGES} - set(row["texts"])
    if missing:
        raise BadArticles(f"{row['slug']}: no words in {', '.join(sorted(missing))}")
    names = ("department", "audience", "is_common", "is_permanent")
    fields = {name: row[name] for name in names} | {"section": filed["section"], "source_language": filed["source_language"]}
    texts = {code: {**text, "body": "\n".join(text["body"])} for code, text in row["texts"].items()}
    return FiledArticle(slug=row["slug"], fields=fields, texts=texts)
