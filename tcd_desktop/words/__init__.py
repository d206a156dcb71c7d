"""Words for what the domain keeps as codes: closed lists, fields, problems of drafts.

    label(Classification.COMPLAINT)          "Khiếu nại"
    options(IdKind)                          for choices in forms
    field_name("id_number")                  for labels and histories
    problem("name", Problem("missing"))      the sentence under a field

Sentences for refused acts, bundles and the store stand in `tcd_desktop.sentences`.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, time
from enum import StrEnum
from typing import Any

from tcd_desktop.domain.problems import Problem
from tcd_desktop.domain.terms import Classification
from tcd_desktop.i18n import Text, _, pgettext
from tcd_desktop.words.labels import FIELD_NAMES, field_name, label, options
from tcd_desktop.words.problem_sentences import PROBLEMS

__all__ = [
    "FIELD_NAMES",
    "field_name",
    "label",
    "masked_name",
    "options",
    "problem",
    "problem_sentence",
    "show",
    "word",
]

word = label
"""The words of a member of a closed list, for callers that say it so."""


def show(value: object) -> str:
    """A fact as people read it: a day as 05/09/2026, a time as 08:30, a member of a list by its words."""
    if isinstance(value, StrEnum):
        return label(value)
    if isinstance(value, date):
        return f"{value:%d/%m}/{value.year:04d}"
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if isinstance(value, tuple | list | frozenset | set):
        return ", ".join(field_name(str(item)) for item in value)
    return str(value)


class _Facts(dict[str, str]):
    """A fact that was not given leaves its name, so that a sentence never fails."""

    def __missing__(self, name: str) -> str:
        return f"{{{name}}}"


def _fill(text: Text, facts: Mapping[str, Any]) -> str:
    return str(text).format_map(_Facts({name: show(value) for name, value in facts.items()}))


def problem_sentence(problem: Problem) -> str:
    """The sentence for a problem of a field."""
    text = PROBLEMS.get(problem.code)
    if text is None:
        return _("Something is not right here ({code}).").format(code=problem.code)
    return _fill(text, problem.facts)


def problem(field: str, found: Problem) -> str:
    """The sentence under the field named `field`."""
    if field in ("representation_paper", "representation_kind") and found.code == "missing":
        return _("The paper of representation is needed.")
    return problem_sentence(found)


def masked_name(classification: Classification | str | None) -> str:
    """What stands for a name that is not shown: a denouncer's identity is secret."""
    if classification == Classification.DENUNCIATION:
        return pgettext("name", "Kept secret")
    return pgettext("name", "No name")
