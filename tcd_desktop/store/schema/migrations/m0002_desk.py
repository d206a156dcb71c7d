"""The reception desk's second schema: groups, papers of representatives, the head's receptions, links, recycle bin."""

from __future__ import annotations

import sqlalchemy as sa
from alembic.operations import Operations


def upgrade(op: Operations) -> None:
    """Adds columns to the office's books and the tables of new records."""
    op.add_column("reception", sa.Column("represented_address", sa.Text(), nullable=False, server_default=""))
    op.add_column("reception", sa.Column("representation_kind", sa.Text(), nullable=True))
    op.add_column("reception", sa.Column("representation_number", sa.Text(), nullable=False, server_default=""))
    op.add_column("reception", sa.Column("representation_on", sa.Text(), nullable=True))
    op.add_column("reception", sa.Column("representation_scope", sa.Text(), nullable=False, server_default=""))
    op.add_column("reception", sa.Column("professional_card", sa.Text(), nullable=False, server_default=""))
    op.add_column("reception", sa.Column("members", sa.Text(), nullable=False, server_default="[]"))
    op.add_column("reception", sa.Column("recorded_by", sa.Text(), nullable=False, server_default=""))
    op.add_column("reception", sa.Column("members_signed", sa.Boolean(), nullable=False, server_default="0"))
    op.add_column("reception", sa.Column("order_note", sa.Text(), nullable=False, server_default=""))
    op.add_column("reception", sa.Column("police_informed", sa.Boolean(), nullable=False, server_default="0"))
    op.add_column("reception", sa.Column("refusal_explained", sa.Boolean(), nullable=False, server_default="0"))
    op.add_column("reception", sa.Column("refusal_grounds_on", sa.Text(), nullable=True))
    op.add_column("reception", sa.Column("earlier_answer", sa.Text(), nullable=False, server_default=""))
    op.add_column("reception", sa.Column("refusal_notice_number", sa.Text(), nullable=False, server_default=""))
    op.add_column("reception", sa.Column("refusal_notice_on", sa.Text(), nullable=True))
    op.add_column("reception", sa.Column("sitting", sa.Text(), nullable=True))
    op.add_column("reception", sa.Column("refusal_due", sa.Text(), nullable=True))
    op.add_column("reception", sa.Column("same_visit", sa.Text(), nullable=True))
    op.add_column("reception", sa.Column("batch", sa.Text(), nullable=True))
    op.add_column("reception", sa.Column("removed", sa.Text(), nullable=False, server_default=""))
    _citizens_by_number(op)
    op.add_column("case_file", sa.Column("removed", sa.Text(), nullable=False, server_default=""))
    op.add_column("petition", sa.Column("removed", sa.Text(), nullable=False, server_default=""))
    op.add_column("attachment", sa.Column("added_on", sa.Text(), nullable=True))
    op.add_column("attachment", sa.Column("pages", sa.Integer(), nullable=True))
    op.add_column("attachment", sa.Column("paper", sa.Text(), nullable=False, server_default=""))
    op.add_column("attachment", sa.Column("card_reason", sa.Text(), nullable=False, server_default=""))
    op.add_column("attachment", sa.Column("removed", sa.Text(), nullable=False, server_default=""))
    op.create_table(
        "link",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("office", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("earlier", sa.Text(), nullable=False),
        sa.Column("later", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("removed", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", "office"),
    )
    op.create_table(
        "sitting",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("office", sa.Text(), nullable=False),
        sa.Column("day", sa.Text(), nullable=False),
        sa.Column("start", sa.Text(), nullable=True),
        sa.Column("end", sa.Text(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("form", sa.Text(), nullable=False),
        sa.Column("host", sa.Text(), nullable=False),
        sa.Column("leader", sa.Text(), nullable=False),
        sa.Column("leader_title", sa.Text(), nullable=False),
        sa.Column("delegate", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("attendees", sa.Text(), nullable=False),
        sa.Column("expected", sa.Text(), nullable=False),
        sa.Column("posted_on", sa.Text(), nullable=True),
        sa.Column("posted_online", sa.Boolean(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("moved_from", sa.Text(), nullable=True),
        sa.Column("moved_to", sa.Text(), nullable=True),
        sa.Column("case", sa.Text(), nullable=True),
        sa.Column("minutes", sa.Text(), nullable=False),
        sa.Column("result", sa.Text(), nullable=False),
        sa.Column("removed", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", "office"),
    )
    op.create_table(
        "conclusion",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("office", sa.Text(), nullable=False),
        sa.Column("sitting", sa.Text(), nullable=False),
        sa.Column("reception", sa.Text(), nullable=True),
        sa.Column("case", sa.Text(), nullable=True),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("responsible", sa.Text(), nullable=False),
        sa.Column("contact", sa.Text(), nullable=False),
        sa.Column("due", sa.Text(), nullable=True),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("issued_on", sa.Text(), nullable=True),
        sa.Column("done_on", sa.Text(), nullable=True),
        sa.Column("result", sa.Text(), nullable=False),
        sa.Column("removed", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", "office"),
    )
    op.create_table(
        "phrase",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("office", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("fields", sa.Text(), nullable=False),
        sa.Column("removed", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", "office"),
    )
    op.create_table(
        "old_book",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("office", sa.Text(), nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("imported_on", sa.Text(), nullable=False),
        sa.Column("columns", sa.Text(), nullable=False),
        sa.Column("taken", sa.Integer(), nullable=False),
        sa.Column("refused", sa.Integer(), nullable=False),
        sa.Column("repaired", sa.Integer(), nullable=False),
        sa.Column("removed", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", "office"),
    )
    op.create_table(
        "opening_balance",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("office", sa.Text(), nullable=False),
        sa.Column("on", sa.Text(), nullable=False),
        sa.Column("form", sa.Text(), nullable=False),
        sa.Column("column", sa.Text(), nullable=False),
        sa.Column("value", sa.Integer(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("removed", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", "office"),
    )
    op.create_index(
        "case_file_open",
        "case_file",
        ["office"],
        unique=False,
        sqlite_where=sa.text("state <> 'closed' AND removed = ''"),
    )
    op.create_index("reception_removed", "reception", ["rid"], unique=False, sqlite_where=sa.text("removed <> ''"))
    op.create_index("reception_batch", "reception", ["batch"], unique=False, sqlite_where=sa.text("batch IS NOT NULL"))
    op.create_index(
        "reception_sitting", "reception", ["sitting"], unique=False, sqlite_where=sa.text("sitting IS NOT NULL")
    )
    op.create_index(
        "reception_same_visit",
        "reception",
        ["same_visit"],
        unique=False,
        sqlite_where=sa.text("same_visit IS NOT NULL"),
    )
    op.create_index(
        "reception_refusal",
        "reception",
        ["refusal_due", "office"],
        unique=False,
        sqlite_where=sa.text("refusal_due IS NOT NULL AND refusal_notice_on IS NULL"),
    )
    op.create_index(
        "reception_documents", "reception", ["rid"], unique=False, sqlite_where=sa.text("documents <> '[]'")
    )
    op.create_index(
        "reception_unsigned",
        "reception",
        ["rid"],
        unique=False,
        sqlite_where=sa.text("has_petition = 0 AND (read_back = 0 OR signing IS NULL)"),
    )
    op.create_index(
        "reception_unproved",
        "reception",
        ["rid"],
        unique=False,
        sqlite_where=sa.text("role <> 'self' AND representation_paper = '' AND representation_kind IS NULL"),
    )
    op.create_index(
        "reception_person",
        "reception",
        [sa.text("fold(name)"), sa.text("substr(birth_date, 1, 4)")],
        unique=False,
        sqlite_where=sa.text("name <> ''"),
    )
    op.create_index("citizen_person", "citizen", [sa.text("fold(name)"), "birth_date"], unique=False)
    op.create_index(
        "citizen_merged", "citizen", ["merged_into"], unique=False, sqlite_where=sa.text("merged_into IS NOT NULL")
    )
    op.create_index("link_earlier", "link", ["earlier"], unique=False)
    op.create_index("link_later", "link", ["later"], unique=False)
    op.create_index("sitting_day", "sitting", ["day"], unique=False)
    op.create_index("conclusion_sitting", "conclusion", ["sitting"], unique=False)
    op.create_index(
        "conclusion_due",
        "conclusion",
        ["due"],
        unique=False,
        sqlite_where=sa.text("due IS NOT NULL AND done_on IS NULL"),
    )


CITIZEN_SEARCH = (
    "CREATE VIRTUAL TABLE citizen_search USING fts5(name, born, digits, content='', "
    "contentless_delete=1, prefix='2 3', tokenize='unicode61 remove_diacritics 0')"
)
_PUT = "INSERT INTO citizen_search (rowid, name, born, digits) "
_TAKE = "DELETE FROM citizen_search WHERE rowid = old.cid;"
_ENTRY = (
    "{row}.cid, fold({row}.name), substr({row}.birth_date, 1, 4), {row}.id_number || ' ' || "
    "substr({row}.id_number, -4) || ' ' || {row}.phone || ' ' || substr({row}.phone, -4)"
)
_NEW = _ENTRY.format(row="new")


def _citizens_by_number(op: Operations) -> None:
    """Citizens get a row number of their own, which VACUUM leaves alone, and an index of their names."""
    op.rename_table("citizen", "citizen_before")
    op.drop_index("citizen_number", "citizen_before")
    op.create_table(
        "citizen",
        sa.Column("cid", sa.Integer(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("office", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("birth_date", sa.Text(), nullable=False),
        sa.Column("sex", sa.Text(), nullable=True),
        sa.Column("id_kind", sa.Text(), nullable=True),
        sa.Column("id_number", sa.Text(), nullable=False),
        sa.Column("id_issued", sa.Text(), nullable=True),
        sa.Column("id_place", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("phone", sa.Text(), nullable=False),
        sa.Column("merged_into", sa.Text(), nullable=True),
        sa.Column("removed", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("cid"),
        sa.UniqueConstraint("id", "office"),
    )
    kept = "id, office, name, birth_date, sex, id_kind, id_number, id_issued, id_place, address, phone"
    op.execute(f"INSERT INTO citizen ({kept}, removed) SELECT {kept}, '' FROM citizen_before ORDER BY id")
    op.drop_table("citizen_before")
    op.create_index("citizen_number", "citizen", ["id_number"], unique=False, sqlite_where=sa.text("id_number != ''"))
    op.execute(CITIZEN_SEARCH)
    op.execute(f"{_PUT} SELECT {_ENTRY.format(row='citizen')} FROM citizen ORDER BY cid")
    op.execute(f"CREATE TRIGGER citizen_put AFTER INSERT ON citizen BEGIN {_PUT} VALUES ({_NEW}); END")
    op.execute(
        "CREATE TRIGGER citizen_change AFTER UPDATE OF name, birth_date, id_number, phone ON citizen BEGIN "
        f"{_TAKE} {_PUT} VALUES ({_NEW}); END"
    )
    op.execute(f"CREATE TRIGGER citizen_take AFTER DELETE ON citizen BEGIN {_TAKE} END")
