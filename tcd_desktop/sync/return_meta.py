"""The meta segment of a return bundle: what the superior office tells an office below besides its own
operations.

Signed lines (roots, revocations, office keys, certificates) are carried as text exactly as they were signed;
an empty text means "nothing new". Everything in a list is optional; the receiver applies what it understands
of it.
"""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta, Struct

from tcd_desktop.sync.canonical import Codec
from tcd_desktop.sync.certificate import Epoch, TableName
from tcd_desktop.sync.keys import DeviceId
from tcd_desktop.sync.manifest import BundleId, Count, Hash, Seq, Stamp, TableDigest
from tcd_desktop.sync.root import OfficeCode, OfficeName

CodeName = Annotated[str, Meta(pattern=r"^[A-Z][A-Z0-9_]{0,39}\Z")]


class Ack(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Up to `seq`, whose chain hash is `head`, everything of this history arrived.

    `received`: kept; `applied`: in the books; `durable`: in a verified backup on other media as well.
    """

    device: DeviceId
    epoch: Epoch
    seq: Count
    head: Hash
    level: Literal["received", "applied", "durable"]


class Want(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Operations first..last of a history are missing here: send them again."""

    device: DeviceId
    epoch: Epoch
    first: Seq
    last: Seq


class Reject(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One operation, by its chain hash, that was not taken over, and why."""

    op: Hash
    code: CodeName


class BundleResult(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The balance of one imported bundle, in operations."""

    bundle: BundleId
    new: Count
    updated: Count
    identical: Count
    conflict: Count
    refused: Count


class ReturnMeta(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Phần hồi đáp của gói trả về. `return_no` counts the returns to one office; `superior_time` is an HLC
    stamp.
    """

    return_no: Seq
    office_epoch: Epoch
    superior: OfficeCode
    superior_name: OfficeName
    superior_time: Stamp
    fmt: Literal["tcd.return/1"] = "tcd.return/1"
    acks: list[Ack] = []
    wants: list[Want] = []
    want_blobs: list[Hash] = []
    rejects: list[Reject] = []
    results: list[BundleResult] = []
    roots: list[str] = []
    certificates: list[str] = []
    revocations: str = ""
    office_keys: str = ""
    digest: dict[TableName, TableDigest] = {}


_codec = Codec(ReturnMeta)


def encode_return_meta(meta: ReturnMeta) -> bytes:
    """The bytes for `write_bundle(meta=...)`. Raises BundleRefused when a field has no canonical form."""
    data = _codec.encode(meta)
    _codec.decode(data)
    return data


def decode_return_meta(data: bytes) -> ReturnMeta:
    """From the bytes a reader hands to `BundleSink.meta`. Raises BundleRefused (E_SCHEMA, E_CANON, E_NFC,
    E_CTRL).
    """
    return _codec.decode(data)
