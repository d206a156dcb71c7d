"""Every kind of letter keeps every measure of NĐ 30/2020/NĐ-CP Phụ lục I; a sheet that is off by a point is caught."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from tcd_desktop.documents import letter, sheet, sheet_style, signing
from tcd_desktop.documents.letter import render_letter
from tcd_desktop.documents.letter_pack import letter_texts
from tcd_desktop.documents.sheet import Sheet
from tcd_desktop.documents.sheet_style import COMFORTABLE, PORTRAIT, PageShape, mm
from tcd_desktop.documents.stack import Stack
from tcd_desktop.domain.letters.letter_paper import LetterPaper
from tcd_desktop.domain.letters.letter_text import LetterText
from tests.documents.letters import DAY, LONG, PLAIN, VALUES, long_values, paper, paper_of
from tests.documents.reading import whole_text
from tests.documents.ruler import Measured, broken, measured, pieces

OLD = date(2025, 3, 5)
DECISION = paper("complaint-suspension")

KINDS = [pytest.param(text, on, id=f"{text.kind} {on.year}") for on in (DAY, OLD) for text in letter_texts(on)]


def off(what: LetterPaper) -> set[str]:
    """What the ruler finds on the finished paper."""
    return broken(what, measured(render_letter(what)))


@pytest.mark.parametrize(("text", "on"), KINDS)
def test_every_kind_of_letter_keeps_the_measures_of_the_law(text: LetterText, on: date) -> None:
    assert off(paper_of(text, VALUES, dated=on)) == set()


THE_PAGE = {"page size", "left margin", "right margin", "top margin", "bottom margin", "page number", "leading"}


@pytest.mark.parametrize("text", [pytest.param(text, id=text.kind) for text in letter_texts(DAY)])
def test_values_of_any_length_stay_inside_the_margins_and_none_is_lost(text: LetterText) -> None:
    values = long_values()
    what = paper_of(text, values)
    pdf = render_letter(what)
    assert broken(what, measured(pdf)) & THE_PAGE == set()
    printed = "".join(whole_text(pdf).split())
    words = {word.strip("|…") for part in (*what.body, *what.addressees) for word in part.split()}
    assert {word for word in words if word not in printed} == set()


@pytest.mark.parametrize("style", [sheet_style.COMFORTABLE, sheet_style.COMPACT, sheet_style.TIGHT])
@pytest.mark.parametrize("what", [PLAIN, LONG, DECISION], ids=["công văn", "long", "decision"])
def test_every_size_of_the_sheet_keeps_them(
    what: LetterPaper, style: sheet_style.SheetStyle, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("COMFORTABLE", "COMPACT", "TIGHT"):
        monkeypatch.setattr(letter, name, style)
    assert off(what) == set()


STYLES: list[tuple[str, dict[str, float], LetterPaper]] = [
    ("country", {"country": 13.5}, PLAIN),
    ("issuer", {"country": 11.5}, PLAIN),
    ("superior", {"country": 11.5}, PLAIN),
    ("V/v", {"country": 13.5}, PLAIN),
    ("motto", {"motto": 12.5}, PLAIN),
    ("place and date", {"motto": 14.5}, PLAIN),
    ("number", {"number": 12.5}, PLAIN),
    ("type", {"body": 14.5}, DECISION),
    ("subject", {"body": 12.5}, DECISION),
    ("body", {"body": 12.5}, PLAIN),
    ("signing title", {"body": 14.5}, PLAIN),
    ("signer", {"body": 12.5}, PLAIN),
    ("leading", {"leading": 1.1}, DECISION),
    ("leading", {"leading": 1.75}, DECISION),
    ("paragraphs", {"paragraph_gap": 5}, DECISION),
    ("recipients head", {"recipients_head": 11}, PLAIN),
    ("recipients", {"recipients": 10}, PLAIN),
    ("page number", {"page_number": 12}, LONG),
]


@pytest.mark.parametrize(("name", "sizes", "what"), STYLES, ids=[f"{one[0]} {one[1]}" for one in STYLES])
def test_a_size_that_is_off_is_caught(
    name: str, sizes: dict[str, float], what: LetterPaper, monkeypatch: pytest.MonkeyPatch
) -> None:
    for style in ("COMFORTABLE", "COMPACT", "TIGHT"):
        monkeypatch.setattr(letter, style, replace(COMFORTABLE, **sizes))
    assert name in off(what)


SHAPES: list[tuple[str, PageShape, LetterPaper]] = [
    ("left margin", replace(PORTRAIT, left=mm(29)), PLAIN),
    ("left margin", replace(PORTRAIT, left=mm(36)), PLAIN),
    ("right margin", replace(PORTRAIT, right=mm(14)), PLAIN),
    ("top margin", replace(PORTRAIT, top=mm(15)), PLAIN),
    ("top margin", replace(PORTRAIT, top=mm(27)), PLAIN),
    ("bottom margin", replace(PORTRAIT, bottom=mm(12)), LONG),
    ("page size", replace(PORTRAIT, width=mm(216)), PLAIN),
]


@pytest.mark.parametrize(("name", "shape", "what"), SHAPES, ids=[f"{one[0]} {n}" for n, one in enumerate(SHAPES)])
def test_a_margin_that_is_off_is_caught(
    name: str, shape: PageShape, what: LetterPaper, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(letter, "PORTRAIT", shape)
    assert name in off(what)


@pytest.mark.parametrize("part", [0.3, 0.55])
def test_a_rule_under_the_office_or_the_subject_that_is_off_is_caught(
    part: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sheet, "RULE_PART", part)
    assert off(DECISION) == {"issuer rule", "subject rule"}


def test_a_rule_under_the_motto_that_is_too_short_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = Stack.rule
    monkeypatch.setattr(Stack, "rule", lambda stack, length: whole(stack, length - mm(2)))
    assert "motto rule" in off(PLAIN)


def test_a_first_line_that_is_off_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    given: Any = Sheet.paragraph.__kwdefaults__
    monkeypatch.setitem(given, "indent", mm(8))
    assert "first line" in off(PLAIN)


def test_recipients_that_are_not_level_with_the_title_are_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    left, right = signing._columns(PORTRAIT)
    left.space(12)
    monkeypatch.setattr(signing, "_columns", lambda _shape: (left, right))
    assert "recipients head" in off(PLAIN)


def _face(found: Measured, text: str, face: str) -> Measured:
    wrong = {id(run) for run in pieces(found.runs, text)}
    assert wrong, text
    return replace(found, runs=tuple(replace(run, face=face) if id(run) in wrong else run for run in found.runs))


FACES = [
    ("country", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", ""),
    ("motto", "Độc lập - Tự do - Hạnh phúc", "-BoldItalic"),
    ("superior", "ỦY BAN NHÂN DÂN THÀNH PHỐ HÀ NỘI", "-Bold"),
    ("issuer", "PHƯỜNG BẠCH ĐẰNG", ""),
    ("number", "Số: 05/UBND-TCD", "-Bold"),
    ("V/v", "V/v đôn đốc giải quyết đơn của công dân", "-Italic"),
    ("place and date", "Bạch Đằng, ngày 03 tháng 02 năm 2026", ""),
    ("signing title", "PHÓ CHỦ TỊCH", ""),
    ("signer", "Lê Thị Ẩm", ""),
    ("recipients head", "Nơi nhận:", "-Bold"),
    ("recipients", "- Như trên;", "-Italic"),
]


@pytest.mark.parametrize(("name", "text", "style"), FACES, ids=[one[0] for one in FACES])
def test_a_face_that_is_off_is_caught(name: str, text: str, style: str) -> None:
    found = measured(render_letter(PLAIN))
    assert broken(PLAIN, found) == set()
    assert name in broken(PLAIN, _face(found, text, f"LiberationSerif{style}"))


GONE: list[tuple[str, Callable[[LetterPaper], LetterPaper]]] = [
    ("number", lambda what: replace(what, number="6/UBND-TCD")),
    ("V/v", lambda what: replace(what, about="việc khác")),
    ("superior", lambda what: replace(what, superior_name="Ủy ban nhân dân tỉnh")),
    ("signer", lambda what: replace(what, signer="Đỗ Thị Ỷ")),
    ("signing title", lambda what: replace(what, signer_title="Chánh Văn phòng")),
    ("recipients", lambda what: replace(what, recipients=("- Báo chí;",))),
    ("body", lambda what: replace(what, body=("Một câu khác.",))),
    ("place and date", lambda what: replace(what, locality="Hà Nội")),
]


@pytest.mark.parametrize(("name", "other"), GONE, ids=[one[0] for one in GONE])
def test_a_component_that_is_missing_is_caught(name: str, other: Callable[[LetterPaper], LetterPaper]) -> None:
    assert name in broken(other(PLAIN), measured(render_letter(PLAIN)))
