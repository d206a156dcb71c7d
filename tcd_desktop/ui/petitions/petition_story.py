"""All that is shown of one petition, read at once in a reader thread; and the source of the list."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from tcd_desktop.domain.cases.case_file import CaseFile, Petition, PetitionDraft
from tcd_desktop.domain.office import Office, Officer
from tcd_desktop.domain.receptions.reception import Reception
from tcd_desktop.domain.terms import Classification
from tcd_desktop.i18n import _, ngettext
from tcd_desktop.law import case_grounds
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.store.lists.pages import Count, Page
from tcd_desktop.store.lists.petition_pages import PetitionPages, PetitionQuery, PetitionRow
from tcd_desktop.ui.cases.case_words import class_chip, full_day
from tcd_desktop.ui.cases.history_words import Event, events
from tcd_desktop.ui.forms.typed_dates import show_birth
from tcd_desktop.ui.lists.inspector import Facts
from tcd_desktop.ui.lists.paged_model import Chip
from tcd_desktop.ui.petitions.petition_words import bucket_words, direction_chip, eligible_chip
from tcd_desktop.words import label, masked_name, show


@dataclass(frozen=True, slots=True)
class PetitionStory:
    """`visit` is where it was handed over, `first` what it repeats, `repeats` what repeats it."""

    petition: Petition
    own: bool
    office_name: str
    visit: Reception | None
    case: CaseFile | None
    first: Petition | None
    repeats: tuple[Petition, ...]
    events: tuple[Event, ...]
    today: date

    @property
    def number(self) -> str:
        """Its own number, else the visit's."""
        return self.petition.book_number or (self.visit.book_number if self.visit else "")

    @property
    def classification(self) -> Classification | None:
        """Its own, else the visit's."""
        return self.petition.classification or (self.visit.classification if self.visit else None)

    @property
    def secret(self) -> bool:
        """A denunciation."""
        return self.classification is Classification.DENUNCIATION


def read_story(office: OpenOffice, petition_id: str) -> PetitionStory | None:
    """The whole story of a petition, or None when it is not here."""
    petition = office.petitions.find(petition_id)
    if petition is None or petition.removed:
        return None
    owner = office.store.find(Office, petition.office)
    officers = {officer.id: officer.name for officer in office.store.all(Officer)}
    first = office.petitions.find(petition.duplicate_of) if petition.duplicate_of else None
    return PetitionStory(
        petition=petition,
        own=petition.office == office.office.id,
        office_name=owner.name if owner else petition.office,
        visit=office.receptions.find(petition.reception) if petition.reception else None,
        case=office.cases.find(petition.case) if petition.case else None,
        first=first,
        repeats=tuple(office.petitions.repeats_of(petition_id)),
        events=tuple(events(office.cases.history(petition_id), officers, office.today())),
        today=office.today(),
    )


def draft_of(petition: Petition) -> PetitionDraft:
    """What a form begins with; a denouncer's identity is not in it."""
    return PetitionDraft(**{f.name: getattr(petition, f.name) for f in fields(PetitionDraft)})


def chips_of(story: PetitionStory) -> list[Chip]:
    """Class, eligibility, direction."""
    petition = story.petition
    direction = petition.direction or (story.visit.direction if story.visit else None)
    found = [
        class_chip(story.classification) if story.classification else None,
        eligible_chip(petition.eligible, examined=direction is not None),
        direction_chip(direction),
        Chip(_("Repeats {number}").format(number=story.first.book_number), "closed", "files") if story.first else None,
    ]
    return [chip for chip in found if chip is not None]


def petitioner_of(story: PetitionStory, opened: Petition | None) -> str:
    """The heading: who wrote it, masked for a denunciation that was not opened."""
    petition = opened or story.petition
    if story.secret and opened is None:
        return masked_name(Classification.DENUNCIATION)
    if petition.anonymous and not petition.name:
        return _("Anonymous")
    name = petition.name or (story.visit.name if story.visit else "")
    more = petition.signers - 1
    if more > 0:
        words = ngettext("and {n} more", "and {n} more", more).format(n=more)
        return f"{name or masked_name(None)} {words}"
    return name or masked_name(None)


def groups_of(story: PetitionStory, opened: Petition | None) -> list[tuple[str, Facts]]:
    """The facts in the order in which a petition is processed."""
    petition = story.petition
    return [
        (_("Petitioner"), _person(story, opened)),
        (_("Where it came from"), _origin(petition)),
        (_("Content"), _content(story)),
        (_("Judgement"), _judgement(story)),
        (_("Handling"), _handling(petition)),
    ]


def _person(story: PetitionStory, opened: Petition | None) -> Facts:
    if story.secret and opened is None:
        return [(_("Identity"), _("kept secret; looking at it needs a reason"))]
    person: Any = opened or (story.visit if story.visit and not story.petition.number else story.petition)
    others = "\n".join(", ".join(filter(None, (one.name, one.id_number, one.address))) for one in person.members)
    return [
        (_("Born"), show_birth(person.birth_date) or person.birth_date),
        (_("Identity paper"), person.id_number),
        (_("Address"), person.address),
        (_("Telephone"), person.phone),
        (_("On behalf of"), person.represented),
        (_("Signed with"), others),
    ]


def _origin(petition: Petition) -> Facts:
    letter = " · ".join(filter(None, (petition.incoming_number, full_day(petition.incoming_on))))
    return [
        (_("Source"), label(petition.source)),
        (_("Sent on by"), petition.sender),
        (_("Their letter"), letter),
        (_("Received"), full_day(petition.received_on)),
        (_("Written on"), full_day(petition.petition_date)),
        (_("Original papers"), _("kept with it; they go back to the citizen") if petition.original_papers else ""),
    ]


def _content(story: PetitionStory) -> Facts:
    petition = story.petition
    about = "\n".join(", ".join(filter(None, (one.name, one.title, one.address))) for one in petition.subjects)
    again = ""
    if petition.instance > 1:
        again = _("Denounced again") if story.secret else _("Second complaint")
    return [
        (_("Content"), petition.content),
        (_("Request"), petition.request),
        (_("About"), about),
        (_("First or again"), again),
        (_("Field"), bucket_words(story.classification, petition.field)),
        (_("Tag"), petition.tag),
    ]


def _judgement(story: PetitionStory) -> Facts:
    petition = story.petition
    texts = (
        {one.code: one.text for one in case_grounds("not_eligible", story.classification)}
        if story.classification
        else {}
    )
    grounds = "\n".join(texts.get(code, code) for code in petition.ineligible)
    competence = {None: "", True: _("Within the competence"), False: _("Outside the competence")}
    return [
        (_("Grounds against it"), grounds),
        (_("Competence"), competence[petition.within_competence]),
    ]


def _handling(petition: Petition) -> Facts:
    letter = " · ".join(
        filter(None, (petition.direction_number, show(petition.direction_on) if petition.direction_on else ""))
    )
    return [
        (_("To"), petition.directed_to),
        (_("Letter"), letter),
        (_("Reason"), petition.direction_reason),
        (_("Note"), petition.note),
    ]


class PetitionSource:
    """Pages of petitions for the list."""

    def __init__(self, office: OpenOffice) -> None:
        self._store = office.store
        self._pages = PetitionPages()

    def page(self, query: PetitionQuery, *, before: Any, size: int) -> Page[PetitionRow]:
        """The rows after a cursor."""
        with self._store.reading() as connection:
            return self._pages.page(connection, query, before=before, size=size)

    def count(self, query: PetitionQuery, cap: int) -> Count:
        """How many, up to a cap."""
        with self._store.reading() as connection:
            return self._pages.count(connection, query, cap=cap)

    def anchors(self, query: PetitionQuery, every: int = 1000) -> Sequence[Any]:
        """A cursor for each `every` rows."""
        with self._store.reading() as connection:
            return self._pages.anchors(connection, query, every=every)


def every_petition(office: OpenOffice, query: PetitionQuery) -> Iterator[PetitionRow]:
    """Every petition of a list, from one state of the data. For a reader thread."""
    with office.store.reading() as connection:
        cursor = None
        while True:
            page = office.petitions.pages.page(connection, query, before=cursor, size=1000)
            yield from page.rows
            cursor = page.next
            if cursor is None:
                return
