"""Unfinished drafts (bản nháp) of an officer: listed, thrown away, and brought back when that was a mistake.

Drafts are kept by `kept_drafts` while somebody types; each officer sees the own ones only.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

import msgspec

from tcd_desktop.domain.office import Officer
from tcd_desktop.domain.problems import Refused
from tcd_desktop.domain.receptions.reception import ReceptionDraft
from tcd_desktop.services.receptions.kept_drafts import DraftTexts
from tcd_desktop.store.drafts import drafts
from tcd_desktop.store.journal.clock import stamp_time
from tcd_desktop.store.store import Store


@dataclass(frozen=True, slots=True)
class KeptDraft:
    """A draft with its name in the store and the time of its last change (UTC)."""

    name: str
    draft: ReceptionDraft
    at: datetime
    stamp: str


class DraftsDesk:
    """Reads and throws away; what is typed is kept elsewhere."""

    def __init__(self, store: Store, *, officer: Officer, texts: DraftTexts) -> None:
        self._store = store
        self._texts = texts
        self._officer = officer

    def all(self) -> list[KeptDraft]:
        """This officer's drafts, the newest first. A draft that no version of this program can read is left out."""
        found = []
        for name, value, at in self._store.read(lambda connection: drafts.kept(connection, self._officer.id)):
            try:
                draft = self._texts.draft(name, value)
            except (msgspec.MsgspecError, Refused):
                continue
            found.append(KeptDraft(name, draft, stamp_time(at), at))
        return found

    def discard(self, names: Iterable[str]) -> list[KeptDraft]:
        """Throws drafts away; gives them back, so that `put_back` can undo it."""
        wanted = set(names)
        gone = [one for one in self.all() if one.name in wanted]
        with self._store.writing() as connection:
            for one in gone:
                drafts.drop(connection, one.name)
        return gone

    def put_back(self, gone: Iterable[KeptDraft]) -> None:
        """Keeps drafts again that were thrown away, with the time they had."""
        with self._store.writing() as connection:
            for one in gone:
                value = self._texts.text(one.name, one.draft)
                drafts.keep(connection, name=one.name, officer=self._officer.id, value=value, at=one.stamp)
