"""Sign-in rules that allauth asks us for: phones, codes, who needs a second factor."""

import time
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY
from allauth.core import context
from django import forms
from django.conf import settings
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from phonenumber_field.formfields import PhoneNumberField

import accounts.operations
import accounts.queries.wechat_links
from accounts.clock import business_now
from accounts.models import User

from .codes import CodeSender

_FRESH_SECONDS = 300


class _PhoneField(PhoneNumberField):
    """Reads 13800138000, 138 0013 8000 and +86... alike; hands on E.164 text."""

    def clean(self, value: Any) -> str:
        number = super().clean(value)
        return str(number.as_e164) if number else ""


class Adapter(CodeSender, DefaultAccountAdapter):
    """Customers sign in by phone (code or password), staff by user name, password and second factor."""

    def phone_form_field(self, **kwargs: Any) -> forms.Field:
        kwargs.pop("attrs", None)
        kwargs["label"] = _("Phone")
        kwargs.setdefault("widget", forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}))
        return _PhoneField(**kwargs)

    def get_phone(self, user: User) -> tuple[str, bool] | None:
        if user.phone:
            return (str(user.phone.as_e164), user.is_phone_verified)
        # allauth refuses a sign-in without a phone; staff have none, nor has who came from WeChat and knows no other way yet.
        has_none = user.is_staff or accounts.queries.wechat_links.link_of(user, appid=settings.WECHAT_APPID) is not None
        return ("", True) if has_none else None

    def set_phone(self, user: User, phone: str, verified: bool) -> None:
        # Whoever typed a stranger's phone and never proved it must not keep its owner out; nor must staff, who have no use for one.
        others = User.objects.filter(phone=phone).exclude(pk=user.pk)
        (others if verified else others.filter(Q(is_phone_verified=False) | Q(is_staff=True))).update(phone=None, is_phone_verified=False)
        user.phone, user.is_phone_verified = phone, verified
        user.save(update_fields=["phone", "is_phone_verified"])

    def set_phone_verified(self, user: User, phone: str) -> None:
        self.set_phone(user, phone, True)

    def get_user_by_phone(self, phone: str) -> User | None:
        # Not the unproven ones: a code sent to the owner would open a door to which a stranger knows the password.
        # Not staff either: a text message is no second factor.
        return User.objects.filter(phone=phone, is_phone_verified=True, is_staff=False).first()

    def set_password(self, user: User, password: str) -> None:
        accounts.operations.set_password(user=user, password=password, by=user, at=business_now())

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        # allauth counts wrong passwords by e-mail or user name; without this all phones would share one counter.
        login = credentials.get("phone") or credentials.get("username", "")
        key: str = super()._get_login_attempts_cache_key(request, username=str(login))
        return key

    def is_reauthentication_required(self, *, app: str) -> bool:
        # Who typed the password a moment ago, to set up the second step, is not asked for it again.
        records = context.request.session.get(AUTHENTICATION_METHODS_SESSION_KEY, [])
        fresh = time.time() - _FRESH_SECONDS
        return not any(record["method"] in {"password", "code", "mfa"} and record["at"] > fresh for record in records)

    def post_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse:
        response: HttpResponse = super().post_login(request, user, **kwargs)
        if user.language:
            response.set_cookie(
                settings.LANGUAGE_COOKIE_NAME,
                user.language,
                max_age=settings.LANGUAGE_COOKIE_AGE,
                secure=settings.LANGUAGE_COOKIE_SECURE,
                samesite="Lax",
            )
        return response
