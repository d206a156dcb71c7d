"""Every code has words, and words never fail."""

from __future__ import annotations

import inspect
import re
from datetime import date
from enum import StrEnum
from pathlib import Path

import pytest

from tcd_desktop import paths, words
from tcd_desktop.domain import terms
from tcd_desktop.domain.cases.procedures import PROCEDURES
from tcd_desktop.domain.follow_up import follow_up_terms as case_terms
from tcd_desktop.domain.problems import Problem
from tcd_desktop.words.problem_sentences import PROBLEMS
from tcd_desktop.words.steps import STEP_NAMES, step_name

LISTS = [
    kind
    for module in (terms, case_terms)
    for _name, kind in inspect.getmembers(module, inspect.isclass)
    if issubclass(kind, StrEnum) and kind is not StrEnum
]


@pytest.mark.parametrize("kind", LISTS)
def test_every_member_of_every_list_has_its_own_words(kind: type[StrEnum]) -> None:
    shown = [text for _member, text in words.options(kind)]
    assert all(shown)
    assert len(set(shown)) == len(shown)


def _codes(call: str) -> set[str]:
    sources = [path.read_text(encoding="utf-8") for path in Path(paths.PACKAGE).rglob("*.py")]
    return {code for source in sources for code in re.findall(rf"{call}\(\s*\"([a-z0-9_]+)\"", source)}


def test_every_problem_code_in_the_program_has_a_sentence() -> None:
    used = (
        _codes("Problem")
        | _codes(r"_doubt")
        | {code for call in (r"\.stop\(\"?[\w.{}\" f]*", r"\.doubt\(\"?[\w.{}\" f]*") for code in _codes(call + ", ?")}
    )
    assert used - set(PROBLEMS) == set()


def test_a_sentence_shows_days_and_members_as_people_write_them() -> None:
    said = words.problem_sentence(Problem("before_visit", {"date": date(2026, 9, 5)}))
    assert "05/09/2026" in said
    assert words.label(terms.Sex.FEMALE) in words.problem_sentence(Problem("id_sex", {"sex": terms.Sex.FEMALE}))


def test_a_missing_fact_never_breaks_a_sentence() -> None:
    assert "{limit}" in words.problem_sentence(Problem("too_long"))


def test_a_denouncers_name_is_never_a_blank() -> None:
    assert words.masked_name(terms.Classification.DENUNCIATION) != words.masked_name(None) != ""


def test_every_step_of_every_procedure_has_a_name_of_its_own() -> None:
    acts = {step.act for procedure in PROCEDURES for step in procedure.steps}
    assert acts == set(STEP_NAMES)
    assert len({step_name(act) for act in acts}) == len(acts)
