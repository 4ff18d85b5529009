"""Finding what may be in the register twice: the same name, the same website, the same mail."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from organisations.register.enums import Kind
from organisations.register.models import Contact, Organisation
from organisations.register.naming import name_key

# Many associations share these addresses without having anything else in common.
SHARED_MAIL = frozenset(
    (
        *("gmail.com", "googlemail.com", "hotmail.com", "hotmail.fi", "outlook.com", "live.com"),
        *("msn.com", "icloud.com", "me.com", "yahoo.com", "aol.com", "proton.me", "protonmail.com"),
        *("luukku.com", "suomi24.fi", "kolumbus.fi", "elisanet.fi", "saunalahti.fi", "welho.com"),
        *("pp.inet.fi", "netti.fi", "dnainternet.net", "phnet.fi", "jippii.fi", "surffi.fi"),
    )
)
SHARED_SITES = frozenset(
    (
        *("facebook.com", "instagram.com", "linkedin.com", "x.com", "youtube.com", "linktr.ee"),
        *("yhdistysavain.fi", "sites.google.com", "blogspot.com", "wordpress.com", "wixsite.com"),
    )
)
# More than this share an address of an umbrella, not an identity.
MOST_ALIKE = 4


@dataclass(frozen=True, slots=True)
class Alike:
    """Associations that may be one, and why."""

    organisations: tuple[Organisation, ...]
    reason: str | Promise


def host_of(website: str) -> str:
    """Return the website's host without www., or nothing where many share it."""
    try:
        host = (urlsplit(website).hostname or "").removeprefix("www.")
    except ValueError:
        return ""
    return "" if host in SHARED_SITES else host


def possible_duplicates() -> list[Alike]:
    """Return the groups of associations that may be one (two queries)."""
    rows = {
        each.pk: each
        for each in Organisation.objects.filter(kind=Kind.ASSOCIATION).only(
            "name", "short_name", "business_id", "website"
        )
    }
    by_name, by_site = defaultdict[str, set[int]](set), defaultdict[str, set[int]](set)
    for pk, each in rows.items():
        by_name[name_key(each.name)].add(pk)
        by_site[host_of(each.website)].add(pk)
    reasons = (
        (by_name, _("The same name")),
        (by_site, _("The same website")),
        (_by_mail(), _("The same e-mail domain")),
    )
    found: dict[frozenset[int], str | Promise] = {}
    for groups, reason in reasons:
        for key, pks in groups.items():
            known = frozenset(pks & rows.keys())
            if key and 1 < len(known) <= MOST_ALIKE:
                found.setdefault(known, reason)
    return [Alike(tuple(rows[pk] for pk in sorted(pks)), reason) for pks, reason in found.items()]


def _by_mail() -> dict[str, set[int]]:
    found = defaultdict[str, set[int]](set)
    for pk, email in Contact.objects.order_by().values_list("organisation", "email"):
        domain = email.rpartition("@")[2]
        if domain not in SHARED_MAIL:
            found[domain].add(pk)
    return found
