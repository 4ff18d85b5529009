from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minno_portal.outbox.bounces.reports import Bounce, Report, Sort, read_report
from tests.minno_portal.outbox.bounces.samples import (
    ADDRESS,
    DELAYED,
    MESSAGE_ID,
    OUT_OF_OFFICE,
    QUESTION,
    WHOLE,
    postfix,
    without_letter,
)


@pytest.mark.parametrize("server", WHOLE)
def test_what_servers_report(server: str) -> None:
    report = read_report(WHOLE[server]())
    [bounce] = report.bounces
    assert report.sort is Sort.REPORT
    assert bounce.recipient == ADDRESS
    assert bounce.message_id == MESSAGE_ID
    assert bounce.status.startswith("5.1.1")
    assert "550" in bounce.description


def test_a_report_without_the_letter() -> None:
    [bounce] = read_report(without_letter()).bounces
    assert bounce == Bounce(ADDRESS, "5.2.2", "552 mailbox", "")
    assert bounce.description == "5.2.2 552 mailbox"


@pytest.mark.parametrize(
    ("raw", "sort"),
    [
        (DELAYED, Sort.REPORT),
        (without_letter(action="relayed", status="2.0.0"), Sort.REPORT),
        (without_letter(action="failed", status="4.2.2"), Sort.REPORT),
        (without_letter(action="expanded", status="2.1.5"), Sort.REPORT),
        (OUT_OF_OFFICE, Sort.AUTOMATIC),
        (QUESTION, Sort.OTHER),
        (b"", Sort.OTHER),
        (b"\xff\xfe\x00", Sort.OTHER),
    ],
)
def test_what_loses_no_letter(raw: bytes, sort: Sort) -> None:
    assert read_report(raw) == Report(sort)


def test_the_reports_own_words_do_not_hide_the_servers() -> None:
    assert Bounce("a@b.c", "5.0.0", "550 5.7.1 spam").description == "550 5.7.1 spam"
    assert Bounce("a@b.c", "5.1.1", "").description == "5.1.1"
    assert Bounce("a@b.c", "5.1.1", "host 5.61.2.3 said no").description.startswith("5.1.1")


names = st.from_regex(r"\A[a-z0-9][a-z0-9._+-]{0,20}\Z", fullmatch=True)


@given(name=names, identity=names, server=st.sampled_from(sorted(WHOLE)))
def test_any_address_and_message_id_come_back(name: str, identity: str, server: str) -> None:
    address, message_id = f"{name.strip('.')}@example.org", f"<{identity}@minno.example.fi>"
    [bounce] = read_report(WHOLE[server](address, message_id)).bounces
    assert (bounce.recipient, bounce.message_id) == (address, message_id)


@given(st.binary(max_size=2000))
def test_no_message_breaks_the_reading(raw: bytes) -> None:
    assert isinstance(read_report(raw), Report)


@given(
    cut=st.integers(min_value=0, max_value=len(postfix())),
    noise=st.binary(max_size=20),
    at=st.integers(min_value=0, max_value=len(postfix())),
)
def test_a_broken_report_never_names_somebody_else(cut: int, noise: bytes, at: int) -> None:
    raw = postfix()
    report = read_report(raw[:at] + noise + raw[at:cut] if cut > at else raw[:cut])
    for bounce in report.bounces:
        assert "@" in bounce.recipient
        assert len(bounce.description) <= 500
        assert bounce.description.isprintable()
