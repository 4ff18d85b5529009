from __future__ import annotations

import io
from typing import Any

import pytest
from django.utils import translation
from django.utils.translation import gettext
from pypdf import PdfReader
from pypdf.generic import DictionaryObject

from minno_portal.pdf import FONT_ADDRESSES, ForbiddenAddress, own_fetcher
from organisations.models import User
from rounds.planning.models import Round
from rounds.reports import pdf as pdf_module
from rounds.reports.charts import charts_of
from rounds.reports.figures import gather
from rounds.reports.pdf import round_report_pdf


@pytest.fixture(params=["fi", "sv", "en"])
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def read(round_: Round, language: str = "fi") -> PdfReader:
    return PdfReader(io.BytesIO(round_report_pdf(round_, language)))


# The full round is the same in every test, so its report is made once in each language.
_reports: dict[str, bytes] = {}


def report_of(full_round: Round, language: str = "fi") -> PdfReader:
    """Return the report of the full round as no test has changed it."""
    if language not in _reports:
        _reports[language] = round_report_pdf(full_round, language)
    return PdfReader(io.BytesIO(_reports[language]))


def text_of(reader: PdfReader) -> str:
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split())


def structure(reader: PdfReader) -> list[DictionaryObject]:
    """Return every element of the structure tree."""
    found: list[DictionaryObject] = []
    waiting: list[Any] = [reader.root_object["/StructTreeRoot"]]
    while waiting:
        element = waiting.pop()
        element = element.get_object() if hasattr(element, "get_object") else element
        if isinstance(element, list):
            waiting += element
        elif isinstance(element, DictionaryObject):
            if "/S" in element:
                found.append(element)
            if "/K" in element:
                waiting.append(element["/K"])
    return found


def test_the_report_is_an_accessible_pdf(full_round: Round, language: str) -> None:
    reader = report_of(full_round, language)
    root = reader.root_object
    assert root["/MarkInfo"]["/Marked"] == True  # noqa: E712 (a PDF boolean)
    assert root["/Lang"] == language
    assert root["/ViewerPreferences"]["/DisplayDocTitle"] == True  # noqa: E712
    assert full_round.code in reader.metadata.title
    xmp = root["/Metadata"].get_object().get_data().decode()
    assert "pdfuaid" in xmp
    assert 'part="1"' in xmp or "part>1<" in xmp


def test_the_report_speaks_its_language(full_round: Round, language: str) -> None:
    text = text_of(report_of(full_round, language))
    with translation.override(language):
        for heading in ("Calendar", "Challenges", "Decisions", "Feedback", "Working time"):
            assert gettext(heading) in text
    date = full_round.kickoff_on
    assert (f"{date.day}.{date.month}.{date.year}" in text) == (language != "en")
    assert ("9.0" if language == "en" else "9,0") in text


def test_the_report_tells_the_round(full_round: Round) -> None:
    text = text_of(report_of(full_round))
    for challenge in full_round.challenges.all():
        assert challenge.reference in text
        assert challenge.organisation.name in text
    assert "Haaste on ajankohtainen ja rajattu" in text
    assert "Ohjaava Opettaja" in text
    assert "https://www.example.org/tuotos" in text


def test_internal_notes_and_small_groups_stay_out(full_round: Round) -> None:
    text = text_of(report_of(full_round))
    assert "Sisäinen huomautus" not in text
    assert text.count("Yhteistyö sujui") == 4 + 3


def test_fonts_are_embedded_and_come_from_the_package(full_round: Round) -> None:
    names = set()
    for page in report_of(full_round).pages:
        for font in page["/Resources"]["/Font"].values():
            descendant = font["/DescendantFonts"][0].get_object()
            descriptor = descendant["/FontDescriptor"]
            assert "/FontFile2" in descriptor or "/FontFile3" in descriptor
            names.add(str(descriptor["/FontName"]))
    assert names
    assert all("Source-Sans-Pro" in name for name in names), names


def test_charts_have_texts_and_tables_have_heads(full_round: Round) -> None:
    elements = structure(report_of(full_round))
    figures = [element for element in elements if element["/S"] == "/Figure"]
    alts = {str(figure["/Alt"]) for figure in figures}
    with translation.override("fi"):
        charts = charts_of(gather(full_round))
    assert alts == {chart.alt for chart in charts.values()}
    heads = [element for element in elements if element["/S"] == "/TH"]
    assert heads
    known = {bytes(head["/ID"].original_bytes) for head in heads}
    cells = [element for element in elements if element["/S"] == "/TD"]
    for cell in cells:
        named = cell["/A"]["/Headers"]
        assert named
        assert {bytes(header.original_bytes) for header in named} <= known
    kinds = {str(element["/S"]) for element in elements}
    assert {"/H1", "/H2", "/H3", "/Table", "/TR", "/TD", "/Caption"} <= kinds


def test_the_bookmarks_name_the_parts(full_round: Round) -> None:
    top = report_of(full_round).outline
    assert top[0].title == gettext("MINNO round %(code)s") % {"code": full_round.code}
    assert [entry for entry in top[1] if not isinstance(entry, list)]


def test_an_empty_round_has_a_report(call_round: Round) -> None:
    text = text_of(read(call_round, "en"))
    assert call_round.code in text


def test_markup_in_texts_is_shown_as_it_was_typed(full_round: Round) -> None:
    challenge = full_round.challenges.get(number=1)
    challenge.title = '<img src="file:///etc/passwd"> & <b>lihava</b>'
    challenge.save()
    assert '<img src="file:///etc/passwd"> & <b>lihava</b>' in text_of(read(full_round))


@pytest.mark.parametrize(
    "address", ["file:///etc/passwd", "http://127.0.0.1/", "https://example.org/x.png", "ftp://x/"]
)
def test_nothing_outside_is_fetched(address: str) -> None:
    with pytest.raises(ForbiddenAddress):
        own_fetcher().fetch(address)


def test_own_fonts_and_drawings_are_fetched() -> None:
    assert own_fetcher().fetch("data:text/plain,hei").read() == b"hei"
    for address in FONT_ADDRESSES:
        assert own_fetcher().fetch(address).read(4)


def test_progress_is_told_in_order(full_round: Round) -> None:
    told: list[int] = []
    round_report_pdf(full_round, "fi", told.append)
    assert told == sorted(told)
    assert len(told) >= 3
    assert told[-1] < 100


def test_figures_are_few_queries(full_round: Round, django_assert_num_queries: Any) -> None:
    round_ = Round.objects.select_related(
        "partnership__coordinator", "partnership__institution"
    ).get(pk=full_round.pk)
    with django_assert_num_queries(14):
        figures = gather(round_)
    assert figures.chosen == 4
    assert figures.associations == 8
    assert figures.answered == figures.invited == 9
    assert figures.estimated_days == 9
    assert figures.logged_days > 0


def test_the_report_of_another_language_leaves_the_present_one(
    full_round: Round, coordinator: User
) -> None:
    with translation.override("fi"):
        pdf_module.round_report_pdf(full_round, "sv")
        assert translation.get_language() == "fi"
