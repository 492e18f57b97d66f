"""Being signed in without typing: for tests about something else than signing in."""

import time

import pytest
from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY
from allauth.mfa import app_settings
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.test import Client

#: Base32, the same for everybody.
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def app_code(secret=SECRET, steps=0):
    """What the authenticator app shows now, or so many steps of half a minute later."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // app_settings.TOTP_PERIOD + steps))


def sign_in(client, who):
    """Signs a Staff member (with a second factor) or a User into a test client; returns the client."""
    user = getattr(who, "user", who)
    methods = [{"method": "password", "at": time.time()}]
    if user.is_staff:
        Authenticator.objects.get_or_create(
            user=user, type=Authenticator.Type.TOTP, defaults={"data": {"secret": get_adapter().encrypt(SECRET)}}
        )
        methods.append({"method": "mfa", "type": "totp", "at": time.time()})
    client.force_login(user)
    session = client.session
    session[AUTHENTICATION_METHODS_SESSION_KEY] = methods
    session.save()
    return client


@pytest.fixture
def signed_in(request):
    """``signed_in(client, fang)`` or ``signed_in(page, olive)``: the same client or page, now theirs."""

    def make(client_or_page, who):
        if isinstance(client_or_page, Client):
            return sign_in(client_or_page, who)
        session = sign_in(Client(), who).cookies["sessionid"].value
        url = request.getfixturevalue("live_server").url
        client_or_page.context.add_cookies([{"name": "sessionid", "value": session, "url": url}])
        return client_or_page

    return make
