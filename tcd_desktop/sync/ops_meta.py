"""The meta segment of a bundle of operations: what a PC asks its superior besides sending its books."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta, Struct

from tcd_desktop.sync.canonical import Codec

PROGRAM = "program."
"""Followed by a PC's id: the fact of which version its newest bundle was written by."""


class OpsMeta(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """`renewal`: the signed request for the next certificate (`tcd_desktop.sync.renewal`), "" = none.

    `program`: the version of the program that wrote the bundle.
    """

    fmt: Literal["tcd.ops-meta/1"]
    renewal: Annotated[str, Meta(max_length=16 * 1024)] = ""
    program: Annotated[str, Meta(max_length=40)] = ""


_codec = Codec(OpsMeta)


def encode_ops_meta(*, renewal: bytes, program: str = "") -> bytes | None:
    """The bytes for `write_bundle(meta=...)`; None when there is nothing to ask or to tell."""
    if not renewal and not program:
        return None
    return _codec.encode(OpsMeta(fmt="tcd.ops-meta/1", renewal=renewal.decode("ascii"), program=program))


def decode_ops_meta(data: bytes) -> OpsMeta:
    """From a reader. Raises BundleRefused (E_SCHEMA, E_CANON)."""
    return _codec.decode(data)
