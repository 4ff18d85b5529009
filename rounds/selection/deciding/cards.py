"""The page that tells decisions: a card for each, with its reason, its letters and what lacks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import sha256

from django.http import QueryDict
from django.utils.functional import Promise

from minno_portal.errors import Refused
from organisations.people.models import User
from rounds.planning.models import Round
from rounds.selection import services
from rounds.selection.deciding.forms import LetterForm, TellForm
from rounds.selection.deciding.letters import DecisionLetter, decision_letters, seen
from rounds.selection.deciding.phrases import phrase, phrases_for, with_phrase
from rounds.selection.form_fields import CrispyForm
from rounds.selection.models import Decision


@dataclass(frozen=True)
class LetterBox:
    """One letter on its card."""

    letter: DecisionLetter
    form: LetterForm

    @property
    def is_changed(self) -> bool:
        """Whether subject or text is another one than was shown."""
        return self.form.is_bound and self.form.has_changed()

    @property
    def warnings(self) -> list[str | Promise]:
        """What to look at before it goes out."""
        return self.letter.warnings


@dataclass(frozen=True)
class Card:
    """One untold decision."""

    decision: Decision
    form: TellForm
    letters: list[LetterBox] = field(default_factory=list)

    @property
    def phrases(self) -> tuple[str, ...]:
        """What the reason can start from."""
        return phrases_for(self.decision.outcome, self.decision.challenge.language)

    @property
    def forms(self) -> list[CrispyForm]:
        """Every form of the card."""
        return [self.form, *(box.form for box in self.letters)]

    @property
    def is_chosen(self) -> bool:
        """Whether it is to be told now."""
        return not self.form.is_bound or bool(self.form["tell"].value())

    @property
    def reason_is_changed(self) -> bool:
        """Whether another reason has been typed than is kept."""
        return self.form.is_bound and "reason" in self.form.changed_data

    @property
    def is_changed(self) -> bool:
        """Whether anything has been typed that is not kept yet."""
        return self.reason_is_changed or any(box.is_changed for box in self.letters)

    def save(self, actor: User) -> bool:
        """Keep what was typed; a refusal is said at its field, and then it is not kept."""
        kept = [self._save_letter(box, actor) for box in self.letters if box.is_changed]
        if self.reason_is_changed:
            kept.append(self._save_reason(actor))
        return all(kept)

    def _save_reason(self, actor: User) -> bool:
        try:
            services.write_reason(
                self.decision.challenge_id,
                reason=self.form.cleaned_data["reason"],
                internal_note=self.decision.internal_note,
                actor=actor,
            )
        except Refused as refusal:
            self.form.add_error("reason", str(refusal.sentence))
            return False
        return True

    def _save_letter(self, box: LetterBox, actor: User) -> bool:
        values = box.form.cleaned_data
        try:
            services.edit_letter(self.decision.pk, email=box.letter.to.email, **values, actor=actor)
        except Refused as refusal:
            box.form.add_error("text", str(refusal.sentence))
            return False
        return True


def cards_of(round_: Round, data: QueryDict | None = None) -> list[Card]:
    """Return a card for every untold decision of a round (three queries at any number)."""
    decisions = list(Decision.objects.untold(round_))
    by_decision: dict[int, list[DecisionLetter]] = {each.pk: [] for each in decisions}
    for letter in decision_letters(round_, decisions):
        by_decision[letter.decision.pk].append(letter)
    return [_card(each, by_decision[each.pk], data) for each in decisions]


def _card(decision: Decision, letters: Sequence[DecisionLetter], data: QueryDict | None) -> Card:
    prefix = f"d{decision.pk}"
    # A decision made since the page was opened stands on it as if it had just been opened.
    sent = data if data is not None and f"{prefix}-reason" in data else None
    initial = {"reason": decision.reason, "seen": seen(letters), "tell": True}
    form = TellForm(sent, prefix=prefix, initial=initial)
    if sent is not None:
        wanted = phrase(
            decision.outcome,
            decision.challenge.language,
            sent.get("phrase", "").removeprefix(f"{decision.pk}-"),
        )
        if wanted:
            form = _with_phrase(form, sent, wanted)
    return Card(decision, form, [_box(letter, data) for letter in letters])


def _with_phrase(form: TellForm, sent: QueryDict, added: str) -> TellForm:
    """Return the form with a phrase in its reason; nothing is kept of it yet."""
    changed = sent.copy()
    name = form.add_prefix("reason")
    changed[name] = with_phrase(sent.get(name, ""), added)
    return TellForm(changed, prefix=form.prefix, initial=form.initial)


def _box(letter: DecisionLetter, data: QueryDict | None) -> LetterBox:
    text = letter.rendered
    mark = sha256(letter.to.email.encode()).hexdigest()[:8]
    prefix = f"l{letter.decision.pk}-{mark}"
    sent = data if data is not None and f"{prefix}-text" in data else None
    initial = {"subject": text.subject, "text": text.text.strip()}
    return LetterBox(letter, LetterForm(sent, prefix=prefix, initial=initial))


def errors_of(cards: Sequence[Card]) -> Iterator[tuple[str, str, str]]:
    """Yield the title, the field's id and the sentence of everything that needs attention."""
    for card in cards:
        for form in card.forms:
            for name, sentences in form.errors.items():
                anchor = form[name].id_for_label if name in form.fields else ""
                for sentence in sentences:
                    yield str(card.decision.challenge), anchor, str(sentence)
