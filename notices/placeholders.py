"""Words in braces that stand in a text for what differs from reader to reader: ``{amount}``. Pure."""

import re
from collections.abc import Collection, Mapping

_PLACE = re.compile(r"\{([^{}\n]*)\}")


def unknown_in(text: str, known: Collection[str]) -> list[str]:
    """What stands in braces and means nothing, in the order of the text."""
    return [name for name in dict.fromkeys(_PLACE.findall(text)) if name not in known]


def filled(text: str, values: Mapping[str, str]) -> str:
    """The text with its values; what is not known stays as it stands."""
    return _PLACE.sub(lambda found: values.get(found[1], found[0]), text)
