"""The words of letters are dated data that is checked when it is loaded."""

from __future__ import annotations

import unicodedata
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from tcd_desktop.documents.form_pack import PackError
from tcd_desktop.documents.letter_pack import (
    identity_variables,
    letter_kinds,
    letter_text,
    letter_texts,
    letter_variables,
    load_letter,
    load_letters,
    load_vocabulary,
    texts_of,
)
from tcd_desktop.domain.letters.letter_text import LetterLayout, LetterSubject, LetterText, variables_in
from tcd_desktop.domain.problems import Refused
from tcd_desktop.paths import shipped

TODAY = date(2026, 11, 23)
FORMS = shipped("resources", "forms")
SHIPPED = FORMS / "nd-154-2026" / "letters" / "refusal-notice.toml"

OF_THE_ISSUE = {
    "refusal-notice",
    "answer-accepted",
    "answer-more-time",
    "answer-not-accepted",
    "answer-forwarded",
    "answer-guided",
    "conclusion-notice",
    "representatives",
    "statement-record",
    "reception-minutes",
    "dialogue-minutes",
    "invitation",
    "citizen-invitation",
    "guidance",
    "forward-feedback",
    "forward-complaint",
    "forward-denunciation",
    "acceptance-proposal",
    "complaint-accepted",
    "complaint-not-accepted",
    "complaint-decision",
    "reminder",
    "protection-request",
    "calendar-poster",
    "power-of-attorney",
    "complaint-form",
    "complaint-suspension",
    "complaint-ending",
    "complaint-resumption",
    "complaint-extension",
    "complaint-withdrawal",
    "denunciation-extension",
    "denunciation-withdrawal",
    "report-cover",
    "violation-minutes",
    "feedback-answer",
    "result-to-sender",
    "denunciation-result-notice",
    "denunciation-suspension",
    "denunciation-ending",
    "denunciation-resumption",
}

TODAYS = [pytest.param(text, id=text.kind) for text in letter_texts(TODAY)]


def all_texts() -> list[LetterText]:
    return [load_letter(path, letter_variables()) for path in sorted(FORMS.glob("*/letters/*.toml"))]


def changed(tmp_path: Path, before: str, after: str) -> Path:
    folder = tmp_path / "nd-999-2030" / "letters"
    folder.mkdir(parents=True)
    text = SHIPPED.read_text(encoding="utf-8")
    assert before in text
    path = folder / SHIPPED.name
    path.write_text(text.replace(before, after), encoding="utf-8")
    return path


def test_every_kind_the_office_writes_has_words_today() -> None:
    assert {text.kind for text in letter_texts(TODAY)} >= OF_THE_ISSUE
    assert set(letter_kinds()) >= OF_THE_ISSUE


@pytest.mark.parametrize(
    ("kind", "on", "instrument"),
    [
        ("refusal-notice", date(2021, 11, 15), "Thông tư số 04/2021/TT-TTCP"),
        ("refusal-notice", date(2026, 6, 30), "Thông tư số 04/2021/TT-TTCP"),
        ("refusal-notice", date(2026, 7, 1), "Nghị định số 154/2026/NĐ-CP"),
        ("complaint-accepted", date(2026, 6, 30), "Nghị định số 124/2020/NĐ-CP"),
        ("complaint-accepted", date(2026, 7, 1), "Nghị định số 155/2026/NĐ-CP"),
        ("forward-denunciation", TODAY, "Thông tư số 05/2021/TT-TTCP"),
    ],
)
def test_the_day_decides_whose_words_a_letter_has(kind: str, on: date, instrument: str) -> None:
    assert letter_text(kind, on).instrument.startswith(instrument)


def test_the_notice_of_2021_names_the_papers_and_the_law_of_its_time() -> None:
    old, new = (" ".join(letter_text("refusal-notice", on).body) for on in (date(2025, 3, 1), TODAY))
    assert "Căn cước công dân" in old
    assert "154/2026" not in old
    assert "giấy chứng nhận căn cước" in new
    assert "CMND" not in new


def test_the_letter_of_the_article_is_the_one_the_decree_names_itself() -> None:
    sentence = letter_text("refusal-notice", TODAY).body[-1]
    assert "điểm h khoản 1 Điều 4" in sentence
    assert "điểm g" not in sentence


def test_a_kind_or_a_day_without_words_is_refused_by_name() -> None:
    with pytest.raises(Refused) as refused:
        letter_text("refusal-notice", date(2021, 11, 14))
    assert (refused.value.code, refused.value.facts) == (
        "no_form",
        {"form": "refusal-notice", "on": date(2021, 11, 14)},
    )
    with pytest.raises(Refused):
        letter_text("love-letter", TODAY)


def test_one_instrument_follows_the_other_without_a_gap() -> None:
    by_kind: dict[str, list[LetterText]] = {}
    for text in sorted(all_texts(), key=lambda text: text.effective_from):
        by_kind.setdefault(text.kind, []).append(text)
    followed = {kind: texts for kind, texts in by_kind.items() if len(texts) > 1}
    assert len(followed) >= 6
    for texts in followed.values():
        for earlier, later in pairwise(texts):
            assert earlier.effective_to is not None
            assert later.effective_from - earlier.effective_to == timedelta(days=1)


@pytest.mark.parametrize("text", TODAYS)
def test_a_kind_has_everything_a_list_and_a_paper_need(text: LetterText) -> None:
    assert text.name and text.instrument and text.source and text.subjects and text.body
    assert text.name[0].isupper()
    assert text.type_name == text.type_name.upper()
    assert bool(text.type_name) == (text.layout is not LetterLayout.LETTER)
    assert all(description for description in text.variables.values())
    for part in (*texts_of(text), text.name, text.source):
        assert unicodedata.is_normalized("NFC", part)
        assert part == " ".join(part.split()), "one line, no hard spaces: the sheet glues days and articles itself"


@pytest.mark.parametrize("text", TODAYS)
def test_a_text_without_a_set_form_says_so(text: LetterText) -> None:
    if text.instrument.startswith("Không có mẫu"):
        assert text.unconfirmed and not text.mark


@pytest.mark.parametrize("text", TODAYS)
def test_a_named_type_has_the_letters_of_the_law(text: LetterText) -> None:
    """NĐ 30/2020 Phụ lục III; PĐX and PHD are local, the law has none for them."""
    letters = {
        "THÔNG BÁO": "TB",
        "QUYẾT ĐỊNH": "QĐ",
        "GIẤY MỜI": "GM",
        "BIÊN BẢN": "BB",
        "PHIẾU HƯỚNG DẪN": "PHD",
        "PHIẾU ĐỀ XUẤT THỤ LÝ ĐƠN": "PĐX",
    }
    if text.type_name in letters:
        assert text.abbreviation == letters[text.type_name]
    elif text.type_name.startswith("PHIẾU CHUYỂN"):
        assert text.abbreviation == "PC"
    elif text.layout is LetterLayout.APPLICATION:
        assert not text.abbreviation


SECRET = (
    "forward-denunciation",
    "denunciation-acceptance",
    "denunciation-notice-accused",
    "denunciation-extension",
    "denunciation-suspension",
    "denunciation-ending",
    "denunciation-resumption",
)


@pytest.mark.parametrize("kind", SECRET)
def test_a_denunciation_passed_on_cannot_name_the_denouncer(kind: str) -> None:
    text = letter_text(kind, TODAY)
    used = {name for part in texts_of(text) for name in variables_in(part)}
    assert not used & identity_variables()
    assert not set(text.variables) & identity_variables()
    assert not text.to_citizen


def test_the_variables_that_tell_who_it_is_are_known_as_such() -> None:
    assert {
        "citizen_name",
        "citizen_address",
        "citizen_phone",
        "id_number",
        "represented_name",
        "representative_names",
        "member_rows",
    } <= identity_variables()


@pytest.mark.parametrize("subject", [subject for subject in LetterSubject if subject is not LetterSubject.NOTHING])
def test_every_record_has_a_letter_and_variables_of_its_own(subject: LetterSubject) -> None:
    assert [text for text in letter_texts(TODAY) if subject in text.subjects]
    assert [one for one in letter_variables().values() if subject in one.subjects]


def test_a_missing_text_names_its_file(tmp_path: Path) -> None:
    path = changed(tmp_path, 'layout = "titled"\n', "")
    with pytest.raises(PackError, match=r"nd-999-2030/letters/refusal-notice.toml: 'layout' is missing"):
        load_letter(path, letter_variables())


@pytest.mark.parametrize(
    ("before", "after", "why"),
    [
        ("{citizen_address}", "{citizen_adress}", r"\{citizen_adress\} is not a variable of this kind"),
        ("{citizen_address}", "{calendar_month}", r"\{calendar_month\} is not a variable of this kind"),
        ("{citizen_address}", "{citizen_address", "not a text with variables"),
        ("Địa chỉ:", "Địa chỉ }:", "not a text with variables"),
        ('layout = "titled"', 'layout = "poem"', "poem"),
        ('subjects = ["reception"]', 'subjects = ["dream"]', "dream"),
        ("to_citizen = true", "to_citizen = true\nhides_identity = true", "tells who the citizen is"),
        ("to_citizen = true", "to_the_citizen = true", "nothing reads 'to_the_citizen'"),
        ("Lý do từ chối: {reason}.", "Tài liệu: {papers}", "must stand alone"),
        ('name = "', "name = ", "refusal-notice.toml"),
    ],
)
def test_a_wrong_text_is_an_error_that_names_the_file(tmp_path: Path, before: str, after: str, why: str) -> None:
    path = changed(tmp_path, before, after)
    with pytest.raises(PackError, match=why) as error:
        load_letter(path, letter_variables())
    assert "nd-999-2030/letters/refusal-notice.toml" in str(error.value)


def test_two_instruments_of_one_day_are_an_error(tmp_path: Path) -> None:
    first = changed(tmp_path, "2026-07-01", "2026-07-01")
    second = tmp_path / "nd-1000-2031" / "letters" / first.name
    second.parent.mkdir(parents=True)
    second.write_text(first.read_text(encoding="utf-8").replace("2026-07-01", "2031-01-01"), encoding="utf-8")
    with pytest.raises(PackError, match="two instruments hold on 2031-01-01"):
        load_letters(tmp_path, letter_variables())


def test_a_name_that_stands_twice_in_the_vocabulary_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "letters-variables.toml"
    group = '[[group]]\nname = "A"\n[group.variables]\noffice = "x"\n'
    path.write_text(group + group, encoding="utf-8")
    with pytest.raises(PackError, match="'office' stands there twice"):
        load_vocabulary(path)
