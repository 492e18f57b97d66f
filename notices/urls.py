"""Pages of this app."""

from django.urls import URLPattern, path

from . import announcement_urls, knowledge_urls, site_urls
from .views import cabinet, followed_places, gateways, inbox, letters, operator, way_out, webhooks, wishes

app_name = "notices"
urlpatterns: list[URLPattern] = [
    *announcement_urls.urlpatterns,
    *knowledge_urls.urlpatterns,
    *site_urls.urlpatterns,
    path("staff/messages/", operator.message_list, name="message_list"),
    path("staff/messages/resend/", operator.messages_resend, name="messages_resend"),
    path("staff/messages/<path:key>/resend/", operator.message_resend, name="message_resend"),
    path("staff/letters/", letters.letter_list, name="letters"),
    path("staff/letters/<slug:kind>/", letters.letter_detail, name="letter"),
    path("staff/letters/<slug:kind>/<slug:language>/draft/", letters.letter_draft, name="letter_draft"),
    path("staff/letters/<slug:kind>/<slug:language>/publish/", letters.letter_publish, name="letter_publish"),
    path("staff/letters/<slug:kind>/<slug:language>/discard/", letters.letter_discard, name="letter_discard"),
    path("staff/notifications/", inbox.inbox, name="inbox"),
    path("staff/notifications/count/", inbox.inbox_count, name="inbox_count"),
    path("staff/notifications/read/", inbox.inbox_read, name="inbox_read"),
    path("staff/notifications/<int:pk>/open/", inbox.inbox_open, name="inbox_open"),
    path("staff/notifications/preferences/", inbox.preferences, name="preferences"),
    path("staff/webhooks/", webhooks.webhook_list, name="webhooks"),
    path("staff/webhooks/<int:pk>/", webhooks.webhook, name="webhook"),
    path("staff/webhooks/<int:pk>/rotate/", webhooks.webhook_rotate, name="webhook_rotate"),
    path("staff/webhooks/<int:pk>/switch/", webhooks.webhook_switch, name="webhook_switch"),
    path("staff/webhooks/<int:pk>/test/", webhooks.webhook_test, name="webhook_test"),
    path("cabinet/messages/", cabinet.customer_messages, name="customer_messages"),
    path("cabinet/messages/places/", followed_places.followed_places, name="followed_places"),
    path("cabinet/messages/wanted/", wishes.customer_wishes, name="customer_wishes"),
    path("cabinet/messages/quiet/", cabinet.customer_quiet, name="customer_quiet"),
    path("staff/accounts/<str:number>/wanted/", wishes.account_wishes, name="account_wishes"),
    path("u/<str:token>/", way_out.way_out, name="way_out"),
    path("gateways/sms/reports/", gateways.delivery_report, {"channel": "sms"}, name="sms_report"),
    path("gateways/voice/reports/", gateways.delivery_report, {"channel": "voice"}, name="voice_report"),
]
