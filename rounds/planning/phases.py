"""The template of a round's phases: short names and the coordinator's own estimates.

Source: the operating model "Sote-järjestöjen hankeideointi MINNO-yhteistyössä" (Innokylä, 2023),
which gives nine working days a round; phase 9 varies and has no number.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from rounds.planning.enums import PhaseKey


@dataclass(frozen=True, slots=True)
class PhaseTemplate:
    """One phase: `estimated_days` in working days (tp), None where it varies."""

    number: int
    key: PhaseKey
    short_name: Promise
    estimated_days: Decimal | None
    is_communication: bool = False


PHASES: tuple[PhaseTemplate, ...] = (
    PhaseTemplate(1, PhaseKey.CONTINUITY, _("Continuity"), Decimal("1.0")),
    PhaseTemplate(2, PhaseKey.ANNOUNCING, _("Announcing"), Decimal("1.0"), is_communication=True),
    PhaseTemplate(3, PhaseKey.FORM, _("Form"), Decimal("0.5")),
    PhaseTemplate(4, PhaseKey.SHAPING, _("Shaping"), Decimal("1.0")),
    PhaseTemplate(5, PhaseKey.SELECTION, _("Selection"), Decimal("1.0")),
    PhaseTemplate(6, PhaseKey.FOLLOWING, _("Following"), Decimal("2.0"), is_communication=True),
    PhaseTemplate(7, PhaseKey.FEST, _("Fest"), Decimal("1.0")),
    PhaseTemplate(8, PhaseKey.PUBLISHING, _("Outcomes"), Decimal("1.0"), is_communication=True),
    PhaseTemplate(9, PhaseKey.CONTINUING, _("Further work"), None),
    PhaseTemplate(10, PhaseKey.EVALUATING, _("Evaluation"), Decimal("0.5")),
)

BY_KEY = {template.key.value: template for template in PHASES}
