"""The papers an export carries: which ones, and how a bundle reads them."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import BinaryIO

from tcd_desktop.store.closed.blobs import Blobs
from tcd_desktop.store.journal import contents
from tcd_desktop.store.journal.contents import Content
from tcd_desktop.store.journal.journal import Chain
from tcd_desktop.store.store import Connection
from tcd_desktop.sync.bundle_stream import BlobSource
from tcd_desktop.sync.closed_papers import Closing


@dataclass(frozen=True, slots=True)
class Papers:
    """`carried` go with the export; `left` stay for good or for now: too large for the policy, or not on this PC."""

    carried: tuple[Content, ...] = ()
    left: int = 0

    @property
    def length(self) -> int:
        """Bytes of those that are carried."""
        return sum(paper.length for paper in self.carried)


def papers_to_send(
    connection: Connection, blobs: Blobs, office: str, *, after: Sequence[tuple[Chain, int]] | None, most: int
) -> Papers:
    """The papers of this office that somebody who gets its bundles lacks, as far as they are on this PC.

    `after` are this PC's chains with the number up to which all of those know each; None = every paper goes.
    `most` is the largest paper that may travel, in bytes.
    """
    every = contents.everything
    found = every(connection, office) if after is None else contents.to_send(connection, office, after)
    return fitting(found, blobs, most)


def fitting(found: Sequence[Content], blobs: Blobs, most: int) -> Papers:
    """Those of some papers that are on this PC and not too large, with their lengths."""
    here = [replace(paper, length=paper.length or blobs.length(paper.sha256)) for paper in found]
    carried = tuple(paper for paper in here if paper.length <= most and blobs.has(paper.sha256))
    return Papers(carried, len(found) - len(carried))


def sources(blobs: Blobs, papers: Iterable[Content], office: str, entitled: Sequence[bytes]) -> list[BlobSource]:
    """How a bundle reads papers; those of denunciations closed for the keys of the entitled."""
    return [_closed(blobs, paper, office, entitled) if paper.secret else _open(blobs, paper) for paper in papers]


def _open(blobs: Blobs, paper: Content) -> BlobSource:
    def content() -> BinaryIO:
        return io.BytesIO(blobs.get(paper.sha256))

    return BlobSource(sha256=paper.sha256, length=paper.length, open=content)


def _closed(blobs: Blobs, paper: Content, office: str, entitled: Sequence[bytes]) -> BlobSource:
    closing = Closing(paper.sha256, office, entitled)

    def content() -> BinaryIO:
        return io.BytesIO(closing.close(blobs.get(paper.sha256)))

    return BlobSource(sha256="", length=closing.length(paper.length), open=content, of=paper.sha256)


def papers_awaited(connection: Connection, blobs: Blobs, office: str) -> list[Content]:
    """The papers of an office below whose records are here and whose contents are not."""
    return [paper for paper in contents.awaited(connection, office) if not blobs.has(paper.sha256)]
