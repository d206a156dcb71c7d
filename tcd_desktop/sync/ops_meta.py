"""The meta segment of a bundle of operations: what a PC asks its superior besides sending its books."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta, Struct

from tcd_desktop.sync.canonical import Codec


class OpsMeta(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """`renewal`: the signed request for the next certificate (`tcd_desktop.sync.renewal`), "" = none."""

    fmt: Literal["tcd.ops-meta/1"]
    renewal: Annotated[str, Meta(max_length=16 * 1024)] = ""


_codec = Codec(OpsMeta)


def encode_ops_meta(*, renewal: bytes) -> bytes | None:
    """The bytes for `write_bundle(meta=...)`; None when there is nothing to ask."""
    return _codec.encode(OpsMeta(fmt="tcd.ops-meta/1", renewal=renewal.decode("ascii"))) if renewal else None


def decode_ops_meta(data: bytes) -> OpsMeta:
    """From a reader. Raises BundleRefused (E_SCHEMA, E_CANON)."""
    return _codec.decode(data)
