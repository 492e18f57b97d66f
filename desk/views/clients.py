"""The section for clients: its home, its pages, forms to print; and what machines that search the web look for."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

import billing.papers
from accounts.clock import business_now
from accounts.throttles import Pace, may_ask
from notices import article_words
from notices.models import Audience
from notices.queries import articles

from .. import site_tree
from ..paper_forms import form_named
from ..qr import qr_of
from ..queries.news_stream import stream
from ..queries.site_live import live_part
from ..site_leaf import Leaf

_PACE = Pace("paper_forms", "30/min")
_NEWS = 3


@require_safe
def clients(request: HttpRequest) -> HttpResponse:
    """Everything there is for clients, in its groups."""
    context = {"main": site_tree.MAIN, "groups": site_tree.GROUPS, "news": stream(at=business_now(), most=_NEWS)}
    return render(request, "desk/site/clients.html", {**context, "qr": qr_of(reverse("desk:clients"))})


@require_safe
def clients_page(request: HttpRequest, code: str) -> HttpResponse:
    """A page that is the same for everybody."""
    leaf = site_tree.page(code)
    if leaf is None:
        raise Http404
    return _page(request, leaf, "", site_tree.PAGES)


@require_safe
def clients_service(request: HttpRequest, who: str, code: str) -> HttpResponse:
    """A page of services, for persons or for entities."""
    leaf = site_tree.service(who, code)
    if leaf is None:
        raise Http404
    return _page(request, leaf, who, site_tree.SERVICES[who])


@cache_control(public=True, max_age=3600)
@require_safe
def paper_form(request: HttpRequest, language: str, code: str) -> HttpResponse:
    """A blank form as PDF."""
    form = form_named(code)
    if form is None or language not in dict(settings.LANGUAGES):
        raise Http404
    if not may_ask(request, _PACE):
        return HttpResponse(_("Please wait a minute."), status=429, content_type="text/plain; charset=utf-8")
    made = billing.papers.render_pdf("desk/pdf/paper_form.html", {"form": form, "company": settings.COMPANY}, language)
    response = HttpResponse(made, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{code}-{language}.pdf"'
    return response


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """What machines may read: the public site; no cabinet, no work of ours, nothing behind a link or a code."""
    closed = ("/cabinet/", "/staff/", "/counter/", "/admin/", "/api/", "/auth/", "/track/", "/apply/", "/u/", "/verify/")
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in closed), f"Sitemap: {settings.SITE_URL}/sitemap.xml", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """Every public page that has an address of its own; nothing personal has one."""
    rooms = ("desk:home", "desk:news", "notices:help", "accounts:hall_list", "billing:tariff_list", "billing:public_kiosks")
    told = ("desk:quality", "desk:score_method", "desk:appointments", "notices:public_announcements")
    more = ("repairs:public_outages", "complaints:reception", "complaints:answers", "sla:our_promises", "connections:apply")
    found = [reverse(name) for name in (*rooms, *told, *more)] + site_tree.addresses()
    texts = articles.titles(language=get_language() or "", audience=Audience.PUBLIC)
    found += [reverse("notices:help_article", args=[slug]) for slug in sorted({text.article.slug for text in texts})]
    context = {"addresses": [f"{settings.SITE_URL}{path}" for path in found]}
    return render(request, "desk/site/sitemap.xml", context, content_type="application/xml; charset=utf-8")


def _page(request: HttpRequest, leaf: Leaf, who: str, beside: tuple[Leaf, ...]) -> HttpResponse:
    at = business_now()
    crumbs = [(_("For clients"), reverse("desk:clients"))]
    if who:
        crumbs.append((f"{_('Services')}: {site_tree.WHO[who]}", f"{reverse('desk:clients')}#services"))
    context = {
        "leaf": leaf,
        "who": who,
        "others": [(key, label) for key, label in site_tree.WHO.items() if who and key != who],
        "crumbs": crumbs,
        "beside": [(one, _address(one, who), one.code == leaf.code) for one in beside],
        "articles": [one for slug in leaf.articles if (one := _article(slug))],
        "more": _titles(leaf.more),
        "live": f"desk/site/live_{leaf.live}.html" if leaf.live else "",
        "qr": qr_of(_address(leaf, who)),
        "now": at,
        **live_part(leaf.live, who=who, at=at),
    }
    return render(request, "desk/site/leaf.html", context)


def _address(leaf: Leaf, who: str) -> str:
    return reverse("desk:clients_service", args=[who, leaf.code]) if who else reverse("desk:clients_page", args=[leaf.code])


def _article(slug: str) -> dict[str, Any] | None:
    found = articles.reading(slug, language=get_language() or settings.LANGUAGE_CODE, audience=Audience.PUBLIC)
    return {"reading": found, "blocks": article_words.blocks(found.text.body)} if found else None


def _titles(slugs: tuple[str, ...]) -> list[Any]:
    """In the order of the page; what is not there, or was withdrawn, is left out."""
    rows = articles.titles(language=get_language() or settings.LANGUAGE_CODE, audience=Audience.PUBLIC).filter(article__slug__in=slugs)
    found = {text.article.slug: text for text in rows}
    return [found[slug] for slug in slugs if slug in found]
