"""Pages of the stand-in, in the language of whoever looks: nobody is signed in here, and nothing is remembered."""

from collections.abc import Mapping
from types import SimpleNamespace

from django.template.loader import render_to_string
from django.utils import translation


def page(template: str, headers: Mapping[str, str], **context: object) -> bytes:
    """A template as the browser that sent these headers wants it."""
    asked = SimpleNamespace(META={"HTTP_ACCEPT_LANGUAGE": headers.get("Accept-Language", "")}, COOKIES={}, path_info="/")
    language = translation.get_language_from_request(asked)  # type: ignore[arg-type]
    with translation.override(language):
        return render_to_string(template, {**context, "language": language}).encode()
