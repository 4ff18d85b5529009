"""What the register's addresses are about: made anew for each look, since buttons remove things."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable
from typing import Any

from minno_portal import clock
from organisations.models import (
    Contact,
    Invitation,
    Membership,
    Note,
    Organisation,
    RegisterImport,
    User,
)
from tests.scene import Scene


def _address() -> str:
    return f"{uuid.uuid4().hex}@example.org"


def _contact(scene: Scene) -> list[Any]:
    made = Contact.objects.create(organisation=scene.organisation, email=_address())
    return [scene.organisation.pk, made.pk]


def _membership(scene: Scene, *, awaits_approval: bool = False) -> list[Any]:
    made = Membership.objects.create(
        user=User.objects.create_user(_address()),
        organisation=scene.organisation,
        role="contact",
        awaits_approval=awaits_approval,
    )
    return [scene.organisation.pk, made.pk]


def _claim(scene: Scene) -> list[Any]:
    return _membership(scene, awaits_approval=True)


def _invitation(scene: Scene) -> list[Any]:
    made = Invitation.objects.create(
        email=_address(),
        organisation=scene.organisation,
        role="contact",
        token_hash=uuid.uuid4().hex,
        expires_at=clock.now() + dt.timedelta(days=1),
    )
    return [scene.organisation.pk, made.pk]


def _note(scene: Scene) -> list[Any]:
    coordinator = scene.round.partnership.coordinator
    made = Note.objects.create(
        organisation=scene.organisation, coordinator=coordinator, body="Muista"
    )
    return [scene.organisation.pk, made.pk]


def _import(scene: Scene) -> list[Any]:
    made = RegisterImport.objects.create(
        coordinator=scene.round.partnership.coordinator,
        file_name="jarjestot.csv",
        header=["Nimi"],
        rows=[[2, ["Tuotu ry"]]],
        matching={"0": "name"},
    )
    return [made.pk]


def _pair(scene: Scene) -> list[Any]:
    return [scene.organisation.pk, Organisation.objects.create(name=_address()).pk]


FRESH: dict[str, Callable[[Scene], list[Any]]] = {
    "claim": _claim,
    "contact person": _contact,
    "import": _import,
    "membership": _membership,
    "note": _note,
    "open invitation": _invitation,
    "pair": _pair,
    "sheet": lambda _scene: ["xlsx"],
}
