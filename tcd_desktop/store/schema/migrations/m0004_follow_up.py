"""Petitions by post, steps of a matter, obligations, directives, reviews, inspections, protection."""

from __future__ import annotations

import sqlalchemy as sa
from alembic.operations import Operations


def upgrade(op: Operations) -> None:
    """Adds the columns and tables of cases and their follow-up."""
    op.add_column("petition", sa.Column("name", sa.Text(), nullable=False, server_default=""))
    op.add_column("petition", sa.Column("birth_date", sa.Text(), nullable=False, server_default=""))
    op.add_column("petition", sa.Column("sex", sa.Text(), nullable=True))
    op.add_column("petition", sa.Column("id_kind", sa.Text(), nullable=True))
    op.add_column("petition", sa.Column("id_number", sa.Text(), nullable=False, server_default=""))
    op.add_column("petition", sa.Column("id_issued", sa.Text(), nullable=True))
    op.add_column("petition", sa.Column("id_place", sa.Text(), nullable=False, server_default=""))
    op.add_column("petition", sa.Column("address", sa.Text(), nullable=False, server_default=""))
    op.add_column("petition", sa.Column("phone", sa.Text(), nullable=False, server_default=""))
    op.add_column("petition", sa.Column("role", sa.Text(), nullable=False, server_default="self"))
    op.add_column("petition", sa.Column("represented", sa.Text(), nullable=False, server_default=""))
    op.add_column("petition", sa.Column("represented_address", sa.Text(), nullable=False, server_default=""))
    op.add_column("petition", sa.Column("representation_paper", sa.Text(), nullable=False, server_default=""))
    op.add_column("petition", sa.Column("representation_kind", sa.Text(), nullable=True))
    op.add_column("petition", sa.Column("representation_number", sa.Text(), nullable=False, server_default=""))
    op.add_column("petition", sa.Column("representation_on", sa.Text(), nullable=True))
    op.add_column("petition", sa.Column("representation_scope", sa.Text(), nullable=False, server_default=""))
    op.add_column("petition", sa.Column("professional_card", sa.Text(), nullable=False, server_default=""))
    op.add_column("petition", sa.Column("members", sa.Text(), nullable=False, server_default="[]"))
    op.add_column("petition", sa.Column("year", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("petition", sa.Column("number", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("petition", sa.Column("series", sa.Text(), nullable=False, server_default="A"))
    op.add_column("petition", sa.Column("sender", sa.Text(), nullable=False, server_default=""))
    op.add_column("petition", sa.Column("incoming_number", sa.Text(), nullable=False, server_default=""))
    op.add_column("petition", sa.Column("incoming_on", sa.Text(), nullable=True))
    op.add_column("petition", sa.Column("classification", sa.Text(), nullable=True))
    op.add_column("petition", sa.Column("request", sa.Text(), nullable=False, server_default=""))
    op.add_column("petition", sa.Column("subjects", sa.Text(), nullable=False, server_default="[]"))
    op.add_column("petition", sa.Column("anonymous", sa.Boolean(), nullable=False, server_default="0"))
    op.add_column("petition", sa.Column("original_papers", sa.Boolean(), nullable=False, server_default="0"))
    op.add_column("petition", sa.Column("eligible", sa.Boolean(), nullable=True))
    op.add_column("petition", sa.Column("ineligible", sa.Text(), nullable=False, server_default="[]"))
    op.add_column("petition", sa.Column("within_competence", sa.Boolean(), nullable=True))
    op.add_column("petition", sa.Column("direction", sa.Text(), nullable=True))
    op.add_column("petition", sa.Column("directed_to", sa.Text(), nullable=False, server_default=""))
    op.add_column("petition", sa.Column("direction_number", sa.Text(), nullable=False, server_default=""))
    op.add_column("petition", sa.Column("direction_on", sa.Text(), nullable=True))
    op.add_column("petition", sa.Column("direction_reason", sa.Text(), nullable=False, server_default=""))
    op.add_column("petition", sa.Column("duplicate_of", sa.Text(), nullable=True))
    op.add_column("petition", sa.Column("sealed", sa.LargeBinary(), nullable=True))
    op.add_column("petition", sa.Column("field", sa.Text(), nullable=False, server_default=""))
    op.add_column("petition", sa.Column("tag", sa.Text(), nullable=False, server_default=""))
    op.add_column("petition", sa.Column("instance", sa.Integer(), nullable=False, server_default="1"))
    op.add_column("petition", sa.Column("note", sa.Text(), nullable=False, server_default=""))
    op.add_column("case_file", sa.Column("tag", sa.Text(), nullable=False, server_default=""))
    op.add_column("case_file", sa.Column("received_on", sa.Text(), nullable=True))
    op.add_column("case_file", sa.Column("complexity", sa.Text(), nullable=False, server_default="[]"))
    op.add_column("case_file", sa.Column("remote", sa.Boolean(), nullable=False, server_default="0"))
    op.add_column("case_file", sa.Column("subjects", sa.Text(), nullable=False, server_default="[]"))
    op.add_column("case_file", sa.Column("result", sa.Text(), nullable=True))
    op.add_column("case_file", sa.Column("earlier", sa.Text(), nullable=True))
    op.create_table(
        "case_step",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("office", sa.Text(), nullable=False),
        sa.Column("case", sa.Text(), nullable=False),
        sa.Column("act", sa.Text(), nullable=False),
        sa.Column("frm", sa.Text(), nullable=False),
        sa.Column("to", sa.Text(), nullable=False),
        sa.Column("on", sa.Text(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("dated", sa.Text(), nullable=True),
        sa.Column("signer", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("result", sa.Text(), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("part", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("removed", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", "office"),
    )
    op.create_table(
        "obligation",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("office", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("case", sa.Text(), nullable=True),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("issued_on", sa.Text(), nullable=False),
        sa.Column("issuer", sa.Text(), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("duty", sa.Text(), nullable=False),
        sa.Column("effective_on", sa.Text(), nullable=True),
        sa.Column("received_on", sa.Text(), nullable=True),
        sa.Column("responsible", sa.Text(), nullable=False),
        sa.Column("assigned_number", sa.Text(), nullable=False),
        sa.Column("assigned_on", sa.Text(), nullable=True),
        sa.Column("due", sa.Text(), nullable=True),
        sa.Column("amounts", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("progress", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("done_on", sa.Text(), nullable=True),
        sa.Column("removed", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", "office"),
    )
    op.create_table(
        "protection_request",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("office", sa.Text(), nullable=False),
        sa.Column("case", sa.Text(), nullable=True),
        sa.Column("reception", sa.Text(), nullable=True),
        sa.Column("asked_on", sa.Text(), nullable=False),
        sa.Column("measures", sa.Text(), nullable=False),
        sa.Column("granted", sa.Boolean(), nullable=True),
        sa.Column("decided_on", sa.Text(), nullable=True),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("ended_on", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("removed", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", "office"),
    )
    op.create_table(
        "directive",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("office", sa.Text(), nullable=False),
        sa.Column("level", sa.Text(), nullable=False),
        sa.Column("issuer", sa.Text(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("issued_on", sa.Text(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("due", sa.Text(), nullable=True),
        sa.Column("units", sa.Text(), nullable=False),
        sa.Column("cases", sa.Text(), nullable=False),
        sa.Column("closed_on", sa.Text(), nullable=True),
        sa.Column("removed", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", "office"),
    )
    op.create_table(
        "directive_progress",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("office", sa.Text(), nullable=False),
        sa.Column("directive", sa.Text(), nullable=False),
        sa.Column("on", sa.Text(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("done", sa.Boolean(), nullable=False),
        sa.Column("removed", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", "office"),
    )
    op.create_table(
        "reminder",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("office", sa.Text(), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("target", sa.Text(), nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("on", sa.Text(), nullable=False),
        sa.Column("nth", sa.Integer(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("due", sa.Text(), nullable=True),
        sa.Column("removed", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", "office"),
    )
    op.create_table(
        "review_entry",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("office", sa.Text(), nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("case", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("criteria", sa.Text(), nullable=False),
        sa.Column("proposed_by_rule", sa.Boolean(), nullable=False),
        sa.Column("first_arisen", sa.Text(), nullable=True),
        sa.Column("history", sa.Text(), nullable=False),
        sa.Column("obstacles", sa.Text(), nullable=False),
        sa.Column("plan", sa.Text(), nullable=True),
        sa.Column("measure", sa.Text(), nullable=False),
        sa.Column("responsible", sa.Text(), nullable=False),
        sa.Column("leader", sa.Text(), nullable=False),
        sa.Column("due", sa.Text(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("result", sa.Text(), nullable=False),
        sa.Column("closing_number", sa.Text(), nullable=False),
        sa.Column("closed_on", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("removed", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", "office"),
    )
    op.create_table(
        "review_progress",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("office", sa.Text(), nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("entry", sa.Text(), nullable=False),
        sa.Column("on", sa.Text(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("removed", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", "office"),
    )
    op.create_table(
        "inspection_round",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("office", sa.Text(), nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("since", sa.Text(), nullable=False),
        sa.Column("until", sa.Text(), nullable=False),
        sa.Column("begun_on", sa.Text(), nullable=False),
        sa.Column("lead", sa.Text(), nullable=False),
        sa.Column("decision_number", sa.Text(), nullable=False),
        sa.Column("conclusion", sa.Text(), nullable=False),
        sa.Column("closed_on", sa.Text(), nullable=True),
        sa.Column("removed", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", "office"),
    )
    op.create_table(
        "finding",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("office", sa.Text(), nullable=False),
        sa.Column("round", sa.Text(), nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("record", sa.Text(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("asked_on", sa.Text(), nullable=True),
        sa.Column("due", sa.Text(), nullable=True),
        sa.Column("reply", sa.Text(), nullable=False),
        sa.Column("corrected_on", sa.Text(), nullable=True),
        sa.Column("removed", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", "office"),
    )
    op.create_table(
        "finding_reply",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("office", sa.Text(), nullable=False),
        sa.Column("finding", sa.Text(), nullable=False),
        sa.Column("on", sa.Text(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("corrected", sa.Boolean(), nullable=False),
        sa.Column("removed", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", "office"),
    )
    op.create_index("case_step_case", "case_step", ["case"], unique=False)
    op.create_index("directive_due", "directive", ["due"], unique=False, sqlite_where=sa.text("closed_on IS NULL"))
    op.create_index("directive_progress_directive", "directive_progress", ["directive"], unique=False)
    op.create_index("finding_round", "finding", ["round"], unique=False)
    op.create_index("finding_reply_finding", "finding_reply", ["finding"], unique=False)
    op.create_index("obligation_case", "obligation", ["case"], unique=False)
    op.create_index("obligation_due", "obligation", ["due"], unique=False, sqlite_where=sa.text("done_on IS NULL"))
    op.create_index("petition_received", "petition", ["received_on", "id"], unique=False)
    op.create_index("protection_request_case", "protection_request", ["case"], unique=False)
    op.create_index("reminder_target", "reminder", ["target"], unique=False)
    op.create_index("review_entry_case", "review_entry", ["case"], unique=False)
    op.create_index("review_progress_entry", "review_progress", ["entry"], unique=False)
    _petition_book(op)


PETITION_SEARCH = (
    "CREATE VIRTUAL TABLE petition_search USING fts5(people, words, content='', "
    "contentless_delete=1, prefix='2 3', tokenize='unicode61 remove_diacritics 0')"
)
_NUMBER = "(SELECT n FROM petition_key WHERE id = {row}.id AND office = {row}.office)"
_ENTRY = (
    "folded_names({row}.name, {row}.represented, {row}.members) || ' ' || {row}.id_number || ' ' || {row}.phone, "
    "fold({row}.content || ' ' || {row}.request || ' ' || {row}.sender || ' ' || {row}.incoming_number || ' ' || "
    "{row}.address || ' ' || {row}.directed_to || ' ' || coalesce((SELECT group_concat(json_extract(value, '$.name'), "
    "' ') FROM json_each({row}.subjects)), '')) || ' ' || CASE {row}.number WHEN 0 THEN '' ELSE "
    "book_keys({row}.number, {row}.year, {row}.series) END"
)
_SEARCHED = (
    "name, represented, members, id_number, phone, content, request, sender, incoming_number, address, directed_to, "
    "subjects, number, year, series, received_on"
)


def _petition_book(op: Operations) -> None:
    """The office's headings under the report's fields; an index of petitions that the database keeps by itself."""
    op.create_table(
        "class_tag",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("office", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("classification", sa.Text(), nullable=False),
        sa.Column("field", sa.Text(), nullable=False),
        sa.Column("since", sa.Text(), nullable=False),
        sa.Column("removed", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", "office"),
    )
    op.create_table(
        "petition_key",
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("office", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("n"),
        sa.UniqueConstraint("id", "office"),
    )
    op.create_index(
        "petition_duplicate", "petition", ["duplicate_of"], sqlite_where=sa.text("duplicate_of IS NOT NULL")
    )
    op.execute(PETITION_SEARCH)
    op.create_index(
        "petition_facts",
        "petition",
        [
            *("received_on", "id", "office", "removed", "source", "classification", "direction", "eligible", "number"),
            *("reception", "field", "tag", "case"),
        ],
    )
    op.execute(
        "INSERT OR IGNORE INTO petition_key (n, office, id) "
        "SELECT case_order(received_on, id), office, id FROM petition"
    )
    put = "INSERT INTO petition_search (rowid, people, words) "
    op.execute(f"{put} SELECT {_NUMBER.format(row='p')} AS n, {_ENTRY.format(row='p')} FROM petition p ORDER BY n")
    key = (
        "INSERT OR IGNORE INTO petition_key (n, office, id) "
        "VALUES (case_order(new.received_on, new.id), new.office, new.id);"
    )
    gone = "DELETE FROM petition_key WHERE id = old.id AND office = old.office;"
    take = f"DELETE FROM petition_search WHERE rowid = {_NUMBER.format(row='old')};"
    fresh = f"{put} SELECT {_NUMBER.format(row='new')}, {_ENTRY.format(row='new')};"
    op.execute(f"CREATE TRIGGER petition_put AFTER INSERT ON petition BEGIN {key} {fresh} END")
    op.execute(
        f"CREATE TRIGGER petition_change AFTER UPDATE OF {_SEARCHED} ON petition BEGIN {take} {gone} {key} {fresh} END"
    )
    op.execute(f"CREATE TRIGGER petition_take AFTER DELETE ON petition BEGIN {take} {gone} END")
