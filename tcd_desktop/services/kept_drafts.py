"""What an officer is typing, kept so that a crash loses nothing."""

from __future__ import annotations

import msgspec

from tcd_desktop.domain.office import Officer
from tcd_desktop.domain.reception import ReceptionDraft
from tcd_desktop.store import drafts
from tcd_desktop.store.store import Store


class KeptDrafts:
    """Drafts have no number, stay on this PC and are never exchanged."""

    def __init__(self, store: Store, officer: Officer) -> None:
        self._store = store
        self._officer = officer

    def save_draft(self, name: str, draft: ReceptionDraft) -> None:
        """Keeps what is being typed, so that a crash loses nothing. It has no number and is never exchanged."""
        value = msgspec.json.encode(draft).decode("utf-8")
        with self._store.writing() as connection:
            drafts.keep(connection, name=name, officer=self._officer.id, value=value, at=self._store.stamp())

    def drafts(self) -> dict[str, ReceptionDraft]:
        """What this officer was typing, by name, newest first."""
        kept = self._store.read(lambda connection: drafts.of_officer(connection, self._officer.id))
        return {name: msgspec.json.decode(value, type=ReceptionDraft) for name, value in kept.items()}

    def drop_draft(self, name: str) -> None:
        """Forgets a draft."""
        with self._store.writing() as connection:
            drafts.drop(connection, name)
