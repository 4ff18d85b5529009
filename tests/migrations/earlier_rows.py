"""One round's worth of rows as an earlier version of the portal kept them.

Written with the models of that version's migrations, which know nothing of today's code.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from django.apps.registry import Apps

THEN = dt.datetime(2026, 10, 1, 9, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)
ACCEPTED = {"terms_version": "2026-11-22", "privacy_version": "2026-11-22"}


class Earlier:
    """Makes rows by the models of an earlier version."""

    def __init__(self, apps: Apps) -> None:
        self.apps = apps

    def make(self, model: str, **values: Any) -> Any:
        """Store a row and return it; `model` is named with its app."""
        return self.apps.get_model(model).objects.create(**values)

    def fill(self) -> None:
        """Store at least one row of every table that people's work fills."""
        self._people()
        self._register()
        self._round()
        self._challenges()
        self._help()
        self._selection()
        self._afterwards()
        self._letters()

    def _person(self, name: str, organisation: Any, role: str) -> Any:
        user = self.make("organisations.User", email=f"{name}@example.org", name=name, password="!")
        self.make("organisations.Membership", user=user, organisation=organisation, role=role)
        return user

    def _people(self) -> None:
        organisation = "organisations.Organisation"
        self.giver = self.make(organisation, name="Äänetön yhdistys ry", business_id="2345678-2")
        self.soste = self.make(organisation, name="SOSTE ry", language="sv")
        self.school = self.make(organisation, name="Ammattikorkeakoulu", kind="institution")
        self.giver.counties.add(self.apps.get_model("organisations.County").objects.first())
        self.contact = self._person("yhteys", self.giver, "contact")
        self.coordinator = self._person("koordinaattori", self.soste, "coordinator")
        self.staff = self._person("lehtori", self.school, "staff")
        self.partnership = self.make(
            "organisations.Partnership",
            prefix="MINNO",
            agreed_from=THEN.date(),
            reply_to="minno@example.org",
            sign_off="MINNO-tiimi",
            sign_off_fi="MINNO-tiimi",
            coordinator=self.soste,
            institution=self.school,
        )

    def _register(self) -> None:
        self.make("organisations.Contact", organisation=self.giver, email="puh@example.org")
        self.make(
            "organisations.Note",
            organisation=self.giver,
            coordinator=self.soste,
            body="Soita ensin.",
        )
        self.make(
            "organisations.RegisterImport", coordinator=self.soste, file_name="järjestöt.xlsx"
        )
        self.make(
            "organisations.Invitation",
            organisation=self.giver,
            email="kutsuttu@example.org",
            role="contact",
            token_hash="a" * 64,
            expires_at=THEN + 14 * DAY,
        )

    def _round(self) -> None:
        dates = ("packet", "decisions", "kickoff", "contract", "fest", "feedback", "evaluation")
        self.round = self.make(
            "rounds.Round",
            partnership=self.partnership,
            year=2026,
            number=2,
            slug="minno-2-2026",
            form="day",
            intro="Tervetuloa mukaan.",
            intro_fi="Tervetuloa mukaan.",
            capacity=3,
            call_opens_at=THEN,
            call_closes_at=THEN + 20 * DAY,
            published_at=THEN,
            field_rules={"tried": "hidden"},
            **{f"{each}_on": (THEN + (30 + 9 * n) * DAY).date() for n, each in enumerate(dates)},
        )
        phase = self.make("rounds.Phase", round=self.round, number=1, key="continuity")
        self.make("rounds.WorkLog", phase=phase, done_on=THEN.date(), days=Decimal("0.5"))
        self.criterion = self.make(
            "rounds.Criterion",
            round=self.round,
            position=1,
            name="Tarve",
            name_fi="Tarve",
            weight=3,
        )
        self.question = self.make(
            "rounds.OwnQuestion",
            round=self.round,
            section="team",
            kind="number",
            label="Montako vapaaehtoista?",
            label_fi="Montako vapaaehtoista?",
        )

    def _challenge(self, number: int, status: str, **more: Any) -> Any:
        challenge = self.make(
            "rounds.Challenge",
            round=self.round,
            organisation=self.giver,
            created_by=self.contact,
            number=number,
            reference=f"MINNO-2-2026-{number:02}",
            status=status,
            title=f"Haaste {number}",
            need="”Miksi?” – 1 < 2 & ä",
            hoped_outputs=["concept", "other"],
            support_hours=Decimal("2.5"),
            own_answers={str(self.question.pk): 12},
            submitted_at=THEN + DAY,
            terms_accepted_at=THEN + DAY,
            terms_accepted_by=self.contact,
            **ACCEPTED,
            **more,
        )
        content = {"title": challenge.title}
        self.make("rounds.Revision", challenge=challenge, number=1, content=content)
        return challenge

    def _challenges(self) -> None:
        decided = {"decided_at": THEN + 40 * DAY, "decided_by": self.staff}
        told = {**decided, "announced_at": THEN + 41 * DAY}
        self.draft = self.make(
            "rounds.Challenge", round=self.round, organisation=self.giver, title="Kesken"
        )
        self.submitted = self._challenge(1, "submitted")
        self.chosen = self._challenge(2, "running", **told)
        self.refused = self._challenge(3, "not_selected", **told)
        self.untold = self._challenge(4, "confirmed", **decided)
        fund = self.apps.get_model("rounds.Fund").objects.first()
        self.chosen.funding_thought, self.chosen.fund = "fund", fund
        self.chosen.save()

    def _help(self) -> None:
        about, by = {"challenge": self.submitted}, self.coordinator
        self.make("rounds.Comment", **about, author=by, visibility="parties", body="Hyvä aihe.")
        self.make("rounds.CompletionPoint", **about, text="Kenelle?", asked_by=by)
        self.make("rounds.QualityMark", **about, point="clear", verdict="good", marked_by=by)
        self.make("rounds.Reading", **about, user=by, revision=1)
        self.make("rounds.SavedView", user=by, name="Omat", query="status=submitted")
        self.make(
            "rounds.LatePermission",
            round=self.round,
            organisation=self.giver,
            until=THEN + 25 * DAY,
            granted_by=by,
        )
        self.make(
            "rounds.Attachment",
            **about,
            name="kuva.png",
            content_type="image/png",
            size=10,
            sha256="b" * 64,
            file="attachments/kuva.png",
        )
        # One of the two that the challenge tells: the other is written down on the way.
        version = ACCEPTED["terms_version"]
        self.make("rounds.Acceptance", **about, document="terms", version=version)

    def _selection(self) -> None:
        assessment = self.make(
            "rounds.Assessment",
            challenge=self.chosen,
            assessor=self.coordinator,
            party="coordinator",
        )
        self.make("rounds.Score", assessment=assessment, criterion=self.criterion, value=4)
        self.make("rounds.Ranking", round=self.round, challenge=self.chosen, position=1)
        packet = self.make(
            "rounds.Packet", round=self.round, number=1, sent_by=self.coordinator, message="Hei!"
        )
        proposal = {"packet": packet, "proposed_by": self.coordinator}
        answered = {"answered_by": self.staff, "answered_at": THEN + 35 * DAY}
        told = THEN + 41 * DAY
        for position, challenge, answer, outcome, reason, when in (
            (1, self.chosen, "agree", "confirmed", "", told),
            (2, self.refused, "disagree", "not_selected", "Ei opiskelijoita.", told),
            (3, self.untold, "agree", "confirmed", "", None),
        ):
            self.make(
                "rounds.Proposal",
                **proposal,
                **answered,
                position=position,
                challenge=challenge,
                suggested="confirmed",
                answer=answer,
                answer_note=reason,
            )
            self.make(
                "rounds.Decision",
                challenge=challenge,
                outcome=outcome,
                reason=reason,
                decided_by=self.staff,
                announced_at=when,
            )

    def _afterwards(self) -> None:
        self.make("rounds.Team", challenge=self.chosen, name="Tiimi 1")
        outcome = {"title": "Malli", "summary": "Toimiva malli.", "kind": "service_model"}
        self.make("rounds.Outcome", challenge=self.chosen, **outcome)
        asked = {"round": self.round, "role": "association"}
        self.make(
            "rounds.FeedbackInvitation", **asked, email="yhteys@example.org", token_hash="c" * 64
        )
        self.make("rounds.FeedbackAnswer", **asked)
        self.make("rounds.RoundReport", round=self.round)

    def _letters(self) -> None:
        letter = {"recipient": "yhteys@example.org", "language": "fi", "subject": "Kiitos!"}
        for key, more in (("1", {}), ("2", {"state": "sent", "sent_at": THEN})):
            self.make(
                "outbox.Letter", **letter, key=key, kind="receipt", message_id=f"<{key}@x>", **more
            )
