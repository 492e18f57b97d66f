"""Parts of urls."""

from datetime import date


class Day:
    """A calendar day as ``2026-11-20``."""

    regex = r"\d{4}-\d{2}-\d{2}"

    def to_python(self, value: str) -> date:
        return date.fromisoformat(value)

    def to_url(self, value: date | str) -> str:
        return str(value)
