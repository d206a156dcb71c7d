"""Each kind of letter, compared point by point with what the law or its form requires (required-fields.toml)."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tcd_desktop.documents.letter import render_letter
from tcd_desktop.documents.letter_pack import identity_variables, letter_kinds, letter_text, letter_texts
from tests.documents.letters import DAY, VALUES, paper
from tests.documents.reading import page_texts

OLD = date(2025, 3, 5)

REQUIRED = tomllib.loads(Path(__file__).with_name("required-fields.toml").read_text(encoding="utf-8"))
TODAY: Mapping[str, dict[str, list[str]]] = REQUIRED["today"]
OF_2025: Mapping[str, dict[str, list[str]]] = REQUIRED["old"]

NOT_IN_2025 = ("155/2026", "154/2026", "156/2026", "136/2025", "Luật sửa đổi, bổ sung một số điều")
"""Instruments that a paper of 2025 cannot name."""


def said(kind: str, on: date, values: Mapping[str, str] | None = None) -> str:
    """The text of the finished paper, in the order in which it was drawn."""
    return " ".join(page_texts(render_letter(paper(kind, values or VALUES, on))))


def missing(text: str, fields: Sequence[str]) -> list[str]:
    """The fields that do not stand on the paper after the one before them."""
    gone, place = [], 0
    for field in fields:
        found = text.find(field, place)
        if found < 0:
            gone.append(field)
        else:
            place = found + len(field)
    return gone


def test_every_kind_has_its_list_of_fields() -> None:
    assert set(TODAY) == set(letter_kinds())
    changed = {kind for kind in letter_kinds() if _changed_since_2025(kind)}
    assert set(OF_2025) == changed


def _changed_since_2025(kind: str) -> bool:
    old = {text.kind: text for text in letter_texts(OLD)}
    return kind in old and old[kind].effective_to is not None


def test_a_field_that_is_gone_or_out_of_its_order_is_told() -> None:
    fields = TODAY["refusal-notice"]["fields"]
    whole = paper("refusal-notice")
    shorter = replace(whole, body=tuple(line for line in whole.body if not line.startswith("Lý do từ chối")))
    text = " ".join(page_texts(render_letter(shorter)))
    assert missing(text, fields) == [field for field in fields if field.startswith("Lý do từ chối")]
    assert missing(said("refusal-notice", DAY), fields[::-1])


@pytest.mark.parametrize("kind", sorted(TODAY))
def test_what_the_law_requires_stands_on_the_paper_in_its_order(kind: str) -> None:
    assert missing(said(kind, DAY), TODAY[kind]["fields"]) == []


@pytest.mark.parametrize("kind", sorted(OF_2025))
def test_a_paper_of_2025_has_the_form_of_2025(kind: str) -> None:
    assert missing(said(kind, OLD), OF_2025[kind]["fields"]) == []


@pytest.mark.parametrize("kind", [text.kind for text in letter_texts(OLD)])
def test_a_paper_of_2025_names_no_law_of_2026(kind: str) -> None:
    values = {name: value.replace("2026", "2025") for name, value in VALUES.items()}
    text = said(kind, OLD, values)
    assert [name for name in NOT_IN_2025 if name in text] == []


def test_what_came_with_the_law_of_2026_cannot_be_written_in_2025() -> None:
    then, now = ({text.kind for text in letter_texts(on)} for on in (OLD, DAY))
    assert now - then == {"forward-complaint", "complaint-suspension", "complaint-resumption"}
    assert then <= now


@pytest.mark.parametrize("kind", sorted(TODAY))
def test_a_paper_of_which_nothing_is_known_yet_still_has_its_form(kind: str) -> None:
    """What is empty is dots for the hand; titles, headings and who signs are there all the same."""
    text = said(kind, DAY, {"office": VALUES["office"]})
    words = letter_text(kind, DAY)
    assert words.type_name in text and words.mark in text
    assert "{" not in text and "  " not in text
    headings = [
        line for line in words.body if line.isupper() and "{" not in line and "…" not in line and "|" not in line
    ]
    assert missing(text, tuple(headings)) == []


HIDDEN = [text.kind for text in letter_texts(DAY) if not identity_variables() & set(text.variables)]


def test_the_letters_that_pass_a_denunciation_on_are_known() -> None:
    assert {"forward-denunciation", "denunciation-acceptance", "denunciation-notice-accused"} <= set(HIDDEN)


@pytest.mark.parametrize("kind", HIDDEN)
def test_a_letter_that_hides_the_denouncer_shows_nothing_of_them(kind: str) -> None:
    """Even when the values are handed over whole."""
    text = said(kind, DAY)
    assert VALUES["citizen_name"] not in text
    shown = {name: VALUES[name] for name in identity_variables() if VALUES.get(name, "").strip()}
    told = {name for name, value in shown.items() if len(value) > 8 and value in text}
    assert told <= {"represented_address"} and "0900 000 001" not in text
