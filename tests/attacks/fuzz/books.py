"""The innermost layers: what a signed bundle does to real books. A refusal leaves them as they were."""

from __future__ import annotations

import json
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from random import Random

from tcd_desktop.open_office import OpenOffice
from tcd_desktop.sync.envelope import seal
from tcd_desktop.sync.keyring import Membership, save_membership
from tcd_desktop.sync.keys import DeviceKeys
from tcd_desktop.sync.office_keys import verify_office_keys
from tcd_desktop.sync.refusals import BundleRefused, Code
from tcd_desktop.sync.revocation import verify_revocations
from tests.attacks.fuzz.corpus import Bundle, Corpus, stored
from tests.attacks.fuzz.layers import Layer, Reader, changed_lines, parts_of, with_lines
from tests.attacks.fuzz.mutate import as_json, changed_bytes, changed_value
from tests.offices import make_district, make_office

__all__ = ["RealBooks"]


class RealBooks:
    """A district that knows the first lines of the corpus' ward, and the ward itself: two databases as in an office."""

    def __init__(self, corpus: Corpus, folder: Path) -> None:
        self._reader = reader = Reader(corpus)
        self._file = folder / "TCD_x.tcdb"
        self.district = _given(make_district(folder / "district"), reader, reader.district, corpus.down.certificate)
        self.ward = _given(make_office(folder / "ward"), reader, reader.ward, corpus.up.certificate)
        self._write(with_lines(reader, list(corpus.lines[:3]), "cd" * 16), down=False)
        (known,) = self.district.inbox.take([self._file])
        assert known.outcome == "applied", known
        self._before = self.state()

    def close(self) -> None:
        self.district.close()
        self.ward.close()

    def layers(self) -> list[Layer]:
        """Lines into the district's books, an answer into the ward's."""
        return [
            Layer("books of the district", 3, self._up, self._merge),
            Layer("books of the ward", 2, self._down, self._answer),
        ]

    def state(self) -> str:
        """A digest of every row of both databases."""
        digest = sha256()
        for office in (self.district, self.ward):
            with office.store.reading() as connection:
                tables = [
                    row[0]
                    for row in connection.exec_driver_sql(
                        "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"
                    )
                    if row[0] != "bundle"  # the ledger of files may say what was refused
                ]
                for table in tables:
                    for row in connection.exec_driver_sql(f"SELECT * FROM {table}"):
                        digest.update(repr(tuple(row)).encode("utf-8"))
        return digest.hexdigest()

    def require_untouched(self) -> None:
        """Nothing that was read since the beginning has left a trace."""
        assert self.state() == self._before, "the store was changed"

    def _up(self, rng: Random) -> bytes:
        return with_lines(self._reader, changed_lines(rng, self._reader.corpus.lines))

    def _down(self, rng: Random) -> bytes:
        bundle = self._reader.corpus.down
        meta = json.loads(self._reader.corpus.meta)
        data = (
            changed_bytes(rng, self._reader.corpus.meta)
            if rng.random() < 0.1
            else as_json(rng, changed_value(rng, meta))
        )
        says = parts_of(bundle.manifest)[1]
        entry = stored(says["segs"][0] | {"c": "none", "ulen": len(data)}, data)
        says["segs"] = [entry, *says["segs"][1:]]
        spoken = json.dumps(says, sort_keys=True, separators=(",", ":")).encode("utf-8")
        return self._reader.signed(Bundle(b"", bundle.certificate, b"", (data, *bundle.segments[1:])), spoken, True)

    def _merge(self, inside: bytes) -> None:
        self._into(self.district, inside, down=False)

    def _answer(self, inside: bytes) -> None:
        self._into(self.ward, inside, down=True)

    def _write(self, inside: bytes, *, down: bool) -> None:
        to = self._reader.ward if down else self._reader.district
        self._file.write_bytes(seal(inside, [to.box.public]))

    def _into(self, office: OpenOffice, inside: bytes, *, down: bool) -> None:
        """A whole import, rehearsed, so that every input meets the same books; some of those refused, in earnest."""
        self._write(inside, down=down)
        (result,) = office.inbox.take([self._file], dry_run=True)
        if result.outcome == "applied":
            assert result.balance.adds_up, "the balance does not add up"
            return
        if inside[-1] % 16 == 0 and result.outcome == "refused":
            (again,) = office.inbox.take([self._file])
            assert (again.outcome, again.code) == (result.outcome, result.code), "the rehearsal said otherwise"
        raise BundleRefused(Code(result.code))


def _given(office: OpenOffice, reader: Reader, keys: DeviceKeys, certificate: bytes) -> OpenOffice:
    """An office with the keys and the trust of the corpus instead of its own."""
    corpus = reader.corpus
    member = Membership(
        reader.root,
        verify_revocations(corpus.revocations, reader.root),
        verify_office_keys(corpus.office_keys, reader.root),
        certificate,
        "Q",
        "UBND quận Thử Nghiệm",
    )
    with office.store.writing() as connection:
        save_membership(connection, member)
    office.keyring = replace(office.keyring, device=keys)
    return office
