"""The papers of a visit or case: add by drop, paste, dialog or scanner, list, rename, turn, tie, remove, open.

    panel = PapersPanel(office, runner, keeper)
    panel.show_place(SavedPlace(office, reception=visit.id)); panel.keys_on(page)

The page shows `pushRequest`s above itself (the large preview) and calls `store_changed`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QGuiApplication, QHideEvent, QImage, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QFileDialog, QWidget

from tcd_desktop.i18n import _, ngettext
from tcd_desktop.jobs import Progress
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.scanners.camera import Cameras, OmniCameras
from tcd_desktop.services.papers.attachment_desk import Room
from tcd_desktop.settings import Keeper
from tcd_desktop.ui.cases.file_names import safe_name
from tcd_desktop.ui.cases.opened_files import OpenedFiles
from tcd_desktop.ui.look import look
from tcd_desktop.ui.papers.face import PanelFace
from tcd_desktop.ui.papers.hands import Added, PaperHands
from tcd_desktop.ui.papers.intake import PASTED, DropPlace, Offer, of_files, of_mime
from tcd_desktop.ui.papers.menus import show_acts, tie_menu
from tcd_desktop.ui.papers.place import Held, PaperPlace
from tcd_desktop.ui.papers.questions import Questions
from tcd_desktop.ui.papers.scan_folder import ScanFolder, delete_scans
from tcd_desktop.ui.papers.titles import as_document
from tcd_desktop.ui.window.actions import key_text, row
from tcd_desktop.ui.window.runner import RunnerLike

if TYPE_CHECKING:
    from tcd_desktop.ui.papers.photo_dialog import PhotoDialog

PAGE_KEYS = ("show", "add", "paste", "scans", "fill")


class PapersPanel(PanelFace):
    """`wide`: the list takes the whole height, and the preview is beside it, not above. `fills`: somebody takes
    `fillRequest`; `takes_cards`: somebody takes `cardText`."""

    pushRequest = Signal(QWidget)
    previewRequest = Signal()
    """Only when `wide`: the keyboard goes to the preview."""
    chosen = Signal(object)
    """The paper under the cursor (Held) or None."""
    listed = Signal(object)
    """The papers (list of Held), after each reading."""
    fillRequest = Signal(list)
    """Documents (domain `Paper`) for the list of the slip, made from the scans."""
    cardText = Signal(str)
    """The officer wants the data of a card's code instead of its picture."""
    added = Signal()

    def __init__(
        self,
        office: OpenOffice,
        runner: RunnerLike,
        keeper: Keeper,
        *,
        files: OpenedFiles | None = None,
        wide: bool = False,
        fills: bool = False,
        takes_cards: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        self.folder = ScanFolder.of(runner, keeper)
        super().__init__(runner, self.folder, keeper, wide=wide, parent=parent)
        self._office, self._runner, self._keeper, self._opened = office, runner, keeper, files
        self._fills = fills
        self._documents: tuple[str, ...] = ()
        self._worded: set[str] = set()
        self.hands = PaperHands(runner, self._files, self)
        self.questions = Questions(self.ask, self.hands, office, runner, takes_cards=takes_cards)
        self._connect()
        self._show_count([])

    # -- building ---------------------------------------------------------------------------------------

    def _connect(self) -> None:
        self.hands.read.connect(self._show)
        self.hands.told.connect(self.tell)
        self.hands.added.connect(self._added)
        self.message.actionRequest.connect(self._undo)
        self.list.asked.connect(self.do)
        self.list.chosen.connect(self.chosen)
        self.list.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.list.customContextMenuRequested.connect(self._context_menu)
        self.menu.files.connect(lambda paths: self.offer(of_files(paths)))
        self.menu.pasteRequest.connect(self.paste)
        self.menu.scansRequest.connect(self.take_scans)
        self.menu.photoRequest.connect(self.take_photographs)
        self.fill.clicked.connect(self.fill_documents)
        self.tray.takeRequest.connect(self.take_scans)
        self.tray.leaveRequest.connect(lambda: self.folder.handled(list(self.folder.waiting)))
        self.questions.cardText.connect(self.cardText)
        self.questions.closed.connect(partial(self.setFocus, Qt.FocusReason.OtherFocusReason))
        self.drops = DropPlace(self, self, self._may_add)
        self.drops.dropped.connect(self.offer)
        paste = QShortcut(QKeySequence(QKeySequence.StandardKey.Paste), self.list)
        paste.setContext(Qt.ShortcutContext.WidgetShortcut)
        paste.activated.connect(self.paste)

    def keys_on(self, page: QWidget) -> None:
        """The keys of papers work everywhere on a page, and files may be dropped anywhere on it."""
        for name in PAGE_KEYS:
            shortcut = QShortcut(QKeySequence(row(f"papers.{name}").shortcut), page)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(partial(self.do, f"papers.{name}"))
        drops = DropPlace(page, self, self._may_add)
        drops.dropped.connect(self.offer)

    def _files(self) -> OpenedFiles:
        """The session's folder of opened papers: the window's, else one of this panel."""
        if self._opened is None:
            found = getattr(self.window(), "files", None)
            self._opened = found if isinstance(found, OpenedFiles) else OpenedFiles()
        return self._opened

    def _may_add(self) -> bool:
        return self.hands.place is not None and self.hands.place.editable

    # -- showing ------------------------------------------------------------------------------------------

    def show_place(self, place: PaperPlace | None) -> None:
        """Shows the papers of a place; a question about another place's papers is forgotten."""
        before = self.hands.place
        if before is None or place is None or before.key != place.key:
            self.questions.forget()
            self.message.clear()
        self.hands.show(place)
        self.add_button.setVisible(self._may_add())
        if place is None:
            self._show_count([])

    def set_documents(self, names: Sequence[str]) -> None:
        """The documents of the slip's list: scans may be tied to them."""
        self._documents = tuple(dict.fromkeys(filter(None, names)))
        self._show_fill()

    def refresh(self) -> None:
        """Reads again."""
        self.hands.refresh()

    def store_changed(self, changes: Any) -> None:
        """Reads again when papers changed."""
        tables = ("attachment", "reception", "case_file")
        if not changes or any(change.table in tables for change in changes):
            self.hands.refresh()

    def papers(self) -> list[Held]:
        """What is listed."""
        return list(self.list.model_.papers)

    def _show(self, papers: list[Held], room: Room) -> None:
        place = self.hands.place
        if place is None:
            return
        self.list.show_papers(place, papers)
        self._show_count(papers)
        self.budget.show_room(room)
        if not papers and not self.wide:
            self.budget.hide()
        self._read_words(place, papers)
        self.listed.emit(papers)

    def _read_words(self, place: PaperPlace, papers: list[Held]) -> None:
        """The words of new papers are read behind the window, so that the visit is found by them."""
        contents = {paper.sha256 for paper in papers}
        if place.saved and not contents <= self._worded:
            self._worded |= contents
            self._runner.read(lambda progress: self._office.paper_reader.read_all(progress), failed=_leave_unread)

    def _show_count(self, papers: list[Held]) -> None:
        self.show_count(papers, may_add=self._may_add())
        self._show_fill()

    def _show_fill(self) -> None:
        """Offered while there are scans that no document of the slip's list speaks of."""
        count = len(self._loose())
        self.fill.setVisible(bool(count) and self._fills)
        words = ngettext("{n} into the slip's list", "{n} into the slip's list", count).format(n=count)
        roomy = self.wide and look.current().text_size == 100  # in the form the key stands in the tooltip
        self.fill.setText(f"{words}  {key_text('papers.fill')}" if roomy else words)

    def _loose(self) -> list[Held]:
        return [one for one in self.papers() if one.paper not in self._documents or not one.paper]

    def showEvent(self, event: QShowEvent) -> None:
        """The folder of the scanner is looked at; what another page changed is read."""
        super().showEvent(event)
        self.folder.join(self)
        self.hands.refresh()

    def hideEvent(self, event: QHideEvent) -> None:
        """Nobody looks at the scanner's folder for this panel any more."""
        super().hideEvent(event)
        self.folder.part(self)

    # -- acts ---------------------------------------------------------------------------------------------

    def do(self, action: str) -> None:
        """An act by its id in the table of actions."""
        if not self.isVisible():
            return
        everywhere: dict[str, Callable[[], object]] = {
            "papers.show": partial(self.setFocus, Qt.FocusReason.ShortcutFocusReason),
            "papers.add": self.menu.choose_files,
            "papers.paste": self.paste,
            "papers.scans": self.take_scans,
            "papers.fill": self.fill_documents,
        }
        paper = self.list.current()
        if action in everywhere:
            if action == "papers.add" and not self._may_add():
                return
            everywhere[action]()
        elif paper is not None:
            self._do_with(action, paper)

    def _do_with(self, action: str, paper: Held) -> None:
        if action == "papers.preview":
            self._preview()
        elif action == "papers.open":
            self.hands.open(paper)
        elif action == "papers.save_copy":
            self._save_copy(paper)
        elif not self._may_add():
            return
        elif action == "papers.rename":
            self.questions.rename(paper)
        elif action == "papers.remove":
            self.questions.remove(paper)
        elif action == "papers.tie":
            menu = tie_menu(self, paper, self._documents, self.hands.tie)
            below = self.list.visualRect(self.list.currentIndex()).bottomLeft()
            menu.popup(self.list.viewport().mapToGlobal(below))
        elif action in ("papers.turn_right", "papers.turn_left") and paper.can_turn:
            self.hands.turn(paper, 1 if action == "papers.turn_right" else 3)

    def offer(self, offers: Sequence[Offer]) -> None:
        """Adds what was dropped, pasted or chosen."""
        if self._may_add() and offers:
            self.message.clear()
            self.hands.add(offers)

    def paste(self) -> None:
        """Adds the files or the picture in the clipboard."""
        data = QGuiApplication.clipboard().mimeData()
        offers = of_mime(data) if data is not None else []
        if offers:
            self.offer(offers)
        elif self._may_add():
            self.tell(_("There is no picture and no file in the clipboard."), "neutral")

    def take_photographs(self, cameras: Cameras | None = None) -> PhotoDialog:
        """Opens the camera; every photograph is added at once."""
        from tcd_desktop.ui.papers.photo_dialog import PhotoDialog

        dialog = PhotoDialog(cameras or OmniCameras(), self._runner, self)
        dialog.taken.connect(self._photograph)
        dialog.open()
        return dialog

    def _photograph(self, picture: QImage) -> None:
        self.offer([Offer(PASTED, picture=picture)])

    def take_scans(self) -> None:
        """Adds the new scans."""
        waiting = list(self.folder.waiting)
        if waiting:
            self.offer(of_files(waiting))
        elif not self.folder.folder and self._may_add():
            self.menu.choose_folder()
        elif self._may_add():
            self.tell(_("There is no new scan in the folder."), "neutral")

    def fill_documents(self) -> None:
        """Offers the scans as documents of the slip's list, and ties them to it."""
        loose = self._loose()
        if not loose or not self._fills:
            return
        documents = []
        for number, paper in enumerate(loose, start=1):
            document = as_document(paper, number)
            documents.append(document)
            self.hands.tie(paper, document.name)
        self.fillRequest.emit(documents)

    def _preview(self) -> None:
        if self.wide:
            self.previewRequest.emit()
            return
        place, paper = self.hands.place, self.list.current()
        if place is not None and paper is not None:
            from tcd_desktop.ui.papers.page import PapersPage

            page = PapersPage(self._office, self._runner, self._keeper, place, paper.id, files=self._files())
            page.panel.set_documents(self._documents)
            self.pushRequest.emit(page)

    def _save_copy(self, paper: Held) -> None:
        suggested = str(Path.home() / safe_name(paper.name))
        chosen, _kind = QFileDialog.getSaveFileName(self, _("Save a copy"), suggested)
        if chosen:
            self.hands.save_copy(paper, Path(chosen))

    def _context_menu(self, point: QPoint) -> None:
        paper = self.list.current()
        if paper is not None:
            where = self.list.viewport().mapToGlobal(point)
            show_acts(self, paper, where, self.do, editable=self._may_add())

    def _undo(self) -> None:
        self.message.clear()
        self.hands.restore()

    # -- answers --------------------------------------------------------------------------------------------

    def _added(self, added: Added) -> None:
        scans = [offer.path for offer in added.taken if offer.path is not None]
        mine = [path for path in scans if path in self.folder.waiting]
        if mine:
            self.folder.handled(mine)
            if self._keeper.value.scan_remove:
                self._runner.read(lambda _progress: _delete(mine, _progress), done=self._deleted)
        if added.kept:
            self.list.choose(added.kept[-1].id)
            if self.wide and not added.refused and not added.cards:
                count = len(added.kept)
                self.tell(ngettext("{n} paper was added.", "{n} papers were added.", count).format(n=count), "success")
            self.added.emit()
        if added.cards:
            self.questions.card(added.cards)

    def _deleted(self, left: list[str]) -> None:
        if left:
            names = ", ".join(left[:3])
            self.tell(_("The scanner's file could not be deleted: {names}").format(names=names), "warning")


def _leave_unread(_error: Exception) -> None:
    """The next paper, or the next start, reads what could not be read now."""


def _delete(paths: list[Path], _progress: Progress) -> list[str]:
    return delete_scans(paths)
