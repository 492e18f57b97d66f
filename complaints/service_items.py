"""What must be known before an application for a service can be given to anybody (T90): pure codes."""

from collections.abc import Mapping

#: Service -> the items it cannot do without; codes of ``models.Service`` and ``models.Item``.
NEEDED: Mapping[str, tuple[str, ...]] = {
    "meter": ("place", "meter"),
    "move": ("place", "owner"),
    "appliance": ("place", "appliance", "passport"),
    "care": ("place", "appliance"),
    "stop": ("place", "since"),
    "start": ("place", "since"),
    "contract": ("account", "owner"),
    "certificate": ("account", "purpose"),
}
#: Service -> the function of the company that answers for it; codes of ``models.Topic``.
TOPICS: Mapping[str, str] = {
    "meter": "meters",
    "move": "connection",
    "appliance": "connection",
    "care": "safety",
    "stop": "repair",
    "start": "repair",
    "contract": "contract",
    "certificate": "contract",
}
#: What comes as a file: a file with the case is as good as words.
AS_FILES = frozenset({"passport"})


def gaps(service: str, details: Mapping[str, str], *, files: int = 0) -> list[str]:
    """Items that are needed and not there, in their order; ``files`` is how many came with the case."""
    return [item for item in NEEDED[service] if not details.get(item, "").strip() and not (item in AS_FILES and files)]
