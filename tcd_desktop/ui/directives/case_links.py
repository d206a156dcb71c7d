"""The cases a directive names, in words; a denunciation is told by its number and kind only."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial

from PySide6.QtWidgets import QPushButton

from tcd_desktop.domain.cases.case_file import CaseFile
from tcd_desktop.domain.terms import Classification
from tcd_desktop.i18n import _
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.ui.cases.case_words import short_office
from tcd_desktop.ui.look.link_line import link_line
from tcd_desktop.words import label, masked_name


@dataclass(frozen=True, slots=True)
class CaseLink:
    """A case in a line. `secret`: a denunciation, of which nothing else is shown."""

    id: str
    office: str
    words: str
    secret: bool


def link_of(case_id: str, office: str, number: str, title: str, classification: Classification, name: str) -> CaseLink:
    """How a case is named; `name` is its office where that has to be told."""
    secret = classification is Classification.DENUNCIATION
    told = f"{label(classification)} ({masked_name(classification).lower()})" if secret else title
    return CaseLink(case_id, office, " · ".join(filter(None, (number, name, told))), secret)


def case_links(office: OpenOffice, ids: Iterable[str], names: dict[str, str]) -> dict[str, CaseLink]:
    """Id -> link of the cases that are on this PC; a reader's work."""
    wanted = tuple(dict.fromkeys(ids))
    if not wanted:
        return {}
    marks = ", ".join("?" * len(wanted))
    found = office.store.all(CaseFile, f"id IN ({marks}) AND removed = ''", wanted)
    return {case.id: link_to(case, office, names) for case in found}


def link_to(case: CaseFile, office: OpenOffice, names: dict[str, str]) -> CaseLink:
    """A case of the store as a link."""
    name = short_office(names.get(case.office, case.office)) if office.is_superior else ""
    return link_of(case.id, case.office, case.book_number, case.title, case.classification, name)


def link_button(link: CaseLink, go: Callable[[str], None]) -> QPushButton:
    """A line that opens the case."""
    icon, ink = ("lock", "secret") if link.secret else ("folder-open", "accent")
    button = link_line(link.words, icon, partial(go, link.id), ink=ink)
    button.setAccessibleName(_("Open the case {words}").format(words=link.words))
    return button
