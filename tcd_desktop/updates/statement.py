"""What the office above signs about an update: one DSSE line under the director role of the root the ward trusts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

from msgspec import Meta, Struct

from tcd_desktop.domain.problems import Refused
from tcd_desktop.sync import dsse
from tcd_desktop.sync.canonical import Codec
from tcd_desktop.sync.dsse import PayloadType, Signer
from tcd_desktop.sync.manifest import Hash, Seq
from tcd_desktop.sync.refusals import BundleRefused, Code
from tcd_desktop.sync.root import OfficeCode, TrustedRoot
from tcd_desktop.updates.limits import DEFAULT
from tcd_desktop.updates.pointer import version_key

Version = Annotated[str, Meta(pattern=r"^(0|[1-9][0-9]{0,5})(\.(0|[1-9][0-9]{0,5})){2}\Z")]
Platform = Annotated[str, Meta(pattern=r"^[a-z0-9]{1,20}-[a-z0-9_]{1,20}\Z")]
Moment = Annotated[str, Meta(pattern=r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}\Z")]
Note = Annotated[str, Meta(max_length=500)]


class Statement(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Bản cập nhật: `version` may follow `follows` and what is newer; `schema` of the database it brings.

    `size` and `sha256` of the packed program, `unpacked` and `files` of what is in it; `notes` line by line.
    """

    fmt: Literal["tcd.update/1"] = "tcd.update/1"
    office: OfficeCode
    version: Version
    follows: Version
    platform: Platform
    schema: Seq
    size: Annotated[int, Meta(ge=1, le=DEFAULT.payload)]
    sha256: Hash
    unpacked: Annotated[int, Meta(ge=1, le=DEFAULT.unpacked)]
    files: Annotated[int, Meta(ge=1, le=DEFAULT.files)]
    notes: Annotated[list[Note], Meta(min_length=1, max_length=40)]
    made_at: Moment


_codec = Codec(Statement)


@dataclass(frozen=True, slots=True)
class Here:
    """What runs on this PC."""

    version: str
    platform: str
    schema: int


def sign_statement(statement: Statement, *directors: Signer) -> bytes:
    """The line without its newline. Raises BundleRefused for what nobody would accept."""
    payload = _codec.encode(statement)
    _codec.decode(payload)
    return dsse.sign(payload, PayloadType.UPDATE, *directors)


def verify_statement(line: bytes, root: TrustedRoot) -> Statement:
    """The statement of a line from a stick.

    Raises Refused("update_unsigned" | "update_not_one" | "update_too_new" | "update_too_large").
    """
    try:
        return _codec.decode(root.verify("director", line, PayloadType.UPDATE, limit=DEFAULT.statement))
    except BundleRefused as refused:
        said = {
            Code.SIGNATURE.value: "update_unsigned",
            Code.LIMIT.value: "update_too_large",
            Code.TOO_NEW.value: "update_too_new",
        }
        raise Refused(said.get(refused.code, "update_not_one")) from refused


def judge(statement: Statement, here: Here) -> None:
    """Whether an update may be installed here.

    Raises Refused("update_platform" | "update_same" | "update_older" | "update_follows" | "update_schema").
    """
    found, have = version_key(statement.version), version_key(here.version)
    if statement.platform != here.platform:
        raise Refused("update_platform", found=statement.platform, have=here.platform)
    if found == have:
        raise Refused("update_same", have=here.version)
    if found < have:
        raise Refused("update_older", found=statement.version, have=here.version)
    if have < version_key(statement.follows):
        raise Refused("update_follows", found=statement.version, needed=statement.follows, have=here.version)
    if statement.schema < here.schema:
        raise Refused("update_schema", found=statement.version, have=here.version)
