"""A packet's dossier as an accessible PDF: the packet, then one page for each challenge."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation

from minno_portal import clock
from minno_portal.pdf import typeset
from rounds.selection.proposing import facts
from rounds.selection.proposing.bars import bars_of
from rounds.selection.proposing.dossier import Dossier, Entry


def dossier_pdf(dossier: Dossier, language: str) -> bytes:
    """Return a dossier as a PDF file; a draft says on every page that it is one.

    :param language: fi, sv or en; the portal's own words, dates and numbers follow it.
    """
    with translation.override(language):
        context = {
            "dossier": dossier,
            "round": dossier.round,
            "partnership": dossier.round.partnership,
            "message": facts.shortened(dossier.message, 2000),
            "sheets": [_sheet(entry) for entry in dossier.entries],
            "language": language,
            "author": str(settings.SITE_NAME),
            "made_at": clock.now(),
        }
        html = render_to_string("rounds/selection/proposing/dossier.html", context)
        style = render_to_string("rounds/selection/proposing/dossier.css", context)
    return typeset(html, style)


def _sheet(entry: Entry) -> dict[str, Any]:
    previous = entry.previous
    return {
        "entry": entry,
        "proposal": entry.proposal,
        "challenge": entry.challenge,
        "language": entry.content.get("language") or entry.challenge.language,
        "title": facts.shortened(entry.title, facts.LONGEST_TITLE),
        "summary": facts.shortened(entry.content.get("summary") or "", facts.LONGEST_SUMMARY),
        "facts": facts.key_facts(entry),
        "rationale": facts.shortened(entry.proposal.rationale, facts.LONGEST_RATIONALE),
        "bars": bars_of(entry.sides) if entry.sides else None,
        "comments": list(facts.short_comments(entry)),
        "previous": previous,
        "previous_note": facts.shortened(previous.answer_note, facts.LONGEST_NOTE)
        if previous
        else "",
        "changed": facts.shortened(", ".join(map(str, entry.changed_answers)), facts.LONGEST_NOTE),
    }
