"""Writing down what was accepted for a challenge."""

from __future__ import annotations

import datetime as dt

from organisations.people.models import User
from rounds.call.terms import PRIVACY_VERSION, TERMS_VERSION
from rounds.challenges.models import Challenge
from rounds.challenges.terms.models import Acceptance, Document


def record_acceptance(challenge: Challenge, *, moment: dt.datetime, actor: User) -> None:
    """Record, on a challenge that the caller has locked and saves, that the present texts hold."""
    challenge.terms_version = TERMS_VERSION
    challenge.privacy_version = PRIVACY_VERSION
    challenge.terms_accepted_at = moment
    challenge.terms_accepted_by = actor
    Acceptance.objects.bulk_create(
        [
            Acceptance(
                challenge=challenge,
                document=document,
                version=version,
                accepted_by=actor,
                accepted_at=moment,
            )
            for document, version in (
                (Document.TERMS, TERMS_VERSION),
                (Document.PRIVACY, PRIVACY_VERSION),
            )
        ],
        ignore_conflicts=True,
    )
