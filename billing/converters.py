"""Parts of urls."""

from datetime import date


class Day:
    """A calendar day of our time as ``2026-11-20``."""

    regex = r"2[0-9]{3}-[0-9]{2}-[0-9]{2}"

    def to_python(self, value: str) -> date:
        return date.fromisoformat(value)

    def to_url(self, value: date | str) -> str:
        return str(value)
