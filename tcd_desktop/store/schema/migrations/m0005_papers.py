"""Letters of the office, its own texts, reports as they were sent, what is typed into them; a PDF may be signed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic.operations import Operations


def upgrade(op: Operations) -> None:
    """Adds the books of what leaves the office."""
    op.add_column("issued_document", sa.Column("letter", sa.Text(), nullable=True))
    op.add_column("issued_document", sa.Column("report", sa.Text(), nullable=True))
    op.add_column("issued_document", sa.Column("signed_sha256", sa.Text(), nullable=False, server_default=""))
    op.add_column("issued_document", sa.Column("signed_by", sa.Text(), nullable=False, server_default=""))
    op.add_column("issued_document", sa.Column("signed_at", sa.Text(), nullable=True))
    op.add_column("issued_document", sa.Column("spoilt", sa.Text(), nullable=False, server_default=""))
    op.create_table(
        "letter",
        *_texts("id", "office", "kind", "instrument"),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        *_texts("series", "sign"),
        *_texts("dated", optional=True),
        *_texts("about", "addressees", "body", "recipients", "signing", "signer_title", "signer"),
        sa.Column("adapted", sa.Boolean(), nullable=False),
        *_texts("reception", "petition", "case", "sitting", "target", optional=True),
        *_texts("state", "reason", "note"),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        *_texts("removed"),
        sa.PrimaryKeyConstraint("id", "office"),
    )
    op.create_table(
        "own_text",
        *_texts("id", "office", "kind", "since", "about", "body", "recipients", "note", "removed"),
        sa.PrimaryKeyConstraint("id", "office"),
    )
    op.create_table(
        "sent_report",
        *_texts("id", "office", "kind", "period", "first", "last", "made_on"),
        *_texts("sent_on", optional=True),
        *_texts("number"),
        *_texts("letter", optional=True),
        *_texts("counting", "figures", "narrative", "note", "removed"),
        sa.PrimaryKeyConstraint("id", "office"),
    )
    op.create_table(
        "report_entry",
        *_texts("id", "office", "period", "form", "column"),
        sa.Column("value", sa.Integer(), nullable=False),
        *_texts("text", "removed"),
        sa.PrimaryKeyConstraint("id", "office"),
    )
    for column in ("reception", "petition", "case", "sitting", "target"):
        op.create_index(f"letter_{column}", "letter", [column], sqlite_where=sa.text(f'"{column}" IS NOT NULL'))
    op.create_index("letter_book", "letter", ["year", "series", "number"])
    op.create_index("issued_document_letter", "issued_document", ["letter"])
    op.create_index("issued_document_report", "issued_document", ["report"])
    op.create_index("sent_report_period", "sent_report", ["period"])
    op.create_index("report_entry_period", "report_entry", ["period"])
    for table, column in (("petition", "direction_on"), ("reception", "forwarded_on")):
        name, filled = f"{table}_{column}", sa.text(f"{column} IS NOT NULL")
        op.create_index(name, table, [column], sqlite_where=filled)


def _texts(*names: str, optional: bool = False) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text(), nullable=optional) for name in names]
