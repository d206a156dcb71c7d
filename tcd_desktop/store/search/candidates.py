"""Which visits may be about the same person or matter, found through indexes at any size of the store.

By the number of the identity paper and the telephone (words of the search index), by name with year of birth
(`reception_person`), by the citizen's other visits, and by the rarest words of the content. Whether a candidate
really resembles is judged by `domain.people.resemblance`; this module only keeps
the number of those that are judged small.

A denunciation's identity is sealed: it can be found by its content alone, and for one that is being typed nothing
but contents are asked for, so that no visit of the same person is ever laid beside it.
"""

from __future__ import annotations

import datetime as dt
import json
import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from sqlalchemy import Connection

from tcd_desktop.domain.language.text import fold
from tcd_desktop.domain.people.resemblance import SHORTEST_NUMBER, Telling, figures, folded_words
from tcd_desktop.domain.receptions.reception import book_number
from tcd_desktop.domain.terms import Classification
from tcd_desktop.store.lists.families import family_of

BY_NUMBER: Final = 20
BY_NAME: Final = 30
BY_CITIZEN: Final = 20
BY_CONTENT: Final = 16
"""So many candidates at most come from each question."""
RARE_NAME: Final = 3
"""A name that so many visits or fewer bear is rare."""
RARE_WORDS: Final = 6
"""So many of the rarest words of a content are looked for."""
SAMPLE: Final = 100
"""How rare a word is tells the distance back to its 100th newest visit."""
_DAY: Final = 1 << 47
"""A day in the order of the log (`rows.row_order`)."""
RARE_DAYS: Final = 180
"""A word whose hundred newest visits reach back so many days is rare enough to be a reason."""
VOTING_DAYS: Final = 20
"""A word that is more frequent than this tells nothing by itself."""
LONGEST_WORDS: Final = 60


@dataclass(frozen=True, slots=True)
class Candidate:
    """A visit as it is compared and shown. `name` is empty for a denunciation."""

    rid: int
    id: str
    office: str
    number: str
    date: dt.date
    name: str
    content: str
    classification: Classification | None
    citizen: str | None
    case: str | None
    answer_due: dt.date | None
    answered_on: dt.date | None
    told: Telling


@dataclass(frozen=True, slots=True)
class Candidates:
    """What was found, the newest first, and what is known of words and name.

    `family`: the citizens that are the person who speaks (more than one when some were merged).
    """

    rows: tuple[Candidate, ...] = ()
    rare_words: frozenset[str] = frozenset()
    name_is_rare: bool = False
    family: frozenset[str] = frozenset()


@dataclass(slots=True)
class WordAges:
    """How far back the hundredth newest visit with a word lies, kept for the life of the program.

    Vietnamese has some thousands of syllables: after a few contents hardly a word is asked for again.
    """

    _ages: dict[str, int] = field(default_factory=dict)

    def days(self, connection: Connection, words: Iterable[str], newest: int) -> dict[str, int]:
        """Word -> days; a word with fewer visits than the sample is as rare as can be."""
        found = {}
        for word in words:
            if word not in self._ages:
                sql = f"{_MATCHING} LIMIT 1 OFFSET {SAMPLE - 1}"
                row = connection.exec_driver_sql(sql, (f'content : "{word}"',)).first()
                self._ages[word] = (newest - row[0]) // _DAY if row else _NEVER
            found[word] = self._ages[word]
        return found

    def forget(self) -> None:
        """Much has changed (a bundle was imported)."""
        self._ages.clear()


_NEVER: Final = 1 << 16
_MATCHING = "SELECT rowid FROM reception_search WHERE reception_search MATCH ? ORDER BY rowid DESC"
_COLUMNS = (
    "rid, id, office, number, series, year, date, name, substr(content, 1, 4000), substr(request, 1, 1000), "
    'classification, citizen, "case", answer_due, answered_on, birth_date, id_number, address, phone'
)


def find_candidates(
    connection: Connection, sought: Telling, ages: WordAges, *, without: str = "", citizen: str | None = None
) -> Candidates:
    """The visits worth comparing with a telling, but the visit `without`; `citizen`: to whom the telling is logged."""
    rows: set[int] = set()
    rare_name = False
    family: frozenset[str] = frozenset()
    if not sought.secret:
        family = family_of(connection, citizen or _citizen_with(connection, sought.number))
        rows.update(_by_digits(connection, (sought.number, sought.phone)))
        named = _by_name(connection, sought)
        rare_name = 0 < len(named) <= RARE_NAME
        rows.update(named)
        rows.update(_by_citizens(connection, family))
    by_content, rare_words = _by_content(connection, sought.words, ages)
    rows.update(by_content)
    found = [one for one in _read(connection, rows) if one.id != without]
    return Candidates(tuple(found), rare_words, rare_name, family)


def _by_digits(connection: Connection, numbers: Sequence[str]) -> list[int]:
    found: list[int] = []
    for number in numbers:
        if len(number) >= SHORTEST_NUMBER and number.isascii() and number.isalnum():
            found += _match(connection, f'"{number.lower()}"', BY_NUMBER)
    return found


def _match(connection: Connection, expression: str, most: int) -> list[int]:
    return list(connection.exec_driver_sql(f"{_MATCHING} LIMIT {most}", (expression,)).scalars().all())


def _by_name(connection: Connection, sought: Telling) -> list[int]:
    """Visits under the same name: with the year of birth, and the newest whatever is known of the birth."""
    if len(sought.name.split()) < 2:
        return []
    sql = "SELECT rid FROM reception INDEXED BY reception_person WHERE name <> '' AND fold(name) = ?"
    year = " AND substr(birth_date, 1, 4) = ?"
    most = f" LIMIT {BY_NAME}"
    rows: list[int] = []
    for born in dict.fromkeys((sought.birth[:4], "")):  # those whose birth is not known may be the same person too
        known = connection.exec_driver_sql(f"{sql}{year} ORDER BY rid DESC{most}", (sought.name, born))
        rows += [row[0] for row in known]
    if len(rows) < BY_NAME:
        rows += [row[0] for row in connection.exec_driver_sql(f"{sql}{most}", (sought.name,))]
    return list(dict.fromkeys(rows))


def _by_citizens(connection: Connection, family: frozenset[str]) -> list[int]:
    found: list[int] = []
    for citizen in sorted(family):
        sql = f"SELECT rid FROM reception WHERE citizen = ? ORDER BY rid DESC LIMIT {BY_CITIZEN}"
        found += [row[0] for row in connection.exec_driver_sql(sql, (citizen,))]
    return found


def _citizen_with(connection: Connection, number: str) -> str | None:
    if len(number) < SHORTEST_NUMBER:
        return None
    sql = "SELECT id FROM citizen WHERE id_number = ? AND id_number <> '' AND removed = '' ORDER BY cid DESC LIMIT 1"
    row = connection.exec_driver_sql(sql, (number,)).first()
    return str(row[0]) if row else None


def _by_content(connection: Connection, words: tuple[str, ...], ages: WordAges) -> tuple[list[int], frozenset[str]]:
    """Visits that share the rarest words of a content, those that share most and rarest first."""
    newest = connection.exec_driver_sql("SELECT max(rid) FROM reception").scalar()
    if newest is None or len(words) < 4:
        return [], frozenset()
    distinct = [word for word in dict.fromkeys(words) if len(word) > 1 and word.isascii()][:LONGEST_WORDS]
    days = ages.days(connection, distinct, newest)
    rarest = sorted(distinct, key=lambda word: (-days[word], word))[:RARE_WORDS]
    votes: dict[int, float] = defaultdict(float)
    for word in rarest:
        if days[word] >= VOTING_DAYS:
            weight = math.log2(2 + days[word])
            for rid in _match(connection, f'content : "{word}"', SAMPLE):
                votes[rid] += weight
    for group in (rarest[:3], rarest[1:4]):  # together even frequent words are rare; the rarest may be a slip
        if len(group) == 3:
            together = " AND ".join(f'content : "{word}"' for word in group)
            for rid in _match(connection, together, BY_CONTENT):
                votes[rid] += math.log2(2 + sum(days[word] for word in group))
    found = sorted(votes, key=lambda rid: (-votes[rid], -rid))[:BY_CONTENT]
    return found, frozenset(word for word in rarest if days[word] >= RARE_DAYS)


def _read(connection: Connection, rows: Iterable[int]) -> list[Candidate]:
    numbers = json.dumps(sorted(rows))
    sql = (
        f"SELECT {_COLUMNS} FROM reception WHERE rid IN (SELECT value FROM json_each(?)) AND removed = '' "
        "ORDER BY rid DESC"
    )
    return [_candidate(row) for row in connection.exec_driver_sql(sql, (numbers,)).all()]


def _candidate(row: Any) -> Candidate:
    classification = Classification(row[10]) if row[10] else None
    secret = classification is Classification.DENUNCIATION
    words = folded_words(f"{row[8]}\n{row[9]}")
    told = Telling(words=words, secret=True)
    if not secret:
        told = Telling(
            name=fold(row[7]),
            birth=row[15],
            number=figures(row[16]),
            address=fold(row[17]),
            phone=figures(row[18]),
            words=words,
        )
    return Candidate(
        rid=row[0],
        id=row[1],
        office=row[2],
        number=book_number(row[3], row[4], row[5]),
        date=dt.date.fromisoformat(row[6]),
        name="" if secret else row[7],
        content=row[8][:300],
        classification=classification,
        citizen=None if secret else row[11],
        case=row[12],
        answer_due=_day(row[13]),
        answered_on=_day(row[14]),
        told=told,
    )


def _day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None
