"""Papers: a template and our stylesheet become a PDF, the same bytes each time. No network, and one font for all languages.

The font has 31,000 characters. A letter it lacks (Ł) is borrowed from the fonts of the machine, DejaVu Sans first, which
./run installs; one that no font has is printed as its code (``billing.glyphs``), so that a name stays unambiguous.
"""

import atexit
from collections.abc import Mapping
from functools import cache
from ssl import PROTOCOL_TLS_CLIENT, SSLContext
from typing import TYPE_CHECKING, Any

from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.utils import translation

from .glyphs import printable

if TYPE_CHECKING:
    from weasyprint import CSS
    from weasyprint.text.fonts import FontConfiguration

FONT_FAMILY = "Pilotlight Paper"
FALLBACK_FAMILY = "DejaVu Sans"


class NoStylesheet(Exception):
    """The stylesheet of the papers is not among the static files: an incomplete installation."""


def render_pdf(template: str, context: Mapping[str, Any], language: str) -> bytes:
    """A template in a language as a PDF. Slow (0.1 s, the first one 1 s): not for a page somebody waits at a counter for."""
    from weasyprint import HTML
    from weasyprint.urls import URLFetcher

    with translation.override(language):
        html = printable(render_to_string(template, dict(context)))
    stylesheet, fonts = _look()
    # Papers carry all they need, pictures too (data:); a url in somebody's name or address must not make us fetch it. The bare
    # context spares reading the system's certificates each time.
    nothing = URLFetcher(allowed_protocols=("data",), fail_on_errors=True, ssl_context=SSLContext(PROTOCOL_TLS_CLIENT))
    document = HTML(string=html, url_fetcher=nothing)
    pdf: bytes = document.write_pdf(stylesheets=[stylesheet], font_config=fonts, pdf_variant="pdf/ua-1")
    return pdf


@cache
def _look() -> "tuple[CSS, FontConfiguration]":
    """Our stylesheet with the font in it; parsed once, since the font alone takes half a second."""
    from pylopdf_fonts_zh_cn import sans_path
    from weasyprint import CSS
    from weasyprint.text.fonts import FontConfiguration
    from weasyprint.urls import URLFetcher

    path = finders.find("css/papers.css")
    if not isinstance(path, str):
        raise NoStylesheet
    fonts = FontConfiguration()
    face = f'@font-face {{ font-family: "{FONT_FAMILY}"; src: url("{sans_path().as_uri()}") }}\n'
    # What fonts the screen's list would find on this machine must not decide how a paper looks. Margin boxes do not
    # inherit from the body: without a line of their own page numbers come in another font.
    families = f'font-family: "{FONT_FAMILY}", "{FALLBACK_FAMILY}"'
    with open(path, encoding="utf-8") as file:
        rules = f"{face}@page {{ {families} }}\n{file.read()}\n.sheet {{ {families} }}\n"
    sheet = CSS(string=rules, font_config=fonts, url_fetcher=URLFetcher(allowed_protocols=("file",)))
    # Left to the interpreter's own end, the font configuration prints a traceback.
    atexit.register(_look.cache_clear)
    return sheet, fonts
