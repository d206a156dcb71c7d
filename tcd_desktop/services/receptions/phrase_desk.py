"""The phrases (câu mẫu) of an office: its own and those it was shipped with, added, changed and put away."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from tcd_desktop.domain.language.text import clean_block, clean_line
from tcd_desktop.domain.office import Office, Officer
from tcd_desktop.domain.problems import DraftRefused, Problem, Refused
from tcd_desktop.domain.receptions.phrase import Phrase
from tcd_desktop.domain.receptions.phrase_text import LONGEST_TEXT, is_key
from tcd_desktop.services.done import Done
from tcd_desktop.store.journal.clock import new_id
from tcd_desktop.store.store import Store

PUT_AWAY: Final = "Không dùng nữa"
"""Why a phrase is in the recycle bin."""


class PhraseDesk:
    """Acts on the phrases of this office. `shipped` are offered until the office has its own under their name."""

    def __init__(self, store: Store, *, office: Office, officer: Officer, shipped: Sequence[Phrase]) -> None:
        self._store = store
        self._office = office
        self._officer = officer
        self._shipped = tuple(shipped)

    def all(self) -> list[Phrase]:
        """The phrases in use, by name; a shipped one has no id."""
        own = self._store.all(Phrase, "office = ? ORDER BY id", (self._office.id,))
        taken = {phrase.key for phrase in own if phrase.removed in ("", PUT_AWAY)}  # an undone putting away is neither
        kept = [phrase for phrase in own if not phrase.removed]
        return sorted([*kept, *(one for one in self._shipped if one.key not in taken)], key=lambda one: one.key)

    def put_away(self) -> list[Phrase]:
        """Shipped phrases the office has put away, to be taken up again."""
        own = self._store.all(Phrase, "office = ?", (self._office.id,))
        gone = {phrase.key for phrase in own if phrase.removed == PUT_AWAY} - {
            phrase.key for phrase in own if not phrase.removed
        }
        return [phrase for phrase in self._shipped if phrase.key in gone]

    def add(self, key: str, text: str, fields: str = "") -> Done[Phrase]:
        """A new phrase. Raises DraftRefused with "key" ("missing", "phrase_key", "phrase_taken") and "text"."""
        wanted = self._checked(Phrase(id=new_id(), office=self._office.id, key=key, text=text, fields=fields))
        with self._store.unit(act="phrase.add", officer=self._officer.id) as unit:
            return Done("phrase.add", unit.put(wanted), unit.commit(), unit.entry)

    def change(self, phrase: Phrase, *, key: str, text: str, fields: str) -> Done[Phrase]:
        """Changes a phrase; of a shipped one the office gets its own. Raises what `add` raises, Refused."""
        wanted = self._checked(replace(phrase, key=key, text=text, fields=fields))
        with self._store.unit(act="phrase.change", officer=self._officer.id) as unit:
            if phrase.id:
                after = unit.change(self._own(phrase), key=wanted.key, text=wanted.text, fields=wanted.fields)
            else:
                after = unit.put(replace(wanted, id=new_id(), office=unit.office))
                if wanted.key != phrase.key:  # the shipped one is not offered beside it under its old name
                    unit.put(replace(phrase, id=new_id(), office=unit.office, removed=PUT_AWAY))
            return Done("phrase.change", after, unit.commit(), unit.entry)

    def remove(self, phrase: Phrase) -> Done[Phrase]:
        """Puts a phrase away; it can be taken back from the recycle bin. Raises Refused("unknown_record")."""
        with self._store.unit(act="phrase.remove", officer=self._officer.id) as unit:
            if phrase.id:
                after = unit.change(self._own(phrase), removed=PUT_AWAY)
            else:
                after = unit.put(replace(phrase, id=new_id(), office=unit.office, removed=PUT_AWAY))
            return Done("phrase.remove", after, unit.commit(), unit.entry)

    def _own(self, phrase: Phrase) -> Phrase:
        known = self._store.find(Phrase, phrase.id)
        if known is None or known.removed or known.office != self._office.id:
            raise Refused("unknown_record")
        return known

    def _checked(self, wanted: Phrase) -> Phrase:
        cleaned = replace(wanted, key=clean_line(wanted.key).lstrip("/").lower(), text=clean_block(wanted.text))
        problems: dict[str, Problem] = {}
        if not cleaned.key:
            problems["key"] = Problem("missing")
        elif not is_key(cleaned.key):
            problems["key"] = Problem("phrase_key")
        elif any(one.key == cleaned.key and (one.id != wanted.id) for one in self.all()):
            problems["key"] = Problem("phrase_taken")
        if not cleaned.text:
            problems["text"] = Problem("missing")
        elif len(cleaned.text) > LONGEST_TEXT:
            problems["text"] = Problem("too_long", {"limit": LONGEST_TEXT, "length": len(cleaned.text)})
        if problems:
            raise DraftRefused(problems)
        return cleaned
