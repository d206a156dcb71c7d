"""The first schema."""

from __future__ import annotations

from alembic.operations import Operations


def upgrade(op: Operations) -> None:
    """Creates everything."""
    from tcd_desktop.store.tables import METADATA, SEARCH_DDL, SEARCH_HASH

    METADATA.create_all(op.get_bind())
    op.execute(SEARCH_DDL)
    op.execute(SEARCH_HASH)
