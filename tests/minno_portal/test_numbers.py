import pytest

from minno_portal.numbers import whole_number


@pytest.mark.parametrize(
    ("text", "number"),
    [("0", 0), ("12", 12), ("0012", 12), ("9999", 9999), ("99999", None)]
    + [(odd, None) for odd in ("", "-1", "+1", "1.5", "²", "١", "1\x00", " 1", "x", "9" * 5000)],
)
def test_only_short_whole_numbers_are_numbers(text: str, number: int | None) -> None:
    assert whole_number(text, digits=4) == number
