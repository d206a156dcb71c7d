"""The file of `reception add`: one JSON object or a list of them -> drafts, wrong fields named one by one."""

from __future__ import annotations

import json
import types
import typing
from datetime import date, time
from enum import StrEnum
from pathlib import Path
from typing import Any

from tcd_desktop.domain.people.person import Member
from tcd_desktop.domain.problems import DraftRefused, Problem, Refused
from tcd_desktop.domain.receptions.reception import DRAFT_FIELDS, Paper, ReceptionDraft
from tcd_desktop.domain.terms import PaperCondition

MOST = 64 * 1024 * 1024
LARGEST = 1_000_000
"""Nobody brings more people or pages."""
_HINTS = typing.get_type_hints(ReceptionDraft)
_NAMES = {"receiver": "receiver_name"}
_OPEN_CASE = "open_case"


class _Wrong(Exception):
    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.code)
        self.problem = problem


def read_visits(path: Path) -> list[tuple[ReceptionDraft, bool]]:
    """(draft, open a case?) of every object. Raises Refused("file_missing", "file_not_json"), DraftRefused."""
    data = _load(path)
    objects = data if isinstance(data, list) else [data]
    if not objects:
        raise Refused("file_empty", file=path.name)
    return [_visit(value, row) for row, value in enumerate(objects)]


def _load(path: Path) -> Any:
    try:
        if path.stat().st_size > MOST:
            raise Refused("file_too_big", file=path.name)
        if not path.is_file():  # a device is read without an end, a pipe is waited for
            raise Refused("file_unreadable", file=path.name)
        return json.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError as error:
        raise Refused("file_missing", file=path.name) from error
    except (ValueError, RecursionError) as error:
        raise Refused("file_not_json", file=path.name) from error
    except OSError as error:
        raise Refused("file_unreadable", file=path.name) from error


def _visit(value: Any, row: int) -> tuple[ReceptionDraft, bool]:
    if not isinstance(value, dict):
        raise DraftRefused({"": Problem("not_an_object")}, row=row)
    fields: dict[str, Any] = {}
    problems: dict[str, Problem] = {}
    open_case = False
    for key, given in value.items():
        name = str(_NAMES.get(key, key))
        if name not in DRAFT_FIELDS and key != _OPEN_CASE:
            problems[key] = Problem("unknown_field")
            continue
        try:
            if key == _OPEN_CASE:
                open_case = _value(bool, given) or False
                continue
            lists = {"documents": _papers, "members": _members}
            fields[name] = lists[name](given) if name in lists else _value(_HINTS[name], given)
        except _Wrong as wrong:
            problems[key] = wrong.problem
    if problems:
        raise DraftRefused(problems, row=row)
    draft = ReceptionDraft(**{name: given for name, given in fields.items() if given is not None})
    return draft, open_case


def _value(hint: Any, given: Any) -> Any:
    """One field; None and "" mean "not given" for everything but texts."""
    if isinstance(hint, types.UnionType):
        hint = next(part for part in typing.get_args(hint) if part is not types.NoneType)
    if given is None or (given == "" and hint is not str):
        return None
    if hint is bool:
        return _of_type(given, bool)
    if hint is int:
        if isinstance(given, bool) or (isinstance(given, int) and abs(given) > LARGEST):
            raise _Wrong(Problem("not_a_number"))
        return _of_type(given, int)
    text = _of_type(given, str)
    if hint is str:
        return text
    if issubclass(hint, StrEnum):
        return _choice(hint, text)
    return _moment(hint, text)


def _of_type(given: Any, wanted: type) -> Any:
    if not isinstance(given, wanted):
        codes = {str: "not_text", int: "not_a_number", bool: "not_yes_or_no"}
        raise _Wrong(Problem(codes[wanted]))
    return given


def _choice(hint: type[StrEnum], text: str) -> StrEnum:
    try:
        return hint(text)
    except ValueError as error:
        raise _Wrong(Problem("not_a_choice", {"choices": ", ".join(hint)})) from error


def _moment(hint: Any, text: str) -> Any:
    try:
        if hint is date:
            return date.fromisoformat(text)
        at = time.fromisoformat(text)
    except ValueError as error:
        raise _Wrong(Problem("not_a_date" if hint is date else "not_a_time")) from error
    if at.tzinfo:
        raise _Wrong(Problem("not_a_time"))
    return at.replace(second=0, microsecond=0)


def _papers(given: Any) -> tuple[Paper, ...]:
    if not isinstance(given, list):
        raise _Wrong(Problem("not_a_list"))
    return tuple(_paper(paper) for paper in given)


def _members(given: Any) -> tuple[Member, ...]:
    """The people of a group, each an object with the fields of `Member`."""
    if not isinstance(given, list):
        raise _Wrong(Problem("not_a_list"))
    return tuple(_member(member) for member in given)


def _member(given: Any) -> Member:
    hints = typing.get_type_hints(Member)
    if not isinstance(given, dict) or not set(given) <= set(hints):
        raise _Wrong(Problem("not_a_member", {"fields": ", ".join(hints)}))
    values = {name: _value(hints[name], value) for name, value in given.items()}
    return Member(**{"name": "", **{name: value for name, value in values.items() if value is not None}})


def _paper(given: Any) -> Paper:
    if not isinstance(given, dict) or not set(given) <= {"name", "pages", "condition"}:
        raise _Wrong(Problem("not_a_document"))
    return Paper(
        name=_value(str, given.get("name", "")) or "",
        pages=_value(int, given.get("pages")),
        condition=_value(PaperCondition, given.get("condition")) or PaperCondition.PHOTOCOPY,
    )
