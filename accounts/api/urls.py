"""Addresses of people and places under /api/v1/."""

from django.urls import path

from . import halls, myself, people, register, tokens

urlpatterns = [
    path("tokens/", tokens.sign_in),
    path("tokens/codes/", tokens.send_code),
    path("me/", myself.who_am_i),
    path("me/accounts/", people.list_bound_accounts),
    path("me/tokens/", tokens.list_tokens),
    path("me/tokens/<str:handle>/", tokens.revoke_token),
    path("accounts/search/", people.search_accounts),
    path("accounts/<str:number>/priority-entries/", register.list_of_account),
    path("accounts/<str:number>/priority-entries/put/", register.put_on),
    path("priority-entries/", register.list_entries),
    path("priority-entries/<int:entry>/extend/", register.extend),
    path("priority-entries/<int:entry>/end/", register.end),
    path("halls/", halls.list_halls),
]
