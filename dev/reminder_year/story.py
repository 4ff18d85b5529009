"""One round of the year: what its people do, and what that makes due."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from dev.reminder_year.expected import Window
from minno_portal import clock
from organisations.models import User
from rounds.challenges.content import snapshot
from rounds.challenges.enums import Side, Status, Visibility
from rounds.challenges.models import Challenge, Comment, Revision
from rounds.feedback.models import FeedbackInvitation
from rounds.planning.models import Round
from rounds.selection.deciding.models import Participation
from rounds.selection.models import Assessment, Packet, Proposal

if TYPE_CHECKING:
    from dev.reminder_year.world import World

HOUR = dt.timedelta(hours=1)
DAY = dt.timedelta(days=1)


@dataclass
class Story:
    """One round from its drafts to the last question about its outcomes."""

    world: World
    round: Round
    drafts: list[Challenge]

    def tell(self) -> None:
        """Write down what happens and what it makes due."""
        given = [draft for draft in self.drafts if self._give(draft)]
        if not given:
            return
        self._assess(given)
        told_at = clock.helsinki(self.round.decisions_on, 15)
        self._propose(given, told_at)
        self._decide(given, told_at)
        for challenge in given:
            self._take_part(challenge, told_at)
            self._follow(challenge, told_at)
            self._comment(challenge)
        self._feedback(given)

    def _give(self, draft: Challenge) -> bool:
        """Let the association submit, or leave it; and be reminded while it has not."""
        closes = self.round.call_closes_at
        gives = self.world.chance.random() < 0.7  # noqa: PLR2004 (seven of ten)
        submitted = self.world.hour_between(draft.created_at, closes) if gives else closes
        week, day = Window.before(closes, 7), Window.before(closes, 1)
        for name, window in (("week", week.ended_by(day)), ("day", day)):
            if draft.created_at <= window.first:
                key = f"draft-reminder:{draft.pk}:{name}:{draft.contact_email}"
                self.world.expects(key, window, until=submitted)
        if gives:
            self.world.at(submitted, lambda: self._submit(draft, submitted))
        return gives

    def _submit(self, draft: Challenge, moment: dt.datetime) -> None:
        self.round.last_reference += 1
        draft.status, draft.submitted_at = Status.SUBMITTED, moment
        draft.number = self.round.last_reference
        draft.reference = self.round.reference(draft.number)
        draft.save()
        Revision.objects.create(challenge=draft, number=1, content=snapshot(draft))

    def _assess(self, given: list[Challenge]) -> None:
        """Let each assessor finish at some hour, or only in the packet's morning."""
        packet = clock.helsinki(self.round.packet_on, 9)
        three, one = Window.before(packet, 3, hour=9), Window.before(packet, 1, hour=9)
        for person, party in self.world.party.assessors:
            done = self.world.hour_between(self.round.call_closes_at + HOUR, packet + HOUR)
            for name, window in (("assess-3d", three.ended_by(one)), ("assess-1d", one)):
                key = f"{name}:{self.round.pk}:{person.pk}"
                self.world.expects(key, window, since=self.round.call_closes_at, until=done)
            self.world.at(done, partial(self._assess_all, given, person, party, done))

    def _assess_all(
        self, given: list[Challenge], person: User, party: str, done: dt.datetime
    ) -> None:
        for each in given:
            Assessment.objects.create(challenge=each, assessor=person, party=party, done_at=done)

    def _propose(self, given: list[Challenge], told_at: dt.datetime) -> None:
        """Send the packet at noon of its day; the answers come before decisions are told."""
        sent = clock.helsinki(self.round.packet_on, 12)
        answered = self.world.hour_between(sent + HOUR, told_at)
        decisions = clock.helsinki(self.round.decisions_on, 9)
        three, one = Window.before(decisions, 3, hour=9), Window.before(decisions, 1, hour=9)
        for person in self.world.party.staff:
            for name, window in (("packet-3d", three.ended_by(one)), ("packet-1d", one)):
                key = f"{name}:{self.round.pk}:{person.pk}"
                self.world.expects(key, window, since=sent, until=answered)
        self.world.at(sent, lambda: self._send_packet(given))
        self.world.at(answered, lambda: self._set(given, Status.SUBMITTED))

    def _send_packet(self, given: list[Challenge]) -> None:
        sender = self.world.party.coordinators[0]
        packet = Packet.objects.create(round=self.round, number=1, sent_by=sender)
        self._set(given, Status.PROPOSED)
        for position, challenge in enumerate(given, 1):
            Proposal.objects.create(
                packet=packet,
                challenge=challenge,
                position=position,
                suggested="confirmed",
                proposed_by=sender,
            )

    def _set(self, challenges: list[Challenge], status: str, **values: object) -> None:
        keys = [each.pk for each in challenges]
        Challenge.objects.filter(pk__in=keys).update(status=status, **values)

    def _decide(self, given: list[Challenge], told_at: dt.datetime) -> None:
        self.world.at(told_at, lambda: self._tell_decisions(given, told_at))
        for day, status in (
            (self.round.kickoff_on, Status.RUNNING),
            (self.round.fest_on, Status.COMPLETED),
        ):
            self.world.at(clock.helsinki(day, 16), partial(self._set, given, status))

    def _tell_decisions(self, given: list[Challenge], told_at: dt.datetime) -> None:
        self._set(
            given,
            Status.CONFIRMED,
            decided_at=told_at,
            decided_by=self.world.party.coordinators[0],
            announced_at=told_at,
            told_outcome="confirmed",
        )
        Round.objects.filter(pk=self.round.pk).update(announced_at=told_at)

    def _take_part(self, challenge: Challenge, told_at: dt.datetime) -> None:
        """Let the association confirm at some hour, or never."""
        by = clock.helsinki(self.round.decisions_on + 7 * DAY, 16)
        begins = clock.helsinki(self.round.kickoff_on, 16)
        says = self.world.chance.random() < 0.6  # noqa: PLR2004 (six of ten)
        said = self.world.hour_between(told_at + HOUR, by + 5 * DAY) if says else begins
        until = min(said, begins)
        self.world.at(told_at, lambda: self._ask_to_confirm(challenge, by, told_at, until))
        if says:
            self.world.at(said, lambda: self._confirm(challenge, said))

    def _ask_to_confirm(
        self, challenge: Challenge, by: dt.datetime, since: dt.datetime, until: dt.datetime
    ) -> None:
        day = self.round.decisions_on + 7 * DAY
        asked = Participation.objects.create(challenge_id=challenge.pk, confirm_by=day)
        reply_to = self.world.party.partnership.reply_to
        for kind, reader, window in (
            ("reminder", challenge.contact_email, Window.before(by, 2, hour=9)),
            ("missing", reply_to, Window.after(by, 1, lasts=14)),
        ):
            key = f"participation-{kind}:{asked.pk}:{day:%Y%m%d}:{reader}"
            self.world.expects(key, window, since=since, until=until)

    def _confirm(self, challenge: Challenge, moment: dt.datetime) -> None:
        Participation.objects.filter(challenge=challenge.pk).update(
            confirmed_at=moment, confirmed_by=self.world.party.coordinators[0]
        )

    def _follow(self, challenge: Challenge, told_at: dt.datetime) -> None:
        """Expect the milestones' reminders and the questions that come after the fest."""
        milestones = {
            "contract-week": self.round.contract_on,
            "midreview-week": self.round.midreview_on,
            "fest-week": self.round.fest_on,
        }
        readers = [challenge.contact_email, *self.world.party.addresses]
        for name, day in milestones.items():
            if day is None:
                continue
            window = Window.before(clock.helsinki(day, 9), 7, hour=9)
            for reader in readers:
                self.world.expects(f"{name}:{challenge.pk}:{reader}", window, since=told_at)
        for months, day in zip((3, 6, 12), self.round.follow_ups, strict=True):
            asked = clock.helsinki(day, 9)
            key = f"follow-up-{months}m:{challenge.pk}:{challenge.contact_email}"
            self.world.expects(key, Window(asked, asked + 30 * DAY))

    def _comment(self, challenge: Challenge) -> None:
        """Let the coordinator write one to three comments in a row."""
        fest = clock.helsinki(self.round.fest_on, 16)
        first = self.world.hour_between(self.round.call_closes_at + HOUR, fest)
        for minutes in range(0, 10 * self.world.chance.randint(1, 3), 10):
            moment = first + dt.timedelta(minutes=minutes)
            self.world.at(moment, partial(self._say, challenge, moment))

    def _say(self, challenge: Challenge, moment: dt.datetime) -> None:
        comment = Comment.objects.create(
            challenge=challenge,
            author=self.world.party.coordinators[0],
            visibility=Visibility.ASSOCIATION,
            told_to=Side.ASSOCIATION,
            body=f"Sanottu {moment:%d.%m. %H.%M}",
            created_at=moment,
        )
        window = Window(moment + dt.timedelta(minutes=15), moment + 14 * DAY, in_daytime=False)
        self.world.expects(f"comment:{comment.pk}:{challenge.contact_email}", window)

    def _feedback(self, given: list[Challenge]) -> None:
        """Ask on the day after the fest; some answer, others are reminded."""
        asked = clock.helsinki(self.round.fest_on + DAY, 10)
        last = clock.helsinki(self.round.feedback_on, 23)
        for challenge in given:
            answers = self.world.chance.random() < 0.5  # noqa: PLR2004 (every other)
            answered = self.world.hour_between(asked + HOUR, last) if answers else last
            self.world.at(
                asked,
                partial(self._ask, challenge, asked, last, answered),
            )
            if answers:
                self.world.at(answered, partial(self._answer, challenge))

    def _ask(
        self, challenge: Challenge, asked: dt.datetime, last: dt.datetime, answered: dt.datetime
    ) -> None:
        invitation = FeedbackInvitation.objects.create(
            round=self.round,
            role="association",
            email=challenge.contact_email,
            token_hash=f"{challenge.pk}",
            created_at=asked,
        )
        window = Window.before(last, 5, hour=9)
        if asked <= window.first - 2 * DAY:
            self.world.expects(f"feedback-reminder:{invitation.pk}", window, until=answered)

    def _answer(self, challenge: Challenge) -> None:
        mine = FeedbackInvitation.objects.filter(round=self.round, email=challenge.contact_email)
        mine.update(is_answered=True)
