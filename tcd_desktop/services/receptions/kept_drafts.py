"""What an officer is typing, kept so that a crash loses nothing. Of a denunciation the whole draft is sealed."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, Final

import msgspec

from tcd_desktop.domain.office import Officer
from tcd_desktop.domain.problems import Refused
from tcd_desktop.domain.receptions.reception import ReceptionDraft
from tcd_desktop.services.receptions.log_lines import cleaned
from tcd_desktop.store.drafts import drafts
from tcd_desktop.store.store import Store

if TYPE_CHECKING:
    from tcd_desktop.services.people.secrecy import Secrecy

_SEALED: Final = "sealed:"


class DraftTexts:
    """Drafts as the store keeps them; `secrecy` is asked for only when a draft is a denunciation."""

    def __init__(self, office: str, secrecy: Callable[[], Secrecy]) -> None:
        self._office = office
        self._secrecy = secrecy

    def text(self, name: str, draft: ReceptionDraft) -> str:
        """The draft as text; a denouncer's is closed."""
        try:
            value = msgspec.json.encode(draft).decode("utf-8")
        except UnicodeEncodeError:  # half a letter was pasted: the rest is kept
            value = msgspec.json.encode(cleaned(draft)).decode("utf-8")
        if not draft.is_secret:
            return value
        return _SEALED + self._secrecy().close_text(value, office=self._office, name=name)

    def draft(self, name: str, text: str) -> ReceptionDraft:
        """The draft again. Raises msgspec.MsgspecError, Refused("sealed_for_others")."""
        if text.startswith(_SEALED):
            text = self._secrecy().open_text(text.removeprefix(_SEALED), office=self._office, name=name)
        return msgspec.json.decode(text, type=ReceptionDraft)


class KeptDrafts:
    """Drafts have no number, stay on this PC and are never exchanged."""

    def __init__(self, store: Store, officer: Officer, texts: DraftTexts) -> None:
        self._store = store
        self._officer = officer
        self._texts = texts

    def save_draft(self, name: str, draft: ReceptionDraft) -> None:
        """Keeps what is being typed, so that a crash loses nothing. It has no number and is never exchanged."""
        value = self._texts.text(name, draft)
        with self._store.writing() as connection:
            drafts.keep(connection, name=name, officer=self._officer.id, value=value, at=self._store.stamp())

    def drafts(self) -> dict[str, ReceptionDraft]:
        """What this officer was typing, by name, newest first; what cannot be read any more is left out."""
        kept = self._store.read(lambda connection: drafts.of_officer(connection, self._officer.id))
        found: dict[str, ReceptionDraft] = {}
        for name, value in kept.items():
            with suppress(msgspec.MsgspecError, Refused):
                found[name] = self._texts.draft(name, value)
        return found

    def drop_draft(self, name: str) -> None:
        """Forgets a draft."""
        with self._store.writing() as connection:
            drafts.drop(connection, name)
