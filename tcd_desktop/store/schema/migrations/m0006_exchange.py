"""The exchange: what an import brought and its undo, entries kept aside and refused, ways back from a wrong merge."""

from __future__ import annotations

import sqlalchemy as sa
from alembic.operations import Operations


def upgrade(op: Operations) -> None:
    """Adds what both ends of an exchange have to remember of it."""
    _imports(op)
    _papers(op)


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


def _texts(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text(), nullable=False) for name in names]
