"""What stands in the cells of the log book: one line of the book by the columns' keys, in the words of the packs.

The same texts go on paper and into the table file. A cell may have several lines ("\\n").
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Final

from tcd_desktop.documents.log_book_form import BookForm, BookWords, book_words
from tcd_desktop.domain.follow_up.follow_up_terms import SettlementResult
from tcd_desktop.domain.receptions.log_book import BookLine
from tcd_desktop.domain.receptions.reception import Reception
from tcd_desktop.domain.terms import CaseState, Direction, IdKind, ReceiverRank, ReceptionForm, Role

NOTED_DIRECTIONS: Final = frozenset({Direction.REQUIRE_LOWER, Direction.EXPLAIN, Direction.TO_HEAD})
"""Those that have no column of their own."""


class Cells:
    """Makes the cells of lines in the words of one form. `with_year`: numbers carry their year."""

    def __init__(self, form: BookForm, *, with_year: bool) -> None:
        self._form = form
        self._with_year = with_year
        self._words: BookWords = book_words()
        self._keys = [column.key for column in form.columns]
        self._made: Mapping[str, Callable[[BookLine], str]] = {
            "number": self._number,
            "date": lambda line: day_text(line.visit.date),
            "person": self._person,
            "identity": self._identity,
            "matter": self._matter,
            "classification": self._class,
            "people": lambda line: str(line.visit.people),
            "classification_people": self._class_and_people,
            "settled_by": lambda line: line.visit.settled_by,
            "accepted": self._accepted,
            "guided": self._guided,
            "forwarded": self._forwarded,
            "follow_up": self._follow_up,
            "note": self._note,
        }

    def of(self, line: BookLine) -> list[str]:
        """The cells in the order of the columns. A line in the recycle bin keeps its number and says why."""
        if line.visit.removed:
            told = {
                "number": self._number(line),
                "date": day_text(line.visit.date),
                "matter": self._words.fill("removed", reason=line.visit.removed),
            }
            return [told.get(key, "") for key in self._keys]
        made = self._made
        return [made[key](line) for key in self._keys]

    def _number(self, line: BookLine) -> str:
        visit = line.visit
        if self._with_year:
            return visit.book_number
        return str(visit.number) if visit.series in ("", "A") else f"{visit.number}-{visit.series}"

    def _person(self, line: BookLine) -> str:
        visit = line.visit
        if visit.is_secret and not visit.name:
            return self._words["masked"]
        return _lines(
            visit.name,
            visit.address,
            self._words.fill("represents", name=visit.represented) if visit.represented else "",
            self._words.fill("group", people=visit.people) if visit.role is Role.GROUP_REPRESENTATIVE else "",
        )

    def _identity(self, line: BookLine) -> str:
        visit = line.visit
        kind = self._words.get(f"id_kind.{visit.id_kind}") if visit.id_number else ""
        if visit.id_kind is not IdKind.OTHER or not visit.id_number:
            return _lines(kind, visit.id_number)
        issued = self._words.fill("issued", day=day_text(visit.id_issued)) if visit.id_issued else ""
        return _lines(kind, visit.id_number, issued, visit.id_place)

    def _matter(self, line: BookLine) -> str:
        visit = line.visit
        return _lines(visit.content, self._words.fill("request", request=visit.request) if visit.request else "")

    def _class(self, line: BookLine) -> str:
        return self._form.classes.get(line.visit.classification or "", "")

    def _class_and_people(self, line: BookLine) -> str:
        return _lines(self._class(line), self._words.fill("people", people=line.visit.people))

    def _accepted(self, line: BookLine) -> str:
        return self._words["accepted_mark"] if line.visit.direction is Direction.ACCEPT else ""

    def _guided(self, line: BookLine) -> str:
        return _lines(line.visit.guided_to, self._letter(line.visit.guidance_number, None))

    def _forwarded(self, line: BookLine) -> str:
        visit = line.visit
        return _lines(visit.forwarded_to, self._letter(visit.forwarding_number, visit.forwarded_on))

    def _letter(self, number: str, on: date | None) -> str:
        if not number:
            return self._words.fill("dated", day=day_text(on)) if on else ""
        if on is None:
            return self._words.fill("letter", number=number)
        return self._words.fill("letter_dated", number=number, day=day_text(on))

    def _follow_up(self, line: BookLine) -> str:
        visit, words = line.visit, self._words
        direction = words[f"direction.{visit.direction}"] if visit.direction in NOTED_DIRECTIONS else ""
        return _lines(self._refused(visit) or direction, self._answer(visit), self._case(line), visit.follow_up)

    def _refused(self, visit: Reception) -> str:
        if visit.direction is not Direction.REFUSE:
            return ""
        if visit.refusal_notice_number and visit.refusal_notice_on:
            number, on = visit.refusal_notice_number, day_text(visit.refusal_notice_on)
            return self._words.fill("refused_notice", number=number, day=on)
        return self._words["refused"]

    def _answer(self, visit: Reception) -> str:
        if visit.answered_on is None:
            return ""
        words = (self._words.get(f"answer.{visit.answer_kind}"), self._words.get(f"channel.{visit.answer_channel}"))
        kind = ", ".join(filter(None, words))
        return self._words.fill("answered", day=day_text(visit.answered_on), kind=kind).rstrip(": ")

    def _case(self, line: BookLine) -> str:
        state, result = line.case_state, line.case_result
        if not isinstance(state, CaseState):
            return ""
        told = {"number": line.case_number, "state": self._words[f"case_state.{state}"]}
        if isinstance(result, SettlementResult):
            return self._words.fill("case_result", result=self._words[f"result.{result}"], **told)
        return self._words.fill("case", **told)

    def _note(self, line: BookLine) -> str:
        visit, words = line.visit, self._words
        ranks = {ReceiverRank.HEAD: words["head"], ReceiverRank.DELEGATE: words["delegate"]}
        return _lines(
            ranks.get(visit.receiver_rank, ""),
            words["online"] if visit.form is ReceptionForm.ONLINE else "",
            words["crowd"] if visit.is_crowd else "",
            words.fill("same_visit", number=line.same_visit) if line.same_visit else "",
            visit.note,
        )


def day_text(day: date | None) -> str:
    """ "05/09/2026"; "" for none."""
    return f"{day.day:02d}/{day.month:02d}/{day.year:04d}" if day else ""


def _lines(*parts: str) -> str:
    return "\n".join([part for part in parts if part])
