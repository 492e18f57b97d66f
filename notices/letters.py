"""What people hear about signing in, codes above all. It lives here because accounts stands below this floor."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from accounts.operations.binding import CODE_LIFE

from .letter import Letter
from .models import Channel

_SHORT = timedelta(minutes=3)

_SMS = (Channel.SMS,)
_PUSH = (Channel.SMS, Channel.EMAIL, Channel.VOICE)
_STAFF = (Channel.INBOX, Channel.EMAIL)
_CUSTOMER = (Channel.SMS, Channel.VOICE, Channel.EMAIL, Channel.CABINET)

LETTERS = {
    "sign_in_code": Letter("accounts", _SMS, _("sign-in code"), lives=_SHORT, is_secret=True, is_prompt=True),
    "binding_code": Letter("accounts", _SMS, _("code to add an account"), lives=CODE_LIFE, is_secret=True, is_prompt=True),
    "announcement": Letter("notices", _CUSTOMER, _("announcement or payment notice")),
    "announcement_decided": Letter("notices", _STAFF, _("what became of an announcement you wrote")),
    "announcement_offered": Letter("notices", _STAFF, _("an announcement waits for approval")),
    "news_decided": Letter("notices", _STAFF, _("what became of news you wrote")),
    "news_offered": Letter("notices", _STAFF, _("news wait for a second reader")),
    "digest": Letter("notices", _PUSH, _("digest")),
    "article_review": Letter("notices", _STAFF, _("an article is to be looked at")),
    "question_answered": Letter("notices", _STAFF, _("a department answered a question")),
    "question_asked": Letter("notices", _STAFF, _("a question to a department")),
    "question_dropped": Letter("notices", _STAFF, _("a question was dropped")),
    "webhook_disabled": Letter("notices", _STAFF, _("webhook switched off")),
    "unknown_phone": Letter("accounts", _SMS, _("sign-in with an unknown phone"), lives=_SHORT, is_prompt=True),
    "wechat_linked": Letter("accounts", _SMS, _("a WeChat opens the cabinet"), lives=timedelta(days=3), is_prompt=True),
    "known_phone": Letter("accounts", _SMS, _("sign-up with a known phone"), lives=_SHORT, is_prompt=True),
}
