from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse

from minno_portal import clock
from organisations.models import User
from rounds.planning.mine import rounds_of
from rounds.planning.models import Round
from rounds.reports.enums import ReportState
from rounds.reports.handlers import queue_lost_reports, report_to_make
from rounds.reports.models import STUCK_AFTER, RoundReport

QUERIES = 6


def ready(round_: Round, language: str = "fi") -> RoundReport:
    report = RoundReport(round=round_, language=language)
    report.file.save("report.pdf", ContentFile(b"%PDF-1.7"), save=False)
    report.state, report.progress = ReportState.DONE, 100
    report.sha256, report.finished_at = "0" * 64, clock.now()
    report.save()
    return report


def test_reports_are_only_for_the_parties(
    client: Client, call_round: Round, stranger: User, contact: User, other_contact: User
) -> None:
    report = ready(call_round)
    pages = [
        reverse("round-report", args=(call_round.slug,)),
        reverse("report-progress", args=(report.pk,)),
        reverse("report-download", args=(report.pk,)),
    ]
    start = reverse("report-start", args=(call_round.slug,))
    for url in pages:
        assert client.get(url).status_code == 302
    assert client.post(start).status_code == 302
    for user in (stranger, contact, other_contact):
        client.force_login(user)
        for url in pages:
            assert client.get(url).status_code == 404
        assert client.post(start, {"language": "fi"}).status_code == 404
    assert RoundReport.objects.get() == report


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_takes_as_many_queries_at_any_length(
    client: Client, call_round: Round, staff: User, rows: int, django_assert_num_queries: Any
) -> None:
    for _ in range(rows):
        ready(call_round)
    client.force_login(staff)
    url = reverse("round-report", args=(call_round.slug,))
    client.get(url)
    with django_assert_num_queries(QUERIES):
        response = client.get(url)
    assert response.content.decode().count("0" * 64) == rows


@pytest.mark.parametrize("who", ["coordinator", "staff"])
def test_a_report_is_asked_and_its_progress_shown(
    client: Client, call_round: Round, who: str, request: pytest.FixtureRequest
) -> None:
    client.force_login(request.getfixturevalue(who))
    page = reverse("round-report", args=(call_round.slug,))
    assert "empty" in client.get(page).content.decode()
    response = client.post(reverse("report-start", args=(call_round.slug,)), {"language": "sv"})
    assert response["Location"] == page
    report = RoundReport.objects.get()
    progress = reverse("report-progress", args=(report.pk,))
    assert report.language == "sv"
    assert progress in client.get(page).content.decode()
    RoundReport.objects.update(progress=40, state=ReportState.RUNNING, started_at=clock.now())
    partial = client.get(progress)
    assert 'rect width="40"' in partial.content.decode()
    assert progress in partial.content.decode()
    assert "<html" not in partial.content.decode()
    assert "no-store" in partial["Cache-Control"]


def test_polling_stops_when_the_report_is_ready(
    client: Client, call_round: Round, staff: User
) -> None:
    report = ready(call_round)
    client.force_login(staff)
    partial = client.get(reverse("report-progress", args=(report.pk,))).content.decode()
    assert "hx-get" not in partial
    assert reverse("report-download", args=(report.pk,)) in partial


def test_a_stuck_report_says_so_and_is_not_polled(
    client: Client, call_round: Round, staff: User
) -> None:
    long_ago = clock.now() - STUCK_AFTER - dt.timedelta(minutes=1)
    report = RoundReport.objects.create(
        round=call_round, state=ReportState.RUNNING, started_at=long_ago
    )
    client.force_login(staff)
    page = client.get(reverse("report-progress", args=(report.pk,))).content.decode()
    assert "hx-get" not in page
    assert "status-failed" in page


def test_administrators_read_and_do_not_ask(
    client: Client, call_round: Round, administrator: User
) -> None:
    client.force_login(administrator)
    assert client.get(reverse("round-report", args=(call_round.slug,))).status_code == 200
    start = reverse("report-start", args=(call_round.slug,))
    assert client.post(start, {"language": "fi"}).status_code == 403
    assert client.get(start).status_code == 405


@pytest.mark.parametrize("language", ["", "xx", "fi\x00"])
def test_an_unknown_language_is_said(
    client: Client, call_round: Round, staff: User, language: str
) -> None:
    client.force_login(staff)
    start = reverse("report-start", args=(call_round.slug,))
    response = client.post(start, {"language": language}, follow=True)
    assert [message.level_tag for message in response.context["messages"]] == ["error"]
    assert not RoundReport.objects.exists()


def test_the_file_is_sent_as_an_attachment(
    client: Client, call_round: Round, coordinator: User
) -> None:
    report = ready(call_round, "sv")
    client.force_login(coordinator)
    response = client.get(reverse("report-download", args=(report.pk,)))
    assert b"".join(response.streaming_content) == b"%PDF-1.7"
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == f'attachment; filename="{call_round.slug}-sv.pdf"'
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in response["Cache-Control"]


def test_an_unfinished_or_lost_file_is_not_found(
    client: Client, call_round: Round, coordinator: User
) -> None:
    client.force_login(coordinator)
    unfinished = RoundReport.objects.create(round=call_round)
    assert client.get(reverse("report-download", args=(unfinished.pk,))).status_code == 404
    lost = ready(call_round)
    lost.file.storage.delete(lost.file.name)
    assert client.get(reverse("report-download", args=(lost.pk,))).status_code == 404


def test_the_desk_asks_for_a_report_after_the_feedback(
    full_round: Round, coordinator: User, staff: User, django_assert_num_queries: Any
) -> None:
    _ = rounds_of(coordinator), rounds_of(staff)
    with django_assert_num_queries(1):
        lines = list(report_to_make(coordinator))
    assert [line.url for line in lines] == [reverse("round-report", args=(full_round.slug,))]
    assert list(report_to_make(staff)) == []
    ready(full_round)
    assert list(report_to_make(coordinator)) == []


def test_a_lost_task_is_queued_again(
    call_round: Round, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
) -> None:
    queued: list[Any] = []
    monkeypatch.setattr(
        "rounds.reports.tasks.make.apply_async", lambda args, _kwargs: queued.append(args)
    )
    lost = RoundReport.objects.create(
        round=call_round, created_at=clock.now() - dt.timedelta(minutes=2)
    )
    RoundReport.objects.create(round=call_round)
    ready(call_round)
    with django_capture_on_commit_callbacks(execute=True):
        assert queue_lost_reports() == 0
    assert queued == [(lost.pk,)]
