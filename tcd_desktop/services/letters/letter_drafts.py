"""The letter somebody is writing, kept every few seconds so that a crash loses nothing. Always sealed on this PC."""

from __future__ import annotations

from contextlib import suppress

import msgspec

from tcd_desktop.domain.letters.letter import Letter
from tcd_desktop.domain.office import Office, Officer
from tcd_desktop.domain.problems import Refused
from tcd_desktop.services.people.secrecy import Secrecy
from tcd_desktop.store.drafts import drafts
from tcd_desktop.store.store import Store

PREFIX = "letter:"
"""Drafts of letters lie beside those of visits; neither kind can be read as the other."""


class LetterDrafts:
    """An officer's own ones. They have no number and are never exchanged."""

    def __init__(self, store: Store, *, office: Office, officer: Officer, secrecy: Secrecy) -> None:
        self._store = store
        self._office = office
        self._officer = officer
        self._secrecy = secrecy

    def keep(self, letter: Letter) -> None:
        """Keeps what was typed so far."""
        name = PREFIX + letter.id
        try:
            text = msgspec.json.encode(letter).decode("utf-8")
        except UnicodeEncodeError:  # half a letter of an alphabet was pasted: what was kept before stays
            return
        value = PREFIX + self._secrecy.close_text(text, office=self._office.id, name=name)
        with self._store.writing() as connection:
            drafts.keep(connection, name=name, officer=self._officer.id, value=value, at=self._store.stamp())

    def all(self) -> list[Letter]:
        """What was typed and not saved, the newest first; what cannot be read any more is left out."""
        kept = self._store.read(lambda connection: drafts.of_officer(connection, self._officer.id))
        found = []
        for name, value in kept.items():
            if name.startswith(PREFIX):
                with suppress(msgspec.MsgspecError, Refused):
                    text = self._secrecy.open_text(value.removeprefix(PREFIX), office=self._office.id, name=name)
                    found.append(msgspec.json.decode(text, type=Letter))
        return found

    def drop(self, letter_id: str) -> None:
        """Forgets what was typed."""
        with self._store.writing() as connection:
            drafts.drop(connection, PREFIX + letter_id)
