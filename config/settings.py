"""Settings, read from the environment only. Blocks in alphabetical order by concern; docs/operate.md explains each variable."""

import os
from datetime import timedelta
from importlib.util import find_spec
from pathlib import Path

from django.utils.csp import CSP

from . import api_names, logs, promises
from . import environment as env
from .payments import *  # noqa: F403
from .wechat import *  # noqa: F403

BASE_DIR = env.BASE_DIR
VAR = env.VAR
SITE_URL = env.text("SITE_URL", "http://127.0.0.1:8000")
HTTPS = SITE_URL.startswith("https://")
DEBUG = env.flag("DEBUG")

# --- apps -----------------------------------------------------------------------------------------
INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.forms",
    "rest_framework",
    "knox",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "django_htmx",
    "phonenumber_field",
    "simple_history",
    "sequences",
    "lucide",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "django_q",
    "django_structlog",
    "config",
    "desk",
    "callbacks",
    "complaints",
    "connections",
    "repairs",
    "billing",
    "fieldwork",
    "sla",
    "notices",
    "casework",
    "accounts",
]
MIGRATION_MODULES = {"knox": None}  # our own token table stands in for its only one, which nobody fills and flushing trips over
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
MIDDLEWARE = [
    "config.middleware.ProbeMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
    "django_structlog.middlewares.RequestMiddleware",
    "config.middleware.WrongMethodMiddleware",
    "config.middleware.SecondFactorMiddleware",
    "config.middleware.NulMiddleware",
]

# --- authentication -------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
ACCOUNT_ADAPTER = "config.adapter.Adapter"
ACCOUNT_LOGIN_METHODS = {"phone", "username"}
ACCOUNT_SIGNUP_FIELDS = ["phone*", "password1"]  # without password1 the sign-in form loses its password field
ACCOUNT_USER_MODEL_USERNAME_FIELD = "username"
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_FORMAT = {"numeric": True, "dashed": False, "length": 6}
ACCOUNT_PHONE_VERIFICATION_CODE_FORMAT = ACCOUNT_LOGIN_BY_CODE_FORMAT
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = ACCOUNT_PHONE_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_FORMS = {"login": "accounts.forms.LoginForm", "signup": "accounts.forms.SignupForm"}
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if env.flag("BEHIND_PROXY") else 0  # else all visitors share the proxy's counters
LOGIN_REDIRECT_URL = "/"
LOGIN_URL = "account_login"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Pilotlight"
MFA_TOTP_TOLERANCE = 1  # a code typed as it changes is right, and so is a phone half a minute off; spent codes: accounts.second_factor
MFA_FORMS = {"authenticate": "accounts.forms.SecondStepForm", "reauthenticate": "accounts.forms.SecondStepAgainForm"}

# --- database and cache ---------------------------------------------------------------------------
DATABASES = {"default": env.database()}
REDIS_URL = os.environ.get("REDIS_URL", "")
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL.rsplit("/", 1)[0] + "/1"}
    if REDIS_URL
    # Throttles and spent codes: what Django keeps unless told (300) is soon thrown out, and both forget.
    else {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache", "OPTIONS": {"MAX_ENTRIES": 20_000}}
}

# --- business -------------------------------------------------------------------------------------
CURRENCY = env.text("CURRENCY", "CNY")  # amounts are whole minor units of it (fen, kopeck, cent)
COMPANY = {
    "name": env.text("COMPANY_NAME", "Pilotlight Gas (demo)"),
    "hotline": env.text("COMPANY_HOTLINE", "0539-3617087"),
    "office_phone": env.text("COMPANY_OFFICE_PHONE", "0539-5126119"),
    "elsewhere": env.text("EMERGENCY_ELSEWHERE", "119"),  # whom to ring where the pipes are not ours
}
CARD_READER = env.text("CARD_READER", "simulated")  # the driver of the readers on the counters
CARD_FACTORY_CODE = env.text("CARD_FACTORY_CODE", "0037")  # cards of other makers and cities are refused
CARD_AREA_CODE = env.text("CARD_AREA_CODE", "3713")
CARD_ALARM_LITRES = env.number("CARD_ALARM_LITRES", 5_000)  # the meter warns below this credit
# Connected meters (docs/connected-meters.md): credit at which we remind; what is lent when it is used up and somebody presses the key.
METER_LOW_LITRES, METER_EMERGENCY_LITRES = env.number("METER_LOW_LITRES", 5_000), env.number("METER_EMERGENCY_LITRES", 3_500)
# Days without use (0: never) and per cent of battery at which the valve closes; days a command waits, and after which a meter is silent.
METER_IDLE_DAYS, METER_BATTERY_PERCENT = env.number("METER_IDLE_DAYS", 12), env.number("METER_BATTERY_PERCENT", 5)
METER_COMMAND_DAYS, METER_SILENT_DAYS = env.number("METER_COMMAND_DAYS", 7), env.number("METER_SILENT_DAYS", 2)
FORECAST_REMIND_DAYS = env.number("FORECAST_REMIND_DAYS", 5)  # so long before credit will be used up customers hear of it; 0: never
READING_DAYS = (env.number("READING_FROM_DAY", 20), env.number("READING_UNTIL_DAY", 25))  # of the month, in which customers send readings
BILL_DUE_DAY = env.number("BILL_DUE_DAY", 10)  # of the month after the one that is billed
BILL_REMIND_DAYS = env.number("BILL_REMIND_DAYS", 3)  # before it is due, and again so long after
MEAN_OF_MONTHS = env.number("MEAN_OF_MONTHS", 3)  # a month without a reading is billed by the mean of so many before it,
MEAN_FOR_MONTHS = env.number("MEAN_FOR_MONTHS", 3)  # for so many months in a row; then by the norm
NORM_PERSONS = env.number("NORM_PERSONS", 3)  # of a household that proved nothing
NORM_SQUARE_METRES = env.number("NORM_SQUARE_METRES", 60)  # heated by a household that heats with gas
REVERSAL_NEEDS_APPROVAL_FROM = env.number("REVERSAL_NEEDS_APPROVAL_FROM", 20_000)  # minor units; 0: always
PROVIDER_FEES = {"wechat": env.number("WECHAT_PAY_FEE", 0), "alipay": env.number("ALIPAY_FEE", 0)}  # agreed, per 10,000; 0: not checked
UNDELIVERED_METER_HOURS = env.number("UNDELIVERED_METER_HOURS", 48)  # what was paid and did not get there is looked into after so long
UNDELIVERED_CARD_DAYS = env.number("UNDELIVERED_CARD_DAYS", 30)
KIOSK_SILENT_MINUTES = env.number("KIOSK_SILENT_MINUTES", 5)  # a kiosk not heard of for so long is shown as silent, and its keepers hear it
PROMISES = promises.DEFAULTS  # what the promises' sources leave open
DOUBT_METRES = env.number("DOUBT_METRES", 500)  # a crew that arrived so far from the door is asked about
DOUBT_PPM = env.number("DOUBT_PPM", 500)  # a hundredth of what burns
DOUBT_MINUTES = env.number("DOUBT_MINUTES", 3)  # nothing is mended in less
DOUBT_REPEAT_DAYS = env.number("DOUBT_REPEAT_DAYS", 30)
OPEN311_JURISDICTION = env.text("OPEN311_JURISDICTION", "")  # empty: any jurisdiction_id is taken for ours
REPORTS_PER_PHONE = env.number("REPORTS_PER_PHONE", 3)  # of one source within the window; further ones are stored and set aside
REPORTS_PER_DEVICE = env.number("REPORTS_PER_DEVICE", 3)
REPORTS_PER_NETWORK = env.number("REPORTS_PER_NETWORK", 20)  # a whole block of flats may share one address
REPORTS_WINDOW_MINUTES = env.number("REPORTS_WINDOW_MINUTES", 60)
REPORTS_NEAR_METRES = env.number("REPORTS_NEAR_METRES", 150)  # so near and within so many hours two reports may be of one trouble
REPORTS_NEAR_HOURS = env.number("REPORTS_NEAR_HOURS", 6)
APPLICATIONS_PER_NETWORK = env.number("APPLICATIONS_PER_NETWORK", 20)  # for gas, within an hour on the public pages
APPLICATIONS_PER_PHONE = env.number("APPLICATIONS_PER_PHONE", 5)
APPLICATION_DRAFT_DAYS = env.number("APPLICATION_DRAFT_DAYS", 30)  # so long after its last change a draft can be gone on with
OUTAGE_FROM_REPORTS = env.number("OUTAGE_FROM_REPORTS", 3)  # so many doors with one trouble: an interruption is proposed
AREA_KILOMETRES = env.number("AREA_KILOMETRES", 30)  # farther from every place we know, a report is outside our area
CLOSE_ANSWERED_DAYS = env.number("CLOSE_ANSWERED_DAYS", 7)  # an answered request closes after so long without a word; 0: never by itself
REOPEN_DAYS = env.number("REOPEN_DAYS", 30)  # so long after it was closed a customer may open a request again,
REOPEN_TIMES = env.number("REOPEN_TIMES", 3)  # and so often the same one; then somebody speaks with them first
MESSAGE_WORDS_DAYS = env.number("MESSAGE_WORDS_DAYS", 400)  # after so long only the fact of a message is kept; 0: its words for good
RINGS_IN_TIME_SECONDS = env.number("RINGS_IN_TIME_SECONDS", 12)  # three rings of 1 s with pauses of 4 s, and a little
SCORE_SEALED_AFTER_DAYS = env.number("SCORE_SEALED_AFTER_DAYS", 10)  # so long after its end a month of the open score is fixed
ORDERS_WAIT_DAYS = env.number("ORDERS_WAIT_DAYS", 3)  # an order to be made of a call waits so long in the agent's list; 0: for good
CALLS_KEPT_DAYS = env.number("CALLS_KEPT_DAYS", 365)  # so long we keep who rang the hotline and what was said
KNOWLEDGE_ANSWER_HOURS = env.number("KNOWLEDGE_ANSWER_HOURS", 24)  # a department answers a question nobody could answer within so long
NAG_MINUTES_SAFETY = env.number("NAG_MINUTES_SAFETY", 5)  # an alarm nobody acknowledged rings again after so long
NAG_MINUTES = env.number("NAG_MINUTES", 30)  # the same for what is no safety matter; doubles up to a day
OFFER_MINUTES = env.number("OFFER_MINUTES", 5)  # a crew that has not answered by then loses the visit to the next one
RADIO_MINUTES = env.number("RADIO_MINUTES", 15)  # a crew's step told over the radio counts as of so long ago at most
REMIND_MINUTES = env.number("REMIND_MINUTES", 3)  # while nobody goes to an emergency, its dispatchers hear it again after so long
BOOKING_LEAD_MINUTES = env.number("BOOKING_LEAD_MINUTES", 180)  # a time that begins sooner cannot be chosen any more
BOOKING_DAYS = env.number("BOOKING_DAYS", 14)  # so many days ahead customers choose among
BOOKING_OFFER_MINUTES = env.number("BOOKING_OFFER_MINUTES", 120)  # so long before its slot a visit is put to a crew
# Appointments at halls (docs/appointments.md): the soonest and the farthest time that can be booked, how many at once by one person, after
# how many to which nobody came (0: never) within how many days people ring instead, and how long we keep who came.
HALL_BOOKING_LEAD_MINUTES, HALL_BOOKING_DAYS = env.number("HALL_BOOKING_LEAD_MINUTES", 60), env.number("HALL_BOOKING_DAYS", 14)
HALL_BOOKINGS_AT_ONCE = env.number("HALL_BOOKINGS_AT_ONCE", 2)
HALL_NO_SHOWS, HALL_NO_SHOW_DAYS = env.number("HALL_NO_SHOWS", 3), env.number("HALL_NO_SHOW_DAYS", 90)
HALL_APPOINTMENTS_KEPT_DAYS = env.number("HALL_APPOINTMENTS_KEPT_DAYS", 180)
CREW_SPEED_KMH = env.number("CREW_SPEED_KMH", 25)  # how fast crews get through the city, as the crow flies: for who can be there when
TRAVEL_MINUTES = env.number("TRAVEL_MINUTES", 20)  # between two agreed visits of which nobody knows how far they are apart
LABOUR_HOUR_PRICE = env.number("LABOUR_HOUR_PRICE", 0)  # minor units; what an hour of a crew's work costs on work orders, 0: nothing
OUTAGE_NIGHT = env.span("OUTAGE_NIGHT", "22:00-06:00")  # no gas comes on in homes, unless somebody agreed to it with a reason
OUTAGE_LARGER_FROM = env.number("OUTAGE_LARGER_FROM", 500)  # customers without gas: from so many on an accident is a larger one
OUTAGE_CALL_TRIES = env.number("OUTAGE_CALL_TRIES", 3)  # a priority customer who does not answer is rung so often
OUTAGE_CALL_AGAIN_MINUTES = env.number("OUTAGE_CALL_AGAIN_MINUTES", 15)
# Follow-ups (docs/callbacks.md): so long after an ending customers are called back; how often, and after which pauses (minutes), they are
# rung; without a try for so long (minutes) the hotline has it (0: only by hand); up to which satisfaction a supervisor hears of it; how
# long a link answers, and when it goes out: after the first attempt in vain, at birth, or never by itself.
CALLBACK_HOURS, CALLBACK_TRIES = env.number("CALLBACK_HOURS", 24), env.number("CALLBACK_TRIES", 3)
CALLBACK_PAUSES = [int(pause) for pause in env.words("CALLBACK_PAUSES", "60,180,240")]
CALLBACK_HOTLINE_AFTER = env.number("CALLBACK_HOTLINE_AFTER", 240)
CALLBACK_DISSATISFIED_TO = env.number("CALLBACK_DISSATISFIED_TO", 2)
CALLBACK_LINK, CALLBACK_LINK_DAYS = env.text("CALLBACK_LINK", "attempt"), env.number("CALLBACK_LINK_DAYS", 7)
PHONENUMBER_DEFAULT_REGION = env.text("PHONE_REGION", "CN")
PHONENUMBER_DB_FORMAT = "E164"
PHONE_AREA_CODE = env.text("PHONE_AREA_CODE", "0539")  # before a local number of seven or eight digits

# --- files ----------------------------------------------------------------------------------------
ATTACHMENT_MAX_BYTES = env.number("ATTACHMENT_MAX_BYTES", 10_000_000)  # of one file that comes with a request
MEDIA_ROOT = VAR / "files"  # private: never under a url of its own
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler", "accounts.uploads.CappedUploadHandler"]
STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
STATICFILES_DIRS = [
    BASE_DIR / "static",
    # Not in INSTALLED_APPS: the package ships a base.html that would shadow ours.
    ("bootstrap", Path(str(find_spec("django_include_bootstrap").origin)).parent / "static"),  # type: ignore[union-attr]
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "config.storages.StaticFiles"},
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = ["map", "jpg", "jpeg", "png", "gif", "webp", "zip", "gz", "br", "woff", "woff2"]

# --- languages and time ---------------------------------------------------------------------------
LANGUAGE_CODE = env.text("LANGUAGE_CODE", "en")
LANGUAGES = [("en", "English"), ("zh-hans", "简体中文"), ("ru", "Русский")]
LOCALE_PATHS = [BASE_DIR / "locale"]
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600
FORMAT_MODULE_PATH = ["config.formats"]  # one way of writing a date in each language
TIME_ZONE = env.text("TIME_ZONE", "Asia/Shanghai")
TIME_MACHINE_DEMO_ONLY = env.text("TIME_MACHINE", "no") == "demo"  # ./run says so: nobody's own data gets a false date
TIME_MACHINE = TIME_MACHINE_DEMO_ONLY or env.flag("TIME_MACHINE")  # whether a stored demonstration clock is honoured (accounts.clock)
USE_I18N = USE_TZ = True

# --- logs -----------------------------------------------------------------------------------------
LOGGING = logs.set_up(level=env.text("LOG_LEVEL", "WARNING"), debug=DEBUG)
DJANGO_STRUCTLOG_IP_LOGGING_ENABLED = False
DJANGO_STRUCTLOG_STATUS_4XX_LOG_LEVEL = 20  # INFO: a stranger's wrong address is no warning
METRICS_TOKEN = env.text("METRICS_TOKEN", "")  # empty: /metrics answers this machine only

# --- mail and messages ----------------------------------------------------------------------------
MAILERS = {
    "default": {
        "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "OPTIONS": {"host": env.text("SMTP_HOST", "localhost"), "port": env.number("SMTP_PORT", 25)},
    }
}
SMS_GATEWAY_URL = env.text("SMS_GATEWAY_URL", "")  # empty: messages stay owed, and the operator's page says so
SMS_GATEWAY_KEY = env.text("SMS_GATEWAY_KEY", "")
VOICE_GATEWAY_URL = env.text("VOICE_GATEWAY_URL", "")  # reads messages out on the phone; empty: nobody is called
VOICE_GATEWAY_KEY = env.text("VOICE_GATEWAY_KEY", SMS_GATEWAY_KEY)
QUIET_HOURS = env.span("QUIET_HOURS", "21:00-08:00")  # of the reader's own clock; no text messages and calls but codes and safety
# Announcements (docs/announcements.md): below so many recipients one person suffices; so long before all others VIP customers hear.
ANNOUNCE_ALONE_BELOW, VIP_LEAD_MINUTES = env.number("ANNOUNCE_ALONE_BELOW", 100), env.number("VIP_LEAD_MINUTES", 5)
ANNOUNCE_LINES = env.number("ANNOUNCE_LINES", 10)  # so many messages of an announcement are handed to the gateways at once
DIGEST_SECONDS = env.number("DIGEST_SECONDS", 30)  # notices for one person wait so long for their like
SAFETY_PAUSE_SECONDS = env.number("SAFETY_PAUSE_SECONDS", 10)  # between two safety digests to one person; the first goes at once
MESSAGES_PER_HOUR = env.number("MESSAGES_PER_HOUR", 12)  # to one person, of notices that may be gathered; what is over waits
WEBHOOKS_TO_LOOPBACK = env.flag("WEBHOOKS_TO_LOOPBACK")  # for rehearsals: plain http to this machine is allowed

# --- REST -----------------------------------------------------------------------------------------
REST_FRAMEWORK = {
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "accounts.api.authentication.TokenAuthentication",
        "accounts.api.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["accounts.api.parsers.JSONParser"],
    "DEFAULT_METADATA_CLASS": None,
    "DEFAULT_PAGINATION_CLASS": "accounts.api.pages.CursorPages",
    "DEFAULT_THROTTLE_CLASSES": ["accounts.api.throttles.Visitors", "accounts.api.throttles.Users"],
    "DEFAULT_THROTTLE_RATES": {
        "anon": env.text("API_RATE_VISITOR", "120/min"),
        "user": env.text("API_RATE_USER", "1200/min"),
        "sign_in": env.text("API_RATE_SIGN_IN", "30/min"),
        "upload": env.text("API_RATE_UPLOAD", "60/min"),
        "device": env.text("API_RATE_DEVICE", "240/min"),
    },
    "NUM_PROXIES": 1 if env.flag("BEHIND_PROXY") else 0,
    "EXCEPTION_HANDLER": "accounts.api.problems.answer",
    "COERCE_DECIMAL_TO_STRING": True,
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
    "URL_FORMAT_OVERRIDE": None,
}
KNOX_TOKEN_MODEL = "accounts.AccessToken"  # noqa: S105 - a model's name
REST_KNOX = {"AUTH_HEADER_PREFIX": "Bearer", "TOKEN_TTL": timedelta(hours=12), "TOKEN_MODEL": KNOX_TOKEN_MODEL}
SPECTACULAR_SETTINGS = {
    "TITLE": "Pilotlight",
    "DESCRIPTION": "The customer-service portal of a city gas company: accounts, quotes, gas top-ups, cards, receipts.",
    "VERSION": "1.0.0",
    "OAS_VERSION": "3.1.1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SERVE_PERMISSIONS": ["rest_framework.permissions.AllowAny"],
    "COMPONENT_SPLIT_REQUEST": True,
    "SCHEMA_PATH_PREFIX": "/api/v[0-9]+",
    "POSTPROCESSING_HOOKS": ["drf_spectacular.hooks.postprocess_schema_enums", "accounts.api.schema.close_inputs"],
    "ENUM_NAME_OVERRIDES": {**api_names.ENUM_NAMES},
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "SWAGGER_UI_SETTINGS": {"deepLinking": True, "docExpansion": "none", "persistAuthorization": False, "validatorUrl": None},
    "REDOC_DIST": "SIDECAR",
}

# --- security -------------------------------------------------------------------------------------
SECRET_KEY = env.text("SECRET_KEY")
FIELD_KEY = env.text("FIELD_KEY")  # Fernet key that seals identity numbers
JOURNAL_KEY = env.text("JOURNAL_KEY", "")  # Ed25519 key (32 bytes in base64) that signs the journal's daily root
JOURNAL_FORMER_KEYS = env.words("JOURNAL_FORMER_KEYS")  # public halves, in hex, of the keys before it
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS", "127.0.0.1,localhost")
CSRF_TRUSTED_ORIGINS = [SITE_URL] if HTTPS else []
CSRF_FAILURE_VIEW = "config.failures.stale_form"
CSRF_COOKIE_SECURE = SESSION_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_REDIRECT_EXEMPT = ["^health/", "^metrics$"]  # probes come from inside, without TLS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if env.flag("BEHIND_PROXY") else None
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_HTTPONLY = True
X_FRAME_OPTIONS = "DENY"
SECURE_CSP = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.SELF],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF, "data:"],
    "font-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    "form-action": [CSP.SELF],
    "frame-ancestors": [CSP.NONE],
    "base-uri": [CSP.NONE],
    "object-src": [CSP.NONE],
    "manifest-src": [CSP.SELF],
    "worker-src": [CSP.SELF],  # the crew's phone; some browsers do not fall back on script-src
}

# --- tasks ----------------------------------------------------------------------------------------
JOBS = "config.jobs.JOBS"  # the one list of periodic jobs
TASKS = {"default": {"BACKEND": "config.tasks.CeleryBackend" if REDIS_URL else "config.tasks.Q2Backend"}}
CELERY_BROKER_URL = REDIS_URL
CELERY_TASK_IGNORE_RESULT = True
CELERY_WORKER_HIJACK_ROOT_LOGGER = False  # our log lines, not Celery's
CELERY_TASK_ACKS_LATE = CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_TIME_LIMIT, CELERY_TASK_SOFT_TIME_LIMIT = 120, 100
CELERY_WORKER_MAX_TASKS_PER_CHILD = 1000
CELERY_WORKER_SOFT_SHUTDOWN_TIMEOUT = 10
CELERY_WORKER_ETA_TASK_LIMIT = 100  # a fuse: nothing here uses an ETA
CELERY_TASK_SERIALIZER, CELERY_ACCEPT_CONTENT, CELERY_TIMEZONE = "json", ["json"], "UTC"
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_VISIBILITY_TIMEOUT = 300  # above the time limit, far below the default hour in which a lost task stays lost
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": CELERY_VISIBILITY_TIMEOUT,
    "unacked_restore_interval": 5,
    "unacked_restore_throttle": 1,
    "socket_timeout": 5,
    "socket_connect_timeout": 3,
    "socket_keepalive": True,
    "health_check_interval": 10,
}
CELERY_BEAT_SCHEDULE = {"sweep": {"task": "sla.sweep", "schedule": 5.0, "options": {"expires": 5}}}
Q_CLUSTER = {"name": "pilotlight", "orm": "default", "workers": 1, "scheduler": False, "catch_up": False, "log_level": "WARNING"}
Q_CLUSTER |= {"timeout": 120, "retry": 180, "max_attempts": 3, "ack_failures": False, "save_limit": -1, "poll": 0.2, "bulk": 10}

# --- templates ------------------------------------------------------------------------------------
FORM_RENDERER = "config.renderers.FormRenderer"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.csp",
                "django.template.context_processors.i18n",
                "config.context.company",
                "config.context.demonstration",
            ],
        },
    }
]
