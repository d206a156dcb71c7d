"""Duplicates and links (trùng, lần hai, cùng vụ việc, tiếp nối): a program proposes, a person decides, and can go back.

What was decided is a record of the office and travels with its books. "Not a duplicate" is remembered for good and
in both directions, so that nobody is asked the same again.

Secrecy: a denunciation is compared by its content alone, and with other denunciations alone: an open visit with the
same words beside it would name the denouncer as well as the sealed fields do. It is never proposed with a name, and
while one is being typed no visit is proposed because of who is speaking. A denunciation and an open visit can only be
linked as the same matter: every other kind would say that the same person made both.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, time
from typing import Final

from tcd_desktop.domain.language.text import clean_block, fold
from tcd_desktop.domain.office import Office, Officer
from tcd_desktop.domain.people.link import Link
from tcd_desktop.domain.people.resemblance import Resemblance, compare, telling
from tcd_desktop.domain.problems import Refused
from tcd_desktop.domain.receptions.reception import Reception, ReceptionDraft
from tcd_desktop.domain.terms import Classification, LinkKind
from tcd_desktop.services.done import Done
from tcd_desktop.store.journal.clock import new_id
from tcd_desktop.store.schema.rows import ROWS
from tcd_desktop.store.search.candidates import Candidate, WordAges, find_candidates
from tcd_desktop.store.store import Connection, Store
from tcd_desktop.store.unit import Unit

KINDS: Final = (LinkKind.DUPLICATE, LinkKind.SECOND_INSTANCE, LinkKind.SAME_MATTER, LinkKind.CONTINUATION)
"""The four kinds, in the order in which they are offered."""
OPEN_TO_SECRET: Final = frozenset({LinkKind.SAME_MATTER})
"""What may be said of a denunciation and a visit that is none."""
MOST: Final = 3
_ACTS: Final = {kind: "link.not_duplicate" if kind is LinkKind.NOT_DUPLICATE else "link.make" for kind in LinkKind}
_REPLACED: Final = "Thay bằng quan hệ khác"
_TAKEN_BACK: Final = "Gỡ quan hệ"
_NO_DAY: Final = date.min
_NO_TIME: Final = time.min


@dataclass(frozen=True, slots=True)
class Proposal:
    """A visit that a person should look at, with the score and its reasons."""

    visit: Candidate
    resemblance: Resemblance
    office_name: str = ""


@dataclass(frozen=True, slots=True)
class LinkedVisit:
    """A link of a visit as seen from it: `earlier` = the other one is the earlier of the two."""

    link: Link
    other: Reception
    earlier: bool


class LinkDesk:
    """Proposals and links among the visits of this office; at the superior proposals and reading only."""

    def __init__(self, store: Store, *, office: Office, officer: Officer) -> None:
        self._store = store
        self._office = office
        self._officer = officer
        self._ages = WordAges()

    # -- proposing ----------------------------------------------------------------------------------

    def propose(self, draft: ReceptionDraft, *, without: Sequence[str] = (), most: int = MOST) -> list[Proposal]:
        """The visits most like a draft or saved visit, the best first; none that was decided on before.

        `without`: ids of visits that were decided on while the draft is not saved yet.
        """
        saved = draft if isinstance(draft, Reception) else None
        sought = telling(draft)
        with self._store.reading() as connection:
            found = find_candidates(
                connection,
                sought,
                self._ages,
                without=saved.id if saved else "",
                citizen=saved.citizen if saved else None,
            )
            decided = {*without, *(_decided(connection, saved.id) if saved else ())}
            decided |= _same_visit(connection, saved) if saved else set()
            names = {code: name for code, name in connection.exec_driver_sql("SELECT id, name FROM office")}
        proposals = []
        for visit in found.rows:
            if visit.id in decided or (saved and saved.case and saved.case == visit.case):
                continue
            if visit.told.secret != sought.secret:
                continue  # the same words in an open visit would tell who denounced
            resemblance = compare(
                sought,
                visit.told,
                rare_words=found.rare_words,
                name_is_rare=found.name_is_rare,
                same_citizen=visit.citizen in found.family,
            )
            if resemblance.proposed:
                name = names.get(visit.office, visit.office) if visit.office != self._office.id else ""
                proposals.append(Proposal(visit, _spoken(resemblance, draft), name))
        proposals.sort(key=lambda one: (-one.resemblance.score, -one.visit.rid))
        return proposals[:most]

    # -- acts ---------------------------------------------------------------------------------------

    def link(self, one: str, other: str, kind: LinkKind, *, note: str = "") -> Done[Link]:
        """Links two visits of this office; the later in the log is the one that repeats or continues.

        A kind chosen before is replaced. Raises Refused("unknown_record" | "other_office" | "link_self" |
        "link_secret" | "link_known").
        """
        first, second = self._in_order(one, other)
        if first.is_secret != second.is_secret and kind not in OPEN_TO_SECRET:
            raise Refused("link_secret")
        with self._store.unit(act=_ACTS[kind], officer=self._officer.id) as unit:
            known = _between(unit, first.id, second.id)
            if any(link.kind is kind for link in known):
                raise Refused("link_known")
            for link in known:
                unit.change(link, removed=_REPLACED)
            made = Link(
                id=new_id(),
                office=unit.office,
                kind=kind,
                earlier=first.id,
                later=second.id,
                note=clean_block(note),
            )
            unit.put(made)
            return Done(_ACTS[kind], made, unit.commit(), unit.entry)

    def mark_not_duplicate(self, one: str, other: str, *, note: str = "") -> Done[Link]:
        """Remembers that two visits are no duplicates (không trùng). Raises what `link` raises."""
        return self.link(one, other, LinkKind.NOT_DUPLICATE, note=note)

    def unlink(self, link_id: str, *, reason: str = "") -> Done[Link]:
        """Takes a link back; it stays in the journal. Raises Refused("unknown_record" | "other_office")."""
        link = self._store.find(Link, link_id)
        if link is None or link.removed:
            raise Refused("unknown_record")
        with self._store.unit(act="link.take_back", officer=self._officer.id) as unit:
            after = unit.change(link, removed=clean_block(reason) or _TAKEN_BACK)
            return Done("link.take_back", after, unit.commit(), unit.entry)

    # -- reading ------------------------------------------------------------------------------------

    def links_of(self, visit_id: str) -> list[LinkedVisit]:
        """The links of a visit, "not a duplicate" left out, the oldest other visit first."""
        with self._store.reading() as connection:
            rows = ROWS["link"]
            where = "(earlier = ? OR later = ?) AND removed = '' AND kind NOT IN (?, ?)"
            unsaid = (LinkKind.NOT_DUPLICATE, LinkKind.SAME_NUMBER)
            links: list[Link] = rows.some(connection, where, (visit_id, visit_id, *unsaid))
            found = []
            for link in links:
                other_id = link.earlier if link.later == visit_id else link.later
                other = ROWS["reception"].one(connection, "id = ? AND office = ?", (other_id, link.office))
                if other is not None and not other.removed:
                    found.append(LinkedVisit(link, other, link.later == visit_id))
        return sorted(found, key=lambda one: (one.other.date or _NO_DAY, one.other.number))

    def _in_order(self, one: str, other: str) -> tuple[Reception, Reception]:
        if one == other:
            raise Refused("link_self")
        visits = [self._store.find(Reception, identity) for identity in (one, other)]
        known = [visit for visit in visits if visit is not None and not visit.removed]
        if len(known) < 2:
            raise Refused("unknown_record")
        if any(visit.office != self._office.id for visit in known):
            raise Refused("other_office")
        first, second = sorted(known, key=lambda visit: (visit.date or _NO_DAY, visit.time or _NO_TIME, visit.id))
        return first, second


def allowed_kinds(one_is_secret: bool, other: Classification | None) -> tuple[LinkKind, ...]:
    """The kinds that may be offered for a draft and a candidate."""
    if one_is_secret == (other is Classification.DENUNCIATION):
        return KINDS
    return tuple(kind for kind in KINDS if kind in OPEN_TO_SECRET)


def _spoken(resemblance: Resemblance, draft: ReceptionDraft) -> Resemblance:
    """Shared words with the marks with which they were typed."""
    if not any("words" in reason.facts for reason in resemblance.reasons):
        return resemblance
    marks = {fold(word): word.lower() for word in re.findall(r"[^\W_]+", f"{draft.content} {draft.request}")}
    reasons = []
    for reason in resemblance.reasons:
        shared = [marks.get(word, word) for word in str(reason.facts.get("words", "")).split(", ")]
        reasons.append(replace(reason, facts={"words": ", ".join(shared)}) if "words" in reason.facts else reason)
    return replace(resemblance, reasons=tuple(reasons))


def _between(unit: Unit, one: str, other: str) -> list[Link]:
    """The links of two records that stand, whichever is named first."""
    where = "((earlier = ? AND later = ?) OR (earlier = ? AND later = ?)) AND office = ? AND removed = '' AND kind <> ?"
    return ROWS["link"].some(unit.connection, where, (one, other, other, one, unit.office, LinkKind.SAME_NUMBER))


def _same_visit(connection: Connection, visit: Reception) -> set[str]:
    """The other contents of the same visit: they are written apart on purpose, so they repeat nothing."""
    first = visit.same_visit or visit.id
    sql = "SELECT id FROM reception WHERE same_visit = ? UNION SELECT id FROM reception WHERE id = ?"
    return {row[0] for row in connection.exec_driver_sql(sql, (first, first))} - {visit.id}


def _decided(connection: Connection, record: str) -> set[str]:
    """The records on which a person has decided together with this one: linked, or no duplicate."""
    sql = (
        "SELECT later FROM link WHERE earlier = ? AND removed = '' AND kind <> ? UNION "
        "SELECT earlier FROM link WHERE later = ? AND removed = '' AND kind <> ?"
    )
    same = LinkKind.SAME_NUMBER
    return {row[0] for row in connection.exec_driver_sql(sql, (record, same, record, same))}
