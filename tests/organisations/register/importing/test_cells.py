"""From cells, good and hostile, to values or sentences."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from organisations.register.importing.areas import NATIONAL
from organisations.register.importing.cells import Reader
from organisations.register.importing.fields import LABELS, Field, guess

PIRKANMAA = frozenset({"08"})


@pytest.fixture
def reader(db: None) -> Reader:
    return Reader()


@pytest.mark.parametrize(
    ("field", "cell", "value"),
    [
        (Field.NAME, "Alfa  ry", "Alfa ry"),
        (Field.NAME, "'=Alfa", "=Alfa"),
        (Field.NAME, "<script>alert(1)</script>", "<script>alert(1)</script>"),
        (Field.BUSINESS_ID, "90000011", "9000001-1"),
        (Field.LANGUAGE, "Ruotsi", "sv"),
        (Field.LANGUAGE, "SVENSKA", "sv"),
        (Field.LANGUAGE, "en", "en"),
        (Field.AREAS, "Pirkanmaa", PIRKANMAA),
        (Field.AREAS, "pirkanmaan hyvinvointialue", PIRKANMAA),
        (Field.AREAS, "Birkaland", PIRKANMAA),
        (Field.AREAS, "8", PIRKANMAA),
        (Field.AREAS, "FI-11", PIRKANMAA),
        (Field.AREAS, "Kanta-Häme / Pirkanmaa", {"07", "08"}),
        (Field.AREAS, "Uusimaa", {"01", "02", "03", "04", "90"}),
        (Field.AREAS, "Helsinki; Åland", {"90", "91"}),
        (Field.AREAS, "Länsi-Uusimaa", {"03"}),
        (Field.AREAS, "koko maa", {NATIONAL}),
        (Field.NATIONAL, "X", True),
        (Field.NATIONAL, "ei", False),
        (Field.NATIONAL, "Ja", True),
        (Field.NO_MAIL, "1", True),
        (Field.WEBSITE, "www.example.org", "https://www.example.org"),
        (Field.CONTACT_EMAIL, "Maija@Example.ORG", "maija@example.org"),
        (Field.CONTACT_PHONE, "0401234567", "040 1234567"),
        (Field.CONTACT_PHONE, "'+358 40 1234567", "040 1234567"),
        (Field.CONTACT_PHONE, "401234567", "040 1234567"),
    ],
)
def test_cells_are_understood(reader: Reader, field: Field, cell: str, value: Any) -> None:
    assert reader.read(field, cell) == value


@pytest.mark.parametrize(
    ("field", "cell"),
    [
        (Field.NAME, "x" * 161),
        (Field.NAME, "…–…"),
        (Field.NAME, "#REF!"),
        (Field.SHORT_NAME, "x" * 41),
        (Field.BUSINESS_ID, "1234567-8"),
        (Field.BUSINESS_ID, "٩٠٠٠٠٠١١"),
        (Field.BUSINESS_ID, "9" * 400),
        (Field.BUSINESS_ID, "1e400"),
        (Field.BUSINESS_ID, "'; DROP TABLE organisations; --"),
        (Field.LANGUAGE, "klingon"),
        (Field.LANGUAGE, "fi; sv"),
        (Field.AREAS, "Atlantis"),
        (Field.AREAS, "99"),
        (Field.AREAS, "Pirkanmaa, Atlantis"),
        (Field.AREAS, "٠٨"),
        (Field.AREAS, "x" * 10_000),
        (Field.NATIONAL, "ehkä"),
        (Field.NATIONAL, "2"),
        (Field.WEBSITE, "javascript:alert(1)"),
        (Field.WEBSITE, "javascript://example.org/%0aalert(1)"),
        (Field.WEBSITE, "ftp://example.org"),
        (Field.WEBSITE, "https://" + "a." * 120 + "fi"),
        (Field.WEBSITE, "https://["),
        (Field.WEBSITE, "ei ole"),
        (Field.CONTACT_NAME, "x" * 121),
        (Field.CONTACT_EMAIL, "maija"),
        (Field.CONTACT_EMAIL, "a@b.fi, c@d.fi"),
        (Field.CONTACT_EMAIL, "a@b.fi\nBcc: x@y.fi"),
        (Field.CONTACT_EMAIL, "a" * 300 + "@example.org"),
        (Field.CONTACT_PHONE, "soita"),
        (Field.CONTACT_PHONE, "1"),
        (Field.CONTACT_PHONE, "9" * 300),
        (Field.CONTACT_TASK, "x" * 81),
        (Field.CONTACT_LANGUAGE, "?"),
        (Field.CONTACT_NO_MAIL, "#N/A"),
    ],
)
def test_other_cells_are_told(reader: Reader, field: Field, cell: str) -> None:
    with pytest.raises(ValidationError) as told:
        reader.read(field, cell)
    assert all(len(sentence) < 200 for sentence in told.value.messages)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=300)
@given(st.sampled_from(list(Field)), st.text(min_size=1, max_size=60))
def test_any_cell_is_a_value_or_a_sentence(reader: Reader, field: Field, cell: str) -> None:
    try:
        value = reader.read(field, cell)
    except ValidationError:
        return
    assert value is not None


@pytest.mark.parametrize(
    ("heads", "fields"),
    [
        (["Nimi", "Y-tunnus", "Sähköposti"], [Field.NAME, Field.BUSINESS_ID, Field.CONTACT_EMAIL]),
        (["Organisation", "FO-nummer", "Språk"], [Field.NAME, Field.BUSINESS_ID, Field.LANGUAGE]),
        (["NAME:", "Website", "No_mail"], [Field.NAME, Field.WEBSITE, Field.CONTACT_NO_MAIL]),
    ],
)
def test_heads_are_recognised(heads: list[str], fields: list[Field]) -> None:
    assert guess(heads) == dict(enumerate(fields))


def test_the_exports_own_heads_are_recognised() -> None:
    assert guess([str(LABELS[each]) for each in Field]) == dict(enumerate(Field))


def test_the_first_of_two_heads_wins_and_odd_ones_are_left() -> None:
    assert guess(["Nimi", "nimi", "", "Kengännumero"]) == {0: Field.NAME}
