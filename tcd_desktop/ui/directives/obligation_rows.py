"""The list of decisions and conclusions to be carried out: what is read, its columns, chips and filters."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from tcd_desktop.domain.cases.obligation import Obligation
from tcd_desktop.domain.cases.obligation_rules import is_open
from tcd_desktop.domain.follow_up.follow_up_terms import ObligationKind, ObligationState
from tcd_desktop.domain.language.text import fold
from tcd_desktop.i18n import LazyText, _, lazy
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.services.cases.obligation_desk import ObligationLine
from tcd_desktop.ui.cases.case_words import due_chip, short_day, short_office
from tcd_desktop.ui.directives.case_links import CaseLink, case_links
from tcd_desktop.ui.exchange.known_offices import office_names
from tcd_desktop.ui.filters.dimensions import Dimension, from_terms
from tcd_desktop.ui.lists.list_columns import Chip, Column, Tone
from tcd_desktop.words import label

ALL, OPEN, OVERDUE, STUCK = range(4)
"""The buttons above the list."""

_SHORT: dict[ObligationKind, LazyText] = {
    ObligationKind.COMPLAINT_DECISION: lazy("Complaint"),
    ObligationKind.DENUNCIATION_CONCLUSION: lazy("Denunciation"),
    ObligationKind.INSPECTION_CONCLUSION: lazy("Inspection"),
    ObligationKind.TASK_FORCE_CONCLUSION: lazy("Working group"),
    ObligationKind.COURT_JUDGMENT: lazy("Judgment"),
}
_STATES: dict[ObligationState, tuple[Tone, str]] = {
    ObligationState.WAITING: ("warning", "hourglass"),
    ObligationState.IN_PROGRESS: ("accent", "user-check"),
    ObligationState.DONE: ("success", "check-check"),
    ObligationState.IMPOSSIBLE: ("closed", "ban"),
}


@dataclass(frozen=True, slots=True)
class ObligationBook:
    """Everything the desk shows of the obligations, read at once in a reader thread."""

    office: str
    today: date
    lines: tuple[ObligationLine, ...]
    names: dict[str, str]
    cases: dict[str, CaseLink]

    def name(self, code: str) -> str:
        """An office in a narrow place."""
        return short_office(self.names.get(code, code))

    def line(self, obligation: str) -> ObligationLine | None:
        """A line by id."""
        return next((one for one in self.lines if one.id == obligation), None)


def read_book(office: OpenOffice) -> ObligationBook:
    """Reads the register with the names of its offices and cases."""
    lines = tuple(office.obligations.lines())
    names = office_names(office)
    cases = case_links(office, (line.obligation.case for line in lines if line.obligation.case), names)
    return ObligationBook(office.office.id, office.today(), lines, names, cases)


def dimensions(offices: Iterable[tuple[str, str]]) -> tuple[Dimension, ...]:
    """The filters; who is responsible is filled in when the register was read."""
    found = [
        from_terms("kind", lazy("Kind of document"), ObligationKind),
        Dimension("responsible", lazy("Responsible"), ()),
    ]
    if told := tuple(offices):
        found.append(Dimension("office", lazy("Ward"), told))
    return tuple(found)


def responsibles(lines: Iterable[ObligationLine]) -> list[tuple[str, str]]:
    """Who is responsible for anything, in the order of names."""
    names = {line.obligation.responsible for line in lines} - {""}
    return [(name, name) for name in sorted(names, key=fold)]


def fits(line: ObligationLine, button: int, values: Mapping[str, str], text: str, today: date) -> bool:
    """Whether a line is left by the button, the filters and the search."""
    one = line.obligation
    by_button = {
        ALL: True,
        OPEN: is_open(one),
        OVERDUE: line.overdue_by(today) > 0,
        STUCK: one.state is ObligationState.IMPOSSIBLE or (is_open(one) and bool(one.reason)),
    }
    if not by_button[button]:
        return False
    asked = {"kind": one.kind.value, "responsible": one.responsible, "office": one.office}
    if any(values.get(key) and values[key] != value for key, value in asked.items()):
        return False
    words = fold(" ".join((one.number, one.issuer, one.summary, one.responsible, line.case_number)))
    return all(word in words for word in fold(text).split())


def state_chip(state: ObligationState) -> Chip:
    """Where it stands."""
    tone, icon = _STATES[state]
    return Chip(label(state), tone, icon)


def _state(line: ObligationLine) -> Chip:
    chip = state_chip(line.obligation.state)
    impossible = line.obligation.state is ObligationState.IMPOSSIBLE
    return replace(chip, text=_("Impossible")) if impossible else chip


def day_chip(one: Obligation, today: date) -> Chip | None:
    """When it was done, or how near its day is."""
    if one.done_on is not None:
        return Chip(_("Done {day}").format(day=short_day(one.done_on, today)), "success", "circle-check")
    return due_chip(one.due, today) if is_open(one) else None


def number_words(one: Obligation) -> str:
    """The number of the document, or its day."""
    return one.number or _("No number")


def obligation_columns(today: Callable[[], date], name: Callable[[str], str], *, wards: bool) -> tuple[Column, ...]:
    """The list; at the district with the ward."""

    def summary(line: ObligationLine) -> str:
        return line.obligation.summary.split("\n", 1)[0][:300]

    def due(line: ObligationLine) -> Chip | None:
        one = line.obligation
        done = one.done_on
        return Chip(short_day(done, today()), "success", "check") if done else day_chip(one, today())

    found = [
        Column("kind", lazy("Kind"), 104, text=_kind, tooltip=_kind_whole),
        Column("number", lazy("Number"), 136, text=lambda line: number_words(line.obligation), strong=True),
        Column(
            "issued",
            lazy("Day"),
            108,
            text=lambda line: short_day(line.obligation.issued_on, today()),
            align="right",
            shown=False,
            value=lambda line: line.obligation.issued_on,
        ),
        Column("summary", lazy("Content"), 120, text=summary, tooltip=_tooltip, stretch=True),
        Column("responsible", lazy("Responsible"), 130, text=lambda line: line.obligation.responsible),
        Column("due", lazy("Deadline"), 162, text=_none, chip=due),
        Column("state", lazy("State"), 148, text=_none, chip=_state),
    ]
    if wards:
        found[4] = Column("office", lazy("Ward"), 116, text=lambda line: short_office(name(line.obligation.office)))
    return tuple(found)


def _kind(line: ObligationLine) -> str:
    return str(_SHORT[line.obligation.kind])


def _kind_whole(line: ObligationLine) -> str:
    return label(line.obligation.kind)


def _none(_line: ObligationLine) -> str:
    return ""


def _tooltip(line: ObligationLine) -> str:
    return "\n".join(filter(None, (line.obligation.summary[:600], line.obligation.reason[:600])))
