"""Another program, written from the page of the format, reads what ours writes; and refuses what ours refuses."""

from __future__ import annotations

import ast
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tcd_desktop.open_office import OpenOffice
from tcd_desktop.store.journal import journal
from tcd_desktop.sync.enrolment_files import root_fingerprint
from tcd_desktop.sync.keyring import required_membership
from tcd_desktop.sync.keys import BoxKey
from tests.attacks.books import Books, history_of
from tests.offices import DRAFT, SECRET
from tests.second_reader import zstd
from tests.second_reader.arithmetic import ed25519_verifies, x25519
from tests.second_reader.reader import Read, chain_start, chain_step, read

FOLDER = Path(__file__).parent
ALLOWED = {"__future__", "base64", "collections", "ctypes", "dataclasses", "hashlib", "hmac", "json", "re", "shutil"}
ALLOWED |= {"struct", "subprocess", "typing", "tests"}

pytestmark = pytest.mark.skipif(not zstd.there(), reason="no zstd library or command on this machine")


def by_the_other(file: Path, reader: OpenOffice, content: bytes | None = None) -> Read:
    member, keys = required_membership(reader.store), reader.keyring
    box = keys.office.current if keys.office else keys.device.box
    data = file.read_bytes() if content is None else content
    return read(data, box.secret, box.public, member.root.chain, root_fingerprint(member.root))


@pytest.mark.parametrize("name", ["arithmetic", "reader", "zstd"])
def test_the_second_reader_uses_nothing_of_the_program(name: str) -> None:
    names: set[str] = set()
    for node in ast.walk(ast.parse((FOLDER / f"{name}.py").read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {one.name for one in node.names}
        elif isinstance(node, ast.ImportFrom):
            names.add(node.module or "")
    assert {one.split(".")[0] for one in names} <= ALLOWED
    assert all(one.startswith("tests.second_reader") for one in names if one.startswith("tests"))


def test_a_ward_s_bundle_is_read_with_every_line_and_chain_hash(books: Books) -> None:
    visit = books.log()
    books.ward.receptions.amend(visit.id, replace(visit, phone="0900000001"))
    books.ward.receptions.log(SECRET)
    (written,) = books.ward.outbox.export(books.stick)
    found = by_the_other(written.path, books.district)
    chain, lines = history_of(books.ward)
    assert found.lines == lines and found.manifest["kind"] == "ops" and found.certificate["unit"] == ["Q", "P-01"]
    with books.ward.store.reading() as connection:
        assert found.heads == [journal.hash_at(connection, chain, seq) for seq in range(1, chain.seq + 1)]
    assert chain_start(found.manifest).hex() == found.manifest["prev"]


def test_an_increment_and_a_full_bundle_are_read(books: Books) -> None:
    books.log()
    books.send()
    for answer in books.district.outbox.export(books.stick):
        books.ward.inbox.take([answer.path])
    books.log()
    (part,) = books.ward.outbox.export(books.stick)
    increment = by_the_other(part.path, books.district)
    (whole,) = books.ward.outbox.export(books.stick, full=True)
    full = by_the_other(whole.path, books.district)
    assert increment.manifest["first"] > 1 and full.manifest["first"] == 1
    assert full.lines[increment.manifest["first"] - 1 :] == increment.lines and full.heads[-1] == increment.heads[-1]


def test_a_return_bundle_is_read_with_its_receipt(books: Books) -> None:
    books.log()
    books.send()
    answers = {one.office: one.path for one in books.district.outbox.export(books.stick)}
    found = by_the_other(answers["P-01"], books.ward)
    chain, _lines = history_of(books.ward)
    assert found.manifest["kind"] == "return" and found.meta is not None and found.meta["return_no"] == 1
    told = [(one["device"], one["epoch"], one["seq"], one["head"]) for one in found.meta["acks"]]
    assert told == [(chain.device, 1, chain.seq, chain.head.hex())]
    assert any(line.startswith(b'{"withheld":"') for line in found.lines), "the chain goes over withheld lines too"


def test_a_bundle_with_attachments_is_read(world: Any, bundle: Path) -> None:
    from tcd_desktop.sync.fingerprint import fingerprint
    from tests.sync.offices import operations

    keys = world.district.office_keys.current
    roots = world.root.chain
    found = read(bundle.read_bytes(), keys.secret, keys.public, roots, fingerprint(roots[0]))
    assert found.lines == operations(40) and list(found.blobs.values()) == [b"scan of a petition " * 40]
    assert len([one for one in found.manifest["segs"] if one["k"] == "ops"]) == 2


def test_what_was_changed_is_refused(books: Books) -> None:
    books.log()
    (written,) = books.ward.outbox.export(books.stick)
    content = written.path.read_bytes()
    for at in range(0, len(content), len(content) // 12):
        with pytest.raises(ValueError):
            by_the_other(written.path, books.district, content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :])
    for cut in (content[:-1], content + b"x", content[: len(content) // 2]):
        with pytest.raises(ValueError):
            by_the_other(written.path, books.district, cut)
    with pytest.raises(ValueError, match="other keys"):
        by_the_other(written.path, books.other)


def test_a_line_changed_by_one_letter_ends_in_another_hash(books: Books) -> None:
    books.ward.receptions.log(DRAFT)
    chain, lines = history_of(books.ward)
    head = chain_start({"device": chain.device, "epoch": 1, "forked_from": None})
    for line in lines:
        head = chain_step(head, line)
    assert head == chain.head != chain_step(head, lines[-1].replace(b"p", b"q", 1))


def test_the_curves_give_what_others_compute() -> None:
    for _ in range(5):
        ours, theirs = BoxKey.generate(), BoxKey.generate()
        shared = ours.private_key().exchange(theirs.private_key().public_key())
        assert x25519(ours.secret, theirs.public) == shared
    key = bytes.fromhex("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a")
    signature = bytes.fromhex(
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155"
        "5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"
    )
    assert ed25519_verifies(key, b"", signature) and not ed25519_verifies(key, b"x", signature)


def test_the_command_reads_a_frame_as_the_library_does(books: Books, monkeypatch: pytest.MonkeyPatch) -> None:
    if not shutil.which("zstd"):
        pytest.skip("no zstd command")
    books.log()
    (written,) = books.ward.outbox.export(books.stick)
    one = by_the_other(written.path, books.district)
    monkeypatch.setattr("ctypes.util.find_library", lambda _name: None)
    assert by_the_other(written.path, books.district).lines == one.lines
