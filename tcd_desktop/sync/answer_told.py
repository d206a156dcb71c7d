"""What a superior's answer tells besides records, for people: how much it confirms, what it did not take, what it asks.

Worked out before the answer is taken, because only then it shows what is new in it; kept with the bundle, so that what
was read can be looked at again.
"""

from __future__ import annotations

import msgspec

from tcd_desktop.store.journal import acks, journal
from tcd_desktop.store.store import Connection, Store, read_facts
from tcd_desktop.sync.certificate import read_certificate
from tcd_desktop.sync.keyring import Membership
from tcd_desktop.sync.return_meta import ReturnMeta, Want
from tcd_desktop.sync.return_notes import own_rejects

KEPT = "answer."
"""Before a bundle's id: the fact that keeps what it told."""


class Aside(msgspec.Struct, frozen=True):
    """An entry of ours that the superior keeps aside."""

    table: str
    record: str
    code: str


class AnswerTold(msgspec.Struct, frozen=True):
    """`confirmed`: the number up to which this PC's newest history has arrived; `fresh`: entries of this PC that no
    earlier answer confirmed. `wanted`: stretches (first, last) and how many papers are asked for again.
    `certificate`: this PC gets its next one.
    """

    confirmed: int = 0
    fresh: int = 0
    aside: tuple[Aside, ...] = ()
    wanted: tuple[tuple[int, int], ...] = ()
    papers: int = 0
    certificate: bool = False


def told_of(connection: Connection, member: Membership, answer: ReturnMeta) -> AnswerTold:
    """What an answer that is not in the books yet would tell."""
    own = journal.own_chains(connection)
    acked = {(ack.device, ack.epoch): ack.seq for ack in answer.acks}
    confirmed = fresh = 0
    for chain in own:
        confirmed = min(acked.get((chain.device, chain.epoch), 0), chain.seq)
        fresh += max(confirmed - acks.confirmed(connection, chain)[0], 0)
    names = {(chain.device, chain.epoch) for chain in own}
    return AnswerTold(
        confirmed=confirmed,
        fresh=fresh,
        aside=tuple(Aside(one.table, one.record, one.code) for one in own_rejects(connection, answer.rejects)),
        wanted=tuple((want.first, want.last) for want in answer.wants if _is_ours(want, names)),
        papers=len(answer.want_blobs),
        certificate=_renews(member, answer),
    )


def _is_ours(want: Want, names: set[tuple[str, int]]) -> bool:
    return (want.device, want.epoch) in names


def _renews(member: Membership, answer: ReturnMeta) -> bool:
    """Whether a certificate of this PC with another number comes along; the import decides whether it holds."""
    own = member.certificate
    offered = (read_certificate(line.encode("utf-8")) for line in answer.certificates)
    return any(one.device == own.device and one.serial != own.serial for one in offered)


def keep_told(store: Store, bundle: str, told: AnswerTold) -> None:
    """Keeps what an answer that was taken has told."""
    store.set_fact(f"{KEPT}{bundle}", msgspec.json.encode(told).decode("ascii"))


def kept_told(connection: Connection) -> dict[str, AnswerTold]:
    """Bundle of every answer that was taken -> what it told then."""
    kept = read_facts(connection, KEPT)
    return {bundle: msgspec.json.decode(text, type=AnswerTold) for bundle, text in kept.items()}
