"""The desk of papers (tài liệu kèm theo): scans, photographs and files kept with a visit or a case."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Literal

from tcd_desktop.domain.cases.case_file import Attachment, CaseFile
from tcd_desktop.domain.language.text import clean_line
from tcd_desktop.domain.office import Office, Officer
from tcd_desktop.domain.papers.media import Media
from tcd_desktop.domain.papers.paper_rules import (
    PaperLimits,
    checked_media,
    clean_name,
    next_running,
    number_mark,
    rule_name,
)
from tcd_desktop.domain.problems import Refused
from tcd_desktop.domain.reasons import reason_block
from tcd_desktop.domain.receptions.reception import Reception
from tcd_desktop.domain.terms import Classification
from tcd_desktop.services.done import Done
from tcd_desktop.services.papers.paper_checks import Checked, PaperChecks, read_file
from tcd_desktop.store.closed.blobs import Blobs
from tcd_desktop.store.drafts import staged
from tcd_desktop.store.drafts.staged import StagedPaper
from tcd_desktop.store.journal import contents
from tcd_desktop.store.journal.clock import new_id
from tcd_desktop.store.store import Store
from tcd_desktop.store.unit import Unit

Presence = Literal["here", "awaited", "closed"]


@dataclass(frozen=True, slots=True)
class Room:
    """Sizes in bytes: of this owner's papers, of what the next USB bundle would carry, and the limits."""

    owner: int
    bundle: int
    limits: PaperLimits


class AttachmentDesk:
    """Acts on the papers of this office. `reception` and `case` are ids; a paper belongs to one of them or both."""

    def __init__(
        self,
        store: Store,
        blobs: Blobs,
        *,
        office: Office,
        officer: Officer,
        checks: PaperChecks,
        today: Callable[[], date],
    ) -> None:
        self._store = store
        self._blobs = blobs
        self._office = office
        self._officer = officer
        self._checks = checks
        self._today = today

    # -- saved papers -----------------------------------------------------------------------------------

    def add(
        self,
        name: str,
        content: bytes,
        *,
        reception: str | None = None,
        case: str | None = None,
        paper: str = "",
        card_reason: str = "",
    ) -> Done[Attachment]:
        """Keeps a file with a visit, a case, or both. It is named by their number; `paper` is the document it shows.

        Raises Refused: "unknown_record", "other_office", "attachment_known" {name} (the same content is here already),
        "card_picture" (a citizen card without `card_reason`), "owner_full", and those of `checked_media`.
        """
        visit, matter = self._owners(reception, case)
        checked = self._checks.check(name, content, card_reason)
        with self._store.unit(act="attachment.add", officer=self._officer.id) as unit:
            kept = self._put(unit, visit, matter, checked, content, clean_line(paper))
            return Done("attachment.add", kept, unit.commit(), unit.entry)

    def add_file(
        self,
        path: Path,
        *,
        reception: str | None = None,
        case: str | None = None,
        paper: str = "",
        card_reason: str = "",
    ) -> Done[Attachment]:
        """Keeps a file of the disk. Raises as `add`, and Refused("file_missing" | "file_unreadable")."""
        content = read_file(path, self._checks.limits.file)
        return self.add(path.name, content, reception=reception, case=case, paper=paper, card_reason=card_reason)

    def rename(self, identity: str, name: str) -> Done[Attachment]:
        """Another name; its ending stays. Raises Refused("unknown_record" | "other_office" | "name_needed")."""
        current = self.own(identity)
        ending = current.name.rpartition(".")[2] if "." in current.name else ""
        return self._change("attachment.rename", current, name=clean_name(name, ending))

    def tie(self, identity: str, paper: str) -> Done[Attachment]:
        """This is the scan of that document handed over ("" = of none); its name says so from now on."""
        current = self.own(identity)
        paper = clean_line(paper)
        name = current.name
        if paper:
            head, _, tail = current.name.rpartition(".")
            marks = head.split("_")
            mark, number = (marks[0], marks[1]) if len(marks) >= 3 and marks[1].isdigit() else ("", "")
            if mark:
                name = rule_name(mark, int(number), paper, Media(current.media_type, tail))
        return self._change("attachment.tie", current, paper=paper, name=name)

    def remove(self, identity: str, reason: str) -> Done[Attachment]:
        """Into the recycle bin. Raises Refused("reason_needed" | "unknown_record" | "other_office")."""
        reason = reason_block(reason)
        return self._change("attachment.remove", self.own(identity), removed=reason)

    def turn(self, identity: str, quarters: int) -> Done[Attachment]:
        """Turned clockwise by quarters of a circle. Raises Refused("attachment_unturnable")."""
        current = self.own(identity)
        content = self._checks.turned(self.content(current), current.media_type, quarters)
        return self._change("attachment.turn", current, sha256=self._blobs.put(content), length=len(content))

    def find(self, identity: str) -> Attachment | None:
        """A paper by id."""
        return self._store.find(Attachment, identity)

    def papers(self, *, reception: str = "", case: str = "") -> list[Attachment]:
        """The papers of a visit, or of a case with those of its visits; oldest first, without the removed."""
        return self._papers(reception, case, " AND removed = ''")

    def content(self, paper: Attachment | StagedPaper) -> bytes:
        """What is in a paper. Raises StoreUnavailable("blob_missing" | "blob_damaged")."""
        return self._blobs.get(paper.sha256)

    def presence(self, papers: Sequence[Attachment]) -> dict[str, Presence]:
        """By id of a paper whether its content is here, has not been received yet, or came closed for others' keys."""
        away = [paper for paper in papers if not self._blobs.has(paper.sha256)]
        closed = self._store.read(lambda connection: contents.closed_here(connection, [one.sha256 for one in away]))
        states: dict[str, Presence] = {paper.id: "here" for paper in papers}
        return states | {paper.id: "closed" if paper.sha256 in closed else "awaited" for paper in away}

    def room(self, *, reception: str = "", case: str = "", draft: str = "") -> Room:
        """How much room the papers take; those of a draft will be in the next bundle too."""
        with self._store.reading() as connection:
            coming = sum(paper.length for paper in staged.of_draft(connection, draft)) if draft else 0
            waiting = staged.waiting_bytes(connection, self._office.id)
        here = sum(paper.length for paper in self.papers(reception=reception, case=case))
        return Room(here + coming, waiting + coming, self._checks.limits)

    def card_text(self, content: bytes, name: str = "") -> str:
        """The text of the citizen card in a picture or PDF, "" when there is none."""
        return self._checks.eyes.card_text(content, checked_media(content, name, self._checks.limits).type)

    def take(self, papers: Sequence[StagedPaper], reception: str) -> Done[list[Attachment]]:
        """The papers of a draft become those of the visit it was saved as, in one act.

        What the visit has already (a crash came between this act and the end of the draft) is not added twice.
        Raises Refused("unknown_record" | "other_office" | "owner_full").
        """
        visit, matter = self._owners(reception, None)
        kept: list[Attachment] = []
        with self._store.unit(act="attachment.add", officer=self._officer.id) as unit:
            here = {one.sha256 for one in self.papers(reception=reception, case=matter.id if matter else "")}
            for paper in papers:
                if paper.sha256 not in here:
                    media = Media(paper.media_type, paper.ending)
                    checked = Checked(media, paper.title, paper.card_reason, paper.pages)
                    new = self._put(unit, visit, matter, checked, b"", paper.paper, given=kept, known=paper)
                    kept.append(new)
            return Done("attachment.add", kept, unit.commit(), unit.entry if kept else "")

    # -- inside ----------------------------------------------------------------------------------------------

    def _put(
        self,
        unit: Unit,
        visit: Reception | None,
        matter: CaseFile | None,
        checked: Checked,
        content: bytes,
        paper: str,
        *,
        given: Sequence[Attachment] = (),
        known: StagedPaper | None = None,
    ) -> Attachment:
        """Writes one paper. `given` were written in this unit before; `known` lies among the blobs already."""
        where = {"reception": visit.id if visit else "", "case": matter.id if matter else ""}
        everything = [*self._papers(where["reception"], where["case"], ""), *given]
        here = [(one.sha256, one.length, one.name) for one in everything if not one.removed]
        digest = known.sha256 if known else sha256(content).hexdigest()
        length = known.length if known else len(content)
        self._checks.check_room(digest, length, here)
        number = matter.book_number if matter else visit.book_number if visit else ""
        mark = number_mark(number, case=matter is not None)
        secret = bool((visit and visit.is_secret) or (matter and matter.classification is Classification.DENUNCIATION))
        title = paper or ("" if secret else checked.title)  # a file's name may name a denouncer
        running = next_running(mark, (one.name for one in everything))
        return unit.put(
            Attachment(
                id=new_id(),
                office=unit.office,
                reception=visit.id if visit else None,
                case=matter.id if matter else None,
                name=rule_name(mark, running, title, checked.media),
                sha256=digest if known else self._blobs.put(content),
                length=length,
                media_type=checked.media.type,
                added_on=known.added_on if known and known.added_on else self._today(),
                pages=checked.pages,
                paper=paper,
                card_reason=checked.card_reason,
            )
        )

    def _owners(self, reception: str | None, case: str | None) -> tuple[Reception | None, CaseFile | None]:
        visit = self._store.find(Reception, reception) if reception else None
        case = case or (visit.case if visit else None)
        matter = self._store.find(CaseFile, case) if case else None
        if (reception and visit is None) or (case and matter is None) or not (visit or matter):
            raise Refused("unknown_record")
        for record in (visit, matter):
            if record is not None and record.office != self._office.id:
                raise Refused("other_office")
        return visit, matter

    def _papers(self, reception: str, case: str, extra: str) -> list[Attachment]:
        if case:
            of_case = '("case" = ? OR reception IN (SELECT id FROM reception WHERE "case" = ?))'
            return self._store.all(Attachment, f"{of_case}{extra} ORDER BY name, id", (case, case))
        return self._store.all(Attachment, f"reception = ?{extra} ORDER BY name, id", (reception,))

    def one(self, identity: str) -> Attachment:
        """A paper of whichever office that is not removed, for reading. Raises Refused("unknown_record")."""
        paper = self._store.find(Attachment, identity)
        if paper is None or paper.removed:
            raise Refused("unknown_record")
        return paper

    def own(self, identity: str) -> Attachment:
        """A paper of this office that is not removed. Raises Refused("unknown_record" | "other_office")."""
        paper = self.one(identity)
        if paper.office != self._office.id:
            raise Refused("other_office")
        return paper

    def _change(self, act: str, current: Attachment, **values: object) -> Done[Attachment]:
        with self._store.unit(act=act, officer=self._officer.id) as unit:
            after = unit.change(current, **values)
            return Done(act, after, unit.commit(), unit.entry)
