"""Who must not be named in a text about a record: the denouncers whose sealed identity stands behind it.

What the head directs, the minutes and the reason of a removal are not sealed and travel to the superior
(Luật Tố cáo 2018, Điều 9(1), 12(2), 56). The identities are opened for the comparison only and never shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from typing import Final

from tcd_desktop.domain.cases.case_file import CaseFile, Petition
from tcd_desktop.domain.people.named_in_text import CODE, fields_that_name
from tcd_desktop.domain.people.person import Person
from tcd_desktop.domain.problems import Problem, Problems, Refused
from tcd_desktop.domain.receptions.reception import Reception
from tcd_desktop.domain.sittings.sitting import Conclusion, Sitting
from tcd_desktop.services.people.secrecy import Secrecy
from tcd_desktop.store.store import Store

MOST: Final = 200
"""Sealed records of one sitting or case that are looked at: opening one takes about a millisecond."""


class UnnamedPeople:
    """Finds them; `naming` compares."""

    def __init__(self, store: Store, *, office: str, secrecy: Secrecy) -> None:
        self._store, self._office, self._secrecy = store, office, secrecy

    def of(self, table: str, identity: str) -> list[Person]:
        """Those behind a record of this office: "reception", "petition", "case_file", "sitting", "conclusion"."""
        sealed = (one for one in self._sealed(table, identity) if one.office == self._office)
        found: dict[str, Reception | Petition] = {one.id: one for one in sealed}
        people: list[Person] = []
        for one in list(found.values())[:MOST]:
            with suppress(Refused):  # sealed for others: nobody here can know the name either
                people.append(self._secrecy.open(one))
        return people

    def _sealed(self, table: str, identity: str) -> Iterable[Reception | Petition]:
        if table == "reception":
            visit = self._store.find(Reception, identity)
            if visit is not None:
                yield from self._with_case([visit], visit.case)
        elif table == "petition":
            petition = self._store.find(Petition, identity)
            if petition is not None:
                yield from self._with_case([petition], petition.case)
        elif table == "case_file" and self._store.find(CaseFile, identity) is not None:
            yield from self._with_case([], identity)
        elif table == "conclusion":
            told = self._store.find_own(Conclusion, identity)
            if told is not None:
                yield from self._of_sitting(told.sitting)
                yield from self._with_case([], told.case)
        elif table == "sitting":
            yield from self._of_sitting(identity)

    def _of_sitting(self, identity: str) -> Iterable[Reception | Petition]:
        sitting = self._store.find_own(Sitting, identity)
        if sitting is not None:
            yield from self._store.all(Reception, "sitting = ? AND sealed IS NOT NULL", (sitting.id,))
            yield from self._with_case([], sitting.case)

    def _with_case(self, records: Sequence[Reception | Petition], case: str | None) -> Iterable[Reception | Petition]:
        yield from (one for one in records if one.sealed is not None)
        if case:
            yield from self._store.all(Reception, '"case" = ? AND sealed IS NOT NULL', (case,))
            yield from self._store.all(Petition, '"case" = ? AND sealed IS NOT NULL', (case,))


def naming(people: Iterable[Person], texts: Mapping[str, str]) -> Problems:
    """A warning for each text that tells who one of the people is; none of them stops."""
    return {name: Problem(CODE, warning=True) for person in people for name in fields_that_name(person, texts)}
