from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from organisations.register.models import normal_business_id

WEIGHTS = (7, 9, 10, 5, 8, 4, 2)


def check_digit(number: int) -> int | None:
    """The Finnish Patent and Registration Office's rule, written anew: 11 minus the remainder."""
    rest = sum(w * int(d) for w, d in zip(WEIGHTS, f"{number:07}", strict=True)) % 11
    return {0: 0, 1: None}.get(rest, 11 - rest)


@given(st.integers(min_value=1, max_value=9_999_999))
def test_right_numbers_come_out_in_one_form(number: int) -> None:
    digit = check_digit(number)
    if digit is None:
        return
    form = f"{number:07}-{digit}"
    assert normal_business_id(form) == form
    assert normal_business_id(f" {number:07}{digit} ") == form
    assert normal_business_id(normal_business_id(form)) == form
    if number >= 100_000:
        assert normal_business_id(f"{number}-{digit}") == form  # the leading zero of old numbers


@given(st.integers(min_value=1, max_value=9_999_999), st.integers(min_value=0, max_value=9))
def test_a_wrong_check_digit_is_refused(number: int, digit: int) -> None:
    if digit == check_digit(number):
        return
    with pytest.raises(ValidationError):
        normal_business_id(f"{number:07}-{digit}")


@pytest.mark.parametrize("number", ["123", "12-3", "10-1", "0", ""])
def test_only_one_zero_can_have_been_dropped(number: str) -> None:
    with pytest.raises(ValidationError):
        normal_business_id(number)


@given(st.text(max_size=40))
def test_any_text_is_a_number_or_refused(text: str) -> None:
    try:
        form = normal_business_id(text)
    except ValidationError:
        return
    assert len(form) == 9
    assert check_digit(int(form[:7])) == int(form[8])
