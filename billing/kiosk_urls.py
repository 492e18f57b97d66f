"""Pages of kiosks; part of this app's urls."""

from django.urls import URLPattern, path

from .views import kiosk_list, kiosks

urlpatterns: list[URLPattern] = [
    path("kiosks/", kiosk_list.public_kiosks, name="public_kiosks"),
    path("staff/kiosks/", kiosks.kiosk_list, name="kiosk_list"),
    path("staff/kiosks/new/", kiosks.kiosk_new, name="kiosk_new"),
    path("staff/kiosks/<slug:code>/", kiosks.kiosk, name="kiosk"),
    path("staff/kiosks/<slug:code>/change/", kiosks.kiosk_change, name="kiosk_change"),
    path("staff/kiosks/<slug:code>/empty/", kiosks.kiosk_empty, name="kiosk_empty"),
    path("staff/kiosks/<slug:code>/key/", kiosks.kiosk_key, name="kiosk_key"),
    path("staff/kiosks/<slug:code>/keys/<slug:handle>/revoke/", kiosks.kiosk_key_revoke, name="kiosk_key_revoke"),
    path("staff/kiosks/<slug:code>/retire/", kiosks.kiosk_retire, name="kiosk_retire"),
]
