"""Parts of urls: whoever imports them may write them into its own."""

from datetime import date

from django.urls import register_converter


class Day:
    """A calendar day of our time as ``2026-11-20``."""

    regex = r"2[0-9]{3}-[0-9]{2}-[0-9]{2}"

    def to_python(self, value: str) -> date:
        return date.fromisoformat(value)

    def to_url(self, value: date | str) -> str:
        return str(value)


register_converter(Day, "day")
