"""Where papers are kept: with a saved visit or case, or with the draft of a visit that is not saved yet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from tcd_desktop.domain.cases.case_file import Attachment
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.services.done import Done
from tcd_desktop.services.papers.attachment_desk import Presence, Room
from tcd_desktop.store.drafts.staged import StagedPaper

Record = Attachment | StagedPaper


@dataclass(frozen=True, slots=True)
class Held:
    """A paper as it is listed. `pages` is None where nobody counts them; `presence`: where its content is."""

    id: str
    name: str
    sha256: str
    length: int
    media_type: str
    pages: int | None
    paper: str
    is_card: bool
    presence: Presence = "here"

    @property
    def can_turn(self) -> bool:
        """Whether it may be turned."""
        return self.media_type in ("application/pdf", "image/jpeg", "image/png", "image/bmp", "image/tiff")


def held(record: Record, presence: Presence = "here") -> Held:
    """A record as it is listed."""
    return Held(
        record.id,
        record.name,
        record.sha256,
        record.length,
        record.media_type,
        record.pages,
        record.paper,
        bool(record.card_reason),
        presence,
    )


class PaperPlace(Protocol):
    """The same acts wherever papers lie. All of them run behind the window."""

    @property
    def key(self) -> str:
        """Tells places apart."""

    @property
    def saved(self) -> bool:
        """False for the papers of a draft."""

    @property
    def editable(self) -> bool:
        """False for another office's papers."""

    def papers(self) -> list[Held]:
        """All papers here."""

    def room(self) -> Room:
        """How much room they take."""

    def add(self, name: str, content: bytes, *, paper: str, card_reason: str) -> Done[Held]:
        """Keeps one."""

    def content(self, identity: str) -> bytes:
        """What is in one."""

    def rename(self, identity: str, name: str) -> Done[Held]:
        """Another name."""

    def tie(self, identity: str, paper: str) -> Done[Held]:
        """The scan of that document."""

    def turn(self, identity: str, quarters: int) -> Done[Held]:
        """Turned clockwise."""

    def remove(self, identity: str, reason: str) -> Done[Held]:
        """Taken away."""


def _told(done: Done[Attachment] | Done[StagedPaper]) -> Done[Held]:
    return Done(done.act, held(done.value), done.changes, done.entry)


class SavedPlace:
    """Papers of a visit, or of a case with those of its visits."""

    saved = True

    def __init__(self, office: OpenOffice, *, reception: str = "", case: str = "", editable: bool = True) -> None:
        self._office, self._desk = office, office.attachments
        self._reception, self._case = reception, case
        self.editable = editable and office.may("attachment.add")

    @property
    def key(self) -> str:
        """Tells places apart."""
        return f"{self._reception}|{self._case}"

    def papers(self) -> list[Held]:
        """All papers here."""
        papers = self._desk.papers(reception=self._reception, case=self._case)
        states = self._desk.presence(papers)
        return [held(one, states[one.id]) for one in papers]

    def room(self) -> Room:
        """How much room they take."""
        return self._desk.room(reception=self._reception, case=self._case)

    def add(self, name: str, content: bytes, *, paper: str, card_reason: str) -> Done[Held]:
        """Keeps one."""
        return _told(
            self._desk.add(
                name,
                content,
                reception=self._reception or None,
                case=self._case or None,
                paper=paper,
                card_reason=card_reason,
            )
        )

    def content(self, identity: str) -> bytes:
        """What is in one."""
        return self._desk.content(self._desk.one(identity))

    def rename(self, identity: str, name: str) -> Done[Held]:
        """Another name."""
        return _told(self._desk.rename(identity, name))

    def tie(self, identity: str, paper: str) -> Done[Held]:
        """The scan of that document."""
        return _told(self._desk.tie(identity, paper))

    def turn(self, identity: str, quarters: int) -> Done[Held]:
        """Turned clockwise."""
        return _told(self._desk.turn(identity, quarters))

    def remove(self, identity: str, reason: str) -> Done[Held]:
        """Into the recycle bin."""
        return _told(self._desk.remove(identity, reason))


class StagedPlace:
    """Papers of a draft."""

    saved = False
    editable = True

    def __init__(self, office: OpenOffice, draft: str) -> None:
        self._office, self._desk, self._draft = office, office.staged, draft

    @property
    def key(self) -> str:
        """Tells places apart."""
        return self._draft

    def papers(self) -> list[Held]:
        """All papers here."""
        return [held(one) for one in self._desk.papers(self._draft)]

    def room(self) -> Room:
        """How much room they take."""
        return self._office.attachments.room(draft=self._draft)

    def add(self, name: str, content: bytes, *, paper: str, card_reason: str) -> Done[Held]:
        """Keeps one."""
        return _told(self._desk.add(self._draft, name, content, paper=paper, card_reason=card_reason))

    def content(self, identity: str) -> bytes:
        """What is in one."""
        return self._desk.content(self._desk.one(self._draft, identity))

    def rename(self, identity: str, name: str) -> Done[Held]:
        """Another name."""
        return _told(self._desk.rename(self._draft, identity, name))

    def tie(self, identity: str, paper: str) -> Done[Held]:
        """The scan of that document."""
        return _told(self._desk.tie(self._draft, identity, paper))

    def turn(self, identity: str, quarters: int) -> Done[Held]:
        """Turned clockwise."""
        return _told(self._desk.turn(self._draft, identity, quarters))

    def remove(self, identity: str, reason: str) -> Done[Held]:
        """Out of the draft; `restore` brings it back."""
        return _told(self._desk.remove(self._draft, identity))

    def restore(self, identity: str) -> Done[Held]:
        """Back into the draft."""
        return _told(self._desk.restore(self._draft, identity))
