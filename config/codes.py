"""One-time codes by text message: what allauth asks of the adapter, owed as messages like any other."""

import secrets
from typing import Any

from allauth.account import app_settings
from django.conf import settings
from django.db import transaction
from django.utils.translation import get_language

import notices.operations
import notices.tasks
from accounts.clock import business_now
from accounts.models import User
from notices.models import Channel


class CodeSender:
    """The adapter's sending half. Nothing here says whether a phone is known: both cases owe one message."""

    def send_verification_code_sms(self, user: User | None, phone: str, code: str, **kwargs: Any) -> None:
        minutes = app_settings.LOGIN_BY_CODE_TIMEOUT // 60
        self._send("sign_in_code", phone, user.language if user else "", code=code, minutes=minutes)

    def send_unknown_account_sms(self, phone: str, **kwargs: Any) -> None:
        self._send("unknown_phone", phone)

    def send_account_already_exists_sms(self, phone: str) -> None:
        self._send("known_phone", phone)

    def send_wechat_linked_sms(self, user: User) -> None:
        """Whoever held somebody's open session for a minute must not come back for good unnoticed."""
        if user.phone and user.is_phone_verified:
            self._send("wechat_linked", str(user.phone.as_e164), user.language, office_phone=settings.COMPANY["office_phone"])

    def _send(self, kind: str, phone: str, language: str = "", **context: Any) -> None:
        notices.operations.owe(
            kind=kind,
            key=f"{kind}:{secrets.token_hex(12)}",
            channel=Channel.SMS,
            address=phone,
            language=language or get_language() or settings.LANGUAGE_CODE,
            context={"company": settings.COMPANY["name"], **context},
            at=business_now(),
        )
        # Only to be quick: the sentry finds what is owed within a second, whatever becomes of this doorbell.
        transaction.on_commit(notices.tasks.deliver.enqueue, robust=True)
