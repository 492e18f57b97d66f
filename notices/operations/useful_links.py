"""Links to sites of others that are of use to customers. The page of links says when one was changed last."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

import casework.queries
from accounts.actors import Actor

from .. import permissions
from ..kept_pages import LINKS
from ..models import UsefulLink
from .page_changes import touch_page


class BadLink(Exception):
    """It leads nowhere that we may lead people to, has no name, or is there already."""


@dataclass(frozen=True, kw_only=True)
class LinkDraft:
    """A link as somebody wants it; names by language."""

    kind: str
    address: str
    names: Mapping[str, str]
    position: int = 100


@transaction.atomic
def add_link(*, draft: LinkDraft, by: Actor, at: datetime) -> UsefulLink:
    """A new one. Raises Forbidden, BadLink."""
    permissions.check_may_publish_knowledge(by, at=at)
    return _save(UsefulLink(checked_at=at), draft, by=by, at=at)


@transaction.atomic
def change_link(*, link: UsefulLink, draft: LinkDraft, by: Actor, at: datetime) -> UsefulLink:
    """Another address or name. Raises Forbidden, BadLink."""
    permissions.check_may_publish_knowledge(by, at=at)
    return _save(link, draft, by=by, at=at)


@transaction.atomic
def check_link(*, link: UsefulLink, by: Actor, at: datetime) -> None:
    """Somebody looked: it leads where it should. Raises Forbidden."""
    permissions.check_may_publish_knowledge(by, at=at)
    UsefulLink.objects.filter(pk=link.pk).update(checked_at=at)


@transaction.atomic
def remove_link(*, link: UsefulLink, by: Actor, at: datetime) -> None:
    """Take it away. Raises Forbidden."""
    permissions.check_may_publish_knowledge(by, at=at)
    UsefulLink.objects.filter(pk=link.pk).delete()
    touch_page(code=LINKS, at=at)


def checked_address(address: str) -> str:
    """An address of a public site that is reached by https, tidied; nobody is asked whether it answers. Raises BadLink."""
    text = address.strip()
    try:
        parts = urlsplit(text)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        host, parts, port = "", urlsplit(""), None
    is_plain = parts.scheme == "https" and port in (None, 443) and parts.username is None and not any(mark.isspace() for mark in text)
    if not is_plain or not _is_name(host):
        raise BadLink(_("Write an address of a public site that begins with https://, with no name or password in it."))
    return text


def _is_name(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        labels = host.split(".")
        return len(labels) > 1 and all(labels) and labels[-1].lower() not in {"local", "localhost", "internal", "test", "invalid"}
    return False


def _save(link: UsefulLink, draft: LinkDraft, *, by: Actor, at: datetime) -> UsefulLink:
    names = {language: " ".join(name.split())[:120] for language, name in draft.names.items() if name.strip()}
    if not names.get(settings.LANGUAGE_CODE):
        raise BadLink(_("Give it a name, in the house's language at least."))
    fields: dict[str, Any] = {"kind": draft.kind, "address": checked_address(draft.address), "names": names, "position": draft.position}
    for name, value in fields.items():
        setattr(link, name, value)
    link.changed_at, link.changed_by = at, casework.queries.staff_behind(by)
    try:
        with transaction.atomic():
            link.save()
    except IntegrityError:
        raise BadLink(_("This address is in the list already.")) from None
    touch_page(code=LINKS, at=at)
    return link
