"""Reads the words of papers in the background, so that a visit is found by what its papers say."""

from __future__ import annotations

from collections.abc import Callable

from tcd_desktop.jobs import Progress
from tcd_desktop.store.closed.blobs import Blobs
from tcd_desktop.store.errors import StoreUnavailable
from tcd_desktop.store.search.paper_words import State, UnreadPaper, forget_closed, keep, unread
from tcd_desktop.store.store import Store

ReadText = Callable[[bytes, str], str | None]
"""(content, name) -> text, None for a kind without text. Raises when the paper cannot be read."""

AT_ONCE = 20


class PaperReader:
    """Papers of this office, added on whichever PC: what is not read yet is read by the next `read_all`."""

    def __init__(self, store: Store, blobs: Blobs, read: ReadText) -> None:
        self._store = store
        self._blobs = blobs
        self._read = read

    def read_all(self, progress: Progress) -> int:
        """Reads every paper that was not read before, in short writes between which others may write. How many."""
        with self._store.writing() as connection:
            forget_closed(connection)
        done = 0
        while not progress.cancelled():
            papers = self._store.read(lambda connection: unread(connection, self._store.office, AT_ONCE))
            if not papers:
                break
            for paper in papers:
                if progress.cancelled():
                    break
                state, text = self._words(paper)
                with self._store.writing() as connection:
                    keep(connection, paper.sha256, state, text)
                done += 1
                progress.step(done, 0)
        return done

    def _words(self, paper: UnreadPaper) -> tuple[State, str]:
        try:
            text = self._read(self._blobs.get(paper.sha256), paper.name)
        except StoreUnavailable as error:
            return ("missing" if error.code == "blob_missing" else "unreadable"), ""
        except Exception:  # a file from outside may break its reader in any way; the next one is read all the same
            return "unreadable", ""
        return ("none", "") if text is None else ("read", text)
