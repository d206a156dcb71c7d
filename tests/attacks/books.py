"""A ward and a district with real books, and an attacker who sits at an enrolled PC of another ward."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec

from tcd_desktop.domain.receptions.reception import Reception
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.store.journal import chain as hashing
from tcd_desktop.store.journal import journal
from tcd_desktop.store.journal.journal import Chain
from tcd_desktop.store.journal.lines import encode
from tcd_desktop.sync.bundle_writer import BundleHead, write_bundle
from tcd_desktop.sync.inbox import ImportResult
from tcd_desktop.sync.keyring import required_membership
from tcd_desktop.sync.manifest import BundleKind
from tests.offices import DRAFT, enrol, make_district, make_office


class Books:
    """District Q, ward P-01 and ward P-02 (the attacker's), enrolled, with a stick between them."""

    def __init__(self, root: Path) -> None:
        self.stick = root / "stick"
        self.stick.mkdir()
        self.district = make_district(root / "district")
        self.ward = make_office(root / "ward")
        self.other = make_office(root / "other", code="P-02")
        for office in (self.ward, self.other):
            enrol(office, self.district, self.stick)

    def close(self) -> None:
        for office in (self.district, self.ward, self.other):
            office.close()

    def send(self, sender: OpenOffice | None = None, *, full: bool = False) -> ImportResult:
        """What a ward has to send goes to the district."""
        written = (sender or self.ward).outbox.export(self.stick, full=full)
        return self.district.inbox.take([written[0].path])[0]

    def take(self, file: Path) -> ImportResult:
        """The district imports a file."""
        return self.district.inbox.take([file])[0]

    def log(self, office: OpenOffice | None = None) -> Reception:
        """A new visit at a ward."""
        return (office or self.ward).receptions.log(DRAFT).value

    def visits(self) -> dict[str, Reception]:
        """What the district knows."""
        return {visit.id: visit for visit in self.district.store.all(Reception)}

    def state(self) -> bytes:
        """Everything in the district's database but its ledger of files and its notes of histories that parted."""
        with self.district.store.reading() as connection:
            names = [
                row[0]
                for row in connection.exec_driver_sql(
                    "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT IN ('bundle', 'sqlite_stat1') "
                    "AND name NOT LIKE 'reception_search%' ORDER BY name"
                )
            ]
            rows = {
                name: [repr(tuple(row)) for row in connection.exec_driver_sql(f"SELECT * FROM {name}")]
                for name in names
            }
        rows["fact"] = [row for row in rows["fact"] if not row.startswith("('fork.")]
        return msgspec.json.encode(rows)

    def quarantined(self) -> list[tuple[str, int]]:
        """(code, number) of the operations kept aside at the district."""
        with self.district.store.reading() as connection:
            rows = connection.exec_driver_sql("SELECT code, seq FROM quarantine ORDER BY device, seq")
            return [(code, seq) for code, seq in rows]

    def forge(self, sender: OpenOffice, lines: list[bytes], **head: Any) -> Path:
        """A bundle signed by a ward's own PC: its history so far, then lines that no program of ours would write."""
        return forge(sender, self.stick / "forged.tcdb", lines, **head)


def history_of(office: OpenOffice) -> tuple[Chain, list[bytes]]:
    """The lines a PC has written."""
    with office.store.reading() as connection:
        chain = journal.own_chain(connection)
        return chain, list(journal.lines_after(connection, chain, 0))


def forge(sender: OpenOffice, path: Path, lines: list[bytes], *, whole: list[bytes] | None = None, **head: Any) -> Path:
    """Signs `whole` (the PC's true history unless given) and then `lines`, as somebody at an enrolled PC could."""
    chain, true = history_of(sender)
    member = required_membership(sender.store)
    wanted: dict[str, Any] = dict(
        kind=BundleKind.OPS,
        epoch=1,
        first=1,
        prev=hashing.start(chain.device, head.get("epoch", 1)),
        schema_ver=1,
        created_hlc=sender.store.stamp(),
    )
    write_bundle(
        path,
        manifest_head=BundleHead(**(wanted | head)),
        lines=(true if whole is None else whole) + lines,
        recipients=member.receiver.recipients(),
        device_keys=sender.keyring.device,
        certificate=member.certificate_line,
    )
    return path


def line(table: str, record: str, seq: int, *, kind: str = "put", after: dict[str, Any], **parts: Any) -> bytes:
    """An operation as an attacker may write it, in the one spelling the reader accepts."""
    value = {
        "act": "forged.act",
        "after": after,
        "at": "1795430000000-0000-1f2e3d4c",
        "entry": f"{seq:032x}",
        "kind": kind,
        "officer": "x",
        "record": record,
        "salt": f"{seq:032x}",
        "seq": seq,
        "table": table,
    }
    return msgspec.json.encode(value | parts, order="sorted")


def renumbered(lines: list[bytes], first: int) -> list[bytes]:
    """The same operations with other numbers."""
    from tcd_desktop.store.journal.lines import decode_own

    return [encode(msgspec.structs.replace(decode_own(old), seq=seq)) for seq, old in enumerate(lines, start=first)]
