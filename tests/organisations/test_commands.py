from __future__ import annotations

from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from organisations.models import Membership, Organisation, Partnership, User

pytestmark = pytest.mark.django_db


def run(*arguments: str, **options: Any) -> str:
    out = StringIO()
    call_command(*arguments, stdout=out, **options)
    return out.getvalue()


@pytest.mark.parametrize(
    ("command", "role", "kind"),
    [
        ("create_coordinator", "coordinator", "association"),
        ("create_staff", "staff", "institution"),
    ],
)
def test_the_first_people(command: str, role: str, kind: str) -> None:
    for _time in range(2):
        told = run(command, "Eka@Example.org", organisation="Talo", name="Eka", language="sv")
    assert "eka@example.org acts for Talo" in told
    membership = Membership.objects.get()
    assert (membership.role, membership.organisation.kind) == (role, kind)
    assert (membership.user.name, membership.user.language) == ("Eka", "sv")
    assert not membership.user.has_usable_password()


def test_a_coordinator_is_not_put_into_a_school(school: Organisation) -> None:
    with pytest.raises(CommandError, match="institution"):
        run("create_coordinator", "a@example.org", organisation=school.name)
    assert not User.objects.exists()


@pytest.mark.parametrize("command", ["create_coordinator", "create_staff", "create_administrator"])
def test_a_bad_address_is_told(command: str) -> None:
    options = {} if command == "create_administrator" else {"organisation": "Talo"}
    with pytest.raises(CommandError, match="not an e-mail address"):
        run(command, "nonsense", **options)
    assert not Organisation.objects.exists()


def test_an_administrator(contact: User) -> None:
    for _time in range(2):
        assert "administrator" in run("create_administrator", contact.email, name="Muu")
    contact.refresh_from_db()
    assert contact.is_superuser
    assert contact.name == "Contact"


def test_a_partnership() -> None:
    options = {
        "coordinator": "Katto",
        "institution": "Koulu",
        "prefix": "minno",
        "reply_to": "minno@example.org",
    }
    assert "Founded" in run("create_partnership", **options)
    assert "There already" in run("create_partnership", **options)
    made = Partnership.objects.get()
    assert (made.prefix, made.coordinator.kind, made.institution.kind) == (
        "MINNO",
        "association",
        "institution",
    )
    assert made.sign_off_fi
    assert made.sign_off_sv
    assert "Katto" in made.sign_off_en
    with pytest.raises(CommandError):
        run("create_partnership", **(options | {"institution": "Toinen"}))
