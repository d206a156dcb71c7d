"""C9 and C10: papers with hostile names, papers that lie, are missing, too large or not for everybody."""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path, PureWindowsPath
from typing import Any

import msgspec
import pytest

from tcd_desktop.domain.cases.case_file import Attachment
from tcd_desktop.jobs import SilentProgress
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.store.errors import StoreUnavailable
from tcd_desktop.store.journal import chain as hashing
from tcd_desktop.store.journal import contents
from tcd_desktop.sync import inbox, policy
from tcd_desktop.sync.bundle_writer import BlobSource, BundleHead, write_bundle
from tcd_desktop.sync.closed_papers import Closing
from tcd_desktop.sync.inbox import ImportResult
from tcd_desktop.sync.keyring import required_membership
from tcd_desktop.sync.limits import DEFAULT, MIB
from tcd_desktop.sync.manifest import BundleKind
from tcd_desktop.ui.cases.file_names import can_open, free_path, safe_name
from tests.attacks.books import Books, history_of, line
from tests.offices import DRAFT, SECRET
from tests.papers_with_text import a_pdf
from tests.sync.offices import blob_source, open_up

HOSTILE = (
    "..\\..\\x",
    "../../x",
    "C:\\x",
    "\\\\may-chu\\x",
    "CON",
    "con.pdf",
    "x.",
    "x:ads",
    "n" * 5000,
    "đơn.PDF",
    "ĐƠN.pdf",
    "scan.pdf.exe",
    "=cmd|'/C calc'!A0",
    "<img src=x>.pdf",
    "",
)
"""Names that a correct program gives to no paper, and that the format cannot forbid."""


@pytest.fixture
def books(tmp_path: Path) -> Iterator[Books]:
    made = Books(tmp_path)
    yield made
    assert made.district.check() == []
    made.close()


def paper_lines(office: OpenOffice, papers: list[tuple[str, bytes]], **after: Any) -> list[bytes]:
    """Operations that put papers of these names and contents into an office's books."""
    first = history_of(office)[0].seq + 1
    return [
        line(
            "attachment",
            secrets.token_hex(16),
            seq,
            after={
                "name": name,
                "sha256": sha256(content).hexdigest(),
                "length": len(content),
                "media_type": "application/pdf",
                "added_on": "2026-11-23",
            }
            | after,
        )
        for seq, (name, content) in enumerate(papers, start=first)
    ]


def send_papers(books: Books, lines: list[bytes], blobs: list[BlobSource]) -> ImportResult:
    """The attacker at ward P-02's own PC signs his history, some lines and some contents."""
    chain, true = history_of(books.other)
    member = required_membership(books.other.store)
    path = books.stick / f"{secrets.token_hex(4)}.tcdb"
    write_bundle(
        path,
        manifest_head=BundleHead(
            kind=BundleKind.OPS,
            epoch=1,
            first=1,
            prev=hashing.start(chain.device, 1),
            schema_ver=1,
            created_hlc=books.other.store.stamp(),
        ),
        lines=true + lines,
        recipients=member.receiver.recipients(),
        device_keys=books.other.keyring.device,
        certificate=member.certificate_line,
        blobs=blobs,
    )
    return books.take(path)


def kept_files(office: OpenOffice) -> list[str]:
    """The names of the files among an office's papers."""
    return sorted(path.name for path in (office.home / "blobs").rglob("*") if path.is_file())


def attach(office: OpenOffice, content: bytes, *, secret: bool = False) -> Attachment:
    """A paper of a new visit."""
    visit = office.receptions.log(SECRET if secret else DRAFT).value
    return office.attachments.add("scan.pdf", content, reception=visit.id).value


def test_c9_a_name_is_shown_and_never_a_path(books: Books, tmp_path: Path) -> None:
    books.log()
    books.send()  # what any import leaves beside the books is there
    papers = [(name, a_pdf(f"Tờ số {i}")) for i, name in enumerate(HOSTILE)]
    outside = sorted(path.name for path in tmp_path.rglob("*") if "blobs" not in path.parts)
    result = send_papers(books, paper_lines(books.other, papers), [blob_source(content) for _, content in papers])
    assert (result.outcome, result.papers) == ("applied", len(papers))
    shown = {paper.name for paper in books.district.store.all(Attachment)}
    assert shown == set(HOSTILE), "names are data, kept as they came"
    assert set(kept_files(books.district)) >= {sha256(content).hexdigest() for _, content in papers}
    assert all(len(name) == 64 and name.isalnum() for name in kept_files(books.district))
    now = sorted(path.name for path in tmp_path.rglob("*") if "blobs" not in path.parts)
    assert [name for name in now if name not in outside and not name.endswith(".tcdb")] == []


def test_c9_a_copy_saved_from_a_hostile_name_lies_in_the_folder_that_was_chosen(tmp_path: Path) -> None:
    taken = set()
    for name in HOSTILE:
        path = free_path(tmp_path, name)
        assert path.parent == tmp_path and len(path.name) <= 130
        windows = PureWindowsPath(path.name)
        assert windows.name == path.name and not windows.is_reserved() and not windows.drive
        assert not path.name.endswith((".", " ")) and path.name.casefold() not in taken
        taken.add(path.name.casefold())
        path.write_bytes(b"x")
    assert not can_open("scan.pdf.exe") and not can_open("scan.pdf\u202efdp.exe")
    assert "\u202e" not in safe_name("a.pdf\u202efdp.exe")


@pytest.mark.parametrize("name", ["a.pdf\u202efdp.exe", "a\u0000.pdf", "a\u200b.pdf", "a\u2066.pdf"])
def test_c9_a_name_with_marks_nobody_sees_makes_the_bundle_refused(books: Books, name: str) -> None:
    before, files = books.state(), kept_files(books.district)
    result = send_papers(books, paper_lines(books.other, [(name, b"%PDF-x")]), [blob_source(b"%PDF-x")])
    assert (result.outcome, result.code) == ("refused", "E_CTRL")
    assert books.state() == before and kept_files(books.district) == files


def test_c10_a_paper_that_did_not_come_is_awaited_asked_for_and_comes_with_the_next_bundle(books: Books) -> None:
    content = a_pdf("Đơn khiếu nại")
    paper = attach(books.ward, content)
    (without,) = books.ward.outbox.export(books.stick, papers=False)
    assert books.take(without.path).outcome == "applied"
    seen = books.district.store.find(Attachment, paper.id)
    assert seen is not None
    with pytest.raises(StoreUnavailable, match="blob_missing"):
        books.district.attachments.content(seen)
    answers = {one.office: one for one in books.district.outbox.export(books.stick)}
    books.ward.inbox.take([answers["P-01"].path])
    preview = books.ward.outbox.preview()
    assert (preview.operations, preview.papers, preview.paper_bytes) == (0, 1, len(content))
    (again,) = books.ward.outbox.export(books.stick)
    assert (again.operations, again.papers) == (0, 1)
    result = books.take(again.path)
    assert (result.outcome, result.papers) == ("applied", 1)
    assert books.district.attachments.content(seen) == content
    answers = {one.office: one for one in books.district.outbox.export(books.stick)}
    books.ward.inbox.take([answers["P-01"].path])
    assert books.ward.outbox.preview().papers == 0 and books.ward.outbox.export(books.stick) == []


def test_c10_a_content_with_another_hash_refuses_the_volume_and_leaves_nothing(books: Books) -> None:
    """Each slice is signed, the paper they make is not the one the list of contents names."""
    attach(books.ward, a_pdf("thật"))
    (honest,) = books.ward.outbox.export(books.stick)
    opened = open_up(honest.path, books.district.keyring.boxes())
    (entry,) = opened.manifest.blobs
    manifest = msgspec.structs.replace(
        opened.manifest, blobs=[msgspec.structs.replace(entry, sha256=sha256(b"another").hexdigest())]
    )
    forged = opened.signed(books.ward.keyring.device, manifest)
    file = books.stick / "forged.tcdb"
    file.write_bytes(forged.sealed(*required_membership(books.ward.store).receiver.recipients()))
    before, files = books.state(), kept_files(books.district)
    result = books.take(file)
    assert (result.outcome, result.code) == ("refused", "E_SEGMENT")
    assert books.state() == before and kept_files(books.district) == files
    assert books.take(honest.path).outcome == "applied"


def test_c10_a_refusal_after_papers_were_read_leaves_none_of_them(
    books: Books, monkeypatch: pytest.MonkeyPatch
) -> None:
    attach(books.ward, a_pdf("một"))
    (written,) = books.ward.outbox.export(books.stick)
    files = kept_files(books.district)

    def full(*_: object) -> None:
        raise StoreUnavailable("store_full")

    with monkeypatch.context() as patched:
        patched.setattr("tcd_desktop.store.journal.ledger.enter", full)
        with pytest.raises(StoreUnavailable, match="store_full"):
            books.take(written.path)
    assert kept_files(books.district) == files
    assert books.take(written.path).papers == 1


def test_c10_a_paper_larger_than_the_policy_allows_refuses_the_bundle_and_is_never_sent(
    books: Books, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = required_membership(books.ward.store).root
    assert policy.limits_of(root).paper == DEFAULT.paper
    large = b"%PDF-" + bytes(MIB)
    lines = paper_lines(books.other, [("a.pdf", large)])
    metadata = msgspec.structs.replace(root.metadata, policy={policy.PAPER_BYTES: MIB, "unknown": 7})
    strict = policy.limits_of(type(root)(metadata, root.chain))
    assert strict.paper == MIB
    monkeypatch.setattr(inbox, "limits_of", lambda _root: strict)
    result = send_papers(books, lines, [blob_source(large)])
    assert (result.outcome, result.code) == ("refused", "E_LIMIT")
    monkeypatch.setattr("tcd_desktop.sync.upward.limits_of", lambda _root: strict)
    attach(books.ward, large)
    preview = books.ward.outbox.preview()
    assert (preview.papers, preview.left) == (0, 1)
    assert books.ward.outbox.export(books.stick)[0].papers == 0, "the entries go all the same"


def test_c10_a_content_nobody_names_is_not_kept(books: Books) -> None:
    files = kept_files(books.district)
    result = send_papers(books, [], [blob_source(b"a film" * 1000)])
    assert (result.outcome, result.papers) == ("applied", 0)
    assert kept_files(books.district) == files


def test_c10_a_ward_fills_no_gap_of_another(books: Books) -> None:
    """What one ward's record names is taken from that ward only."""
    content = a_pdf("của phường 1")
    attach(books.ward, content)
    (without,) = books.ward.outbox.export(books.stick, papers=False)
    books.take(without.path)
    assert send_papers(books, [], [blob_source(content)]).papers == 0
    assert not books.district.blobs.has(sha256(content).hexdigest())


def test_c10_a_paper_whose_kind_lies_is_kept_and_not_opened_by_itself(
    books: Books, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = b"MZ" + bytes(200)
    result = send_papers(
        books, paper_lines(books.other, [("đơn.pdf", program)], media_type="application/pdf"), [blob_source(program)]
    )
    assert result.papers == 1
    monkeypatch.setattr(books.district.paper_reader, "_read", lambda *_: pytest.fail("it was opened"))
    assert books.district.paper_reader.read_all(SilentProgress()) == 0


def test_c10_papers_of_a_denunciation_are_closed_for_the_entitled_inside_the_bundle(books: Books) -> None:
    content = a_pdf("Tố cáo việc thu tiền")
    paper = attach(books.ward, content, secret=True)
    (written,) = books.ward.outbox.export(books.stick)
    opened = open_up(written.path, books.district.keyring.boxes())
    (entry,) = opened.manifest.blobs
    assert entry.of == paper.sha256 != entry.sha256
    assert content not in b"".join(opened.segments), "whoever opens the bundle does not yet read the paper"
    result = books.take(written.path)
    assert (result.papers, result.papers_closed) == (1, 0)
    seen = books.district.store.find(Attachment, paper.id)
    assert seen is not None and books.district.attachments.content(seen) == content


def test_c10_a_paper_closed_for_others_is_told_from_one_that_did_not_come(books: Books) -> None:
    content = a_pdf("kín")
    digest = sha256(content).hexdigest()
    closing = Closing(digest, "P-02", [books.ward.keyring.device.box_pub])
    data = closing.close(content)
    source = BlobSource(sha256="", length=len(data), open=blob_source(data).open, of=digest)
    result = send_papers(books, paper_lines(books.other, [("a.pdf", content)]), [source])
    assert (result.outcome, result.papers, result.papers_closed) == ("applied", 0, 1)
    assert not books.district.blobs.has(digest)
    assert books.district.store.read(lambda c: contents.closed_here(c, [digest])) == {digest}


@pytest.mark.parametrize("how", ["another paper", "another record", "noise", "empty"])
def test_c10_a_closed_paper_that_is_not_what_it_says_refuses_the_volume(books: Books, how: str) -> None:
    content, other = a_pdf("một"), a_pdf("hai")
    digest = sha256(content).hexdigest()
    district = required_membership(books.other.store).receiver.recipients()
    named = digest if how != "another record" else sha256(other).hexdigest()
    good = Closing(named, "P-02", district).close(other if how == "another paper" else content)
    data = {"noise": b"{}\n" + bytes(50), "empty": b"\n"}.get(how, good)
    source = BlobSource(sha256="", length=len(data), open=blob_source(data).open, of=digest)
    before, files = books.state(), kept_files(books.district)
    result = send_papers(books, paper_lines(books.other, [("a.pdf", content)]), [source])
    assert kept_files(books.district) == files
    if how == "another record":  # bound to its record: to this one it is closed
        assert (result.outcome, result.papers) == ("applied", 0)
    else:
        assert (result.outcome, result.code) == ("refused", "E_SEGMENT")
        assert books.state() == before


def test_c10_a_copy_of_the_stick_shows_no_word_of_a_paper_and_no_name(books: Books, tmp_path: Path) -> None:
    attach(books.ward, a_pdf("SỐ NHÀ BÍ MẬT"), secret=True)
    (written,) = books.ward.outbox.export(books.stick)
    raw = Path(shutil.copy(written.path, tmp_path / "copy")).read_bytes()
    assert b"PDF" not in raw and "Kín".encode() not in raw and b"scan" not in raw
