"""The communication kit: what is told when, in which words, by whom it can be fetched."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import translation
from PIL import Image
from pypdf import PdfReader

from minno_portal import clock
from organisations.models import User
from rounds.call.kit.call_moments import OPENS
from rounds.call.kit.moments import every_moment, moment_called
from rounds.call.kit.picture import SIZE, picture_png
from rounds.call.kit.poster import poster_pdf
from rounds.call.kit.texts import LONGEST_POST, headline, pieces
from rounds.challenges.enums import Status
from rounds.challenges.models import Challenge
from rounds.outcomes.models import Outcome
from rounds.planning.models import Round

LANGUAGES = ("fi", "sv", "en")
MOMENTS = ("opens", "last-week", "chosen", "fest", "outcomes")
TITLE = "Yksinäisyys & <arki>"


@pytest.fixture
def told(call_round: Round, draft: Challenge, coordinator: User) -> Challenge:
    """A completed challenge whose outcome is published, in a round whose call is open again."""
    moment = clock.now()
    Challenge.objects.filter(pk=draft.pk).update(
        title=TITLE,
        status=Status.COMPLETED,
        submitted_at=moment,
        number=1,
        reference=call_round.reference(1),
        decided_at=moment,
        decided_by=coordinator,
        announced_at=moment,
        told_outcome=Status.CONFIRMED,
        may_publish=True,
    )
    Outcome.objects.create(
        challenge=draft,
        title="Kahvila “Yhdessä”",
        summary="Malli.",
        kind="concept",
        published_at=moment,
        may_publish=True,
    )
    draft.refresh_from_db()
    return draft


def texts(round_: Round, key: str, language: str) -> dict[str, str]:
    moment = moment_called(key)
    assert moment is not None
    facts = moment.facts(round_)
    assert facts is not None
    return {piece.kind.name: piece.text for piece in pieces(round_, moment, facts, language)}


def test_every_moment_is_there_in_its_order() -> None:
    assert tuple(moment.key for moment in every_moment()) == MOMENTS


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("key", MOMENTS)
def test_every_text_in_every_language(told: Challenge, key: str, language: str) -> None:
    found = texts(told.round, key, language)
    english = texts(told.round, key, "en")
    for name, text in found.items():
        assert "http" in text, name
        assert "{{" not in text
        assert "&amp;" not in text
        if language != "en":
            assert not set(lines_of_words(text)) & set(lines_of_words(english[name])), name
    assert len(found["post"]) <= LONGEST_POST
    assert f"/{language}/" in found["news"] or language == "fi"


def lines_of_words(text: str) -> list[str]:
    """Return the lines that are the portal's words, not titles and links."""
    return [line for line in text.splitlines() if line.count(" ") > 3 and line[:2] != "- "]


def test_what_people_wrote_stands_as_they_wrote_it(told: Challenge) -> None:
    assert f"- {TITLE} (" in texts(told.round, "chosen", "fi")["news"]
    assert "- Kahvila “Yhdessä” (" in texts(told.round, "outcomes", "fi")["news"]


def test_nothing_is_told_before_its_time(
    call_round: Round, draft: Challenge, coordinator: User
) -> None:
    """Neither a decision that is not told, nor one whose association does not want to publish."""
    moment = clock.now()
    Challenge.objects.filter(pk=draft.pk).update(
        status=Status.CONFIRMED,
        submitted_at=moment,
        number=1,
        reference=call_round.reference(1),
        decided_at=moment,
        decided_by=coordinator,
    )
    for key in ("chosen", "fest", "outcomes"):
        found = moment_called(key)
        assert found is not None
        assert found.facts(call_round) is None
    Challenge.objects.update(announced_at=moment, may_publish=False)
    assert moment_called("chosen").facts(call_round) is None  # type: ignore[union-attr]


def test_a_closed_or_unpublished_call_is_not_advertised(call_round: Round) -> None:
    assert OPENS.facts(call_round) == {}
    with clock.playing_at(call_round.call_closes_at):
        assert OPENS.facts(call_round) is None
    call_round.published_at = None
    assert OPENS.facts(call_round) is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_poster_reads_back(told: Challenge, language: str) -> None:
    pdf = PdfReader(io.BytesIO(poster_pdf(told.round, OPENS, {}, language)))
    assert len(pdf.pages) == 1
    root: Any = pdf.trailer["/Root"]
    assert root["/Lang"] == language
    assert root["/MarkInfo"]["/Marked"]
    said = headline(told.round, OPENS, {}, language)
    assert pdf.metadata is not None
    assert pdf.metadata.title == said.title
    text = " ".join(pdf.pages[0].extract_text().split())
    assert said.title in text
    assert told.round.slug in text.replace(" ", "")
    fonts: Any = pdf.pages[0]["/Resources"]["/Font"]
    assert all("Source-Sans-Pro" in font.get_object()["/BaseFont"] for font in fonts.values())


def test_the_picture_is_of_the_size_that_sharing_expects(told: Challenge) -> None:
    picture = Image.open(io.BytesIO(picture_png(told.round, OPENS, {}, "sv")))
    assert (picture.format, picture.size) == ("PNG", SIZE)
    assert len(picture.getcolors(1 << 16) or ()) > 3, "text is drawn on the ground"


class TestPages:
    @pytest.fixture
    def desk(self, client: Client, coordinator: User) -> Client:
        client.force_login(coordinator)
        return client

    @pytest.mark.parametrize("count", [1, 3])
    def test_queries(
        self, desk: Client, told: Challenge, django_assert_num_queries: Any, count: int
    ) -> None:
        for number in range(1, count):
            copy = Challenge.objects.get(pk=told.pk)
            copy.pk, copy.number = None, number + 1
            copy.reference = told.round.reference(number + 1)
            copy.save(force_insert=True)
        url = reverse("round-kit-moment", args=[told.round.slug, "chosen"])
        desk.get(url)
        with django_assert_num_queries(8):
            response = desk.get(url)
        assert response.text.count(f"- {TITLE}".replace("&", "&amp;").replace("<", "&lt;")[:12])

    def test_the_page_shows_the_first_moment_that_can_be_told(
        self, desk: Client, call_round: Round
    ) -> None:
        response = desk.get(reverse("round-kit", args=[call_round.slug]), {"language": "sv"})
        assert response.context["moment"] == OPENS
        assert response.context["text_language"] == "sv"
        assert "/sv/" in response.text

    def test_a_moment_to_come_says_when_it_appears(self, desk: Client, call_round: Round) -> None:
        response = desk.get(reverse("round-kit-moment", args=[call_round.slug, "outcomes"]))
        assert response.context["pieces"] is None
        moment = moment_called("outcomes")
        assert moment is not None
        assert str(moment.not_yet) in response.text

    @pytest.mark.parametrize("odd", ["xx", "", "fi\x00", "../fi"])
    def test_an_odd_language_falls_back(self, desk: Client, call_round: Round, odd: str) -> None:
        response = desk.get(reverse("round-kit", args=[call_round.slug]), {"language": odd})
        assert response.context["text_language"] == "fi"

    def test_unknown_moments_and_files_are_not_there(self, desk: Client, call_round: Round) -> None:
        slug = call_round.slug
        for address in (
            reverse("round-kit-moment", args=[slug, "party"]),
            reverse("round-kit-poster", args=[slug, "outcomes", "fi"]),
            reverse("round-kit-poster", args=[slug, "opens", "xx"]),
            reverse("round-kit-picture", args=[slug, "chosen", "fi"]),
        ):
            assert desk.get(address).status_code == 404, address

    def test_files_are_given(self, desk: Client, call_round: Round) -> None:
        slug = call_round.slug
        pdf = desk.get(reverse("round-kit-poster", args=[slug, "opens", "fi"]))
        assert pdf.content.startswith(b"%PDF")
        png = desk.get(reverse("round-kit-picture", args=[slug, "opens", "en"]))
        assert png.content.startswith(b"\x89PNG")

    @pytest.mark.parametrize("who", ["contact", "other_contact", "stranger"])
    def test_others_do_not_find_it(
        self, request: pytest.FixtureRequest, client: Client, call_round: Round, who: str
    ) -> None:
        client.force_login(request.getfixturevalue(who))
        assert client.get(reverse("round-kit", args=[call_round.slug])).status_code == 404


class TestSharing:
    def test_an_open_call_is_shared_with_its_picture(
        self, client: Client, call_round: Round, settings: Any
    ) -> None:
        cache.clear()
        with translation.override("sv"):
            path = reverse("public-round-picture", args=[call_round.slug])
        page = client.get(f"/sv/rounds/{call_round.slug}/")
        assert f'property="og:image" content="{settings.SITE_URL}{path}"' in page.text
        picture = client.get(path)
        assert picture.headers["Content-Type"] == "image/png"
        assert picture.content.startswith(b"\x89PNG")

    def test_a_closed_call_has_none(self, client: Client, call_round: Round) -> None:
        cache.clear()
        Round.objects.update(call_closes_at=clock.now())
        assert "og:image" not in client.get(f"/rounds/{call_round.slug}/").text
        path = reverse("public-round-picture", args=[call_round.slug])
        assert client.get(path).status_code == 404
