"""Pages of this app."""

from django.urls import URLPattern, path
from django.views.generic import RedirectView

from .views import accounts, halls, people, register, sign_in, wechat

app_name = "accounts"
urlpatterns: list[URLPattern] = [
    # In front of allauth's own: it knows only e-mail for these.
    path("auth/password/reset/", sign_in.forgotten_password, name="forgotten_password"),
    path("auth/password/new/", sign_in.new_password, name="new_password"),
    path("auth/email/", RedirectView.as_view(pattern_name="account_change_phone")),
    path("auth/wechat/", wechat.start, name="wechat_start"),
    path("auth/wechat/back/", wechat.back, name="wechat_back"),
    path("auth/wechat/first/", wechat.first, name="wechat_first"),
    path("auth/wechat/link/", wechat.link, name="wechat_link"),
    path("auth/wechat/unlink/", wechat.unlink, name="wechat_unlink"),
    path("i18n/setlang/", sign_in.set_language, name="set_language"),
    path("halls/", halls.hall_list, name="hall_list"),
    path("staff/accounts/<str:number>/customer/", accounts.customer_edit, name="customer_edit"),
    path("staff/accounts/<str:number>/customer/reveal/", accounts.customer_reveal, name="customer_reveal"),
    path("staff/accounts/<str:number>/phones/add/", accounts.phone_add, name="phone_add"),
    path("staff/accounts/<str:number>/phones/<int:pk>/remove/", accounts.phone_remove, name="phone_remove"),
    path("staff/accounts/<str:number>/freeze/", accounts.account_freeze, name="account_freeze"),
    path("staff/accounts/<str:number>/unfreeze/", accounts.account_unfreeze, name="account_unfreeze"),
    path("staff/accounts/<str:number>/wechat/unlink/", accounts.wechat_unlink_for, name="wechat_unlink_for"),
    path("staff/accounts/<str:number>/bind/", accounts.bind_with_papers, name="bind_with_papers"),
    path("staff/register/", register.register_list, name="register"),
    path("staff/register/codes.csv", register.register_file, name="register_file"),
    path("staff/accounts/<str:number>/register/", register.register_of_account, name="register_of_account"),
    path("staff/accounts/<str:number>/register/<int:pk>/extend/", register.entry_extend, name="register_extend"),
    path("staff/accounts/<str:number>/register/<int:pk>/end/", register.entry_end, name="register_end"),
    path("staff/people/", people.people, name="people"),
    path("staff/people/<str:number>/", people.person, name="person"),
    path("staff/people/<str:number>/dismiss/", people.dismiss, name="dismiss"),
    path("staff/people/<str:number>/roles/grant/", people.role_grant, name="role_grant"),
    path("staff/people/<str:number>/roles/<int:pk>/end/", people.role_end, name="role_end"),
    path("staff/roster/", people.roster, name="roster"),
    path("staff/roster/absences/record/", people.absence_record, name="absence_record"),
    path("staff/roster/<int:pk>/remove/", people.duty_remove, name="duty_remove"),
]
