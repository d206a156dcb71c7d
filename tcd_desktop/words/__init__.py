"""Words for what the domain keeps as codes: closed lists, problems, refusals, faults, outcomes of an import.

label(Classification.COMPLAINT)          "Khiếu nại"
options(IdKind)                          for choices in forms
problem("name", Problem("missing"))      the sentence under a field
refusal(Refused("wrong_password"))       what happened and what to do next
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, time
from enum import StrEnum
from typing import Any

from tcd_desktop.domain.problems import DraftRefused, Problem, Refused
from tcd_desktop.domain.terms import Classification
from tcd_desktop.i18n import Text, _, pgettext
from tcd_desktop.words.bundles import BUNDLES
from tcd_desktop.words.labels import FIELD_NAMES, field_name, label, options
from tcd_desktop.words.sentences import FAULTS, PROBLEMS, REFUSALS

__all__ = [
    "FIELD_NAMES",
    "fault_sentence",
    "field_name",
    "import_sentence",
    "label",
    "masked_name",
    "options",
    "problem",
    "problem_sentence",
    "refusal",
    "refusal_sentence",
    "refusal_step",
    "show",
]


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
    shown = _Facts({name: show(value) for name, value in facts.items()})
    return str(text).format_map(shown) if str(text) else ""


def problem_sentence(problem: Problem) -> str:
    """The sentence for a problem of a field."""
    text = PROBLEMS.get(problem.code)
    if text is None:
        return _("Something is not right here ({code}).").format(code=problem.code)
    return _fill(text, problem.facts)


def problem(field: str, found: Problem) -> str:
    """The sentence under the field named `field`."""
    if field == "representation_paper" and found.code == "missing":
        return _("The paper of representation is needed.")
    return problem_sentence(found)


def refusal_sentence(code: str, facts: Mapping[str, Any]) -> str:
    """What happened and what to do next, for a code of `Refused` or of a refused bundle."""
    what, then = _refusal(code, facts)
    return f"{what} {then}".rstrip()


def refusal_step(code: str, facts: Mapping[str, Any]) -> tuple[str, str]:
    """(what happened, what to do next)."""
    return _refusal(code, facts)


def refusal(refused: Refused) -> str:
    """The sentences for a refused act; a draft names its fields."""
    if isinstance(refused, DraftRefused):
        stopping = [name for name, found in refused.problems.items() if not found.warning]
        names = ", ".join(field_name(name) for name in stopping)
        return _("Nothing was saved. Please complete: {fields}.").format(fields=names)
    return refusal_sentence(refused.code, refused.facts)


def _refusal(code: str, facts: Mapping[str, Any]) -> tuple[str, str]:
    pair = REFUSALS.get(code) or BUNDLES.get(code)
    if pair is None:
        return _("This was refused ({code}).").format(code=code), ""
    return _fill(pair[0], facts), _fill(pair[1], facts)


def fault_sentence(code: str, facts: Mapping[str, Any]) -> str:
    """What the check found."""
    text = FAULTS.get(code)
    return _("The check found a fault ({code}).").format(code=code) if text is None else _fill(text, facts)


def import_sentence(
    file: str, outcome: str, code: str, facts: Mapping[str, Any], balance: Mapping[str, int]
) -> str:
    """What became of one bundle: its balance sheet, or why it was not taken over."""
    if outcome == "applied":
        return _(
            "{file}: {received} received = {new} new + {updated} updated + {identical} identical + "
            "{conflict} in conflict + {refused} refused."
        ).format(file=file, **{name: balance.get(name, 0) for name in _BALANCE})
    if outcome == "already":
        return _("{file}: already here, nothing to do.").format(file=file)
    sentence = refusal_sentence(code, facts)
    if outcome == "parked":
        return _("{file}: kept for later. {sentence}").format(file=file, sentence=sentence)
    return _("{file}: refused. {sentence}").format(file=file, sentence=sentence)


_BALANCE = ("received", "new", "updated", "identical", "conflict", "refused")


def masked_name(classification: Classification | str | None) -> str:
    """What stands for a name that is not shown: a denouncer's identity is secret."""
    if classification == Classification.DENUNCIATION:
        return pgettext("name", "Kept secret")
    return pgettext("name", "No name")
