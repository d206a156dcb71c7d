"""Every act of the program has a name, so that undo, redo and histories can say what they are about."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tcd_desktop import i18n, paths
from tcd_desktop.services.recycle.recycle_desk import ACTS as BIN_ACTS
from tcd_desktop.services.recycle.recycle_desk import BY_ITSELF, REMOVED_HERE
from tcd_desktop.store.lists.recycle import BIN_TABLES
from tcd_desktop.words.acts import ACT_NAMES, act_name, base_act, redo_label, undo_label

AREAS = {name.partition(".")[0] for name in ACT_NAMES}
ACT = re.compile(rf"({'|'.join(sorted(AREAS))})\.[a-z_]+")
NOT_IN_THE_JOURNAL = {"attachment.stage", "attachment.unstage", "attachment.restage"}
"""Papers of drafts: nothing of them is an entry."""
NO_ACTS = {"office.json", "sitting.rules"}
"""A file, and a fact of the store."""
FILES = ("services", "sync")


@pytest.fixture
def english() -> Iterator[None]:
    i18n.set_language("en")
    yield
    i18n.set_language(i18n.DEFAULT)


def acts_in_the_program() -> set[str]:
    found = set()
    sources = [path for part in FILES for path in (Path(paths.PACKAGE) / part).rglob("*.py")]
    for path in [*sources, *(Path(paths.PACKAGE) / "open_office").glob("*.py")]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and ACT.fullmatch(node.value):
                found.add(node.value)
            if isinstance(node, ast.keyword) and node.arg == "act" and isinstance(node.value, ast.Constant):
                found.add(node.value.value)
    return found - NOT_IN_THE_JOURNAL - NO_ACTS


def test_every_act_has_a_name() -> None:
    acts = acts_in_the_program()
    assert {"reception.log", "case.open", "calendar.add", "office.found"} <= acts
    assert sorted(acts - set(ACT_NAMES)) == []


def test_removing_and_restoring_anything_has_a_name() -> None:
    acts = {f"{BIN_ACTS.get(table, table)}.remove" for table in REMOVED_HERE}
    acts |= {f"{BIN_ACTS.get(table, table)}.restore" for table in BY_ITSELF}
    assert set(BIN_TABLES) >= BY_ITSELF
    assert sorted(acts - set(ACT_NAMES)) == []


def test_an_undo_of_a_redo_is_still_named_after_the_act() -> None:
    assert base_act("case.move.undo.redo") == "case.move"
    assert base_act("case.move") == "case.move"


def test_labels_name_the_act_its_number_and_how_many(english: None) -> None:
    assert undo_label("reception.log", "57/2026") == "Undo: log the visit 57/2026"
    assert redo_label("reception.log", "57/2026", 3) == "Redo: log the visit 57/2026 and 2 more"
    assert act_name("calendar.add.undo") == "add the day to the calendar"
    assert act_name("from.the.future") == "an act"
