"""All actions of the window in one table: words, key, icon, and what they need to be offered."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QKeySequence

from tcd_desktop.i18n import LazyText, lazy
from tcd_desktop.ui.look import icons


@dataclass(frozen=True, slots=True)
class ActionRow:
    """An action. `needs` are names the window has or has not: "write", "record", "undo", "superior",
    "back"."""

    id: str
    text: LazyText
    shortcut: str = ""
    icon: str = ""
    needs: frozenset[str] = frozenset()
    group: str = "window"


def _needs(*names: str) -> frozenset[str]:
    return frozenset(names)


GROUPS: dict[str, LazyText] = {
    "window": lazy("Everywhere"),
    "list": lazy("In a list"),
    "form": lazy("In a form"),
    "visit": lazy("With a visit"),
    "petitions": lazy("With petitions"),
    "letters": lazy("With letters"),
    "signatures": lazy("With digital signatures"),
    "papers": lazy("Scans and pictures"),
    "calendar": lazy("In the calendar"),
    "reports": lazy("With reports"),
    "directives": lazy("With directives"),
    "obligations": lazy("With what has to be carried out"),
    "citizens": lazy("With citizens"),
    "phrases": lazy("With phrases"),
    "bin": lazy("In the recycle bin"),
    "board": lazy("On the board of the wards"),
    "reviews": lazy("In the review"),
    "inspections": lazy("In inspections"),
}

ACTIONS: tuple[ActionRow, ...] = (
    ActionRow("reception.new", lazy("Log a visit"), "Ctrl+N", "plus", _needs("write")),
    ActionRow("book.import", lazy("Import an old book"), "Ctrl+Shift+I", "upload", _needs("write"), "list"),
    ActionRow("search", lazy("Search"), "Ctrl+K", "search"),
    ActionRow("undo", lazy("Undo the last act"), "Ctrl+Z", "undo-2", _needs("undo")),
    ActionRow("redo", lazy("Do the undone act again"), "Ctrl+Y", "redo-2", _needs("undo")),
    ActionRow("recent", lazy("Recent acts, recycle bin, drafts"), "Ctrl+Shift+H", "history", _needs("undo")),
    ActionRow("refresh", lazy("Read again"), "F5", "refresh-cw"),
    ActionRow("back", lazy("Back"), "Esc", "arrow-left", _needs("back")),
    ActionRow("lock", lazy("Lock"), "Ctrl+L", "lock"),
    ActionRow("help.keys", lazy("Keys"), "F1", "keyboard"),
    ActionRow("text.larger", lazy("Larger text"), "Ctrl++", "zoom-in"),
    ActionRow("text.smaller", lazy("Smaller text"), "Ctrl+-", "zoom-out"),
    ActionRow("theme.next", lazy("Light, dark or high contrast"), "Ctrl+Shift+D", "contrast"),
    ActionRow("list.open", lazy("Open the chosen line"), "Return", "panel-right", _needs("record"), "list"),
    ActionRow("list.first", lazy("First line"), "Home", "", frozenset(), "list"),
    ActionRow("list.last", lazy("Last line"), "End", "", frozenset(), "list"),
    ActionRow("list.down", lazy("From the search into the list"), "Down", "", frozenset(), "list"),
    ActionRow("list.filter", lazy("Filter the list"), "Ctrl+Shift+F", "list-filter", frozenset(), "list"),
    ActionRow("list.export", lazy("Save the list as a table file"), "Ctrl+Shift+X", "download", frozenset(), "list"),
    ActionRow("list.book", lazy("Print the log book…"), "Ctrl+Shift+B", "book-open", frozenset(), "list"),
    ActionRow("list.slips", lazy("Print the slips of these visits…"), "Ctrl+Shift+S", "printer", frozenset(), "list"),
    ActionRow("form.save", lazy("Save"), "Ctrl+S", "save", _needs("write"), "form"),
    ActionRow("form.print", lazy("Save and print the slip"), "Ctrl+Return", "printer", _needs("write"), "form"),
    ActionRow("form.card", lazy("Read a citizen card"), "F2", "scan-qr-code", frozenset(), "form"),
    ActionRow("form.phrases", lazy("All phrases"), "Ctrl+M", "message-square-text", frozenset(), "form"),
    ActionRow("form.phrase", lazy("Keep the marked text as a phrase"), "Ctrl+Shift+M", "plus", frozenset(), "form"),
    ActionRow("form.known", lazy("To the visits of a known citizen"), "F7", "user-check", frozenset(), "form"),
    ActionRow("form.matter", lazy("The same matter as the chosen visit"), "F8", "link", frozenset(), "form"),
    ActionRow("form.group", lazy("List of people"), "Ctrl+D", "users", frozenset(), "form"),
    ActionRow("form.content", lazy("Another content"), "Ctrl+Shift+N", "plus", frozenset(), "form"),
    ActionRow("form.remove", lazy("Remove a document"), "Ctrl+Del", "x", frozenset(), "form"),
    ActionRow("form.alike", lazy("Visits that may be the same"), "F3", "files", frozenset(), "form"),
    ActionRow("form.circumstances", lazy("When, where and by whom"), "F4", "clock", frozenset(), "form"),
    ActionRow("form.fill", lazy("Take over what is known of the citizen"), "F6", "user-check", frozenset(), "form"),
    ActionRow("form.resume", lazy("Go on with the visit that was not saved"), "F12", "rotate-ccw", frozenset(), "form"),
    ActionRow("form.more", lazy("Settled before, interpreter, follow-up, note"), "F11", "plus", frozenset(), "form"),
    ActionRow("form.preview", lazy("Larger or smaller slip"), "F9", "maximize-2", frozenset(), "form"),
    ActionRow("visit.print", lazy("Receipt slip"), "Ctrl+P", "printer", _needs("record"), "visit"),
    ActionRow("visit.answer", lazy("Record the answer"), "Ctrl+R", "message-square-text", _needs("record"), "visit"),
    ActionRow("visit.case", lazy("Open a case file, go to it"), "Ctrl+O", "folder-plus", _needs("record"), "visit"),
    ActionRow("visit.notice", lazy("Record the refusal notice"), "Ctrl+T", "stamp", _needs("record"), "visit"),
    ActionRow("visit.letter", lazy("Write a letter…"), "Ctrl+W", "send", _needs("record"), "visit"),
    ActionRow("visit.amend", lazy("Amend"), "Ctrl+E", "pencil", _needs("record"), "visit"),
    ActionRow("visit.split", lazy("Another content"), "Ctrl+Shift+N", "plus", _needs("record"), "visit"),
    ActionRow("visit.reveal", lazy("Look at the identity"), "Ctrl+I", "eye", _needs("record"), "visit"),
    ActionRow("visit.remove", lazy("Put into the recycle bin"), "Ctrl+Del", "trash-2", _needs("record"), "visit"),
    ActionRow("petition.new", lazy("Register a petition"), "Ins", "plus", _needs("write"), "petitions"),
    ActionRow("petition.change", lazy("Examine, direct, correct"), "Ctrl+E", "pencil", _needs("record"), "petitions"),
    ActionRow("petition.reveal", lazy("Look at the identity"), "Ctrl+I", "eye", _needs("record"), "petitions"),
    ActionRow("petition.case", lazy("Go to the case"), "Ctrl+O", "folder-open", _needs("record"), "petitions"),
    ActionRow("petition.content", lazy("Another content"), "Ctrl+Shift+N", "plus", _needs("write"), "petitions"),
    ActionRow("letter.write", lazy("Write a letter…"), "Ctrl+W", "send", _needs("write"), "letters"),
    ActionRow("letter.issue", lazy("Issue"), "Ctrl+Return", "stamp", _needs("write"), "letters"),
    ActionRow("letter.variable", lazy("Put a variable in"), "Ctrl+Space", "list", _needs("write"), "letters"),
    ActionRow("letter.print", lazy("Print the letter"), "Ctrl+P", "printer", _needs("record"), "letters"),
    ActionRow("letter.pdf", lazy("Save as PDF…"), "Ctrl+Shift+S", "download", _needs("record"), "letters"),
    ActionRow("letter.spoil", lazy("Number is spoilt"), "Ctrl+Del", "ban", _needs("record"), "letters"),
    ActionRow("letter.discard", lazy("Throw the draft away"), "Ctrl+Shift+Del", "trash-2", _needs("write"), "letters"),
    ActionRow("letter.reveal", lazy("Open the sealed words"), "Ctrl+I", "eye", _needs("record"), "letters"),
    ActionRow("letter.record", lazy("Go to what it is about"), "Ctrl+O", "folder-open", _needs("record"), "letters"),
    ActionRow("letter.calendar", lazy("Poster of the calendar"), "Ctrl+G", "calendar-days", _needs("write"), "letters"),
    ActionRow("letter.words", lazy("Words of the letters"), "Ctrl+M", "bookmark", frozenset(), "letters"),
    ActionRow("letter.resume", lazy("Go on with the letter not saved"), "F12", "rotate-ccw", frozenset(), "letters"),
    ActionRow("letter.word", lazy("Word copy…"), "Ctrl+Shift+W", "file-text", _needs("record"), "letters"),
    ActionRow("signature.sign", lazy("Sign digitally…"), "Ctrl+J", "signature", _needs("record"), "signatures"),
    ActionRow("signature.check", lazy("Examine digital signatures"), "Ctrl+Shift+J", "badge-check"),
    ActionRow("signature.do", lazy("Sign this print"), "Ctrl+Return", "signature", _needs("write"), "signatures"),
    ActionRow("signature.save", lazy("Save the signed PDF…"), "Ctrl+S", "download", _needs("record"), "signatures"),
    ActionRow("signature.trust", lazy("Trust an issuer…"), "Ctrl+Shift+T", "shield-check", frozenset(), "signatures"),
    ActionRow("signature.open", lazy("Choose a PDF…"), "Ctrl+O", "folder-open", frozenset(), "signatures"),
    ActionRow("sitting.add", lazy("Add a sitting"), "Ins", "plus", _needs("write"), "calendar"),
    ActionRow("sitting.plan", lazy("Plan the year"), "Ctrl+G", "calendar-days", _needs("write"), "calendar"),
    ActionRow("sitting.poster", lazy("Poster of the month"), "Ctrl+Shift+G", "send", _needs("write"), "calendar"),
    ActionRow("sitting.letter", lazy("Write a letter…"), "Ctrl+W", "send", _needs("record"), "calendar"),
    ActionRow("sitting.copy", lazy("Copy as a table"), "Ctrl+Shift+C", "copy", frozenset(), "calendar"),
    ActionRow("sitting.sittings", lazy("Receptions of the head"), "Ctrl+1", "calendar-days", frozenset(), "calendar"),
    ActionRow("sitting.days_off", lazy("Days off"), "Ctrl+2", "calendar-off", frozenset(), "calendar"),
    ActionRow("sitting.post", lazy("Record the posting"), "Ctrl+B", "megaphone", _needs("record"), "calendar"),
    ActionRow("sitting.hold", lazy("Was held"), "Ctrl+R", "circle-check", _needs("record"), "calendar"),
    ActionRow("sitting.nobody", lazy("Nobody came"), "Ctrl+0", "circle", _needs("record"), "calendar"),
    ActionRow("sitting.conclusion", lazy("Add a conclusion"), "Ctrl+T", "stamp", _needs("record"), "calendar"),
    ActionRow("sitting.minutes", lazy("Minutes and result"), "Ctrl+M", "pencil", _needs("record"), "calendar"),
    ActionRow("sitting.postpone", lazy("Postpone"), "Ctrl+H", "calendar-off", _needs("record"), "calendar"),
    ActionRow("sitting.delegate", lazy("Delegate"), "Ctrl+U", "user-check", _needs("record"), "calendar"),
    ActionRow("sitting.case", lazy("Go to the case"), "Ctrl+O", "folder-open", _needs("record"), "calendar"),
    ActionRow("sitting.change", lazy("Change"), "Ctrl+E", "pencil", _needs("record"), "calendar"),
    ActionRow("conclusion.finish", lazy("Record the result"), "Ctrl+D", "check-check", _needs("record"), "calendar"),
    ActionRow("conclusion.issue", lazy("Record the notice"), "Ctrl+I", "stamp", _needs("record"), "calendar"),
    ActionRow("report.make", lazy("Make the report"), "Ctrl+Return", "check", _needs("write"), "reports"),
    ActionRow("report.pdf", lazy("Tables as PDF"), "Ctrl+P", "printer", frozenset(), "reports"),
    ActionRow("report.table", lazy("Tables as an Excel file"), "Ctrl+Shift+X", "table", frozenset(), "reports"),
    ActionRow("report.words", lazy("Narrative as PDF"), "Ctrl+Shift+P", "file-text", frozenset(), "reports"),
    ActionRow("report.month", lazy("Monthly report"), "Ctrl+M", "calendar", frozenset(), "reports"),
    ActionRow("report.before", lazy("Period before"), "Ctrl+Alt+Left", "arrow-left", frozenset(), "reports"),
    ActionRow("report.after", lazy("Next period"), "Ctrl+Alt+Right", "arrow-right", frozenset(), "reports"),
    ActionRow("report.next_tab", lazy("Next table"), "Ctrl+PgDown", "", frozenset(), "reports"),
    ActionRow("report.last_tab", lazy("Table before"), "Ctrl+PgUp", "", frozenset(), "reports"),
    ActionRow("directive.add", lazy("Enter a directive"), "Ins", "plus", _needs("write"), "directives"),
    ActionRow("directive.change", lazy("Change"), "Ctrl+E", "pencil", _needs("record"), "directives"),
    ActionRow("directive.report", lazy("Report the execution"), "Ctrl+R", "send", _needs("record"), "directives"),
    ActionRow("directive.remind", lazy("Write a reminder"), "Ctrl+T", "alarm-clock", _needs("record"), "directives"),
    ActionRow(
        "directive.letter", lazy("The letter of the reminder"), "Ctrl+W", "file-text", _needs("record"), "directives"
    ),
    ActionRow("directive.close", lazy("Close the directive"), "Ctrl+D", "check-check", _needs("record"), "directives"),
    ActionRow("directive.case", lazy("Go to the case"), "Ctrl+O", "folder-open", _needs("record"), "directives"),
    ActionRow("directive.directives", lazy("Directives"), "Ctrl+1", "megaphone", frozenset(), "directives"),
    ActionRow("directive.obligations", lazy("Execution"), "Ctrl+2", "stamp", frozenset(), "directives"),
    ActionRow("obligation.add", lazy("Register a decision"), "Ins", "plus", _needs("write"), "obligations"),
    ActionRow(
        "obligation.assign", lazy("Assign the execution"), "Ctrl+G", "user-check", _needs("record"), "obligations"
    ),
    ActionRow("obligation.tell", lazy("Write the progress"), "Ctrl+R", "send", _needs("record"), "obligations"),
    ActionRow("obligation.finish", lazy("Was carried out"), "Ctrl+D", "check-check", _needs("record"), "obligations"),
    ActionRow("obligation.give_up", lazy("Cannot be carried out"), "Ctrl+H", "ban", _needs("record"), "obligations"),
    ActionRow("obligation.reopen", lazy("Go on with it"), "Ctrl+U", "undo-2", _needs("record"), "obligations"),
    ActionRow("obligation.remind", lazy("Write a reminder"), "Ctrl+T", "alarm-clock", _needs("record"), "obligations"),
    ActionRow(
        "obligation.letter", lazy("The letter of the reminder"), "Ctrl+W", "file-text", _needs("record"), "obligations"
    ),
    ActionRow("obligation.change", lazy("Change"), "Ctrl+E", "pencil", _needs("record"), "obligations"),
    ActionRow("obligation.case", lazy("Go to the case"), "Ctrl+O", "folder-open", _needs("record"), "obligations"),
    ActionRow("citizen.amend", lazy("Correct the data"), "Ctrl+E", "pencil", _needs("record"), "citizens"),
    ActionRow("citizen.merge", lazy("Merge with another"), "Ctrl+G", "users", _needs("record"), "citizens"),
    ActionRow("citizen.split", lazy("Part again"), "Ctrl+T", "unlink", _needs("record"), "citizens"),
    ActionRow("phrase.new", lazy("A new phrase"), "Alt+N", "plus", _needs("write"), "phrases"),
    ActionRow("bin.restore", lazy("Restore"), "Ctrl+Return", "undo-2", _needs("record"), "bin"),
    ActionRow("bin.erase", lazy("Erase for ever…"), "Ctrl+Shift+K", "trash-2", _needs("record"), "bin"),
    ActionRow("papers.show", lazy("Go to the scans and pictures"), "Ctrl+Shift+P", "paperclip", frozenset(), "papers"),
    ActionRow("papers.add", lazy("Add files"), "Ctrl+Shift+O", "plus", _needs("write"), "papers"),
    ActionRow("papers.paste", lazy("Add from the clipboard"), "Ctrl+Shift+V", "copy", _needs("write"), "papers"),
    ActionRow("papers.scans", lazy("Add the new scans"), "Ctrl+Shift+Q", "scan-line", _needs("write"), "papers"),
    ActionRow("papers.take", lazy("Take the photograph"), "Space", "image", _needs("write"), "papers"),
    ActionRow("papers.fill", lazy("Scans into the slip's list"), "Ctrl+Shift+L", "list", _needs("write"), "papers"),
    ActionRow("papers.preview", lazy("See the paper"), "Return", "eye", frozenset(), "papers"),
    ActionRow("papers.open", lazy("Open in its own program"), "O", "panel-right", frozenset(), "papers"),
    ActionRow("papers.save_copy", lazy("Save a copy"), "S", "save", frozenset(), "papers"),
    ActionRow("papers.rename", lazy("Rename"), "F2", "pencil", _needs("write"), "papers"),
    ActionRow("papers.tie", lazy("Scan of which document"), "T", "link", _needs("write"), "papers"),
    ActionRow("papers.turn_right", lazy("Turn to the right"), "R", "rotate-cw", _needs("write"), "papers"),
    ActionRow("papers.turn_left", lazy("Turn to the left"), "Shift+R", "rotate-ccw", _needs("write"), "papers"),
    ActionRow("papers.remove", lazy("Remove"), "Del", "trash-2", _needs("write"), "papers"),
    ActionRow("papers.next_page", lazy("Next page"), "PgDown", "arrow-right", frozenset(), "papers"),
    ActionRow("papers.previous_page", lazy("Page before"), "PgUp", "arrow-left", frozenset(), "papers"),
    ActionRow("papers.zoom_in", lazy("Larger"), "+", "zoom-in", frozenset(), "papers"),
    ActionRow("papers.zoom_out", lazy("Smaller"), "-", "zoom-out", frozenset(), "papers"),
    ActionRow("papers.zoom_fit", lazy("As wide as the page"), "0", "maximize-2", frozenset(), "papers"),
    ActionRow("board.sort", lazy("Sort by the column"), "S", "", frozenset(), "board"),
    ActionRow("board.sheet", lazy("Sheet for the chairman"), "Ctrl+P", "printer", frozenset(), "board"),
    ActionRow("review.take", lazy("Take a proposal on the list"), "Ins", "plus", _needs("write"), "reviews"),
    ActionRow("review.add", lazy("Put a case under review"), "Ctrl+Shift+N", "plus", _needs("write"), "reviews"),
    ActionRow("review.dismiss", lazy("Do not take a proposal on"), "Del", "circle-x", _needs("write"), "reviews"),
    ActionRow("review.change", lazy("Plan, measure and time limit"), "Ctrl+E", "pencil", _needs("write"), "reviews"),
    ActionRow("review.tell", lazy("Report progress"), "Ctrl+T", "message-square-text", _needs("write"), "reviews"),
    ActionRow("review.end", lazy("End the review"), "Ctrl+Shift+E", "circle-check", _needs("write"), "reviews"),
    ActionRow("review.report", lazy("Report of a period"), "Ctrl+R", "table", frozenset(), "reviews"),
    ActionRow("inspection.new", lazy("Begin a round or add a finding"), "Ins", "plus", _needs("write"), "inspections"),
    ActionRow("inspection.records", lazy("Records behind a finding"), "Ctrl+O", "list", frozenset(), "inspections"),
    ActionRow("inspection.ask", lazy("Ask for the correction"), "Ctrl+B", "pencil", _needs("write"), "inspections"),
    ActionRow("inspection.reply", lazy("Answer the finding"), "Ctrl+T", "send", _needs("write"), "inspections"),
    ActionRow("inspection.settle", lazy("Settle the finding"), "Ctrl+R", "check", _needs("write"), "inspections"),
    ActionRow("inspection.close", lazy("Conclude the round"), "Ctrl+Shift+E", "stamp", _needs("write"), "inspections"),
)

_ROWS = {row.id: row for row in ACTIONS}


def row(action_id: str) -> ActionRow:
    """The row of an action; KeyError when there is none."""
    return _ROWS[action_id]


def key_text(action_id: str) -> str:
    """The key as it is printed on the keyboard: "Ctrl+Enter"."""
    shown = QKeySequence(row(action_id).shortcut).toString(QKeySequence.SequenceFormat.PortableText)
    words = {"Return": "Enter", "Down": "↓", "PgDown": "PageDown", "PgUp": "PageUp", "Del": "Delete", "Ins": "Insert"}
    *held, last = shown.rsplit("+", 1) if not shown.endswith("+") else (shown[:-2], "+") if shown != "+" else ("+",)
    return "+".join((*held, words.get(last, last)))


def with_key(action_id: str) -> str:
    """Words and key for a button: "Save  Ctrl+S"."""
    return f"{row(action_id).text}  {key_text(action_id)}".rstrip()


class ActionBook(QObject):
    """The QActions of a window or page, and which of them are offered just now.

    book = ActionBook(self); self.addAction(book.make("refresh", self.refresh)); book.have({"write", "record"})
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._actions: dict[str, QAction] = {}
        self._have: frozenset[str] = frozenset()

    def make(
        self,
        action_id: str,
        slot: Callable[[], object],
        context: Qt.ShortcutContext = Qt.ShortcutContext.WindowShortcut,
    ) -> QAction:
        """The action of a row of the table, doing `slot`."""
        entry = row(action_id)
        action = QAction(str(entry.text), self)
        if entry.shortcut:
            action.setShortcut(QKeySequence(entry.shortcut))
        action.setShortcutContext(context)
        if entry.icon:
            icons.dress(action, entry.icon)
        action.triggered.connect(lambda _checked=False: slot())
        action.setEnabled(entry.needs <= self._have)
        self._actions[action_id] = action
        return action

    def have(self, names: Iterable[str]) -> None:
        """Offers the actions whose needs are met."""
        self._have = frozenset(names)
        for action_id, action in self._actions.items():
            action.setEnabled(row(action_id).needs <= self._have)

    def __getitem__(self, action_id: str) -> QAction:
        return self._actions[action_id]
