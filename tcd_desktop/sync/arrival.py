"""One bundle arriving: what the reader has verified goes into the store, inside the caller's transaction."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, datetime

from tcd_desktop.store.journal import acks, contents, journal, ledger
from tcd_desktop.store.journal.chain import NO_FORK
from tcd_desktop.store.journal.ledger import LedgerLine
from tcd_desktop.store.journal.merge import Balance, Merge, MergeRefused
from tcd_desktop.store.journal.rebuild import try_again
from tcd_desktop.store.store import Connection, read_fact, write_fact
from tcd_desktop.sync import books_compared, forks
from tcd_desktop.sync.bundle_reader import ForgetfulSink, OperationBlock
from tcd_desktop.sync.certificate import VerifiedCertificate, read_certificate, verify_certificate
from tcd_desktop.sync.down import DOWN_TABLES, note_positions
from tcd_desktop.sync.enrolment import RETURN_NO_SEEN
from tcd_desktop.sync.history import HistoryIn, Reunion
from tcd_desktop.sync.key_facts import note_renewal
from tcd_desktop.sync.keyring import Membership, save_membership
from tcd_desktop.sync.manifest import BlobEntry, BundleKind, Manifest
from tcd_desktop.sync.ops_meta import PROGRAM, OpsMeta, decode_ops_meta
from tcd_desktop.sync.papers_in import PapersIn
from tcd_desktop.sync.peers import note_peers
from tcd_desktop.sync.refusals import BundleRefused, Code
from tcd_desktop.sync.return_meta import Ack, ReturnMeta, decode_return_meta
from tcd_desktop.sync.return_notes import note_rejects, note_wants, note_way_back
from tcd_desktop.sync.root import TrustedRoot
from tcd_desktop.sync.scope import tables_granted
from tcd_desktop.sync.trust import Flags
from tcd_desktop.sync.waiting import PAPERS_LEFT

OFFICE_EPOCH_SEEN = "office_epoch.seen"


def newer_certificate(own: bytes, line: bytes, root: TrustedRoot, today: date) -> bytes:
    """The line this PC goes on with: another one for it that begins no earlier than its own, else its own."""
    offered, known = verify_certificate(line, root, today).certificate, read_certificate(own)
    same = (offered.device, offered.unit, offered.series) == (known.device, known.unit, known.series)
    newer = offered.serial != known.serial and offered.not_before >= known.not_before
    return line if same and newer else own


class AlreadyApplied(Exception):
    """The bundle is in the books; `line` says since when."""

    def __init__(self, line: LedgerLine) -> None:
        super().__init__("already applied")
        self.line = line


class Arrival(ForgetfulSink):
    """The sink of the reader: merges operations, takes notice of a superior's answer."""

    def __init__(
        self, connection: Connection, member: Membership, papers: PapersIn, *, now: datetime, reunion: Reunion
    ) -> None:
        self._connection = connection
        self._papers = papers
        self._member = member
        self._now = now
        self._reunion = reunion
        self._merge: Merge | None = None
        self._manifest: Manifest | None = None
        self.sender = ""
        self.below: VerifiedCertificate | None = None
        self.kind = ""
        self.latest = ""
        self.tried_again = 0
        self.answer: ReturnMeta | None = None
        self.device, self.epoch = "", 0
        self.history: HistoryIn | None = None

    def manifest(self, manifest: Manifest, certificate: VerifiedCertificate, flags: Flags) -> None:
        """Refuses what cannot be taken before a segment is read. Raises AlreadyApplied, BundleRefused."""
        known = ledger.applied(self._connection, "", manifest.bundle)
        if known:
            raise AlreadyApplied(known)
        self._manifest = manifest
        self.sender = manifest.unit
        self.kind = manifest.kind.value
        self.device, self.epoch = manifest.device, manifest.epoch
        if manifest.kind is BundleKind.SNAPSHOT:
            certified = self._member.certificate
            at = self._now.isoformat(timespec="seconds")
            self.history = HistoryIn(self._connection, certified.office, certified.device, at, self._reunion)
            self._papers.begin(manifest, certified.office)
        elif manifest.kind is BundleKind.OPS:
            self.below = certificate
            tables = tables_granted(certificate.certificate.tables)
            self._begin_merge(manifest, certificate, tables, trusted=flags.trusted_through)
            note_positions(self._connection, manifest.device, manifest.requires)
            self._papers.begin(manifest)
            note_peers(self._connection, self._member, [certificate.line], self._now.date())
            books_compared.note_told(
                self._connection, manifest.unit, manifest.schema_ver, manifest.digest, manifest.created_hlc
            )
        elif manifest.operations:
            self._begin_merge(manifest, certificate, DOWN_TABLES, withheld=True)

    @property
    def head(self) -> Manifest | None:
        """The signed list of contents, once it was verified."""
        return self._manifest

    def _begin_merge(
        self,
        manifest: Manifest,
        certificate: VerifiedCertificate,
        tables: frozenset[str],
        *,
        trusted: int | None = None,
        withheld: bool = False,
    ) -> None:
        chain = journal.find_chain(self._connection, manifest.device, manifest.epoch)
        new = manifest.last > (chain.seq if chain else 0)
        if new and forks.frozen(self._connection, manifest.device, manifest.epoch):
            raise BundleRefused(Code.FROZEN, device=manifest.device, epoch=manifest.epoch)
        if chain is None:
            chain = journal.open_chain(
                self._connection,
                device=manifest.device,
                office=certificate.certificate.office,
                epoch=manifest.epoch,
                own=False,
                forked_from=bytes.fromhex(manifest.forked_from.head) if manifest.forked_from else NO_FORK,
            )
        try:
            self._merge = Merge(
                self._connection,
                chain,
                first=manifest.first,
                prev=bytes.fromhex(manifest.prev),
                tables=tables,
                at=self._now.isoformat(timespec="seconds"),
                trusted=trusted,
                withheld=withheld,
            )
        except MergeRefused as refused:
            raise self._refusal(refused) from refused

    def _refusal(self, refused: MergeRefused) -> BundleRefused:
        """Two histories of one PC are told with the PC, so that they can be kept and brought together."""
        facts = dict(refused.facts)
        if refused.code == Code.FORK.value and self._manifest is not None:
            facts |= {"device": self._manifest.device, "epoch": self._manifest.epoch, "unit": self._manifest.unit}
        return BundleRefused(Code(refused.code), **facts)

    def operations(self, block: OperationBlock) -> None:
        """The lines of one verified segment."""
        if self._merge is None:
            raise BundleRefused(Code.MANIFEST, reason="operations")
        try:
            self._merge.block(block.lines, block.heads)
        except MergeRefused as refused:
            raise self._refusal(refused) from refused

    def blob(self, entry: BlobEntry, offset: int, data: bytes) -> None:
        """A slice of a paper; a superior's answer carries none."""
        if self.history and not self.history.reads_papers:
            self.history.blob(offset, data)
        elif self.history or self.kind == BundleKind.OPS:
            self._papers.take(self._connection, entry, offset, data)

    def blob_complete(self, entry: BlobEntry) -> None:
        """A paper whose hash is right."""
        if self.history and not self.history.reads_papers:
            self.history.blob_complete(entry)
        elif self.history or self.kind == BundleKind.OPS:
            self._papers.complete(self._connection, entry)

    def meta(self, data: bytes) -> None:
        """The superior's answer: receipts, newest root, revocations, receiving keys."""
        if self.history:
            self.history.meta(data)
            return
        if self._manifest is not None and self._manifest.kind is BundleKind.OPS:
            self._note_asked(decode_ops_meta(data), self._manifest.device)
            return
        meta = decode_return_meta(data)
        self._note_number(meta)
        renewed = self._renewed(meta)
        save_membership(self._connection, renewed)
        note_peers(self._connection, renewed, [one.encode("utf-8") for one in meta.certificates], self._now.date())
        at = self._now.isoformat(timespec="seconds")
        for ack in meta.acks:
            note_way_back(self._connection, ack, at=at)
            self._note_ack(ack)
        acks.forget_all_but(self._connection, {(ack.device, ack.epoch) for ack in meta.acks})
        contents.note_wanted(self._connection, meta.want_blobs)
        if meta.want_blobs:
            write_fact(self._connection, PAPERS_LEFT, "1")
        note_rejects(self._connection, meta.rejects, at=at)
        note_wants(self._connection, meta.wants)
        self.answer = meta
        assert self._manifest is not None
        unit = self._member.certificate.office
        books_compared.compare_with_answer(self._connection, unit, self._manifest.schema_ver, meta.digest, at=at)
        self.latest = meta.superior_time

    def _note_number(self, meta: ReturnMeta) -> None:
        """Answers come in order. A superior that was put back from a copy counts anew in a later office epoch."""
        epoch = int(read_fact(self._connection, OFFICE_EPOCH_SEEN, "1"))
        seen = int(read_fact(self._connection, RETURN_NO_SEEN, "0"))
        if (meta.office_epoch, meta.return_no) <= (epoch, seen):
            raise BundleRefused(Code.ROLLBACK, reason="return", have=seen, found=meta.return_no)
        write_fact(self._connection, OFFICE_EPOCH_SEEN, str(meta.office_epoch))
        write_fact(self._connection, RETURN_NO_SEEN, str(meta.return_no))

    def _renewed(self, meta: ReturnMeta) -> Membership:
        member = self._member
        root = member.root.walk([line.encode("utf-8") for line in meta.roots]) if meta.roots else member.root
        revocations, receiver = member.revocations, member.receiver
        if meta.revocations:
            revocations = revocations.update(meta.revocations.encode("utf-8"), root)
        if meta.office_keys:
            receiver = receiver.update(meta.office_keys.encode("utf-8"), root)
        line = member.certificate_line
        for text in meta.certificates:
            line = newer_certificate(line, text.encode("utf-8"), root, self._now.date())
        return Membership(root, revocations, receiver, line, meta.superior, meta.superior_name)

    def _note_asked(self, asked: OpsMeta, device: str) -> None:
        """Which version a PC runs, and its request for the next certificate; one not rightly signed counts not."""
        if asked.program:
            write_fact(self._connection, f"{PROGRAM}{device}", asked.program)
        if asked.renewal:
            with suppress(BundleRefused):
                note_renewal(self._connection, asked.renewal, device)

    def _note_ack(self, ack: Ack) -> None:
        acks.note(
            self._connection,
            device=ack.device,
            epoch=ack.epoch,
            seq=ack.seq,
            head=bytes.fromhex(ack.head),
            level=ack.level,
            at=self._now.isoformat(timespec="seconds"),
        )

    def finish(self) -> Balance:
        """After the file was read to its end: closes the merge."""
        balance = self._finished()
        at = self._now.isoformat(timespec="seconds")
        self.tried_again = try_again(self._connection, at=at)
        differ = books_compared.difference(self._connection, self.sender) if self.kind == BundleKind.OPS else None
        if differ is not None:
            books_compared.make_anew(self._connection, self.sender, differ, at=at)
        return balance

    def _finished(self) -> Balance:
        manifest = self._manifest
        assert manifest is not None
        if self.history:
            balance = self.history.finish()
            self.latest = self.history.latest
            return balance
        if self._merge is None:
            return Balance()
        try:
            balance = self._merge.finish(last=manifest.last, head=bytes.fromhex(manifest.head))
        except MergeRefused as refused:
            raise self._refusal(refused) from refused
        self.latest = max(self.latest, self._merge.latest)
        return balance

    def ledger_line(self, file: str, digest: str, balance: Balance) -> LedgerLine:
        """The line of this bundle."""
        manifest = self._manifest
        assert manifest is not None
        return LedgerLine(
            direction="in",
            file=file,
            outcome="applied",
            at=self._now,
            bundle=manifest.bundle,
            sha256=digest,
            kind=manifest.kind.value,
            office=manifest.unit,
            device=manifest.device,
            epoch=manifest.epoch,
            first=manifest.first,
            last=manifest.last,
            created=manifest.created_hlc,
            balance=balance,
            fresh=self._merge.fresh if self._merge else 0,
        )
