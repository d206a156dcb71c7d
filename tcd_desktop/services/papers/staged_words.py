"""The names of papers that wait with a draft: sealed like the draft of a denunciation, whatever the draft is.

A paper is often added before the visit's class is chosen, and a file's name may name a denouncer.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from msgspec import structs

from tcd_desktop.domain.problems import Refused
from tcd_desktop.store.drafts import staged
from tcd_desktop.store.drafts.staged import StagedPaper
from tcd_desktop.store.store import Connection

if TYPE_CHECKING:
    from tcd_desktop.services.people.secrecy import Secrecy

_WORDS = ("name", "title", "paper", "card_reason")


class StagedPapers:
    """Keeps and reads the lists of drafts; `secrecy` is asked for only when there is a paper."""

    def __init__(self, office: str, secrecy: Callable[[], Secrecy]) -> None:
        self._office = office
        self._secrecy = secrecy

    def keep(self, connection: Connection, draft: str, papers: Sequence[StagedPaper]) -> None:
        """Keeps the list of a draft, the words closed."""
        staged.keep(connection, draft, [self._closed(paper) for paper in papers])

    def of_draft(self, connection: Connection, draft: str) -> list[StagedPaper]:
        """The papers of a draft, the oldest first, as their words were given."""
        return [self._opened(paper, at) for at, paper in enumerate(staged.of_draft(connection, draft), start=1)]

    def _closed(self, paper: StagedPaper) -> StagedPaper:
        words = {name: getattr(paper, name) for name in _WORDS}
        closed = self._secrecy().close_words(words, office=self._office, record=paper.id).decode("ascii")
        return structs.replace(paper, **dict.fromkeys(_WORDS, ""), closed=closed)

    def _opened(self, paper: StagedPaper, at: int) -> StagedPaper:
        """A paper of the first versions was not closed; one that this key cannot read has a number for a name."""
        if not paper.closed:
            return paper
        try:
            words = self._secrecy().open_words(paper.closed.encode("ascii"), office=self._office, record=paper.id)
        except Refused:
            words = {"name": f"{at:02}.{paper.ending}"}
        return structs.replace(paper, **words, closed="")
