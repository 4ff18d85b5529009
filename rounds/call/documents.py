"""The terms and the privacy notice, every version of them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from minno_portal.public_pages import public_page
from rounds.call import terms as known


@dataclass(frozen=True, slots=True)
class Document:
    """A text with versions: its name in addresses, its title, a line under it, its versions."""

    key: str
    title: Promise
    law: Promise | str
    versions: tuple[str, ...]


TERMS = Document("terms", _("Terms of giving a challenge"), "", known.TERMS_VERSIONS)
PRIVACY = Document(
    "privacy",
    _("Privacy notice"),
    _("EU General Data Protection Regulation, articles 12–14."),
    known.PRIVACY_VERSIONS,
)


@require_safe
@public_page(seconds=60)
def privacy(request: HttpRequest) -> HttpResponse:
    """Show the privacy notice that holds now (GDPR, articles 12–14)."""
    return _show(request, PRIVACY, PRIVACY.versions[-1])


@require_safe
@public_page(seconds=60)
def privacy_version(request: HttpRequest, version: str) -> HttpResponse:
    """Show one version of the privacy notice."""
    return _show(request, PRIVACY, version)


@require_safe
@public_page(seconds=60)
def terms(request: HttpRequest) -> HttpResponse:
    """Show the terms of giving a challenge that hold now."""
    return _show(request, TERMS, TERMS.versions[-1])


@require_safe
@public_page(seconds=60)
def terms_version(request: HttpRequest, version: str) -> HttpResponse:
    """Show one version of the terms."""
    return _show(request, TERMS, version)


def _show(request: HttpRequest, document: Document, version: str) -> HttpResponse:
    if version not in document.versions:
        raise Http404
    days = {each: dt.date.fromisoformat(each) for each in reversed(document.versions)}
    context = {
        "document": document,
        "version": version,
        "version_day": days[version],
        "is_present": version == document.versions[-1],
        "others": [(each, day) for each, day in days.items() if each != version],
        "body": f"rounds/call/{document.key}/{version}.html",
        "version_page": f"{document.key}-version",
    }
    return render(request, "rounds/call/document.html", context)
