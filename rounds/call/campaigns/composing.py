"""A campaign's text for one reader: placeholders filled, and how to unsubscribe at its end."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils import translation
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from minno_portal import dates
from minno_portal.outbox.filling import PLACEHOLDER
from minno_portal.outbox.rendering import (
    Rendered,
    Written,
    default_text,
    fill,
    finished,
    greeted,
    own_text,
)
from minno_portal.outbox.services import absolute_url
from rounds.call.campaigns import links
from rounds.call.campaigns.enums import Purpose
from rounds.call.campaigns.facts import chosen_of
from rounds.call.campaigns.kinds import KINDS
from rounds.call.campaigns.models import Campaign
from rounds.planning.models import Round


@dataclass(frozen=True, slots=True)
class Letter:
    """For whom one letter is written.

    :param recipient: the id of the reader's row; None in previews and test letters, whose link is
        everybody's and whose way off the list is an example.
    """

    language: str
    name: str
    organisation: str
    recipient: int | None = None


def ready_text(purpose: str, round_: Round, language: str) -> Written:
    """Return the text that a new campaign starts with: the round's or partnership's, or ours."""
    kind = KINDS[purpose]
    return own_text(kind, language, round_.sender) or default_text(kind, language)


class Writer:
    """Writes the letters of one campaign; what is the same for all is asked once a language."""

    def __init__(self, campaign: Campaign) -> None:
        self.campaign = campaign
        self._common: dict[str, Mapping[str, str]] = {}
        self._chosen: list[str] | None = None

    def write(self, letter: Letter) -> Rendered:
        """Return the letter as it goes out."""
        with translation.override(letter.language):
            text = fill(self.campaign.written_in(letter.language), self._values(letter))
            ending = self._ending(letter)
            return finished(Written(text.subject, f"{text.text}\n\n{ending}"), letter.language)

    def shown_subject(self) -> str:
        """Return the subject in the present language, as far as it is the same for all."""
        values, text = self._common_values(), self.campaign.written_in(get_language() or "")
        return PLACEHOLDER.sub(lambda found: values.get(found[1], found[0]), text.subject)

    def _values(self, letter: Letter) -> dict[str, str]:
        language = letter.language
        if language not in self._common:
            self._common[language] = self._common_values()
        values = {
            **self._common[language],
            "organisation": letter.organisation,
            "link": self._link(letter),
            "chosen": self._chosen_lines(),
        }
        return greeted(values, letter, self.campaign.round.sender)

    def _link(self, letter: Letter) -> str:
        if letter.recipient is None:
            slug = self.campaign.round.slug
            return absolute_url("public-round", slug, language=letter.language)
        return links.visit_url(letter.recipient, letter.language)

    def _common_values(self) -> dict[str, str]:
        return round_values(self.campaign.round)

    def _chosen_lines(self) -> str:
        if self.campaign.purpose != Purpose.CHOSEN:
            return ""
        if self._chosen is None:
            self._chosen = chosen_of(self.campaign.round)
        return "\n".join(f"- {line}" for line in self._chosen)

    def _ending(self, letter: Letter) -> str:
        why = _(
            "You get this letter because the register of associations of %(coordinator)s names "
            "this address."
        ) % {"coordinator": self.campaign.round.partnership.coordinator.shown_name}
        url = links.unsubscribe_url(letter.recipient, letter.language)
        how = _("If you do not want such letters, unsubscribe here: %(url)s") % {"url": url}
        return f"{why}\n{how}"


def round_values(round_: Round) -> dict[str, str]:
    """Return what a campaign's letters say of the round, in the present language."""
    partnership = round_.partnership
    return {
        "institution": partnership.institution.shown_name,
        "coordinator": partnership.coordinator.shown_name,
        "code": round_.code,
        "opens": dates.weekday_day(round_.call_opens_at),
        "deadline": dates.deadline(round_.call_closes_at),
        "kickoff": dates.weekday_day(round_.kickoff_on),
        "fest": dates.weekday_day(round_.fest_on),
        "dates": _dates(round_),
    }


def _dates(round_: Round) -> str:
    lines = (
        _("Call: %(days)s, closing %(time)s")
        % {
            "days": dates.day_range(round_.call_opens_at, round_.call_closes_at),
            "time": dates.clock_time(round_.call_closes_at),
        },
        _("Decisions by %(day)s") % {"day": dates.weekday_day(round_.decisions_on)},
        _("Kick-off with the student teams %(day)s")
        % {"day": dates.weekday_day(round_.kickoff_on)},
        _("MINNO-fest, where the results are shown, %(day)s")
        % {"day": dates.weekday_day(round_.fest_on)},
    )
    return "\n".join(f"- {line}" for line in lines)
