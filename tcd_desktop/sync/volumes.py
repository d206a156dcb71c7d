"""An export cut into volumes: files that a stick can hold, each a whole bundle that a damaged one does not take along.

The entries come first, in stretches of the journal; the papers follow in what room is left and in volumes of their own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from hashlib import sha256

from tcd_desktop.store.journal.contents import Content
from tcd_desktop.store.journal.journal import Chain
from tcd_desktop.store.store import Connection
from tcd_desktop.sync.closed_papers import ROOM
from tcd_desktop.sync.limits import Limits

ON_TOP = 4096
"""Bytes that a bundle takes besides its contents, at least: certificate, list of contents, envelope."""


@dataclass(frozen=True, slots=True)
class Part:
    """What one volume carries: the entries first..last of a chain (none: last = first - 1), and papers.

    `length`: bytes at most, before anything is compressed.
    """

    chain: Chain
    first: int
    last: int
    length: int
    papers: tuple[Content, ...] = ()

    @property
    def operations(self) -> int:
        """How many entries."""
        return self.last - self.first + 1


_LENGTH = "coalesce(length(line), 160) + 1"
"""Bytes of a line; what stands in the place of an erased one is shorter than that."""


def room_in(volume: int) -> int:
    """How many bytes of contents fit into a volume: an eighth is left for the list of contents and the envelope."""
    return volume - volume // 8


def plan(
    connection: Connection,
    stretches: Sequence[tuple[Chain, int]],
    papers: Sequence[Content],
    limits: Limits,
) -> list[Part]:
    """The volumes of an export: all entries of the chains after a number each, then the papers.

    `stretches` name every chain of this PC, the latest epoch last; one that is confirmed to its end gives no entries.
    """
    room = room_in(limits.volume)
    parts = [part for chain, after in stretches for part in _cut(connection, chain, after, room, limits.operations)]
    waiting = list(papers)
    if waiting and parts:
        beside = papers_fitting(waiting, room - parts[-1].length, limits)
        parts[-1] = _with(parts[-1], beside)
        del waiting[: len(beside)]
    while waiting:
        chain = stretches[-1][0]
        taken = papers_fitting(waiting, room, limits) or waiting[:1]
        parts.append(_with(Part(chain, chain.seq + 1, chain.seq, 0), taken))
        del waiting[: len(taken)]
    return parts


def _with(part: Part, papers: Sequence[Content]) -> Part:
    return replace(part, length=part.length + sum(map(travelling, papers)), papers=tuple(papers))


def travelling(paper: Content) -> int:
    """The bytes a paper takes in a bundle, at most."""
    return paper.length + (ROOM if paper.secret else 0)


def papers_fitting(papers: Sequence[Content], room: int, limits: Limits) -> list[Content]:
    """The first papers that fit into some room."""
    taken: list[Content] = []
    pieces = 0
    for paper in papers:
        room -= travelling(paper)
        pieces += 1 + travelling(paper) // limits.segment
        if room < 0 or len(taken) >= limits.blobs or pieces > limits.segments // 2:
            break
        taken.append(paper)
    return taken


def _cut(connection: Connection, chain: Chain, after: int, room: int, most: int) -> list[Part]:
    """The entries of a chain after a number, in stretches whose lines together stay within the room."""
    if after >= chain.seq:
        return []
    values = (chain.id, after)
    total = f"SELECT coalesce(sum({_LENGTH}), 0) FROM journal WHERE chain = ? AND seq > ?"
    length = int(connection.exec_driver_sql(total, values).scalar_one())
    if length <= room and chain.seq - after <= most:
        return [Part(chain, after + 1, chain.seq, length)]
    parts, first, size = [], after + 1, 0
    sql = f"SELECT seq, {_LENGTH} FROM journal WHERE chain = ? AND seq > ? ORDER BY seq"
    for seq, line in connection.execution_options(yield_per=5000).exec_driver_sql(sql, values):
        if size and (size + line > room or seq - first >= most):
            parts.append(Part(chain, first, seq - 1, size))
            first, size = seq, 0
        size += line
    return [*parts, Part(chain, first, chain.seq, size)]


def name_of(parts: Sequence[Part], recipients: Sequence[bytes]) -> str:
    """The same 32 hex characters for the same export to the same keys: an export that was broken off goes on."""
    told = sha256(b"tcd-volumes-v1")
    for key in recipients:
        told.update(key)
    for part in parts:
        told.update(f"|{part.chain.device}.{part.chain.epoch}.{part.first}.{part.last}".encode())
        for paper in part.papers:
            told.update(f"/{paper.sha256}{paper.secret:d}".encode())
    return told.hexdigest()[:32]
