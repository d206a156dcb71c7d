"""What of a letter must stay closed: to whom it goes when somebody denounced, and whom it must not name.

A letter about a denunciation that goes to the citizen is kept sealed; every other one is written without their name,
and refused when somebody typed it in (Luật Tố cáo Điều 8, 9; NĐ 154/2026 Điều 12(2)).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

from tcd_desktop.domain.cases.case_file import Disclosure
from tcd_desktop.domain.letters.letter import Letter
from tcd_desktop.domain.letters.letter_rules import SECRET_TEXTS, subject_of
from tcd_desktop.domain.letters.letter_text import LetterSubject, LetterText
from tcd_desktop.domain.office import Officer
from tcd_desktop.domain.people.named_in_text import fields_that_name
from tcd_desktop.domain.problems import Refused
from tcd_desktop.domain.reasons import reason_block
from tcd_desktop.services.letters.letter_reading import LetterReader, is_secret
from tcd_desktop.services.people.secrecy import Secrecy
from tcd_desktop.store.journal.clock import new_id
from tcd_desktop.store.store import Store

READ_BY_ALL = ("signer", "signer_title", "sign")
"""Texts of a letter that are never sealed."""


class LetterSecrets:
    """Closes and opens the words of letters; `text` gives the words of a letter's kind, None when it has none."""

    def __init__(
        self,
        store: Store,
        *,
        officer: Officer,
        secrecy: Secrecy,
        reader: LetterReader,
        text: Callable[[Letter], LetterText | None],
        today: Callable[[], date],
    ) -> None:
        self._store = store
        self._officer = officer
        self._secrecy = secrecy
        self._reader = reader
        self._text = text
        self._today = today

    def hides(self, letter: Letter) -> bool:
        """Whether a letter's words lie sealed: it goes to somebody who must stay unknown."""
        text = self._text(letter)
        subject, record = subject_of(letter)
        if text is None or not text.to_citizen or subject is LetterSubject.NOTHING:
            return False
        return is_secret(self._reader.facts(subject, record, self._today()))

    def naming_fields(self, letter: Letter) -> list[str]:
        """The fields that name somebody whom this letter must not name."""
        subject, record = subject_of(letter)
        if subject is LetterSubject.NOTHING:
            return []
        names = READ_BY_ALL if self.hides(letter) else (*SECRET_TEXTS, *READ_BY_ALL)
        texts = {name: _joined(getattr(letter, name)) for name in names}
        found: dict[str, None] = {}
        for person in self._reader.unknown_people(subject, record):
            found |= dict.fromkeys(fields_that_name(person, texts))
        return list(found)

    def closed(self, plain: Letter, known: Letter | None) -> Letter:
        """The letter as it is stored: to a denouncer, its words go into `sealed`. Raises Refused("letter_closed")."""
        if not self.hides(plain):
            return plain
        words = words_in(plain)
        if not any(words.values()):
            raise Refused("letter_closed")
        sealed = known.sealed if known is not None else None
        if known is None or sealed is None or words_in(self.plain(known)) != words:
            sealed = self._secrecy.close_words(words, office=plain.office, record=plain.id)
        empty: dict[str, Any] = {name: type(value)() for name, value in words.items()}
        return replace(plain, **empty, sealed=sealed)

    def plain(self, letter: Letter) -> Letter:
        """The letter with its words. Raises Refused("sealed_for_others")."""
        if letter.sealed is None:
            return letter
        words = self._secrecy.open_words(letter.sealed, office=letter.office, record=letter.id)
        told = {name: tuple(value) if isinstance(value, list) else value for name, value in words.items()}
        whole: dict[str, Any] = dict(told)
        return replace(letter, **whole, sealed=None)

    def disclose(self, record: str, reason: str) -> None:
        """Who looked and why, into the journal. Raises Refused("reason_needed")."""
        told, officer = reason_block(reason), self._officer.id
        with self._store.unit(act="denunciation.reveal", officer=officer) as unit:
            unit.put(Disclosure(id=new_id(), office=unit.office, reception=record, officer=officer, reason=told))
            unit.commit()


def words_in(letter: Letter) -> dict[str, Any]:
    """The texts that are sealed together."""
    return {name: getattr(letter, name) for name in SECRET_TEXTS}


def _joined(value: Any) -> str:
    return value if isinstance(value, str) else "\n".join(value)
