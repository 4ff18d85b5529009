"""The terms and the privacy notice, version by version."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest
from django.conf import settings
from django.core.cache import cache
from django.template.loader import get_template
from django.test import Client
from django.urls import reverse

from rounds.call import documents, terms

DOCUMENTS = [documents.TERMS, documents.PRIVACY]


@pytest.fixture(autouse=True)
def fresh_pages() -> None:
    cache.clear()


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: document.key)
def test_every_version_is_a_day_in_order_with_a_text(document: documents.Document) -> None:
    assert list(document.versions) == sorted(document.versions)
    for version in document.versions:
        get_template(f"rounds/call/{document.key}/{version}.html")


def test_no_text_is_left_without_a_version() -> None:
    for document in DOCUMENTS:
        folder = Path(settings.BASE_DIR) / "templates/rounds/call" / document.key
        kept = {path.name[:10] for path in folder.iterdir()}
        assert kept == set(document.versions)


@pytest.mark.parametrize("name", ["terms", "privacy"])
@pytest.mark.parametrize("prefix", ["", "/sv", "/en"])
def test_a_version_has_an_address_of_its_own(client: Client, name: str, prefix: str) -> None:
    version = terms.TERMS_VERSION if name == "terms" else terms.PRIVACY_VERSION
    present = client.get(f"{prefix}/{name}/")
    by_version = client.get(f"{prefix}/{name}/{version}/")
    assert present.status_code == by_version.status_code == 200
    assert version in present.text


@pytest.mark.parametrize("version", ["2020-01-01", "x", "2026-99-99", "a" * 300])
@pytest.mark.parametrize("name", ["terms-version", "privacy-version"])
def test_an_unknown_version_is_not_found(client: Client, name: str, version: str) -> None:
    assert client.get(reverse(name, args=[version])).status_code == 404


def test_an_earlier_version_says_so_and_leads_to_the_present_one(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    newer = dataclasses.replace(documents.TERMS, versions=(*documents.TERMS.versions, "2099-01-01"))
    monkeypatch.setattr(documents, "TERMS", newer)
    page = client.get(f"/en/terms/{terms.TERMS_VERSION}/").text
    assert "This is an earlier version." in page
    assert 'href="/en/terms/"' in page
    assert 'href="/en/terms/2099-01-01/"' in page
    assert '<meta name="robots" content="noindex">' in page
