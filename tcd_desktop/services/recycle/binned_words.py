"""What a record of the recycle bin is called: its number or day, a few words, and whether they must stay closed.

What belongs to a denunciation has no words of its own: a title, a direction or a paper may name the denouncer.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from tcd_desktop.domain.cases.case_file import Attachment, CaseFile, Petition
from tcd_desktop.domain.cases.case_step import CaseStep
from tcd_desktop.domain.cases.class_tag import ClassTag
from tcd_desktop.domain.cases.obligation import Obligation
from tcd_desktop.domain.follow_up.directive import Directive, DirectiveProgress, Reminder
from tcd_desktop.domain.follow_up.inspection import Finding, FindingReply, InspectionRound
from tcd_desktop.domain.follow_up.review import ReviewEntry, ReviewProgress
from tcd_desktop.domain.letters.letter import Letter, OwnText
from tcd_desktop.domain.old_book.old_book import OldBook, OpeningBalance
from tcd_desktop.domain.people.link import Link
from tcd_desktop.domain.people.person import Citizen
from tcd_desktop.domain.people.protection import ProtectionRequest
from tcd_desktop.domain.receptions.phrase import Phrase
from tcd_desktop.domain.receptions.reception import Reception
from tcd_desktop.domain.reports.report_entry import ReportEntry
from tcd_desktop.domain.reports.sent_report import SentReport
from tcd_desktop.domain.sittings.sitting import Conclusion, Sitting
from tcd_desktop.domain.terms import Classification
from tcd_desktop.store.store import Store


@dataclass(frozen=True, slots=True)
class Called:
    """`number` in a book, or a day; `code` names an act or a kind for which the window has words."""

    number: str = ""
    name: str = ""
    secret: bool = False
    code: str = ""


class BinnedWords:
    """Reads what a record belongs to as well."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._words: dict[type[Any], Callable[[Any], Called]] = {
            Reception: lambda one: Called(one.book_number, one.name, one.is_secret),
            CaseFile: lambda one: Called(one.book_number, one.title, _denounces(one)),
            Petition: lambda one: Called(one.book_number, one.name or one.content, _denounces(one)),
            Citizen: lambda one: Called("", one.name),
            Attachment: self._paper,
            Link: lambda one: Called(
                " – ".join(filter(None, (self._owner(Reception, it)[0] for it in (one.earlier, one.later))))
            ),
            Sitting: lambda one: Called(_day(one.day), one.place),
            Conclusion: lambda one: self._of(one.content, reception=one.reception, case=one.case),
            Phrase: lambda one: Called(f"/{one.key}", one.text),
            OldBook: lambda one: Called(f"{one.taken}", one.file_name),
            OpeningBalance: lambda one: Called(_day(one.on), f"{one.form} · {one.column}: {one.value}"),
            CaseStep: lambda one: self._of(_day(one.on), case=one.case, code=one.act),
            Obligation: lambda one: self._of(one.summary, case=one.case, number=one.number),
            ProtectionRequest: lambda one: Called(self._owner(CaseFile, one.case)[0], "", True),
            Directive: lambda one: Called(one.number, one.content, self._any_denunciation(one.cases)),
            DirectiveProgress: lambda one: self._directive(one.directive, one.content),
            Reminder: lambda one: self._of(one.content, case=one.target, number=one.number, unit=one.unit),
            ReviewEntry: lambda one: self._of(one.history or one.note or one.measure, case=one.case, unit=one.unit),
            ReviewProgress: lambda one: self._review(one.entry, one.content),
            InspectionRound: lambda one: Called(
                one.decision_number, f"{_day(one.since)} – {_day(one.until)} · {one.unit}"
            ),
            Finding: lambda one: Called("", one.text),
            FindingReply: lambda one: Called(_day(one.on), one.content),
            ClassTag: lambda one: Called(_day(one.since), one.name),
            Letter: lambda one: Called(one.book_number, one.about, one.sealed is not None),
            OwnText: lambda one: Called(_day(one.since), one.about or " ".join(one.body[:1])),
            SentReport: lambda one: Called(one.number, f"{_day(one.first)} – {_day(one.last)}"),
            ReportEntry: lambda one: Called(one.period, one.text or f"{one.form} · {one.column}: {one.value}"),
        }

    def of(self, record: Any) -> Called:
        """The words of a record; a denouncer is not named."""
        naming = self._words.get(type(record))
        if naming is None:  # records that are never in the bin: an officer, a day off, an office
            return Called("", str(getattr(record, "name", "") or getattr(record, "id", "")))
        found = naming(record)
        return Called(found.number, "" if found.secret else found.name, found.secret, found.code)

    def _paper(self, one: Attachment) -> Called:
        return self._of(one.name, reception=one.reception, case=one.case)

    def _of(
        self,
        name: str,
        *,
        reception: str | None = None,
        case: str | None = None,
        number: str = "",
        unit: str = "",
        code: str = "",
    ) -> Called:
        """Words of what belongs to a visit or a case, with the number of one of them where it has none itself."""
        visit, matter = self._owner(Reception, reception), self._owner(CaseFile, case)
        text = " · ".join(filter(None, (name, unit)))
        return Called(number or visit[0] or matter[0], text, visit[1] or matter[1], code)

    def _owner(self, kind: type[Any], identity: str | None) -> tuple[str, bool]:
        """(number in its book, whether it is a denunciation) of a visit or case."""
        found = self._store.find(kind, identity) if identity else None
        return (found.book_number, _denounces(found)) if found is not None else ("", False)

    def _any_denunciation(self, cases: tuple[str, ...]) -> bool:
        return any(self._owner(CaseFile, case)[1] for case in cases)

    def _directive(self, identity: str, content: str) -> Called:
        found = self._store.find(Directive, identity)
        return Called(found.number, content, self._any_denunciation(found.cases)) if found else Called("", content)

    def _review(self, identity: str, content: str) -> Called:
        found = self._store.find(ReviewEntry, identity)
        return self._of(content, case=found.case if found else None)


def _denounces(record: Any) -> bool:
    return bool(record.classification is Classification.DENUNCIATION)


def _day(day: date) -> str:
    return f"{day:%d/%m/%Y}"
