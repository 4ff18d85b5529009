"""Forms of bringing a table."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from organisations.register.importing.errors import TooLarge
from organisations.register.importing.fields import LABELS, Field
from organisations.register.importing.reading import MOST_BYTES
from organisations.register.models import RegisterImport

SAMPLES = 3
LONGEST_SAMPLE = 60


class TableForm(forms.Form):
    """The file."""

    file = forms.FileField(
        label=_("Table"),
        help_text=_("An Excel workbook (.xlsx) or CSV, at most 5 MB and 5,000 rows."),
        max_length=255,
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv,.txt"}),
    )

    def clean_file(self) -> Any:
        """Refuse what is too large before it is read."""
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError(TooLarge.sentence)
        return file


class MatchingForm(forms.Form):
    """What each column holds."""

    def __init__(self, *args: Any, found: RegisterImport, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.found = found
        choices = [("", _("Not brought"))] + [(each.value, LABELS[each]) for each in Field]
        for number, head in enumerate(found.header):
            self.fields[f"column-{number}"] = forms.ChoiceField(
                label=head,
                choices=choices,
                required=False,
                initial=found.matching.get(str(number), ""),
            )

    @property
    def matching(self) -> dict[int, Field]:
        """The field of each column that is brought."""
        return {
            int(name.removeprefix("column-")): Field(value)
            for name, value in self.cleaned_data.items()
            if value
        }

    def columns(self) -> Iterator[tuple[BoundField, str, str]]:
        """Yield each column's control with its head and a few of its values."""
        for number, head in enumerate(self.found.header):
            cells = (row[1][number] for row in self.found.rows)
            samples = [cell[:LONGEST_SAMPLE] for cell in cells if cell][:SAMPLES]
            yield self[f"column-{number}"], head, " · ".join(samples)
