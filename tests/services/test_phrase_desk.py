"""The phrases of an office, its own and the shipped ones."""

from __future__ import annotations

from pathlib import Path

import pytest

from tcd_desktop.domain.problems import DraftRefused, Refused
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.phrases import shipped_phrases
from tests.offices import make_office


@pytest.fixture
def office(tmp_path: Path) -> OpenOffice:
    return make_office(tmp_path / "ward")


def keys(office: OpenOffice) -> list[str]:
    return [phrase.key for phrase in office.phrases.all()]


def test_a_new_office_has_the_shipped_phrases_in_the_order_of_their_names(office: OpenOffice) -> None:
    assert keys(office) == sorted(phrase.key for phrase in shipped_phrases())


def test_a_phrase_is_added_changed_and_put_away(office: OpenOffice) -> None:
    added = office.phrases.add("/Hen-lai", "  Hẹn công dân  đến lại ngày … ", "note").value
    assert (added.key, added.text) == ("hen-lai", "  Hẹn công dân  đến lại ngày …")
    changed = office.phrases.change(added, key="hen", text="Hẹn lại", fields="").value
    assert "hen" in keys(office) and "hen-lai" not in keys(office)
    done = office.phrases.remove(changed)
    assert "hen" not in keys(office) and done.act == "phrase.remove" and done.entry


def test_of_a_changed_shipped_phrase_the_office_has_its_own(office: OpenOffice) -> None:
    thuly = next(phrase for phrase in office.phrases.all() if phrase.key == "thuly")
    own = office.phrases.change(thuly, key="thuly", text="Lời của phường", fields="follow_up").value
    assert own.id and [p.text for p in office.phrases.all() if p.key == "thuly"] == ["Lời của phường"]
    kiemtra = next(phrase for phrase in office.phrases.all() if phrase.key == "kiemtra")
    office.phrases.change(kiemtra, key="kiem-tra", text="Kiểm tra", fields="")
    assert "kiem-tra" in keys(office) and "kiemtra" not in keys(office)


def test_a_shipped_phrase_can_be_put_away_and_is_known_to_be(office: OpenOffice) -> None:
    thuly = next(phrase for phrase in office.phrases.all() if phrase.key == "thuly")
    done = office.phrases.remove(thuly)
    assert "thuly" not in keys(office)
    assert [phrase.key for phrase in office.phrases.put_away()] == ["thuly"]
    office.undo.undo(done.entry)
    assert "thuly" in keys(office)


@pytest.mark.parametrize(
    ("key", "text", "field", "code"),
    [
        ("", "a", "key", "missing"),
        ("thụ", "a", "key", "phrase_key"),
        ("thuly", "a", "key", "phrase_taken"),
        ("moi", " \n", "text", "missing"),
        ("moi", "a" * 3000, "text", "too_long"),
    ],
)
def test_what_cannot_be_a_phrase_is_told_at_its_field(
    office: OpenOffice, key: str, text: str, field: str, code: str
) -> None:
    with pytest.raises(DraftRefused) as refused:
        office.phrases.add(key, text)
    assert refused.value.problems[field].code == code


def test_what_was_put_away_meanwhile_is_not_changed(office: OpenOffice) -> None:
    added = office.phrases.add("moi", "Mới").value
    office.phrases.remove(added)
    with pytest.raises(Refused):
        office.phrases.change(added, key="moi", text="Khác", fields="")
