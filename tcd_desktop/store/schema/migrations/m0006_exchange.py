"""The exchange: what an import brought and its undo, entries kept aside and refused, decisions between PCs, numbers."""

from __future__ import annotations

import sqlalchemy as sa
from alembic.operations import Operations

_BOOKS = ("reception", "case_file", "petition", "letter")


def upgrade(op: Operations) -> None:
    """Adds what both ends of an exchange have to remember of it."""
    _imports(op)
    _papers(op)
    _decisions(op)
    _keys(op)
    _erasures(op)


def _imports(op: Operations) -> None:
    op.add_column("bundle", sa.Column("fresh", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("bundle", sa.Column("undone", sa.Text(), nullable=False, server_default=""))
    op.create_table(
        "undone_import",
        *_texts("id", "office", "unit", "device"),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in ("epoch", "first", "last")),
        *_texts("bundle", "reason"),
        sa.PrimaryKeyConstraint("id", "office"),
    )
    op.create_table(
        "reject",
        sa.Column("hash", sa.LargeBinary(), primary_key=True),
        *_texts("code", "tbl", "record"),
        sa.Column("seq", sa.Integer(), nullable=False),
        *_texts("at"),
        sa.Index("reject_record", "record"),
    )


def _papers(op: Operations) -> None:
    """Contents of papers: those a superior asks for again, those that have come; and where a content is named."""
    op.create_table("paper_wanted", *_texts("sha256"), sa.PrimaryKeyConstraint("sha256"))
    op.create_table("paper_arrived", *_texts("sha256", "state", "at"), sa.PrimaryKeyConstraint("sha256"))
    op.create_index("attachment_content", "attachment", ["sha256"])
    for name, column in (("issued_document_content", "sha256"), ("issued_document_signed", "signed_sha256")):
        op.create_index(name, "issued_document", [column], sqlite_where=sa.text(f"{column} != ''"))


def _decisions(op: Operations) -> None:
    """The numbers given so far are read from the books."""
    op.create_table(
        "decided",
        *_texts("hash", "field", "office", "tbl", "record", "heads", "at"),
        sa.PrimaryKeyConstraint("hash", "field"),
    )
    op.create_index("decided_record", "decided", ["tbl", "record"])
    op.create_index("decided_at", "decided", ["at"])
    op.create_table(
        "number_range",
        sa.Column("chain", sa.Integer(), nullable=False),
        *_texts("book"),
        sa.Column("year", sa.Integer(), nullable=False),
        *_texts("series"),
        sa.Column("low", sa.Integer(), nullable=False),
        sa.Column("high", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("chain", "book", "year", "series"),
    )
    for book in _BOOKS:
        op.execute(
            "INSERT INTO number_range (chain, book, year, series, low, high) "
            f"SELECT j.chain, '{book}', t.year, t.series, min(t.number), max(t.number) FROM {book} t "
            "JOIN journal j ON j.record = t.id WHERE t.number > 0 GROUP BY j.chain, t.year, t.series"
        )


def _keys(op: Operations) -> None:
    """What was decided about the trust in PCs."""
    op.create_table(
        "key_decision",
        *_texts("id", "office", "unit", "device", "step"),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in ("epoch", "first", "last")),
        *_texts("why", "reason"),
        sa.PrimaryKeyConstraint("id", "office"),
    )


def _erasures(op: Operations) -> None:
    op.create_table(
        "erasure",
        *_texts("id", "office", "unit", "kind", "record", "number", "decided_on", "reason", "label", "kept"),
        sa.PrimaryKeyConstraint("id", "office"),
        sa.Index("erasure_record", "record"),
    )


def _texts(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text(), nullable=False) for name in names]
