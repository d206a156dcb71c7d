"""What a ward finds on a stick: rehearsed first, then read into the books; both as the same lines for people."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from tcd_desktop.i18n import LazyText, _, lazy, ngettext
from tcd_desktop.jobs import Progress, stop_if_cancelled
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.sentences import code_sentence, why_and_next
from tcd_desktop.services.cases.clocks import days_off
from tcd_desktop.store.schema.rows import ROWS
from tcd_desktop.store.store import Connection
from tcd_desktop.sync.answer_told import AnswerTold, Aside, keep_told, told_of
from tcd_desktop.sync.bundle_contents import BundleRecord, called
from tcd_desktop.sync.inbox import ImportResult
from tcd_desktop.sync.keyring import required_membership
from tcd_desktop.sync.refusals import Code
from tcd_desktop.ui.exchange.outcomes import breakable
from tcd_desktop.ui.exchange.record_words import about, kind_word, record_chip
from tcd_desktop.ui.exchange.standing import carried_words, count_words
from tcd_desktop.ui.lists.paged_model import Chip
from tcd_desktop.words import field_name

BUNDLE_NAME = re.compile(r"TCD_([A-Z0-9-]+)_([0-9a-f]{8})_e\d+_\d+-\d+(?:_v\d+of\d+)?\.tcdb", re.IGNORECASE)
WILL_GO = ("applied", "parked")
FROM_ABOVE = ("directive", "reminder", "review_entry", "review_progress", "inspection_round", "finding", "day_off")
"""What an officer looks for first in an answer."""


@dataclass(frozen=True, slots=True)
class StickLine:
    """One line: what it is, what it is about, what it means. `table` and `record` name what can be opened."""

    id: str
    chip: Chip
    about: str
    detail: str
    table: str = ""
    record: str = ""
    kind: str = ""
    """The word under which it is counted."""


@dataclass(frozen=True, slots=True)
class Stick:
    """Files of a stick, what each would do or did (`read`), and the lines of it. `moved` open dates were counted anew.

    `told`: SHA-256 of an answer -> what it tells.
    """

    files: tuple[Path, ...]
    results: tuple[ImportResult, ...]
    told: dict[str, AnswerTold]
    lines: tuple[StickLine, ...]
    read: bool = False
    moved: int = 0

    @property
    def ready(self) -> int:
        """How many files would go in."""
        return sum(result.outcome in WILL_GO for result in self.results)


def look_into(office: OpenOffice, files: Sequence[Path], progress: Progress) -> Stick:
    """Plays the reading of each file through without keeping anything."""
    results: list[ImportResult] = []
    told: dict[str, AnswerTold] = {}
    member = required_membership(office.store)
    for number, file in enumerate(files):
        stop_if_cancelled(progress)
        progress.step(number, len(files), file.name)
        (result,) = office.inbox.take([file], dry_run=True)
        results.append(result)
        if result.answer is not None:
            with office.store.reading() as connection:
                told[result.digest] = told_of(connection, member, result.answer)
    progress.step(len(files), len(files))
    return Stick(tuple(files), tuple(results), told, stick_lines(office, results, told))


def read_in(office: OpenOffice, seen: Stick, progress: Progress) -> Stick:
    """Reads what was looked into; what the rehearsal refused is offered again, for the ledger."""
    before = days_off(office.store)
    results = office.inbox.take(seen.files, progress=progress)
    for result in results:
        if result.outcome == "applied" and result.bundle and result.digest in seen.told:
            keep_told(office.store, result.bundle, seen.told[result.digest])
    moved = dates_moved(office) if days_off(office.store) != before else 0
    lines = stick_lines(office, results, seen.told)
    return replace(seen, results=tuple(results), lines=lines, read=True, moved=moved)


def dates_moved(office: OpenOffice) -> int:
    """Open dates follow the tables of days off that have come; how many moved. Who only reads moves none."""
    if not office.writes_in(office.office.id):
        return 0
    return len(office.recounts.recount().value)


def is_older_answer(result: ImportResult) -> bool:
    """An answer of the superior from before the newest one that was read here: another PC still carried it."""
    return result.code == Code.ROLLBACK.value and result.facts.get("reason") == "return"


def is_of_former_pc(result: ImportResult) -> bool:
    """A bundle of another PC of this office that was written before this one had joined, and is closed to it."""
    return result.code == Code.RECIPIENT.value and BUNDLE_NAME.fullmatch(result.file.name) is not None


# -- lines -----------------------------------------------------------------------------------------------


def stick_lines(
    office: OpenOffice, results: Sequence[ImportResult], told: dict[str, AnswerTold]
) -> tuple[StickLine, ...]:
    """Refused files, what the superior says of ours, its receipt, what it sends, then the rest."""
    records: dict[tuple[str, str], BundleRecord] = {}
    for result in results:
        records |= {(one.table, one.record): one for one in result.records}
    answers = [told[result.digest] for result in results if result.outcome == "applied" and result.digest in told]
    with office.store.reading() as connection:
        newest = list(told_lines(connection, office.office.id, answers[-1])) if answers else []
    if len(answers) > 1 and newest:
        newest = [_all_fresh(line, sum(one.fresh for one in answers)) for line in newest]
    first = [_record_line(one) for one in records.values() if one.table in FROM_ABOVE]
    rest = [_record_line(one) for one in records.values() if one.table not in FROM_ABOVE]
    return (*_file_lines(results), *newest[1:], *newest[:1], *sorted(first, key=_by_table), *rest)


def _by_table(line: StickLine) -> int:
    return FROM_ABOVE.index(line.table)


def _file_lines(results: Sequence[ImportResult]) -> Iterator[StickLine]:
    """What does not go in. Beside what does, bundles that a former PC of this office left are nobody's business."""
    some = any(result.outcome == "applied" for result in results)
    for result in results:
        if some and is_of_former_pc(result):
            continue
        name = breakable(result.file.name)
        if result.outcome == "parked":
            chip = Chip(_("Waits for another"), "warning", "hourglass")
            yield StickLine(
                f"file {result.file}", chip, name, _("It continues another file and goes in after that one.")
            )
        elif result.outcome == "refused" and not is_older_answer(result):
            chip = Chip(_("Refused"), "danger", "circle-x")
            yield StickLine(f"file {result.file}", chip, name, code_sentence(result.code, result.facts))


def told_lines(connection: Connection, office: str, told: AnswerTold) -> Iterator[StickLine]:
    """What an answer says besides records: first the receipt."""
    fresh = _("{changes} confirmed").format(changes=count_words(told.fresh)) if told.fresh else _("Nothing new in it")
    upto = _("Arrived up to entry {n}").format(n=told.confirmed) if told.confirmed else _("Nothing has arrived yet")
    yield StickLine("receipt", Chip(_("Receipt"), "success", "badge-check"), upto, fresh, kind=_("Receipt"))
    for one in told.aside:
        yield _aside_line(connection, office, one)
    for first, last in told.wanted:
        chip, span = Chip(_("Asked for again"), "warning", "hourglass"), f"{first}–{last}"
        detail = _("They have not arrived. The next stick carries them again.")
        yield StickLine(f"wanted {span}", chip, _("Entries {span}").format(span=span), detail)
    if told.papers:
        chip = Chip(_("Asked for again"), "warning", "hourglass")
        yield StickLine("papers", chip, carried_words(0, told.papers), _("The next stick carries them again."))
    if told.certificate:
        chip = Chip(_("Certificate"), "accent", "shield-check")
        yield StickLine("certificate", chip, _("The next certificate of this PC"), _("It holds from now on."))


def _aside_line(connection: Connection, office: str, one: Aside) -> StickLine:
    number = called(one.table, ROWS[one.table].read(connection, office, one.record))[0]
    why, next_step = why_and_next(one.code, {})
    chip = Chip(_("Not taken over"), "danger", "circle-alert")
    title = f"{kind_word(one.table)} {number}".strip()
    return StickLine(f"aside {one.record}", chip, title, f"{why} {next_step}", one.table, one.record)


def _all_fresh(line: StickLine, fresh: int) -> StickLine:
    if line.id != "receipt" or not fresh:
        return line
    return replace(line, detail=_("{changes} confirmed").format(changes=count_words(fresh)))


def _record_line(one: BundleRecord) -> StickLine:
    word = kind_word(one.table)
    title = about(one)
    fields = ", ".join(dict.fromkeys(field_name(name) for name in one.fields))
    detail = _("Changed: {fields}").format(fields=fields) if fields else str(MEANING.get(one.table, ""))
    return StickLine(
        f"{one.table} {one.record}",
        record_chip(one.outcome),
        f"{word}: {title}" if title else word,
        detail,
        one.table,
        one.record,
        word,
    )


MEANING: dict[str, LazyText] = {
    "directive": lazy("To be carried out; it stands under Directives."),
    "reminder": lazy("An answer is awaited; it stands under Directives."),
    "review_entry": lazy("The superior office reviews this case."),
    "finding": lazy("To be corrected and answered; it stands under Inspections."),
    "inspection_round": lazy("An inspection of this office."),
    "day_off": lazy("Open dates are counted again with it."),
}


# -- sentences -------------------------------------------------------------------------------------------


def counted(stick: Stick) -> str:
    """ "Directive 2 · Day of the calendar 1 · Receipt", in the order of the lines."""
    numbers: dict[str, int] = {}
    for line in stick.lines:
        if line.kind:
            numbers[line.kind] = numbers.get(line.kind, 0) + 1
    return " · ".join(f"{word} {n}" if n > 1 else word for word, n in numbers.items())


def moved_sentence(moved: int) -> str:
    """How many open dates a new table of days off has moved; "" when none."""
    if not moved:
        return ""
    words = ngettext(
        "Days off have come from outside: {n} open date was computed again, see the history of its record.",
        "Days off have come from outside: {n} open dates were computed again, see the history of their records.",
        moved,
    )
    return words.format(n=moved)
