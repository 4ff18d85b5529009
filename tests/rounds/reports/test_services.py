from __future__ import annotations

import datetime as dt
import hashlib
from typing import Any

import pytest
from django.core.files.storage import default_storage

from minno_portal import clock
from minno_portal.errors import NotAllowed, Refused
from organisations.models import User
from rounds.planning.models import Round
from rounds.reports import making
from rounds.reports.enums import ReportState
from rounds.reports.models import STUCK_AFTER, RoundReport
from rounds.reports.services import make_report, request_report


@pytest.fixture
def quick_pdf(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Replace the typesetting, which has its own tests, and tell the seen progress."""
    seen: list[int] = []

    def fake(round_: Round, language: str, progress: Any) -> bytes:
        for done in (25, 80):
            progress(done)
            seen.append(RoundReport.objects.get().progress)
        return b"%PDF-fake"

    monkeypatch.setattr(making, "round_report_pdf", fake)
    return seen


def test_a_request_queues_a_task_after_the_commit(
    call_round: Round,
    coordinator: User,
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: Any,
) -> None:
    sent: list[tuple[Any, ...]] = []
    monkeypatch.setattr(
        "rounds.reports.tasks.make.apply_async", lambda args, _kwargs: sent.append(args)
    )
    with django_capture_on_commit_callbacks(execute=True):
        report = request_report(call_round.pk, language="sv", actor=coordinator)
        assert sent == []
    assert sent == [(report.pk,)]
    assert (report.state, report.language) == (ReportState.QUEUED, "sv")
    assert report.requested_by == coordinator


def test_the_institution_may_ask_too(call_round: Round, staff: User) -> None:
    assert request_report(call_round.pk, language="fi", actor=staff).pk


@pytest.mark.parametrize("who", ["contact", "stranger", "administrator"])
def test_others_may_not_ask(call_round: Round, who: str, request: pytest.FixtureRequest) -> None:
    with pytest.raises(NotAllowed):
        request_report(call_round.pk, language="fi", actor=request.getfixturevalue(who))


def test_an_unknown_language_is_refused(call_round: Round, coordinator: User) -> None:
    with pytest.raises(Refused):
        request_report(call_round.pk, language="xx", actor=coordinator)


def test_one_report_a_language_is_under_way(call_round: Round, coordinator: User) -> None:
    first = request_report(call_round.pk, language="fi", actor=coordinator)
    assert request_report(call_round.pk, language="fi", actor=coordinator) == first
    assert request_report(call_round.pk, language="en", actor=coordinator) != first


def test_a_stuck_report_can_be_asked_again(call_round: Round, coordinator: User) -> None:
    first = request_report(call_round.pk, language="fi", actor=coordinator)
    with clock.playing_at(clock.now() + STUCK_AFTER + dt.timedelta(seconds=1)):
        second = request_report(call_round.pk, language="fi", actor=coordinator)
    first.refresh_from_db()
    assert second != first
    assert first.state == ReportState.FAILED


def test_a_made_report_has_file_checksum_and_time(
    call_round: Round, coordinator: User, quick_pdf: list[int]
) -> None:
    report = request_report(call_round.pk, language="fi", actor=coordinator)
    make_report(report.pk)
    report.refresh_from_db()
    assert (report.state, report.progress) == (ReportState.DONE, 100)
    assert report.finished_at is not None
    content = report.file.read()
    assert content == b"%PDF-fake"
    assert report.sha256 == hashlib.sha256(content).hexdigest()
    assert quick_pdf == [25, 80]


def test_making_twice_makes_one(call_round: Round, coordinator: User, quick_pdf: list[int]) -> None:
    report = request_report(call_round.pk, language="fi", actor=coordinator)
    make_report(report.pk)
    make_report(report.pk)
    assert quick_pdf == [25, 80]


def test_a_running_report_is_left_to_its_worker(
    call_round: Round, coordinator: User, quick_pdf: list[int]
) -> None:
    report = RoundReport.objects.create(
        round=call_round, state=ReportState.RUNNING, started_at=clock.now()
    )
    make_report(report.pk)
    report.refresh_from_db()
    assert report.state == ReportState.RUNNING
    assert quick_pdf == []


def test_a_worker_killed_long_ago_is_replaced(call_round: Round, quick_pdf: list[int]) -> None:
    long_ago = clock.now() - STUCK_AFTER - dt.timedelta(minutes=1)
    report = RoundReport.objects.create(
        round=call_round, state=ReportState.RUNNING, started_at=long_ago
    )
    make_report(report.pk)
    report.refresh_from_db()
    assert report.state == ReportState.DONE


class Fatal(BaseException):
    """Like WeasyPrint's fatal error, no Exception."""


@pytest.mark.parametrize("error", [ValueError, Fatal])
def test_whatever_goes_wrong_the_report_has_failed(
    call_round: Round,
    coordinator: User,
    monkeypatch: pytest.MonkeyPatch,
    error: type[BaseException],
) -> None:
    def broken(*args: Any) -> bytes:
        raise error

    monkeypatch.setattr(making, "round_report_pdf", broken)
    report = request_report(call_round.pk, language="fi", actor=coordinator)
    with pytest.raises(error):
        make_report(report.pk)
    report.refresh_from_db()
    assert report.state == ReportState.FAILED
    assert not report.file


def test_a_report_given_up_meanwhile_leaves_no_file(
    call_round: Round, coordinator: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    saved: list[str] = []

    def given_up(round_: Round, language: str, progress: Any) -> bytes:
        RoundReport.objects.update(state=ReportState.FAILED)
        return b"late"

    monkeypatch.setattr(making, "round_report_pdf", given_up)
    original = default_storage.save
    monkeypatch.setattr(
        default_storage,
        "save",
        lambda *args, **kw: saved.append(original(*args, **kw)) or saved[-1],
    )
    report = request_report(call_round.pk, language="fi", actor=coordinator)
    make_report(report.pk)
    report.refresh_from_db()
    assert report.state == ReportState.FAILED
    assert not report.file
    assert all(not default_storage.exists(name) for name in saved)
