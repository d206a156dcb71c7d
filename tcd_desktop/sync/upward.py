"""A ward's export to its superior: what it carries, written volume by volume, gone on with when it was broken off.

Nothing counts as sent before every volume of the export is whole on a stick and was read back; then all of them are
entered in the ledger at once. Until then the volumes that are whole are remembered by name and hash, so the same export
goes on where it stopped: on the same stick after looking at what is there, or on another one.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Final

import msgspec

from tcd_desktop import __version__
from tcd_desktop.domain.office import Office
from tcd_desktop.jobs import Progress, SilentProgress
from tcd_desktop.store.closed.blobs import Blobs
from tcd_desktop.store.errors import StoreUnavailable
from tcd_desktop.store.journal import journal, ledger
from tcd_desktop.store.journal.journal import Chain
from tcd_desktop.store.journal.ledger import LedgerLine
from tcd_desktop.store.journal.lines import SCHEMA
from tcd_desktop.store.store import Connection, Store, read_fact, write_fact
from tcd_desktop.sync import books_compared
from tcd_desktop.sync.bundle_writer import SUFFIX, BundleHead, bundle_file_name, write_bundle
from tcd_desktop.sync.down import known_positions
from tcd_desktop.sync.key_facts import own_renewal
from tcd_desktop.sync.keyring import Keyring, Membership, sealing_keys, signing_pair
from tcd_desktop.sync.manifest import ERASED, BundleKind, Fork, TableDigest, Volume
from tcd_desktop.sync.ops_meta import encode_ops_meta
from tcd_desktop.sync.papers_out import Papers, papers_to_send, sources
from tcd_desktop.sync.peers import known_peers, known_to_all, news_of_reading, note_told
from tcd_desktop.sync.policy import limits_of, volume_room
from tcd_desktop.sync.refusals import ExportFailed
from tcd_desktop.sync.return_notes import sent_from
from tcd_desktop.sync.stick import PART, is_whole
from tcd_desktop.sync.volumes import Part, name_of, plan
from tcd_desktop.sync.waiting import PAPERS_LEFT

UNFINISHED: Final = "export.unfinished"
_BAD_PAPER: Final = frozenset({"blob_missing", "blob_damaged"})
_SMALLER: Final = 2
"""Entries are compressed to less than half on the way."""


@dataclass(frozen=True, slots=True)
class Preview:
    """What an export would carry. `room`: bytes it takes on the stick, at most; `left`: papers that stay here."""

    operations: int
    papers: int
    paper_bytes: int
    left: int
    volumes: int
    room: int


class Volumed(msgspec.Struct, frozen=True):
    """A volume that is whole on a stick."""

    i: int
    file: str
    sha256: str
    size: int
    bundle: str
    device: str
    epoch: int
    first: int
    last: int
    papers: int

    @property
    def operations(self) -> int:
        """How many entries."""
        return self.last - self.first + 1


class _Unfinished(msgspec.Struct, frozen=True):
    """An export that was begun: its name (`volumes.name_of`) and the volumes that are whole."""

    name: str = ""
    written: list[Volumed] = []


@dataclass(frozen=True, slots=True)
class _Export:
    parts: list[Part]
    papers: Papers
    name: str
    member: Membership
    recipients: tuple[bytes, ...]
    renewal: bytes = b""
    sums: dict[str, TableDigest] = field(default_factory=dict)


class Upward:
    """Writes what a ward has to send."""

    def __init__(
        self, store: Store, keyring: Keyring, blobs: Blobs, *, office: Office, now: Callable[[], datetime]
    ) -> None:
        self._store = store
        self._keyring = keyring
        self._blobs = blobs
        self._office = office
        self._now = now

    def preview(self, member: Membership, *, full: bool = False, papers: bool = True) -> Preview:
        """What `write` would carry now."""
        with self._store.reading() as connection:
            export = self._planned(connection, member, full, papers)
        parts = export.parts
        lines = sum(part.length for part in parts) - export.papers.length
        return Preview(
            operations=sum(part.operations for part in parts),
            papers=len(export.papers.carried),
            paper_bytes=export.papers.length,
            left=export.papers.left,
            volumes=len(parts),
            room=lines // _SMALLER + export.papers.length + len(parts) * 64 * 1024,
        )

    def write(
        self,
        folder: Path,
        member: Membership,
        *,
        full: bool = False,
        papers: bool = True,
        elsewhere: bool = False,
        progress: Progress | None = None,
    ) -> list[tuple[Path, Volumed]]:
        """Every volume of the export in a folder; [] = there is nothing to send.

        `elsewhere`: volumes of the same export that are whole already are on another stick; otherwise they are looked
        for in this folder. Raises ExportFailed (facts `done` and `volumes` say how many are whole), Cancelled.
        """
        _clear(folder, f"TCD_{self._office.id}_{self._keyring.device_id[:8]}_")
        bad: frozenset[str] = frozenset()
        while True:
            try:
                return self._write(folder, member, full, papers, elsewhere, bad, progress or SilentProgress())
            except StoreUnavailable as error:
                damaged = self._damaged(member, full) - bad if error.code in _BAD_PAPER else frozenset()
                if not damaged:
                    raise
                bad |= damaged  # one bad paper must not keep everything else from being sent

    def _damaged(self, member: Membership, full: bool) -> frozenset[str]:
        with self._store.reading() as connection:
            found = self._papers(connection, member, full).carried
        damaged = set()
        for paper in found:
            try:
                self._blobs.get(paper.sha256)
            except StoreUnavailable:
                damaged.add(paper.sha256)
        return frozenset(damaged)

    def _papers(self, connection: Connection, member: Membership, full: bool) -> Papers:
        most = limits_of(member.root).paper
        peers = known_peers(connection, member, self._now().date())
        after = [(chain, known_to_all(connection, chain, peers)) for chain in journal.own_chains(connection)]
        office = self._office.id
        return papers_to_send(connection, self._blobs, office, after=None if full else after, most=most)

    def _planned(
        self,
        connection: Connection,
        member: Membership,
        full: bool,
        papers: bool,
        bad: frozenset[str] = frozenset(),
    ) -> _Export:
        carried = self._papers(connection, member, full) if papers else Papers()
        good = tuple(paper for paper in carried.carried if paper.sha256 not in bad)
        carried = Papers(good, carried.left + len(carried.carried) - len(good))
        chains = journal.own_chains(connection)
        peers = known_peers(connection, member, self._now().date())
        stretches = [
            (chain, 0 if full else sent_from(connection, chain, known_to_all(connection, chain, peers)))
            for chain in chains
        ]
        if peers and news_of_reading(connection, member):
            at = max(i for i, (chain, _after) in enumerate(stretches) if chain.seq)  # a new epoch may have none yet
            newest, after = stretches[at]
            stretches[at] = newest, min(after, newest.seq - 1)  # one entry again, so that there is a bundle to tell it
        limits = replace(limits_of(member.root), volume=volume_room(member.root))
        parts = plan(connection, stretches, carried.carried, limits)
        above = member.receiver.recipients()
        recipients = tuple(dict.fromkeys([*above, *(bytes.fromhex(peer.box_pub) for peer in peers)]))
        renewal = own_renewal(self._store, self._keyring, member, self._now().date())
        return _Export(parts, carried, name_of(parts, recipients), member, recipients, renewal)

    def _write(
        self,
        folder: Path,
        member: Membership,
        full: bool,
        papers: bool,
        elsewhere: bool,
        bad: frozenset[str],
        progress: Progress,
    ) -> list[tuple[Path, Volumed]]:
        if full:
            self._mend()
        with self._store.reading() as connection:
            export = self._planned(connection, member, full, papers, bad)
            if export.parts:
                export = replace(export, sums=books_compared.sums_of(connection, self._office.id))
            kept = self._begun(connection, export)
            if not elsewhere:
                kept = [one for one in kept if is_whole(folder / one.file, one.sha256, one.size)]
            done = {one.i: one for one in kept}
            total = sum(part.length for part in export.parts)
            for i, part in enumerate(export.parts, start=1):
                before = sum(one.length for one in export.parts[: i - 1])
                if i not in done:
                    share = _Share(progress, before, part.length, total)
                    done[i] = self._volume(connection, folder, export, i, share, done)
                    self._note(export, done)
        if export.parts:
            self._enter(member, [done[i] for i in sorted(done)], export.sums, papers_left=not papers)
        return [(folder / done[i].file, done[i]) for i in sorted(done)]

    def _begun(self, connection: Connection, export: _Export) -> list[Volumed]:
        text = read_fact(connection, UNFINISHED)
        unfinished = msgspec.json.decode(text, type=_Unfinished) if text else _Unfinished()
        return unfinished.written if unfinished.name == export.name else []

    def _note(self, export: _Export, done: dict[int, Volumed]) -> None:
        """Remembers what is whole, when there is more to come."""
        if len(export.parts) > 1:
            kept = _Unfinished(export.name, [done[i] for i in sorted(done)])
            self._store.set_fact(UNFINISHED, msgspec.json.encode(kept).decode("ascii"))

    def _volume(
        self,
        connection: Connection,
        folder: Path,
        export: _Export,
        i: int,
        progress: Progress,
        done: dict[int, Volumed],
    ) -> Volumed:
        part, n, member = export.parts[i - 1], len(export.parts), export.member
        chain, volume = part.chain, Volume(set=export.name, i=i, n=n)
        name = bundle_file_name(
            self._office.id, chain.device, chain.epoch, min(part.first, part.last) or 1, part.last, volume
        )
        try:
            written = write_bundle(
                folder / name,
                manifest_head=BundleHead(
                    kind=BundleKind.OPS,
                    epoch=chain.epoch,
                    first=part.first,
                    prev=journal.hash_at(connection, chain, part.first - 1),
                    last=part.last,
                    head=journal.hash_at(connection, chain, part.last),
                    forked_from=fork_of(connection, chain),
                    schema_ver=SCHEMA,
                    created_hlc=self._store.stamp(),
                    requires=known_positions(connection, member.superior),
                    volume=volume,
                    features=[ERASED] if journal.has_erased(connection, chain, part.first, part.last) else (),
                    digest=export.sums if i == n else {},
                ),
                lines=journal.lines_between(connection, chain, part.first, part.last),
                recipients=export.recipients,
                meta=encode_ops_meta(renewal=export.renewal, program=__version__),
                device_keys=signing_pair(self._keyring, member),
                certificate=member.certificate_line,
                blobs=sources(self._blobs, part.papers, self._office.id, sealing_keys(self._keyring, member)),
                limits=limits_of(member.root),
                progress=progress,
            )
        except ExportFailed as failed:
            failed.facts.update(done=len(done), volumes=n)
            raise
        return Volumed(
            i=i,
            file=name,
            sha256=written.sha256,
            size=written.size,
            bundle=written.bundle,
            device=chain.device,
            epoch=chain.epoch,
            first=part.first,
            last=part.last,
            papers=written.blobs,
        )

    def _mend(self) -> None:
        """Before everything is sent again: tables that differ from the superior's are made anew from the journal."""
        with self._store.reading() as connection:
            differ = books_compared.difference(connection)
        if differ is not None:
            with self._store.writing() as connection:
                at = self._now().isoformat(timespec="seconds")
                books_compared.make_anew(connection, self._office.id, differ, at=at)

    def _enter(
        self, member: Membership, written: Sequence[Volumed], sums: dict[str, TableDigest], *, papers_left: bool
    ) -> None:
        with self._store.writing() as connection:
            books_compared.note_own(connection, sums)
            write_fact(connection, UNFINISHED, "")
            write_fact(connection, PAPERS_LEFT, "1" if papers_left else "")
            note_told(connection, member)
            for one in written:
                line = LedgerLine(
                    direction="out",
                    file=one.file,
                    outcome="written",
                    at=self._now(),
                    bundle=one.bundle,
                    sha256=one.sha256,
                    kind=BundleKind.OPS.value,
                    office=member.superior,
                    device=one.device,
                    epoch=one.epoch,
                    first=one.first,
                    last=one.last,
                )
                ledger.enter(connection, line)


class _Share:
    """The steps of one volume as steps of the whole export."""

    def __init__(self, progress: Progress, before: int, length: int, total: int) -> None:
        self._progress, self._before, self._length, self._total = progress, before, length, total

    def step(self, done: int, total: int, text: str = "") -> None:
        """In bytes of contents."""
        here = self._length * min(done, total) // total if total else 0
        self._progress.step(self._before + here, self._total, text)

    def cancelled(self) -> bool:
        """Whoever stops one stops all."""
        return self._progress.cancelled()


def fork_of(connection: Connection, chain: Chain) -> Fork | None:
    """Where the epoch left the one before it; None for a first epoch."""
    origin = journal.origin(connection, chain)
    return Fork(epoch=origin[0], seq=origin[1], head=chain.forked_from.hex()) if origin else None


def _clear(folder: Path, begin: str) -> None:
    """What an export of this PC that was killed has left on the stick."""
    for part in folder.glob(f"{begin}*{SUFFIX}{PART}"):
        with contextlib.suppress(OSError):
            part.unlink()
