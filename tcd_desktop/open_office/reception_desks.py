"""The desks of a reception: the log, slips, papers, sittings, citizens, drafts, undo."""

from __future__ import annotations

from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from tcd_desktop.domain.receptions.receipt_slip import ReceiptSlip
from tcd_desktop.open_office.core import OfficeCore
from tcd_desktop.services.board import Board

if TYPE_CHECKING:
    from tcd_desktop.services.old_book.old_book_desk import OldBookDesk
    from tcd_desktop.services.papers.attachment_desk import AttachmentDesk
    from tcd_desktop.services.papers.paper_reader import PaperReader
    from tcd_desktop.services.papers.staged_desk import StagedDesk
    from tcd_desktop.services.people.citizens import CitizenDesk
    from tcd_desktop.services.people.links import LinkDesk
    from tcd_desktop.services.people.unnamed_people import UnnamedPeople
    from tcd_desktop.services.receptions.drafts_desk import DraftsDesk
    from tcd_desktop.services.receptions.log_book_desk import LogBookDesk
    from tcd_desktop.services.receptions.phrase_desk import PhraseDesk
    from tcd_desktop.services.receptions.reception_desk import ReceptionDesk
    from tcd_desktop.services.receptions.slip_desk import SlipDesk
    from tcd_desktop.services.recycle.erase_desk import EraseDesk
    from tcd_desktop.services.recycle.recycle_desk import RecycleDesk
    from tcd_desktop.services.recycle.undo import UndoDesk
    from tcd_desktop.services.reports.balance_desk import BalanceDesk
    from tcd_desktop.services.sittings.calendar_desk import CalendarDesk
    from tcd_desktop.services.sittings.conclusion_desk import ConclusionDesk
    from tcd_desktop.services.sittings.sitting_desk import SittingDesk


def render_slip(slip: ReceiptSlip) -> bytes:
    """The slip as PDF; ReportLab is imported when the first one is made."""
    from tcd_desktop.documents.receipt_slip import render_receipt_slip

    return render_receipt_slip(slip)


def slip_instrument(on: date) -> str:
    """The instrument whose Mẫu số 02/TCD is in force on a day, as the form pack names it."""
    from tcd_desktop.documents.form_pack import form_for
    from tcd_desktop.documents.receipt_slip import FORM

    return form_for(FORM, on).instrument


class ReceptionDesks(OfficeCore):
    """See the module. A desk is made, and its modules are imported, when it is first asked for."""

    @cached_property
    def receptions(self) -> ReceptionDesk:
        """The log of visits (sổ tiếp công dân)."""
        from tcd_desktop.services.receptions.reception_desk import ReceptionDesk

        return ReceptionDesk(
            self.store,
            office=self.office,
            officer=self.officer,
            series=self._series,
            clocks=self.clocks,
            secrecy=self._secrecy,
            today=self.today,
        )

    @cached_property
    def unnamed(self) -> UnnamedPeople:
        """Who must not be named in what is written about a record."""
        from tcd_desktop.services.people.unnamed_people import UnnamedPeople

        return UnnamedPeople(self.store, office=self.office.id, secrecy=self._secrecy)

    @cached_property
    def slips(self) -> SlipDesk:
        """The receipt slips (giấy biên nhận)."""
        from tcd_desktop.services.receptions.slip_desk import SlipDesk

        return SlipDesk(
            self.store,
            self.blobs,
            office=self.office,
            officer=self.officer,
            secrecy=self._secrecy,
            render=render_slip,
            instrument_on=slip_instrument,
            now=self._now,
            practice=self.face.practice,
        )

    @cached_property
    def log_books(self) -> LogBookDesk:
        """The log book of a period, to be printed (Mẫu số 03/TCD)."""
        from tcd_desktop.services.receptions.log_book_desk import LogBookDesk

        return LogBookDesk(
            self.store,
            office=self.office,
            officer=self.officer,
            secrecy=self._secrecy,
            today=self.today,
            practice=self.face.practice,
        )

    @cached_property
    def attachments(self) -> AttachmentDesk:
        """The papers kept with visits and cases."""
        from tcd_desktop.documents import scans
        from tcd_desktop.services.papers.attachment_desk import AttachmentDesk
        from tcd_desktop.services.papers.paper_checks import PaperChecks

        return AttachmentDesk(
            self.store,
            self.blobs,
            office=self.office,
            officer=self.officer,
            checks=PaperChecks(scans),
            today=self.today,
        )

    @cached_property
    def staged(self) -> StagedDesk:
        """The papers of visits that are not saved yet."""
        from tcd_desktop.documents import scans
        from tcd_desktop.services.papers.paper_checks import PaperChecks
        from tcd_desktop.services.papers.staged_desk import StagedDesk
        from tcd_desktop.services.papers.staged_words import StagedPapers

        return StagedDesk(
            *(self.store, self.blobs, self.attachments, PaperChecks(scans)),
            papers=StagedPapers(self.office.id, lambda: self._secrecy),
            today=self.today,
        )

    @cached_property
    def paper_reader(self) -> PaperReader:
        """Reads the words of papers for the search."""
        from tcd_desktop.documents.paper_text import text_of
        from tcd_desktop.services.papers.paper_reader import PaperReader

        return PaperReader(self.store, self.blobs, text_of)

    @cached_property
    def phrases(self) -> PhraseDesk:
        """The phrases that "/" offers in a text."""
        from tcd_desktop.phrases import shipped_phrases
        from tcd_desktop.services.receptions.phrase_desk import PhraseDesk

        return PhraseDesk(self.store, office=self.office, officer=self.officer, shipped=shipped_phrases())

    @cached_property
    def calendar(self) -> CalendarDesk:
        """The office's own days off."""
        from tcd_desktop.services.sittings.calendar_desk import CalendarDesk

        return CalendarDesk(self.store, officer=self.officer, clocks=self.clocks)

    @cached_property
    def sittings(self) -> SittingDesk:
        """The head's receptions (lịch tiếp công dân của lãnh đạo)."""
        from tcd_desktop import law
        from tcd_desktop.services.sittings.sitting_desk import SittingDesk

        return SittingDesk(
            self.store,
            office=self.office,
            officer=self.officer,
            clocks=self.clocks,
            duties=law.reception_duties(),
            today=self.today,
        )

    @cached_property
    def conclusions(self) -> ConclusionDesk:
        """What the head directed there (kết luận tại buổi tiếp)."""
        from tcd_desktop.services.sittings.conclusion_desk import ConclusionDesk

        return ConclusionDesk(self.store, office=self.office, officer=self.officer, today=self.today)

    @cached_property
    def links(self) -> LinkDesk:
        """Visits that may be the same, and how visits belong together."""
        from tcd_desktop.services.people.links import LinkDesk

        return LinkDesk(self.store, office=self.office, officer=self.officer)

    @cached_property
    def citizens(self) -> CitizenDesk:
        """The citizens this office knows (công dân)."""
        from tcd_desktop.services.people.citizens import CitizenDesk

        return CitizenDesk(self.store, office=self.office, officer=self.officer, today=self.today)

    @cached_property
    def drafts(self) -> DraftsDesk:
        """What was typed and not saved."""
        from tcd_desktop.services.receptions.drafts_desk import DraftsDesk
        from tcd_desktop.services.receptions.kept_drafts import DraftTexts

        texts = DraftTexts(self.office.id, lambda: self._secrecy)
        return DraftsDesk(self.store, officer=self.officer, texts=texts)

    @cached_property
    def erasing(self) -> EraseDesk:
        """Contents erased by a decision."""
        from tcd_desktop.services.recycle.erase_desk import EraseDesk

        return EraseDesk(
            self.store,
            self.blobs,
            self.home,
            office=self.office,
            officer=self.officer,
            superior=self.is_superior,
            now=self._now,
        )

    @cached_property
    def recycle(self) -> RecycleDesk:
        """The recycle bin (thùng rác)."""
        from tcd_desktop.services.recycle.recycle_desk import RecycleDesk

        return RecycleDesk(self.store, office=self.office, officer=self.officer)

    @cached_property
    def undo(self) -> UndoDesk:
        """Taking acts back and doing them again."""
        from tcd_desktop.services.recycle.undo import UndoDesk

        return UndoDesk(self.store, officer=self.officer, forget_clocks=self._forget_clocks, now=self._now)

    def _forget_clocks(self) -> None:
        """The days off have changed; nothing to forget while no deadline was computed (law is imported for that)."""
        if "clocks" in self.__dict__:
            self.clocks.forget()

    @cached_property
    def old_books(self) -> OldBookDesk:
        """Old reception books that come in, and go out again, whole."""
        from tcd_desktop.services.old_book.old_book_desk import OldBookDesk

        return OldBookDesk(
            self.store,
            office=self.office,
            officer=self.officer,
            series=self._series,
            clocks=self.clocks,
            secrecy=self._secrecy,
            today=self.today,
        )

    @cached_property
    def balances(self) -> BalanceDesk:
        """Figures of reports from before this program counted (số dư đầu kỳ)."""
        from tcd_desktop.services.reports.balance_desk import BalanceDesk

        return BalanceDesk(self.store, officer=self.officer)

    @cached_property
    def board(self) -> Board:
        """Figures to act on."""
        return Board(self.store, office=self.office, today=self.today)
