"""The people of a group in the file of `reception add`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tcd_desktop.cli.visit_file import read_visits
from tcd_desktop.domain.people.person import Member
from tcd_desktop.domain.problems import DraftRefused


def written(folder: Path, members: object) -> Path:
    path = folder / "visit.json"
    path.write_text(json.dumps({"name": "Lê Văn Cò", "members": members}), encoding="utf-8")
    return path


def test_people_are_read_with_their_fields(tmp_path: Path) -> None:
    path = written(tmp_path, [{"name": "Lê Văn Cò", "address": "Số 1", "speaks": True}, {"name": "Lê Văn Cốc"}])
    ((draft, _case),) = read_visits(path)
    assert draft.members == (Member("Lê Văn Cò", "Số 1", speaks=True), Member("Lê Văn Cốc"))


@pytest.mark.parametrize(
    ("members", "code"),
    [("Lê Văn Cò", "not_a_list"), ([{"ten": "x"}], "not_a_member"), ([{"speaks": "có"}], "not_yes_or_no")],
)
def test_what_is_no_list_of_people_is_told(tmp_path: Path, members: object, code: str) -> None:
    with pytest.raises(DraftRefused) as refused:
        read_visits(written(tmp_path, members))
    assert refused.value.problems["members"].code == code
