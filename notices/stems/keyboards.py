"""Words typed with the wrong keyboard switched on: ghbdtn for привет, and the other way round."""

_LATIN = "`qwertyuiop[]asdfghjkl;'zxcvbnm,."
_RUSSIAN = "ёйцукенгшщзхъфывапролджэячсмитьбю"
_TO_RUSSIAN = str.maketrans(_LATIN, _RUSSIAN)
_TO_LATIN = str.maketrans(_RUSSIAN, _LATIN)


def as_typed_on(text: str, language: str) -> list[str]:
    """What the same keys would have written on the reader's own keyboard, if that is another one."""
    keys = text.lower()
    if language == "ru":
        return [keys.translate(_TO_RUSSIAN)] if keys.isascii() else []
    if language == "en":
        return [found] if (found := keys.translate(_TO_LATIN)) != keys else []
    return []
