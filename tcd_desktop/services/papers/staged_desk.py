"""Papers of visits that are not saved yet: safe with the draft, so that a crash loses nothing; never exchanged."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from hashlib import sha256

from msgspec import structs

from tcd_desktop.domain.cases.case_file import Attachment
from tcd_desktop.domain.language.text import clean_line
from tcd_desktop.domain.papers.paper_rules import clean_name, title_of
from tcd_desktop.domain.problems import Refused
from tcd_desktop.services.done import Done
from tcd_desktop.services.papers.attachment_desk import AttachmentDesk
from tcd_desktop.services.papers.paper_checks import PaperChecks
from tcd_desktop.services.papers.staged_words import StagedPapers
from tcd_desktop.store.closed.blobs import Blobs
from tcd_desktop.store.drafts import staged
from tcd_desktop.store.drafts.staged import StagedPaper
from tcd_desktop.store.journal.clock import new_id
from tcd_desktop.store.store import Store

DAYS_KEPT = 7
_BIN = "bin."
"""Before a draft's name: what was taken out of it and may be brought back while the draft lives."""


class StagedDesk:
    """`draft` is the name of the draft, as `ReceptionDesk.save_draft` has it."""

    def __init__(
        self,
        store: Store,
        blobs: Blobs,
        desk: AttachmentDesk,
        checks: PaperChecks,
        *,
        papers: StagedPapers,
        today: Callable[[], date],
    ) -> None:
        self._store = store
        self._blobs = blobs
        self._desk = desk
        self._checks = checks
        self._lists = papers
        self._today = today

    def add(
        self, draft: str, name: str, content: bytes, *, paper: str = "", card_reason: str = ""
    ) -> Done[StagedPaper]:
        """Keeps a file with a draft, safe from a crash. Raises as `add`."""
        checked = self._checks.check(name, content, card_reason)
        with self._store.writing() as connection:
            papers = self._lists.of_draft(connection, draft)
            self._checks.check_room(
                sha256(content).hexdigest(), len(content), [(p.sha256, p.length, p.name) for p in papers]
            )
            title = clean_line(paper) or checked.title
            new = StagedPaper(
                id=new_id(),
                name=clean_name(title or f"{len(papers) + 1:02}", checked.media.ending),
                title=title,
                sha256=self._blobs.put(content),
                length=len(content),
                media_type=checked.media.type,
                ending=checked.media.ending,
                pages=checked.pages,
                paper=clean_line(paper),
                card_reason=checked.card_reason,
                added_on=self._today(),
            )
            self._lists.keep(connection, draft, [*papers, new])
        return Done("attachment.stage", new, ())

    def content(self, paper: StagedPaper) -> bytes:
        """What is in a paper. Raises StoreUnavailable("blob_missing" | "blob_damaged")."""
        return self._blobs.get(paper.sha256)

    def papers(self, draft: str) -> list[StagedPaper]:
        """The papers of a draft, oldest first."""
        return self._store.read(lambda connection: self._lists.of_draft(connection, draft))

    def rename(self, draft: str, identity: str, name: str) -> Done[StagedPaper]:
        """Another name. Raises Refused("unknown_record" | "name_needed")."""
        ending = self.one(draft, identity).ending
        wanted = clean_name(name, ending)
        return self._change("attachment.rename", draft, identity, name=wanted, title=title_of(wanted))

    def tie(self, draft: str, identity: str, paper: str) -> Done[StagedPaper]:
        """This is the scan of that document ("" = of none)."""
        paper, now = clean_line(paper), self.one(draft, identity)
        changes = {"paper": paper}
        if paper:
            changes |= {"title": paper, "name": clean_name(paper, now.ending)}
        return self._change("attachment.tie", draft, identity, **changes)

    def turn(self, draft: str, identity: str, quarters: int) -> Done[StagedPaper]:
        """Turned clockwise by quarters of a circle. Raises Refused("attachment_unturnable")."""
        now = self.one(draft, identity)
        content = self._checks.turned(self.content(now), now.media_type, quarters)
        digest = self._blobs.put(content)
        done = self._change("attachment.turn", draft, identity, sha256=digest, length=len(content))
        self._forget_content([now.sha256])
        return done

    def remove(self, draft: str, identity: str) -> Done[StagedPaper]:
        """Takes a paper out of a draft. Its content stays until the draft is gone, so that `restore` can bring it
        back."""
        with self._store.writing() as connection:
            papers = self._lists.of_draft(connection, draft)
            gone = next((paper for paper in papers if paper.id == identity), None)
            if gone is None:
                raise Refused("unknown_record")
            self._lists.keep(connection, draft, [paper for paper in papers if paper.id != identity])
            self._lists.keep(connection, _BIN + draft, [*self._lists.of_draft(connection, _BIN + draft), gone])
        return Done("attachment.unstage", gone, ())

    def restore(self, draft: str, identity: str) -> Done[StagedPaper]:
        """Brings a paper back that was taken out of a draft. Raises Refused("unknown_record")."""
        with self._store.writing() as connection:
            binned = self._lists.of_draft(connection, _BIN + draft)
            back = next((paper for paper in binned if paper.id == identity), None)
            if back is None:
                raise Refused("unknown_record")
            self._lists.keep(connection, _BIN + draft, [paper for paper in binned if paper.id != identity])
            self._lists.keep(connection, draft, [*self._lists.of_draft(connection, draft), back])
        return Done("attachment.restage", back, ())

    def attach(self, draft: str, reception: str) -> Done[list[Attachment]]:
        """The visit is saved: its draft's papers are its own now, under its number, in one act."""
        papers = self.papers(draft)
        done = self._desk.take(papers, reception) if papers else Done("attachment.add", list[Attachment](), ())
        self.drop(draft)
        return done

    def settle(self, draft: str, reception: str) -> bool:
        """`attach` for a visit that was just written, which must not seem to have failed: False when the papers could
        not be attached; then they stay with the draft, to be attached by hand."""
        try:
            self.attach(draft, reception)
        except Refused:
            return False
        return True

    def drop(self, draft: str) -> None:
        """Forgets the papers of a draft; contents that nothing else names are thrown away."""
        with self._store.writing() as connection:
            gone = [paper.sha256 for name in (draft, _BIN + draft) for paper in staged.of_draft(connection, name)]
            self._lists.keep(connection, draft, [])
            self._lists.keep(connection, _BIN + draft, [])
        self._forget_content(gone)

    def sweep(self) -> int:
        """Forgets papers whose draft has been gone for some days; how many drafts' papers were forgotten.

        Not at once: a draft that was thrown away can be brought back.
        """
        before = self._today() - timedelta(days=DAYS_KEPT)
        left = self._store.read(lambda connection: staged.orphans(connection, before))
        for name in left:
            self.drop(name.removeprefix(_BIN))
        return len(left)

    def one(self, draft: str, identity: str) -> StagedPaper:
        """A paper of a draft. Raises Refused("unknown_record")."""
        found = next((paper for paper in self.papers(draft) if paper.id == identity), None)
        if found is None:
            raise Refused("unknown_record")
        return found

    def _change(self, act: str, draft: str, identity: str, **values: object) -> Done[StagedPaper]:
        with self._store.writing() as connection:
            papers = self._lists.of_draft(connection, draft)
            changed = [structs.replace(one, **values) if one.id == identity else one for one in papers]
            self._lists.keep(connection, draft, changed)
        return Done(act, next(one for one in changed if one.id == identity), ())

    def _forget_content(self, digests: Iterable[str]) -> None:
        with self._store.reading() as connection:
            unnamed = [digest for digest in set(digests) if not staged.is_named(connection, digest)]
        for digest in unnamed:
            self._blobs.remove(digest)
