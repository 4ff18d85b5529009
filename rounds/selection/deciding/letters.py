"""The letters that tell decisions: to whom, in which language, as edited, with what key."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256

from django.db.models import prefetch_related_objects
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from minno_portal import dates
from minno_portal.outbox.models import Letter
from minno_portal.outbox.services import (
    Addressee,
    Kind,
    Placeholder,
    Recipient,
    Rendered,
    Written,
    letter_kind,
    preview_letter,
    queue_letter,
)
from organisations.people.enums import Language
from organisations.people.models import User
from rounds.challenges.letters import ABOUT, TO_ASSOCIATION, about
from rounds.challenges.models import Challenge
from rounds.planning.models import Round
from rounds.selection.deciding.dates import confirm_by
from rounds.selection.deciding.models import Correction, LetterDraft
from rounds.selection.enums import Outcome
from rounds.selection.models import Decision

_WHEN_TOLD = _("when the coordinator has read the letters and tells the decisions")
_REASON = Placeholder("reason", _("the reason to the applicant"), is_required=True)
CONFIRMED = letter_kind(
    Kind(
        "decision-confirmed",
        label=_("Decision: chosen"),
        reader=TO_ASSOCIATION,
        occasion=_WHEN_TOLD,
        placeholders=(
            *ABOUT,
            _REASON,
            Placeholder("day", _("the day by which to confirm")),
            Placeholder("dates", _("the round’s dates, a line each")),
        ),
    )
)
RESERVE = letter_kind(
    Kind(
        "decision-reserve",
        label=_("Decision: in reserve"),
        reader=TO_ASSOCIATION,
        occasion=_WHEN_TOLD,
        placeholders=(*ABOUT, _REASON, Placeholder("day", _("the day of the kick-off"))),
    )
)
NOT_SELECTED = letter_kind(
    Kind(
        "decision-not-selected",
        label=_("Decision: not selected"),
        reader=TO_ASSOCIATION,
        occasion=_WHEN_TOLD,
        placeholders=(*ABOUT, _REASON),
    )
)
CORRECTION = letter_kind(
    Kind(
        "decision-correction",
        label=_("Correction to a decision’s letter"),
        reader=_("whoever got the letter that is corrected"),
        occasion=_("at once, when the coordinator corrects what was told"),
        placeholders=(*ABOUT, Placeholder("text", _("the correction"), is_required=True)),
    )
)
KINDS = {
    Outcome.CONFIRMED.value: CONFIRMED,
    Outcome.RESERVE.value: RESERVE,
    Outcome.NOT_SELECTED.value: NOT_SELECTED,
}
# The names of the kinds that tell an association its decision.
TOLD_BY = tuple(kind.name for kind in (*KINDS.values(), CORRECTION))


@dataclass(frozen=True)
class DecisionLetter:
    """One letter that tells a decision, to one person."""

    decision: Decision
    to: Recipient
    round: Round
    draft: LetterDraft | None = None
    # None where nobody has ever signed in with the address.
    is_active: bool | None = True

    @property
    def key(self) -> str:
        """What names this letter on the page, and among the outbox's keys."""
        return f"{self.decision.pk}:{self.to.email}"

    @property
    def kind(self) -> Kind:
        """Which text it is written from."""
        return KINDS[self.decision.outcome]

    def values(self, to: Addressee) -> dict[str, str]:
        """Return what fills the placeholders; the internal note is not among it."""
        values = about(self.decision.challenge, to) | {"reason": self.decision.reason.strip()}
        if self.decision.outcome == Outcome.CONFIRMED:
            day = dates.weekday_day(confirm_by(self.round))
            return values | {"day": day, "dates": coming_dates(self.round)}
        if self.decision.outcome == Outcome.RESERVE:
            return values | {"day": dates.weekday_day(self.round.kickoff_on)}
        return values

    @property
    def language(self) -> str | Promise:
        """The name of the recipient's language."""
        return Language(self.to.language).label

    @cached_property
    def default(self) -> Rendered:
        """The letter as it would be without anybody's edits."""
        return self._preview(None)

    @cached_property
    def rendered(self) -> Rendered:
        """The letter as it would go out now."""
        return self._preview(self.written) if self.written else self.default

    def _preview(self, written: Written | None) -> Rendered:
        return preview_letter(
            self.kind,
            to=self.to,
            values=self.values,
            sender=self.round.sender,
            written=written,
        )

    @property
    def written(self) -> Written | None:
        """What the coordinator has edited it to."""
        return Written(self.draft.subject, self.draft.text) if self.draft else None

    @property
    def warnings(self) -> list[str | Promise]:
        """What to look at before it goes out."""
        found: list[str | Promise] = []
        is_contact = self.to.email == self.decision.challenge.contact_email.lower()
        if self.is_active is False:
            found.append(_("This person no longer uses the portal. Check who should get it."))
        elif self.is_active is None and is_contact:
            found.append(_("Nobody has signed in with this address. Check that it is right."))
        if self.draft and self.draft.edited_from != self.default.text:
            found.append(
                _("The reason or a date has changed since you edited this letter. Check the text.")
            )
        return found

    def queue(self) -> bool:
        """Write the letter into the outbox; its key names the decision, so it goes out once."""
        return queue_letter(
            self.kind,
            key=f"decision:{self.key}",
            to=self.to,
            values=self.values,
            sender=self.round.sender,
            written=self.written,
            about=self.decision.challenge,
        )


def coming_dates(round_: Round) -> str:
    """Return the dates that a chosen association puts into its calendar, a line each."""
    lines = [kickoff_line(round_)]
    if round_.midreview_on:
        lines.append(
            gettext("Mid-review %(day)s: the team shows where it is going.")
            % {"day": dates.weekday_day(round_.midreview_on)}
        )
    lines.append(
        gettext("MINNO-fest %(day)s: the results are shown.")
        % {"day": dates.weekday_day(round_.fest_on)}
    )
    return "\n".join(f"- {line}" for line in lines)


def kickoff_line(round_: Round) -> str:
    """Return when the association meets its team."""
    day = dates.weekday_day(round_.kickoff_on)
    return gettext("Kick-off %(day)s: you meet the team.") % {"day": day}


def decision_letters(round_: Round, decisions: Iterable[Decision]) -> list[DecisionLetter]:
    """Return every letter that tells `decisions`: to contact person and deputy (three queries).

    Someone who has signed in reads it in the language they chose, others in the text's language.
    """
    listed = list(decisions)
    prefetch_related_objects([each.challenge for each in listed], "organisation")
    for each in listed:
        each.challenge.round = round_
    named = [(decision, _named(decision.challenge)) for decision in listed]
    addresses = {email for _, people in named for email in people}
    known = {
        email: (language, active)
        for email, language, active in User.objects.filter(email__in=addresses).values_list(
            "email", "language", "is_active"
        )
    }
    drafts = {(each.decision_id, each.email): each for each in _drafts(listed)}
    letters = []
    for decision, people in named:
        for email, name in people.items():
            language, is_active = known.get(email, (decision.challenge.language, None))
            to = Recipient(email, language, name)
            draft = drafts.get((decision.pk, email))
            letters.append(DecisionLetter(decision, to, round_, draft, is_active))
    return letters


def _drafts(decisions: Sequence[Decision]) -> Iterable[LetterDraft]:
    return LetterDraft.objects.filter(decision__in=[each.pk for each in decisions])


def _named(challenge: Challenge) -> dict[str, str]:
    people = {
        challenge.deputy_email.lower(): challenge.deputy_name,
        challenge.contact_email.lower(): challenge.contact_name,
    }
    people.pop("", None)
    return dict(reversed(people.items()))


def seen(letters: Iterable[DecisionLetter]) -> str:
    """Return a mark of exactly these letters: it is another one as soon as one of them changes."""
    marks = sha256()
    for letter in letters:
        text = letter.rendered
        marks.update(f"{letter.to.email}\x1f{text.subject}\x1f{text.text}\x1e".encode())
    return marks.hexdigest()[:20]


# --- Corrections ------------------------------------------------------------------------------


def correction_readers(decision: Decision, round_: Round) -> list[Recipient]:
    """Return who is told of a correction: whoever got the letter that tells the decision."""
    told = Letter.objects.filter(key__startswith=f"decision:{decision.pk}:").order_by("pk")
    readers = [
        Recipient(email, language, name)
        for email, language, name in told.values_list("recipient", "language", "recipient_name")
    ]
    return readers or [each.to for each in decision_letters(round_, [decision])]


def preview_correction(decision: Decision, round_: Round, text: str, to: Recipient) -> Rendered:
    """Return the letter of a correction before it is sent."""
    return preview_letter(
        CORRECTION,
        to=to,
        values=lambda to: {**about(decision.challenge, to), "text": text.strip()},
        sender=round_.sender,
    )


def queue_correction(correction: Correction, round_: Round) -> int:
    """Queue a correction to those who got the decision, in the same thread."""
    challenge = correction.decision.challenge
    return sum(
        queue_letter(
            CORRECTION,
            key=f"decision-correction:{correction.pk}:{to.email}",
            to=to,
            values=lambda to: {**about(challenge, to), "text": correction.text},
            sender=round_.sender,
            about=challenge,
        )
        for to in correction_readers(correction.decision, round_)
    )
