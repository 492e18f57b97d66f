"""What a browser's session remembers on the way to WeChat and back.

Note [Why a session]
    ``state`` is a random word that this browser alone knows: whoever sends somebody a link with a code of their own would sign them in
    to a stranger's cabinet, and is told to begin again. Each is good once, and for ten minutes. Real time, as sessions are.
"""

import secrets
import time

from django.http import HttpRequest

from .. import sealing
from ..wechat import Identity

_ASKED, _KNOWN = "wechat_asked", "wechat_known"
_SECONDS = 600
#: A phone opens a menu's entry twice now and then, and somebody has two pages open.
_AT_ONCE = 4


def ask(request: HttpRequest, *, going_to: str) -> str:
    """A new ``state``; ``going_to`` is the page that was wanted."""
    state = secrets.token_hex(16)
    earlier = list(_fresh(request).items())[1 - _AT_ONCE :]
    request.session[_ASKED] = {**dict(earlier), state: [going_to, time.time()]}
    return state


def take(request: HttpRequest, state: str) -> str | None:
    """The page that was wanted, once; None where this browser has not asked, asked too long ago, or has been answered."""
    asked = _fresh(request)
    found = asked.pop(state, None)
    if found is None:  # nothing to remember: a session for every stranger would fill the table
        return None
    request.session[_ASKED] = asked
    return str(found[0])


def _fresh(request: HttpRequest) -> dict[str, list[object]]:
    since = time.time() - _SECONDS
    return {state: asked for state, asked in request.session.get(_ASKED, {}).items() if asked[1] > since}


def know(request: HttpRequest, identity: Identity) -> None:
    """Somebody whom WeChat has told us of, and whose cabinet is still to be found. Sealed, as everywhere at rest."""
    request.session[_KNOWN] = {"appid": identity.appid, "openid": sealing.seal(identity.openid), "at": time.time()}


def known(request: HttpRequest) -> Identity | None:
    """The same, for ten minutes."""
    row = request.session.get(_KNOWN)
    if not row or row["at"] < time.time() - _SECONDS:
        return None
    return Identity(row["appid"], sealing.unseal(row["openid"]))


def forget(request: HttpRequest) -> None:
    """It is settled."""
    request.session.pop(_KNOWN, None)
