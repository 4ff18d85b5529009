"""The register of associations as coordinators look at it: the table, its export, what is twice."""

from __future__ import annotations

from dataclasses import dataclass

import rules
from django.contrib.auth.decorators import login_required
from django.core.paginator import Page, Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from minno_portal import clock
from minno_portal.spreadsheets import KINDS, table_response
from organisations.access import SignedInRequest, require
from organisations.register import past, sheets
from organisations.register.duplicates import possible_duplicates
from organisations.register.filters import Filters
from organisations.register.listing import listed
from organisations.register.models import Organisation

PAGE_SIZE = 50


@dataclass(frozen=True, slots=True)
class ListedRow:
    """One line of the table."""

    organisation: Organisation
    areas: str
    latest: str


@login_required
@require_safe
def register(request: SignedInRequest) -> HttpResponse:
    """Show the associations that the address asks for."""
    require("organisations.see_register", request.user, None)
    filters = Filters.of(request.GET, request.user)
    found = listed(filters).prefetch_related("counties")
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {"filters": filters, "page": page, "rows": _rows(page, request)}
    context["may_keep"] = rules.has_perm("organisations.keep_register", request.user)
    if page.number == 1 and not filters.is_narrowed:
        context["duplicates"] = len(possible_duplicates())
    return render(request, "organisations/register/list.html", context)


@login_required
@require_safe
def register_export(request: SignedInRequest, kind: str) -> HttpResponse:
    """Give the associations that the address asks for as a table to keep."""
    require("organisations.see_register", request.user, None)
    if kind not in KINDS:
        raise Http404
    found = listed(Filters.of(request.GET, request.user))
    name = f"minno-{clock.today():%Y-%m-%d}"
    return table_response(kind, name, _("Associations"), sheets.head(), sheets.rows(found))


@login_required
@require_safe
def register_duplicates(request: SignedInRequest) -> HttpResponse:
    """Show the associations that may be in the register twice."""
    require("organisations.see_register", request.user, None)
    context = {"groups": possible_duplicates()}
    return render(request, "organisations/register/duplicates.html", context)


def _rows(page: Page[Organisation], request: SignedInRequest) -> list[ListedRow]:
    latest = past.latest(request.user, [each.pk for each in page])
    return [ListedRow(each, areas_of(each), latest.get(each.pk, "")) for each in page]


def areas_of(organisation: Organisation) -> str:
    """Return the areas in few words: the first, and how many others."""
    if organisation.is_national:
        return _("The whole country")
    names = [str(county) for county in organisation.counties.all()]
    others = len(names) - 1
    if others < 1:
        return "".join(names)
    more = ngettext("and %(count)d other", "and %(count)d others", others)
    return f"{names[0]} {more % {'count': others}}"
