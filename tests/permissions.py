"""Who comes in where: every url of the pages, for everybody who could ask. (The API's table is tests/api/test_permissions.py.)

One letter for each of world.PERSONAS, in their order: anonymous, stranger, customer, clerk, head, finance, administrator.
I: comes in. L: is asked to sign in. F: forbidden. N: there is no such thing (for them). A: is sent to their own desk.
A method that has no row answers 405 to everybody.
"""

EVERYBODY = "IIIIIII"
CUSTOMERS = "LIIAAAA"
STAFF = "LFFIIII"
COUNTER = "LFFIIFF"
HEAD = "LFFFIFF"
HEAD_AND_FINANCE = "LFFFIIF"
HEAD_AND_ADMINISTRATION = "LFFFIFI"
FINANCE = "LFFFFIF"
ADMINISTRATION = "LFFFFFI"

TABLE = {
    "GET ": "IAAAAAA",
    "GET+POST auth/password/new/": "LIIIIII",
    "GET auth/password/reset/": EVERYBODY,
    "GET cabinet/": CUSTOMERS,
    "POST cabinet/accounts/<str:number>/unbind/": "LNIAAAA",
    "GET+POST cabinet/bind/": CUSTOMERS,
    "GET+POST cabinet/bind/code/": CUSTOMERS,
    "GET cabinet/cards/": CUSTOMERS,
    "POST cabinet/choose/": "LNNAAAA",
    "GET+POST cabinet/details/": CUSTOMERS,
    "GET cabinet/documents/": CUSTOMERS,
    "GET cabinet/purchases/": CUSTOMERS,
    "GET cabinet/purchases/<str:reference>/": "LNIAAAA",
    "GET cabinet/tariff/": CUSTOMERS,
    "GET counter/": COUNTER,
    "GET+POST counter/accounts/<str:number>/change-meter/": COUNTER,
    "GET+POST counter/accounts/<str:number>/first-card/": COUNTER,
    "GET+POST counter/accounts/<str:number>/gift/": HEAD_AND_FINANCE,
    "GET+POST counter/accounts/<str:number>/replace-card/": COUNTER,
    "GET+POST counter/accounts/<str:number>/report-loss/": COUNTER,
    "GET counter/drawer/": "LFFINFF",
    "POST counter/drawer/<int:pk>/fault/": "LFFINFF",
    "POST counter/drawer/<int:pk>/lay/": "LFFINFF",
    "POST counter/drawer/<int:pk>/load/": "LFFINFF",
    "POST counter/drawer/<int:pk>/take-off/": "LFFINFF",
    "POST counter/drawer/new/": "LFFINFF",
    "POST counter/find/": COUNTER,
    "POST counter/papers/": COUNTER,
    "GET counter/quote/": COUNTER,
    "POST counter/read/": COUNTER,
    "POST counter/sell/": COUNTER,
    "GET counter/sold/<str:reference>/": COUNTER,
    "GET+POST counter/sold/<str:reference>/carry-out/": COUNTER,
    "GET+POST counter/sold/<str:reference>/lost-gas/": COUNTER,
    "GET+POST counter/sold/<str:reference>/take-back/": COUNTER,
    "POST counter/sold/<str:reference>/write/": COUNTER,
    "GET halls/": EVERYBODY,
    "GET health/live": EVERYBODY,
    "GET health/ready": EVERYBODY,
    "POST i18n/setlang/": EVERYBODY,
    "GET journal/roots.json": EVERYBODY,
    "GET journal/roots/": EVERYBODY,
    "GET metrics": EVERYBODY,
    "GET receipts/<number>.pdf": "LNIIIII",
    "GET receipts/<number>/": "LNIIIII",
    "GET staff/": STAFF,
    "GET+POST staff/accounts/": STAFF,
    "GET staff/accounts/<str:number>/": STAFF,
    "GET staff/accounts/<str:number>/allowances/": STAFF,
    "POST staff/accounts/<str:number>/allowances/<int:key>/end/": HEAD_AND_FINANCE,
    "POST staff/accounts/<str:number>/allowances/grant/": HEAD_AND_FINANCE,
    "GET+POST staff/accounts/<str:number>/bind/": COUNTER,
    "GET+POST staff/accounts/<str:number>/customer/": COUNTER,
    "POST staff/accounts/<str:number>/customer/reveal/": HEAD,
    "POST staff/accounts/<str:number>/freeze/": HEAD,
    "POST staff/accounts/<str:number>/phones/<int:pk>/remove/": COUNTER,
    "POST staff/accounts/<str:number>/phones/add/": COUNTER,
    "POST staff/accounts/<str:number>/unfreeze/": HEAD,
    "GET staff/components/": STAFF,
    "GET staff/hall-day/": HEAD,
    "GET staff/hall-day/<str:code>/<day:day>.pdf": HEAD,
    "POST staff/hall-day/close/": "LFFFNFF",
    "GET staff/ledger.csv": FINANCE,
    "GET staff/ledger/": FINANCE,
    "GET staff/ledger/<str:reference>/": FINANCE,
    "GET staff/messages/": ADMINISTRATION,
    "POST staff/messages/<path:key>/resend/": ADMINISTRATION,
    "GET+POST staff/people/": ADMINISTRATION,
    "GET staff/people/<str:number>/": ADMINISTRATION,
    "POST staff/people/<str:number>/dismiss/": ADMINISTRATION,
    "POST staff/people/<str:number>/roles/<int:pk>/end/": ADMINISTRATION,
    "POST staff/people/<str:number>/roles/grant/": ADMINISTRATION,
    "GET staff/reversals/": HEAD_AND_FINANCE,
    "POST staff/reversals/<str:reference>/approve/": "LFFFNNF",
    "POST staff/reversals/<str:reference>/refuse/": "LFFFNNF",
    "GET+POST staff/roster/": HEAD_AND_ADMINISTRATION,
    "POST staff/roster/<int:pk>/remove/": HEAD_AND_ADMINISTRATION,
    "POST staff/roster/absences/record/": HEAD_AND_ADMINISTRATION,
    "GET staff/shift/": COUNTER,
    "POST staff/shift/count/": COUNTER,
    "POST staff/shift/open/": COUNTER,
    "GET staff/shifts/": HEAD_AND_FINANCE,
    "GET staff/shifts/<int:number>.pdf": "LFFIIIN",
    "GET staff/shifts/<int:number>/": "LFFIIIN",
    "POST staff/shifts/<int:number>/reopen/": HEAD_AND_FINANCE,
    "POST staff/shifts/<int:number>/sign/": HEAD_AND_FINANCE,
    "GET tariffs/": EVERYBODY,
    "GET verify/": EVERYBODY,
    "GET verify/<code>/": EVERYBODY,
}

#: Route begins so -> why it has no row here.
ELSEWHERE = {
    "api/v1/": "the API has a table of its own",
    "api/": "its description, open to everybody, and its answer to addresses that do not exist",
    "auth/email/": "sends everybody on to their phone number",
    "admin/": "Django's own pages, for superusers",
}
#: Modules of views that are not ours -> why their doors are not our test.
LIBRARIES = {
    "allauth": "signing in: open to everybody by nature, tested by its makers and by our journeys",
    "django.views.i18n": "the language switch",
}
