"""What was written into a form that cannot be taken now: it is given back, so that nobody writes it twice. It is stored nowhere."""

from django.http import HttpRequest

_SECRETS = "/auth/"  # what is typed there is not written into a page


def fields(request: HttpRequest) -> list[tuple[str, str]]:
    """Every field of the form that was sent, to be sent again; without the token that was good for one sign-in."""
    pairs = ((name, value) for name, values in request.POST.lists() for value in values)
    return [pair for pair in pairs if pair[0] != "csrfmiddlewaretoken"]


def words(request: HttpRequest) -> list[str]:
    """What a person wrote into it: texts, not codes, keys or choices."""
    if request.path.startswith(_SECRETS):
        return []
    return list(dict.fromkeys(value for _name, value in fields(request) if _is_written(value)))


def _is_written(value: str) -> bool:
    return not value.isascii() or len(value.split()) > 1
