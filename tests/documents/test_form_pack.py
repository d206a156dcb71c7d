"""Forms are dated data that is checked when it is loaded."""

from __future__ import annotations

import unicodedata
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from tcd_desktop.documents.form_pack import TEXTS, PackError, form_for, load_pack, load_packs
from tcd_desktop.domain.problems import Refused
from tcd_desktop.domain.terms import PaperCondition
from tcd_desktop.paths import shipped

CODE = "02/TCD"
SHIPPED = shipped("resources", "forms", "nd-154-2026", "02-tcd.toml")


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    folder = tmp_path / "nd-999-2030"
    folder.mkdir()
    path = folder / "02-tcd.toml"
    path.write_text(SHIPPED.read_text(encoding="utf-8"), encoding="utf-8")
    return path


def change(path: Path, before: str, after: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after), encoding="utf-8")


@pytest.mark.parametrize(
    ("on", "instrument"),
    [
        (date(2021, 11, 15), "Thông tư số 04/2021/TT-TTCP"),
        (date(2026, 6, 30), "Thông tư số 04/2021/TT-TTCP"),
        (date(2026, 7, 1), "Nghị định số 154/2026/NĐ-CP"),
        (date(2040, 1, 1), "Nghị định số 154/2026/NĐ-CP"),
    ],
)
def test_the_day_decides_under_which_instrument_a_slip_is_printed(on: date, instrument: str) -> None:
    assert form_for(CODE, on).instrument.startswith(instrument)


def test_a_day_before_the_first_form_is_refused_by_name() -> None:
    with pytest.raises(Refused) as refused:
        form_for(CODE, date(2021, 11, 14))
    assert refused.value.code == "no_form"
    assert refused.value.facts == {"form": CODE, "on": date(2021, 11, 14)}


def test_only_the_form_of_2021_speaks_of_evidence() -> None:
    old, new = form_for(CODE, date(2025, 3, 1)), form_for(CODE, date(2026, 11, 23))
    assert old["subject"] == "Thông tin, tài liệu, bằng chứng"
    assert new["subject"] == "Thông tin, tài liệu"
    assert not [text for text in new.texts.values() if "bằng chứng" in text]


@pytest.mark.parametrize("code", sorted(TEXTS))
def test_shipped_packs_follow_each_other_without_gap_or_overlap(code: str) -> None:
    packs = sorted(load_packs(shipped("resources", "forms"), code), key=lambda pack: pack.effective_from)
    for before, after in pairwise(packs):
        assert before.effective_to is not None
        assert after.effective_from == before.effective_to + timedelta(days=1)
    assert packs[-1].effective_to is None


def test_every_condition_of_a_paper_has_its_words() -> None:
    for on in (date(2025, 1, 1), date(2026, 12, 1)):
        pack = form_for(CODE, on)
        assert all(pack[f"condition.{condition}"] for condition in PaperCondition)


def test_texts_are_composed_unicode() -> None:
    for text in form_for(CODE, date(2026, 11, 23)).texts.values():
        assert unicodedata.is_normalized("NFC", text)


def test_a_value_is_inserted_as_it_is() -> None:
    pack = form_for(CODE, date(2026, 11, 23))
    assert pack.fill("address", address="{giver_name} %s <b>") == "Địa chỉ: {giver_name} %s <b>"


def test_an_unknown_placeholder_is_named(copy: Path) -> None:
    change(copy, "Địa chỉ: {address}", "Địa chỉ: {adress}")
    with pytest.raises(PackError, match=r"nd-999-2030/02-tcd\.toml: unknown placeholder \{adress\} in 'address'"):
        load_pack(copy)


def test_a_missing_text_is_named(copy: Path) -> None:
    change(copy, 'papers = "các thông tin, tài liệu sau:"\n', "")
    with pytest.raises(PackError, match="the text 'papers' is missing"):
        load_pack(copy)


def test_a_text_nobody_prints_is_named(copy: Path) -> None:
    change(copy, "\n[practice]\n", '\n[practice]\nslogan = "Vì dân"\n')
    with pytest.raises(PackError, match="nothing prints the text 'slogan'"):
        load_pack(copy)


def test_a_brace_left_open_is_named(copy: Path) -> None:
    change(copy, "{address}", "{address")
    with pytest.raises(PackError, match="'address' is not a text with placeholders"):
        load_pack(copy)


def test_a_missing_date_is_named(copy: Path) -> None:
    change(copy, "effective_from = 2026-07-01\n", "")
    with pytest.raises(PackError, match="'effective_from' is missing"):
        load_pack(copy)


def test_a_file_that_cannot_be_read_is_named(copy: Path) -> None:
    change(copy, "[words]", "[words")
    with pytest.raises(PackError, match=r"^nd-999-2030/02-tcd\.toml: "):
        load_pack(copy)


def test_a_form_nobody_prints_is_named(copy: Path) -> None:
    change(copy, 'code = "02/TCD"', 'code = "77/TCD"')
    with pytest.raises(PackError, match="unknown form '77/TCD'"):
        load_pack(copy)
