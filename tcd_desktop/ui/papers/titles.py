"""A scan as a document of the slip's list."""

from __future__ import annotations

from tcd_desktop.domain.papers.paper_rules import title_of
from tcd_desktop.domain.receptions.reception import Paper
from tcd_desktop.i18n import _
from tcd_desktop.ui.papers.place import Held


def as_document(paper: Held, number: int) -> Paper:
    """Name and pages of a document, from a scan's name; a name that says nothing becomes "Document 2"."""
    name = paper.paper or title_of(paper.name)
    if not name:
        name = (_("Picture {n}") if paper.media_type.startswith("image/") else _("Document {n}")).format(n=number)
    return Paper(name=name, pages=paper.pages)
