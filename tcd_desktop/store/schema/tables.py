"""The tables. Synced ones are made from their record's dataclass; the others are this store's own books.

A synced row is (office, id) plus the record's fields. `reception.rid` orders the log by time: see `rows.row_order`.
"""

from __future__ import annotations

import dataclasses
import types
import typing
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    Text,
    UniqueConstraint,
    func,
    text,
)

from tcd_desktop.store.journal.lines import RECORDS

METADATA = MetaData()


def _column_type(hint: Any) -> Any:
    if isinstance(hint, types.UnionType):
        hint = next(part for part in typing.get_args(hint) if part is not types.NoneType)
    if hint is bool:
        return Boolean
    if hint is int:
        return Integer
    if hint is bytes:
        return LargeBinary
    return Text


def _is_optional(hint: Any) -> bool:
    return isinstance(hint, types.UnionType) and types.NoneType in typing.get_args(hint)


def _default(f: dataclasses.Field[Any]) -> Any:
    value = f.default
    return value.value if isinstance(value, StrEnum) else value


def _record_columns(record: type) -> list[Column[Any]]:
    hints = typing.get_type_hints(record)
    return [
        Column(f.name, _column_type(hints[f.name]), nullable=_is_optional(hints[f.name]))
        for f in dataclasses.fields(record)
    ]


def _synced(name: str) -> Table:
    record = RECORDS[name]
    if name == "reception":
        order = Column("rid", Integer, primary_key=True)
        return Table(name, METADATA, order, *_record_columns(record), UniqueConstraint("id", "office"))
    if name == "citizen":  # a row number of this store's own, for the index of names
        number = Column("cid", Integer, primary_key=True)
        return Table(name, METADATA, number, *_record_columns(record), UniqueConstraint("id", "office"))
    return Table(name, METADATA, *_record_columns(record), PrimaryKeyConstraint("id", "office"))


SYNCED: dict[str, Table] = {name: _synced(name) for name in RECORDS}
RECEPTION = SYNCED["reception"]
CASE_FILE = SYNCED["case_file"]
CITIZEN = SYNCED["citizen"]

Index("reception_office", RECEPTION.c.office, RECEPTION.c.rid)
Index("reception_citizen", RECEPTION.c.citizen, sqlite_where=RECEPTION.c.citizen.is_not(None))
Index("reception_case", RECEPTION.c.case, sqlite_where=RECEPTION.c.case.is_not(None))
Index(
    "reception_waiting",
    RECEPTION.c.answer_due,
    RECEPTION.c.office,
    sqlite_where=text("answered_on IS NULL AND answer_due IS NOT NULL"),
)
Index("citizen_number", CITIZEN.c.id_number, sqlite_where=CITIZEN.c.id_number != "")
Index("case_file_order", CASE_FILE.c.opened_on, CASE_FILE.c.id)
Index("case_file_due", CASE_FILE.c.due, sqlite_where=CASE_FILE.c.due.is_not(None))
Index(
    "reception_facts",
    *(RECEPTION.c[name] for name in ("rid", "removed", "office", "classification", "direction", "kind")),
    *(RECEPTION.c[name] for name in ("receiver_rank", "people", "answer_due", "answered_on", "batch", "id")),
)
Index("case_file_open", CASE_FILE.c.office, sqlite_where=text("state <> 'closed' AND removed = ''"))
Index("reception_removed", RECEPTION.c.rid, sqlite_where=text("removed <> ''"))
Index("reception_batch", RECEPTION.c.batch, sqlite_where=RECEPTION.c.batch.is_not(None))
Index("reception_sitting", RECEPTION.c.sitting, sqlite_where=RECEPTION.c.sitting.is_not(None))
Index("reception_same_visit", RECEPTION.c.same_visit, sqlite_where=RECEPTION.c.same_visit.is_not(None))
Index(
    "reception_refusal",
    RECEPTION.c.refusal_due,
    RECEPTION.c.office,
    sqlite_where=text("refusal_due IS NOT NULL AND refusal_notice_on IS NULL"),
)
Index("reception_documents", RECEPTION.c.rid, sqlite_where=text("documents <> '[]'"))
Index(
    "reception_unsigned",
    RECEPTION.c.rid,
    sqlite_where=text("has_petition = 0 AND (read_back = 0 OR signing IS NULL)"),
)
Index(
    "reception_unproved",
    RECEPTION.c.rid,
    sqlite_where=text("role <> 'self' AND representation_paper = '' AND representation_kind IS NULL"),
)
Index(
    "reception_person",
    func.fold(RECEPTION.c.name),
    func.substr(RECEPTION.c.birth_date, 1, 4),
    sqlite_where=text("name <> ''"),
)
Index("citizen_person", func.fold(CITIZEN.c.name), CITIZEN.c.birth_date)
Index("petition_received", SYNCED["petition"].c.received_on, SYNCED["petition"].c.id)
Index(
    "petition_facts",
    *(SYNCED["petition"].c[name] for name in ("received_on", "id", "office", "removed", "source", "classification")),
    *(SYNCED["petition"].c[name] for name in ("direction", "eligible", "number", "reception", "field", "tag", "case")),
)
Index(
    "petition_duplicate",
    SYNCED["petition"].c.duplicate_of,
    sqlite_where=SYNCED["petition"].c.duplicate_of.is_not(None),
)
_DIRECTED, _FORWARDED = SYNCED["petition"].c.direction_on, RECEPTION.c.forwarded_on
Index("petition_direction_on", _DIRECTED, sqlite_where=_DIRECTED.is_not(None))
Index("reception_forwarded_on", _FORWARDED, sqlite_where=_FORWARDED.is_not(None))
Index("case_step_case", SYNCED["case_step"].c.case)
Index("obligation_case", SYNCED["obligation"].c.case)
Index("obligation_due", SYNCED["obligation"].c.due, sqlite_where=text("done_on IS NULL"))
Index("protection_request_case", SYNCED["protection_request"].c.case)
Index("directive_due", SYNCED["directive"].c.due, sqlite_where=text("closed_on IS NULL"))
Index("directive_progress_directive", SYNCED["directive_progress"].c.directive)
Index("reminder_target", SYNCED["reminder"].c.target)
Index("review_entry_case", SYNCED["review_entry"].c.case)
Index("review_progress_entry", SYNCED["review_progress"].c.entry)
Index("finding_round", SYNCED["finding"].c.round)
Index("finding_reply_finding", SYNCED["finding_reply"].c.finding)
for _name in ("reception", "petition", "case", "sitting", "target"):
    _column = SYNCED["letter"].c[_name]
    Index(f"letter_{_name}", _column, sqlite_where=_column.is_not(None))
Index("letter_book", *(SYNCED["letter"].c[name] for name in ("year", "series", "number")))
Index("issued_document_letter", SYNCED["issued_document"].c.letter)
Index("issued_document_report", SYNCED["issued_document"].c.report)
Index("sent_report_period", SYNCED["sent_report"].c.period)
Index("report_entry_period", SYNCED["report_entry"].c.period)
Index("citizen_merged", CITIZEN.c.merged_into, sqlite_where=CITIZEN.c.merged_into.is_not(None))
Index("link_earlier", SYNCED["link"].c.earlier)
Index("link_later", SYNCED["link"].c.later)
Index("sitting_day", SYNCED["sitting"].c.day)
Index("conclusion_sitting", SYNCED["conclusion"].c.sitting)
Index("conclusion_due", SYNCED["conclusion"].c.due, sqlite_where=text("due IS NOT NULL AND done_on IS NULL"))
for _table in ("petition", "attachment", "issued_document"):
    Index(f"{_table}_reception", SYNCED[_table].c.reception)
    Index(f"{_table}_case", SYNCED[_table].c.case)

_ISSUED = SYNCED["issued_document"].c
Index("issued_document_content", _ISSUED.sha256, sqlite_where=_ISSUED.sha256 != "")
Index("issued_document_signed", _ISSUED.signed_sha256, sqlite_where=_ISSUED.signed_sha256 != "")
Index("erasure_record", SYNCED["erasure"].c.record)
Index("attachment_content", SYNCED["attachment"].c.sha256)

CHAIN = Table(
    "chain",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("device", Text, nullable=False),
    Column("office", Text, nullable=False),
    Column("epoch", Integer, nullable=False),
    Column("seq", Integer, nullable=False),
    Column("head", LargeBinary, nullable=False),
    Column("forked_from", LargeBinary, nullable=False),
    Column("own", Boolean, nullable=False),
    UniqueConstraint("device", "epoch"),
)
"""One writer generation each: how far its journal has been read, and the hash of its last line."""

JOURNAL = Table(
    "journal",
    METADATA,
    Column("n", Integer, primary_key=True),
    Column("chain", Integer, nullable=False),
    Column("seq", Integer, nullable=False),
    Column("hash", LargeBinary, nullable=False),
    Column("record", Text, nullable=False),
    Column("line", LargeBinary, nullable=True),
    Column("line_hash", LargeBinary, nullable=True),
    UniqueConstraint("chain", "seq"),
    Index("journal_record", "record"),
)
"""Every operation in the order of arrival. `line_hash` stands in for a line that was redacted."""

COUNTER = Table(
    "counter",
    METADATA,
    Column("book", Text, nullable=False),
    Column("year", Integer, nullable=False),
    Column("series", Text, nullable=False),
    Column("last", Integer, nullable=False),
    PrimaryKeyConstraint("book", "year", "series"),
)
"""The last number given in each of this PC's books."""

BUNDLE = Table(
    "bundle",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("direction", Text, nullable=False),
    Column("bundle", Text, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("office", Text, nullable=False),
    Column("device", Text, nullable=False),
    Column("epoch", Integer, nullable=False),
    Column("first", Integer, nullable=False),
    Column("last", Integer, nullable=False),
    Column("file", Text, nullable=False),
    Column("outcome", Text, nullable=False),
    Column("code", Text, nullable=False),
    Column("balance", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("created", Text, nullable=False),
    Column("fresh", Integer, nullable=False),
    Column("undone", Text, nullable=False),
    Index("bundle_name", "bundle"),
    Index("bundle_sha256", "sha256"),
)
"""The ledger of files: direction out | in; outcome written | applied | already | parked | refused | undone.

`fresh` is the first entry that was new here (0 = none), `undone` when the import was taken back ("" = never).
"""

ACK = Table(
    "ack",
    METADATA,
    Column("device", Text, nullable=False),
    Column("epoch", Integer, nullable=False),
    Column("seq", Integer, nullable=False),
    Column("head", LargeBinary, nullable=False),
    Column("level", Text, nullable=False),
    Column("at", Text, nullable=False),
    PrimaryKeyConstraint("device", "epoch"),
)
"""What the superior has confirmed of each chain: level received | applied | durable."""

CONFLICT = Table(
    "conflict",
    METADATA,
    Column("id", Text, primary_key=True),
    Column("tbl", Text, nullable=False),
    Column("record", Text, nullable=False),
    Column("field", Text, nullable=False),
    Column("shown", Text, nullable=False),
    Column("heads", Text, nullable=False),
    Column("at", Text, nullable=False),
    UniqueConstraint("tbl", "record", "field"),
)
"""A field two PCs changed at once: the operations whose values stand side by side, and the one shown."""

DECIDED = Table(
    "decided",
    METADATA,
    Column("hash", Text, nullable=False),
    Column("field", Text, nullable=False),
    Column("office", Text, nullable=False),
    Column("tbl", Text, nullable=False),
    Column("record", Text, nullable=False),
    Column("heads", Text, nullable=False),
    Column("at", Text, nullable=False),
    PrimaryKeyConstraint("hash", "field"),
    Index("decided_record", "tbl", "record"),
    Index("decided_at", "at"),
)
"""Which operation decided between several values of a field: the value that was not taken can be taken for ever."""

NUMBER_RANGE = Table(
    "number_range",
    METADATA,
    Column("chain", Integer, nullable=False),
    Column("book", Text, nullable=False),
    Column("year", Integer, nullable=False),
    Column("series", Text, nullable=False),
    Column("low", Integer, nullable=False),
    Column("high", Integer, nullable=False),
    PrimaryKeyConstraint("chain", "book", "year", "series"),
)
"""From which to which number each chain has given in each book: where two overlap, a number may stand twice."""

QUARANTINE = Table(
    "quarantine",
    METADATA,
    Column("hash", LargeBinary, primary_key=True),
    Column("device", Text, nullable=False),
    Column("epoch", Integer, nullable=False),
    Column("seq", Integer, nullable=False),
    Column("code", Text, nullable=False),
    Column("line", LargeBinary, nullable=False),
    Column("at", Text, nullable=False),
)
"""Operations received and not applied, kept whole."""

REJECT = Table(
    "reject",
    METADATA,
    Column("hash", LargeBinary, primary_key=True),
    Column("code", Text, nullable=False),
    Column("tbl", Text, nullable=False),
    Column("record", Text, nullable=False),
    Column("seq", Integer, nullable=False),
    Column("at", Text, nullable=False),
    Index("reject_record", "record"),
)
"""Operations of this office that its superior has kept aside, as its latest answer says."""

PAPER_WANTED = Table("paper_wanted", METADATA, Column("sha256", Text, primary_key=True))
"""Contents of this office's papers that its superior lacks, as its latest answer says."""

PAPER_ARRIVED = Table(
    "paper_arrived",
    METADATA,
    Column("sha256", Text, primary_key=True),
    Column("state", Text, nullable=False),
    Column("at", Text, nullable=False),
)
"""Contents of other PCs' papers that have come; `state`: here | closed (for the keys of others). Never exchanged."""

FACT = Table(
    "fact",
    METADATA,
    Column("name", Text, primary_key=True),
    Column("value", Text, nullable=False),
)
"""Small facts of this store: which office it is, which officer's book, counters of return bundles."""

DRAFT = Table(
    "draft",
    METADATA,
    Column("name", Text, primary_key=True),
    Column("officer", Text, nullable=False),
    Column("value", Text, nullable=False),
    Column("at", Text, nullable=False),
)
"""What is being typed, saved every few seconds and offered again after a crash. Never exchanged."""

ATTACHMENT_TEXT = Table(
    "attachment_text",
    METADATA,
    Column("sha256", Text, primary_key=True),
    Column("state", Text, nullable=False),
    Column("words", Text, nullable=False),
)
"""The folded words of papers that hold text, by content; `state`: read | none | unreadable. Never exchanged."""

CASE_KEY = Table(
    "case_key",
    METADATA,
    Column("n", Integer, primary_key=True),
    Column("office", Text, nullable=False),
    Column("id", Text, nullable=False),
    UniqueConstraint("id", "office"),
)
"""The row number of each case in its search index: the day it was opened, then bits of its id."""

PETITION_KEY = Table(
    "petition_key",
    METADATA,
    Column("n", Integer, primary_key=True),
    Column("office", Text, nullable=False),
    Column("id", Text, nullable=False),
    UniqueConstraint("id", "office"),
)
"""The row number of each petition in its search index: the day it was received, then bits of its id."""
