"""The words an office uses for a kind of letter instead of the shipped ones (mẫu riêng của cơ quan), from a day on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from tcd_desktop.domain.language.text import clean_block, clean_line
from tcd_desktop.domain.letters.letter import OwnText
from tcd_desktop.domain.letters.letter_rules import own_text_problems
from tcd_desktop.domain.letters.letter_text import LetterText
from tcd_desktop.domain.office import Office, Officer
from tcd_desktop.domain.problems import DraftRefused, Problems, Refused
from tcd_desktop.services.done import Done
from tcd_desktop.services.rights import require_writing
from tcd_desktop.store.journal.clock import new_id
from tcd_desktop.store.store import Store


class OwnTextDesk:
    """Acts on the office's own texts. Letters that were issued keep the words they had."""

    def __init__(
        self,
        store: Store,
        *,
        office: Office,
        officer: Officer,
        text: Callable[[str, date], LetterText],
        today: Callable[[], date],
    ) -> None:
        self._store = store
        self._office = office
        self._officer = officer
        self._text = text
        self._today = today

    def blank(self, kind: str) -> OwnText:
        """The shipped words, to be changed. Raises Refused("no_form")."""
        text = self._text(kind, self._today())
        return OwnText(
            id="",
            office=self._office.id,
            kind=kind,
            since=self._today(),
            about=text.about,
            body=text.body,
            recipients=text.recipients,
        )

    def in_force(self, kind: str, on: date) -> OwnText | None:
        """The office's words for a kind on a day; None = the shipped ones hold."""
        condition = "kind = ? AND office = ? AND since <= ? AND removed = '' ORDER BY since DESC, id DESC LIMIT 1"
        return next(iter(self._store.all(OwnText, condition, (kind, self._office.id, on.isoformat()))), None)

    def of_kind(self, kind: str) -> list[OwnText]:
        """Every text this office has or had for a kind, the newest first."""
        condition = "kind = ? AND office = ? AND removed = '' ORDER BY since DESC, id DESC"
        return self._store.all(OwnText, condition, (kind, self._office.id))

    def kinds(self) -> frozenset[str]:
        """The kinds that have words of the office's own, also for a day to come."""
        return frozenset(
            one.kind for one in self._store.all(OwnText, "office = ? AND removed = ''", (self._office.id,))
        )

    def problems(self, text: OwnText) -> Problems:
        """What is wrong: unknown variables are named."""
        return own_text_problems(text.about, text.body, text.recipients, self._text(text.kind, text.since).variables)

    def save(self, text: OwnText) -> Done[OwnText]:
        """Uses these words from `since` on; a text of the same day is replaced.

        Raises DraftRefused, Refused("only_reads" | "no_form").
        """
        require_writing(self._officer)
        ready = replace(
            text,
            office=self._office.id,
            about=clean_line(text.about),
            body=_lines(text.body),
            recipients=tuple(line for part in text.recipients if (line := clean_line(part))),
            note=clean_block(text.note),
        )
        if problems := self.problems(ready):
            raise DraftRefused(problems)
        same = next((one for one in self.of_kind(text.kind) if one.since == ready.since), None)
        with self._store.unit(act="own_text.save", officer=self._officer.id) as unit:
            if same is None:
                made = unit.put(replace(ready, id=new_id()))
            else:
                words = {name: getattr(ready, name) for name in ("about", "body", "recipients", "note")}
                made = unit.change(same, **words)
            return Done("own_text.save", made, unit.commit(), unit.entry)

    def withdraw(self, identity: str, reason: str) -> Done[OwnText]:
        """Back to the shipped words. Raises Refused("unknown_record" | "only_reads")."""
        require_writing(self._officer)
        found = self._store.find_own(OwnText, identity)
        if found is None or found.removed:
            raise Refused("unknown_record")
        with self._store.unit(act="own_text.withdraw", officer=self._officer.id) as unit:
            after = unit.change(found, removed=clean_block(reason) or "-")
            return Done("own_text.withdraw", after, unit.commit(), unit.entry)


def _lines(parts: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(line for part in parts for line in clean_block(part).split("\n") if line.strip())
