"""Operation lines: what the journal keeps and a bundle carries, one canonical JSON object (RFC 8785) a line.

A line says which act touched which record, with the fields before and after:

    {"act":"reception.amend","after":{"phone":"0900000000"},"at":"1795430000000-0000-1f2e3d4c",
     "base":{"phone":["<hash>"]},"before":{"phone":""},"entry":"<uuid>","kind":"set","officer":"<uuid>",
     "record":"<uuid>","salt":"<16 random bytes, hex>","seq":12,"table":"reception"}

`kind` is put (create) or set (changed fields only); `base` names, for each field of a set, the operations whose
value the writer saw; `salt` lets a line be redacted later while its hash stays. `undoes`, when present, is the entry
that this one reverses. The types of `after` are those of the record's dataclass; a field that is absent has its
default. Integers only, texts in NFC, no control characters but tab and newline, no bidirectional marks.
"""

from __future__ import annotations

import dataclasses
import re
import typing
import unicodedata
from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Annotated, Any, Literal

import msgspec
from msgspec import UNSET, Meta, Struct, UnsetType, defstruct

from tcd_desktop.domain.cases.case_file import Attachment, CaseFile, Disclosure, IssuedDocument, Petition
from tcd_desktop.domain.cases.case_step import CaseStep
from tcd_desktop.domain.cases.class_tag import ClassTag
from tcd_desktop.domain.cases.obligation import Obligation
from tcd_desktop.domain.erasure import Erasure
from tcd_desktop.domain.follow_up.directive import Directive, DirectiveProgress, Reminder
from tcd_desktop.domain.follow_up.inspection import Finding, FindingReply, InspectionRound
from tcd_desktop.domain.follow_up.review import ReviewEntry, ReviewProgress
from tcd_desktop.domain.key_decision import KeyDecision
from tcd_desktop.domain.letters.letter import Letter, OwnText
from tcd_desktop.domain.office import DayOff, Device, Office, Officer
from tcd_desktop.domain.old_book.old_book import OldBook, OpeningBalance
from tcd_desktop.domain.people.link import Link
from tcd_desktop.domain.people.person import Citizen
from tcd_desktop.domain.people.protection import ProtectionRequest
from tcd_desktop.domain.receptions.phrase import Phrase
from tcd_desktop.domain.receptions.reception import Reception
from tcd_desktop.domain.reports.report_entry import ReportEntry
from tcd_desktop.domain.reports.sent_report import SentReport
from tcd_desktop.domain.sittings.sitting import Conclusion, Sitting
from tcd_desktop.domain.undone_import import UndoneImport

RECORDS: dict[str, type] = {
    "office": Office,
    "officer": Officer,
    "device": Device,
    "day_off": DayOff,
    "citizen": Citizen,
    "reception": Reception,
    "petition": Petition,
    "case_file": CaseFile,
    "attachment": Attachment,
    "issued_document": IssuedDocument,
    "disclosure": Disclosure,
    "link": Link,
    "sitting": Sitting,
    "conclusion": Conclusion,
    "phrase": Phrase,
    "old_book": OldBook,
    "opening_balance": OpeningBalance,
    "case_step": CaseStep,
    "obligation": Obligation,
    "protection_request": ProtectionRequest,
    "directive": Directive,
    "directive_progress": DirectiveProgress,
    "reminder": Reminder,
    "review_entry": ReviewEntry,
    "review_progress": ReviewProgress,
    "inspection_round": InspectionRound,
    "finding": Finding,
    "class_tag": ClassTag,
    "finding_reply": FindingReply,
    "letter": Letter,
    "own_text": OwnText,
    "sent_report": SentReport,
    "report_entry": ReportEntry,
    "undone_import": UndoneImport,
    "key_decision": KeyDecision,
    "erasure": Erasure,
}
"""Table name -> record. The wire's types, the tables and the merge are all made from this."""

TABLE_OF = {record: table for table, record in RECORDS.items()}
SUPERIOR_TABLES = frozenset({"device", "key_decision"})
"""Written only by an office that has others under it; never accepted from a ward."""

SCHEMA = 4
"""The version of the records that operations carry (`schema_ver` of a bundle)."""

MAX_LINE = 256 * 1024
MAX_TEXT = 40_000

Hex32 = Annotated[str, Meta(pattern=r"^[0-9a-f]{32}\Z")]
RecordId = Annotated[str, Meta(pattern=r"^[0-9A-Za-z-]{1,40}\Z")]
Hash = Annotated[str, Meta(pattern=r"^[0-9a-f]{64}\Z")]
Stamp = Annotated[str, Meta(pattern=r"^[0-9]{13}-[0-9a-f]{4}-[0-9a-f]{8}\Z")]
Name = Annotated[str, Meta(pattern=r"^[a-z][a-z_.]{0,39}\Z")]
FieldName = Annotated[str, Meta(pattern=r"^[a-z][a-z0-9_]{0,39}\Z")]
Text = Annotated[str, Meta(max_length=MAX_TEXT)]
Whole = Annotated[int, Meta(ge=-(2**53) + 1, le=2**53 - 1)]
Bytes = Annotated[bytes, Meta(max_length=160 * 1024)]

_FORBIDDEN = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]"
)
_ESCAPE = re.compile(rb"\\[^nt\"]")
"""A control character as canonical JSON writes it; escaped backslashes are taken out before."""


class BadLine(Exception):
    """A line that no correct program writes. `code` is one of E_SCHEMA, E_CANON, E_NFC, E_CTRL."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Op(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="table"):
    """One operation. `after` is the table's wire struct; fields that are UNSET were not written."""

    act: Name
    after: Any
    at: Stamp
    base: dict[FieldName, list[Hash]] | UnsetType = UNSET
    before: Any = UNSET
    entry: Hex32
    kind: Literal["put", "set"]
    officer: Annotated[str, Meta(max_length=40)]
    record: RecordId
    salt: Hex32
    seq: Annotated[int, Meta(ge=1, le=2**53 - 1)]
    undoes: Hex32 | UnsetType = UNSET


def _wire_type(hint: Any) -> Any:
    """The constrained type of one field; enums, dates and nested records keep theirs."""
    if hint is str:
        return Text
    if hint is int:
        return Whole
    if hint is bytes:
        return Bytes
    if typing.get_origin(hint) is None or typing.get_origin(hint) is tuple:
        return hint
    parts = [_wire_type(part) for part in typing.get_args(hint)]
    united = parts[0]
    for part in parts[1:]:
        united = united | part
    return united


def _wire_struct(record: type) -> type[Struct]:
    hints = typing.get_type_hints(record)
    columns = [(f.name, _wire_type(hints[f.name]) | UnsetType, UNSET) for f in own_fields(record)]
    return defstruct(f"{record.__name__}Fields", columns, kw_only=True, forbid_unknown_fields=True, frozen=True)


def own_fields(record: type) -> tuple[dataclasses.Field[Any], ...]:
    """The fields an operation carries: all but the record's identity."""
    return tuple(f for f in dataclasses.fields(record) if f.name not in ("id", "office"))


FIELDS: dict[str, type[Struct]] = {table: _wire_struct(record) for table, record in RECORDS.items()}
OPS: dict[str, type[Op]] = {
    table: defstruct(  # type: ignore[misc]
        f"{record.__name__}Op",
        [("after", FIELDS[table]), ("before", FIELDS[table] | UnsetType, UNSET)],
        bases=(Op,),
        tag=table,
        kw_only=True,
        frozen=True,
        forbid_unknown_fields=True,
    )
    for table, record in RECORDS.items()
}

_encoder = msgspec.json.Encoder(order="sorted")
_decoder: msgspec.json.Decoder[Op] = msgspec.json.Decoder(typing.Union[tuple(OPS.values())])  # noqa: UP007


def table_of(op: Op) -> str:
    """The table an operation writes to."""
    return str(op.__struct_config__.tag)


def encode(op: Op) -> bytes:
    """The operation as one canonical line without its newline."""
    return _encoder.encode(op)


def decode(line: bytes) -> Op:
    """The operation of a line that came from elsewhere. Raises BadLine; accepts one byte string per value."""
    if len(line) > MAX_LINE:
        raise BadLine("E_SCHEMA")
    try:
        op = _decoder.decode(line)
        again = _encoder.encode(op)
    except (msgspec.MsgspecError, RecursionError, UnicodeError, ValueError) as error:
        raise BadLine("E_SCHEMA") from error
    if again != line:
        raise BadLine("E_CANON")
    check_text(line)
    return op


def check_text(line: bytes) -> None:
    """Raises BadLine when a text of a canonical line is not NFC or has a character that may not be stored.

    One look at the whole line instead of one at every text: JSON's own signs combine with nothing.
    """
    if b"\\" in line and _ESCAPE.search(line.replace(rb"\\", b"")):
        raise BadLine("E_CTRL")
    text = line.decode("utf-8")
    if text.isascii():
        if "\x7f" in text:
            raise BadLine("E_CTRL")
        return
    if not unicodedata.is_normalized("NFC", text):
        raise BadLine("E_NFC")
    if not text.isprintable() and _FORBIDDEN.search(text):  # no forbidden character is printable, and asking is cheap
        raise BadLine("E_CTRL")


def decode_own(line: bytes) -> Op:
    """The operation of a line this store wrote or has checked before."""
    return _decoder.decode(line)


def fields_of(values: Mapping[str, Any], table: str) -> Struct:
    """The wire struct of some fields of a table."""
    return FIELDS[table](**values)


def put_fields(record: Any) -> dict[str, Any]:
    """What a put carries: the fields that differ from their default."""
    carried = {}
    for f in own_fields(type(record)):
        value = getattr(record, f.name)
        if f.default is dataclasses.MISSING or value != f.default:
            carried[f.name] = value
    return carried


def set_fields(fields: Struct) -> dict[str, Any]:
    """The fields that are present, by name."""
    return {
        name: value
        for name, value in zip(fields.__struct_fields__, msgspec.structs.astuple(fields), strict=True)
        if value is not UNSET
    }


def to_column(value: Any) -> Any:
    """A field's value as the database keeps it: dates and times as ISO text, small records as JSON text."""
    if value is None or isinstance(value, str | int | bytes):
        return value
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    return msgspec.json.encode(value, order="sorted").decode("utf-8")


def from_columns(record: type, row: Mapping[str, Any]) -> Any:
    """A record from a database row keyed by column names."""
    values = dict(row)
    for name in _json_columns(record):
        values[name] = msgspec.json.decode(values[name])
    return msgspec.convert(values, record, strict=False, builtin_types=(bytes,))


def _json_columns(record: type) -> tuple[str, ...]:
    found = _JSON_COLUMNS.get(record)
    if found is None:
        hints = typing.get_type_hints(record)
        names = (f.name for f in dataclasses.fields(record))
        found = tuple(name for name in names if typing.get_origin(hints[name]) is tuple)
        _JSON_COLUMNS[record] = found
    return found


_JSON_COLUMNS: dict[type, tuple[str, ...]] = {}
