"""The code of a public page, so that it opens on a phone (KB-07)."""

from dataclasses import dataclass

import segno
from django.conf import settings
from django.utils.safestring import SafeString, mark_safe


@dataclass(frozen=True)
class PageCode:
    """A page's full address, in words and as a picture."""

    link: str
    picture: SafeString


def qr_of(path: str) -> PageCode:
    """Of a page of ours. Paths of public pages hold nothing personal."""
    link = f"{settings.SITE_URL}{path}"
    return PageCode(link, mark_safe(segno.make(link, error="m", micro=False).svg_inline(border=2, omitsize=True)))
