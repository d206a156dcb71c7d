"""The end of the trust in a PC: from which entry of its journal on it is no longer believed.

What it wrote later is kept aside whole. A person looks at it and moves the end of the trust on (`take_in`) or leaves
it out for good (`leave_out`); a journal is a chain, so trust always ends at one place. Every decision is a line of this
office's own journal (`KeyDecision`).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from tcd_desktop.domain.key_decision import KeyDecision, KeyStep
from tcd_desktop.domain.language.text import clean_line
from tcd_desktop.domain.office import Device
from tcd_desktop.domain.problems import Refused
from tcd_desktop.domain.reasons import reason_line
from tcd_desktop.domain.rights import check_right
from tcd_desktop.services.done import Done
from tcd_desktop.store.journal import chain as hashing
from tcd_desktop.store.journal import journal
from tcd_desktop.store.journal.balance import Balance
from tcd_desktop.store.journal.clock import new_id
from tcd_desktop.store.journal.journal import Chain
from tcd_desktop.store.journal.merge import LEFT_OUT, REVOKED, Merge, MergeRefused
from tcd_desktop.store.schema.rows import ROWS
from tcd_desktop.store.store import Connection
from tcd_desktop.store.unit import Unit
from tcd_desktop.sync import forks, key_facts
from tcd_desktop.sync.certificate import read_certificate
from tcd_desktop.sync.key_desk_core import KeyDeskCore
from tcd_desktop.sync.key_facts import KeptAside
from tcd_desktop.sync.keyring import save_membership
from tcd_desktop.sync.refusals import BundleRefused, Code
from tcd_desktop.sync.revocation import Revocation, Revocations, sign_revocations, verify_revocations
from tcd_desktop.sync.scope import tables_granted

Reason = Literal["lost", "stolen", "retired", "forked"]
MOST_REASON = 500


@dataclass(frozen=True, slots=True)
class _Later:
    """What a revoked PC wrote after the end of the trust: numbers first..last of one history."""

    chain: Chain
    device: Device
    first: int
    digests: list[bytes]
    lines: list[bytes]

    @property
    def last(self) -> int:
        return self.first + len(self.lines) - 1


class Revoking(KeyDeskCore):
    """Revokes a PC, and decides about what it wrote afterwards."""

    def kept_aside(self, device: str) -> list[KeptAside]:
        """What a revoked PC wrote after its last trusted number."""
        return key_facts.kept_aside(self._store, device)

    def revoke(
        self, device: str, *, reason: Reason, last_trusted: int | None = None, note: str = ""
    ) -> Done[Revocations]:
        """Ends the trust in a PC after a number of its latest history (default: what is in the books).

        What it wrote later is kept aside and shown; `note` is the officer's own words. Raises
        Refused("unknown_device" | "already_revoked" | "revoke_own" | "not_superior").
        """
        check_right(self._officer.right, "keys.revoke")
        authority, member = self._authority()
        known = self._store.find(Device, device)
        if known is None:
            raise Refused("unknown_device")
        if device == self.keyring.device_id:
            raise Refused("revoke_own")
        if key_facts.revoked_for_good(member.revocations, device):
            raise Refused("already_revoked")
        with self._store.unit(act="keys.revoke", officer=self._officer.id) as unit:
            chains = [chain for chain in journal.chains(unit.connection) if chain.device == device]
            ends = [(chain.epoch, chain.seq) for chain in sorted(chains, key=lambda one: one.epoch)]
            if ends and last_trusted is not None:
                ends[-1] = (ends[-1][0], max(0, last_trusted))
            entries = [one for one in member.revocations.list.entries if one.device != device]
            entries += [Revocation(device=device, epoch=n, last_trusted_seq=seq, reason=reason) for n, seq in ends]
            entries.append(Revocation(device=device, epoch="*", last_trusted_seq=0, reason=reason))
            line = sign_revocations(member.revocations.version + 1, entries, authority.revoker)
            revocations = verify_revocations(line, member.root)
            save_membership(unit.connection, replace(member, revocations=revocations))
            forks.settle_by_person(unit.connection, device, self._now())
            epoch, last = ends[-1] if ends else (0, 0)
            self._decide(unit, known, KeyStep.REVOKED, epoch=epoch, last=last, why=reason, reason=note)
            return Done("keys.revoke", revocations, unit.commit())

    def take_in(self, device: str, epoch: int, through: int, *, reason: str) -> Done[Balance]:
        """After somebody has looked: entries of a revoked PC count up to a number; the trust now ends there.

        Raises Refused("reason_needed" | "nothing_kept" | "not_superior"), BundleRefused when the entries cannot be
        what the PC wrote.
        """
        check_right(self._officer.right, "keys.take_in")
        authority, member = self._authority()
        said = reason_line(reason, MOST_REASON)
        at = self._now().isoformat(timespec="seconds")
        with self._store.unit(act="keys.take_in", officer=self._officer.id) as unit:
            later = _later(unit.connection, device, epoch, through)
            revoked = key_facts.revoked_for_good(member.revocations, device)
            if revoked is None:
                raise Refused("nothing_kept")
            balance, latest = _taken(unit.connection, later, at)
            entries = [
                one for one in member.revocations.list.entries if (one.device, one.epoch) != (device, later.chain.epoch)
            ]
            moved = Revocation(device=device, epoch=epoch, last_trusted_seq=later.last, reason=revoked.reason)
            line = sign_revocations(member.revocations.version + 1, [*entries, moved], authority.revoker)
            save_membership(unit.connection, replace(member, revocations=verify_revocations(line, member.root)))
            self._decide(
                unit, later.device, KeyStep.TAKEN_IN, epoch=epoch, first=later.first, last=later.last, reason=said
            )
            changes = unit.commit()
        self._store.seen(latest)
        return Done("keys.take_in", balance, changes)

    def leave_out(self, device: str, epoch: int, first: int, *, reason: str) -> Done[int]:
        """Entries of a revoked PC from a number on stay out for good; how many. They are kept, with the reason.

        Raises Refused("reason_needed" | "nothing_kept" | "not_superior").
        """
        check_right(self._officer.right, "keys.leave_out")
        self._authority()
        said = reason_line(reason, MOST_REASON)
        with self._store.unit(act="keys.leave_out", officer=self._officer.id) as unit:
            known = self._store.find(Device, device)
            which, values = "device = ? AND epoch = ? AND seq >= ? AND code = ?", (device, epoch, first, REVOKED)
            sql = f"SELECT max(seq), count(*) FROM quarantine WHERE {which}"
            last, count = unit.connection.exec_driver_sql(sql, values).one()
            if known is None or not count:
                raise Refused("nothing_kept")
            unit.connection.exec_driver_sql(f"UPDATE quarantine SET code = ? WHERE {which}", (LEFT_OUT, *values))
            self._decide(unit, known, KeyStep.LEFT_OUT, epoch=epoch, first=first, last=last, reason=said)
            return Done("keys.leave_out", int(count), unit.commit())

    def let_first_go_on(self, device: str, *, reason: str) -> Done[None]:
        """Of two histories of a PC the one in the books goes on; the other PC gets an identity of its own.

        Bundles that waited for this are taken in with the next look at what waits. Raises Refused("reason_needed" |
        "no_two_histories" | "not_superior").
        """
        check_right(self._officer.right, "keys.one_history")
        self._authority()
        said = reason_line(reason, MOST_REASON)
        with self._store.unit(act="keys.one_history", officer=self._officer.id) as unit:
            known = self._store.find(Device, device)
            fork = forks.settle_by_person(unit.connection, device, self._now())
            if known is None or fork is None:
                raise Refused("no_two_histories")
            self._decide(
                unit, known, KeyStep.FIRST_GOES_ON, epoch=fork.epoch, first=fork.parted + 1, last=fork.have, reason=said
            )
            return Done("keys.one_history", None, unit.commit())

    def _decide(
        self,
        unit: Unit,
        device: Device,
        step: KeyStep,
        *,
        epoch: int,
        last: int,
        first: int = 0,
        why: str = "",
        reason: str = "",
    ) -> None:
        unit.put(
            KeyDecision(
                id=new_id(),
                office=self._office.id,
                unit=device.unit,
                device=device.id,
                step=step,
                epoch=epoch,
                first=first,
                last=last,
                why=why,
                reason=clean_line(reason)[:MOST_REASON],
            )
        )


def _later(connection: Connection, device: str, epoch: int, through: int) -> _Later:
    """The entries after the last one in the books, up to a number. Raises Refused("nothing_kept")."""
    chain = journal.find_chain(connection, device, epoch)
    known: Device | None = ROWS["device"].one(connection, "id = ?", (device,))
    if chain is None or known is None:
        raise Refused("nothing_kept")
    sql = (
        "SELECT seq, hash, line FROM quarantine WHERE device = ? AND epoch = ? AND seq BETWEEN ? AND ? "
        "AND code IN (?, ?) ORDER BY seq"
    )
    found = connection.exec_driver_sql(sql, (device, epoch, chain.seq + 1, through, REVOKED, LEFT_OUT)).all()
    if not found or [seq for seq, _digest, _line in found] != list(range(chain.seq + 1, through + 1)):
        raise Refused("nothing_kept")
    return _Later(chain, known, chain.seq + 1, [row[1] for row in found], [row[2] for row in found])


def _taken(connection: Connection, later: _Later, at: str) -> tuple[Balance, str]:
    """The entries go through the same merge as those of a bundle, with the same checks."""
    if hashing.hashes(later.chain.head, later.lines) != later.digests:
        raise BundleRefused(Code.CHAIN, line=later.first)
    connection.exec_driver_sql(
        "DELETE FROM quarantine WHERE device = ? AND epoch = ? AND seq BETWEEN ? AND ?",
        (later.device.id, later.chain.epoch, later.first, later.last),
    )
    tables = tables_granted(read_certificate(later.device.certificate).tables)
    try:
        merge = Merge(connection, later.chain, first=later.first, prev=later.chain.head, tables=tables, at=at)
        merge.block(later.lines, later.digests)
        return merge.finish(last=later.last, head=later.digests[-1]), merge.latest
    except MergeRefused as refused:
        raise BundleRefused(Code(refused.code), **refused.facts) from refused
