"""The three answers from which a round is laid out, and the earlier round it is a copy of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from crispy_forms.layout import Column, Row
from django import forms
from django.utils.translation import gettext_lazy as _

from minno_portal import clock, dates
from organisations.models import Partnership
from rounds.planning.calendar_checks import EARLIEST_YEAR, LATEST_YEAR
from rounds.planning.enums import Form
from rounds.planning.forms import KickoffField, plain_helper
from rounds.planning.models import Round
from rounds.planning.services import LARGEST_NUMBER

# From this month on, a new round is one of the next year.
FIRST_MONTH_OF_NEXT_YEAR = 9


class NewRoundForm(forms.Form):
    """Three answers; where there are earlier rounds, also which of them to copy."""

    partnership: forms.ModelChoiceField[Partnership] = forms.ModelChoiceField(
        label=_("Partnership"), queryset=Partnership.objects.none(), empty_label=None
    )
    source = forms.TypedChoiceField(
        label=_("Begin from"),
        required=False,
        coerce=int,
        empty_value=None,
        help_text=_("A copy brings the earlier round’s texts and choices. You can change them."),
    )
    number = forms.IntegerField(
        label=_("Number"),
        min_value=1,
        max_value=LARGEST_NUMBER,
        help_text=_("Which of the year’s rounds"),
    )
    year = forms.IntegerField(
        label=_("Year"),
        min_value=EARLIEST_YEAR,
        max_value=LATEST_YEAR - 1,
        help_text=_("The year of the kick-off"),
    )
    form = forms.ChoiceField(
        label=_("How the course is held"), choices=Form.choices, widget=forms.RadioSelect
    )
    kickoff_on = KickoffField(
        label=_("Kick-off"),
        help_text=_("The institution usually names this day. Every other date follows from it."),
    )

    def __init__(
        self,
        data: Any = None,
        *,
        partnerships: Sequence[Partnership],
        earlier: Sequence[Round],
    ) -> None:
        """Offer only what there is to choose from.

        :param partnerships: those that the person coordinates.
        :param earlier: their rounds, the newest first.
        """
        super().__init__(data, initial=first_guess(partnerships, earlier))
        self.earlier = {round_.pk: round_ for round_ in earlier}
        self.has_partnership = bool(partnerships)
        self.only = partnerships[0] if len(partnerships) == 1 else None
        parts: list[Any] = [
            Row(Column("number", css_class="col-6"), Column("year", css_class="col-6")),
            "form",
            "kickoff_on",
        ]
        if earlier:
            source = self.fields["source"]
            assert isinstance(source, forms.TypedChoiceField)  # noqa: S101 (tells the type)
            source.choices = [("", _("The standard questions and criteria")), *_named(earlier)]
            parts.append("source")
        else:
            del self.fields["source"]
        if self.only:
            # One answer less: nobody has to choose from one.
            del self.fields["partnership"]
        else:
            parts.insert(0, "partnership")
            self._offer(partnerships)
        self.helper = plain_helper(*parts)

    def _offer(self, partnerships: Sequence[Partnership]) -> None:
        field = self.fields["partnership"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 (tells the type)
        field.queryset = Partnership.objects.filter(
            pk__in=[partnership.pk for partnership in partnerships]
        ).select_related("coordinator", "institution")

    def clean(self) -> dict[str, Any]:
        """Fill in the only partnership; name a code that is taken."""
        answers = {"partnership": self.only, "source": None} | self.cleaned_data
        number, year, partnership = (answers.get(key) for key in ("number", "year", "partnership"))
        taken = {(each.partnership_id, each.number, each.year) for each in self.earlier.values()}
        if partnership and (partnership.pk, number, year) in taken:
            self.add_error(
                "number",
                forms.ValidationError(
                    _("Round %(number)s/%(year)s exists already. Choose another number."),
                    params={"number": number, "year": year},
                ),
            )
        return answers

    @property
    def source_round(self) -> Round | None:
        """The earlier round that is chosen now, typed or suggested."""
        if "source" not in self.fields:
            return None
        chosen = self["source"].value()
        return self.earlier.get(int(chosen)) if str(chosen or "").isdecimal() else None


def first_guess(partnerships: Sequence[Partnership], earlier: Sequence[Round]) -> dict[str, Any]:
    """Return answers to begin with: the next free number, and the latest round to copy."""
    today = clock.today()
    year = today.year + (today.month >= FIRST_MONTH_OF_NEXT_YEAR)
    first = partnerships[0].pk if partnerships else None
    latest = next((each for each in earlier if each.partnership_id == first), None)
    taken = {each.number for each in earlier if (each.partnership_id, each.year) == (first, year)}
    free = (number for number in range(1, LARGEST_NUMBER + 1) if number not in taken)
    return {
        "number": next(free, LARGEST_NUMBER),
        "year": year,
        "form": latest.form if latest and latest.form != Form.SUMMER else Form.DAY,
        "source": latest.pk if latest else "",
    }


def _named(earlier: Sequence[Round]) -> Iterator[tuple[int, str]]:
    """Yield the choices of earlier rounds; the partnership is named where there are several."""
    several = len({each.partnership_id for each in earlier}) > 1
    for each in earlier:
        name = _("Copy of round %(code)s, kick-off %(day)s") % {
            "code": each.code,
            "day": dates.day(each.kickoff_on),
        }
        yield each.pk, f"{name} ({each.partnership})" if several else name
