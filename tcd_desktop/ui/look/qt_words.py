"""Qt's own words (buttons of message boxes, menus of text fields, file dialogs) in our language.

Qt ships no Vietnamese. Keep the translator in an attribute: Qt does not.

    self._qt_words = QtWords(); app.installTranslator(self._qt_words)
"""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QObject, QTranslator

from tcd_desktop.i18n import LazyText, lazy

WORDS: dict[str, LazyText] = {
    "OK": lazy("OK"),
    "&OK": lazy("OK"),
    "Cancel": lazy("Cancel"),
    "&Cancel": lazy("Cancel"),
    "Yes": lazy("Yes"),
    "&Yes": lazy("Yes"),
    "No": lazy("No"),
    "&No": lazy("No"),
    "Save": lazy("Save"),
    "&Save": lazy("Save"),
    "Open": lazy("Open"),
    "&Open": lazy("Open"),
    "Close": lazy("Close"),
    "&Close": lazy("Close"),
    "Discard": lazy("Discard"),
    "Don't Save": lazy("Do not save"),
    "Apply": lazy("Apply"),
    "Reset": lazy("Reset"),
    "Help": lazy("Help"),
    "Retry": lazy("Try again"),
    "Ignore": lazy("Ignore"),
    "Abort": lazy("Stop"),
    "&Undo": lazy("Undo"),
    "&Redo": lazy("Redo"),
    "Cu&t": lazy("Cut"),
    "&Copy": lazy("Copy"),
    "&Paste": lazy("Paste"),
    "Delete": lazy("Delete"),
    "&Delete": lazy("Delete"),
    "Select All": lazy("Select all"),
    "Look in:": lazy("Look in:"),
    "File &name:": lazy("File name:"),
    "Files of type:": lazy("Files of type:"),
    "Directory:": lazy("Folder:"),
    "&Choose": lazy("Choose"),
    "Choose": lazy("Choose"),
    "All Files (*)": lazy("All files (*)"),
    "All files (*)": lazy("All files (*)"),
    "Directories": lazy("Folders"),
    "Back": lazy("Back"),
    "Go back": lazy("Back"),
    "Forward": lazy("Forward"),
    "Go forward": lazy("Forward"),
    "Parent Directory": lazy("Folder above"),
    "Go to the parent directory": lazy("Folder above"),
    "Create New Folder": lazy("New folder"),
    "Create a New Folder": lazy("New folder"),
    "&New Folder": lazy("New folder"),
    "New Folder": lazy("New folder"),
    "List View": lazy("List"),
    "Change to list view mode": lazy("List"),
    "Detail View": lazy("Details"),
    "Change to detail view mode": lazy("Details"),
    "&Rename": lazy("Rename"),
    "Show &hidden files": lazy("Show hidden files"),
    "Sidebar": lazy("Places"),
    "List of places and bookmarks": lazy("Places"),
    "Files": lazy("Files"),
    "Remove": lazy("Remove"),
    "Name": lazy("Name"),
    "Size": lazy("Size"),
    "Type": lazy("Type"),
    "Kind": lazy("Type"),
    "Date Modified": lazy("Changed on"),
    "Computer": lazy("Computer"),
    "My Computer": lazy("Computer"),
    "Drive": lazy("Drive"),
    "File": lazy("File"),
    "Folder": lazy("Folder"),
    "File Folder": lazy("Folder"),
    "Find Directory": lazy("Choose a folder"),
    "Save As": lazy("Save as"),
    "Recent Places": lazy("Recent places"),
    "Print": lazy("Print"),
    "&Print": lazy("Print"),
    "Unknown": lazy("Unknown"),
    "%1 bytes": lazy("%1 bytes"),
    "%1 KiB": lazy("%1 KB"),
    "%1 MiB": lazy("%1 MB"),
    "%1 GiB": lazy("%1 GB"),
    "%1 TiB": lazy("%1 TB"),
    "%1 KB": lazy("%1 KB"),
    "%1 MB": lazy("%1 MB"),
    "%1 GB": lazy("%1 GB"),
    "%1 already exists.\nDo you want to replace it?": lazy("%1 is there already.\nReplace it?"),
    "%1\nFile not found.\nPlease verify the correct file name was given.": lazy(
        "%1\nThis file is not there.\nCheck its name."
    ),
    "%1\nDirectory not found.\nPlease verify the correct directory name was given.": lazy(
        "%1\nThis folder is not there.\nCheck its name."
    ),
    "Show Details...": lazy("Show details"),
    "Hide Details...": lazy("Hide details"),
}
"""Qt's English source -> our words. Anything else is left to Qt."""

PRINT_WORDS: dict[str, LazyText] = {
    "Printer": lazy("Printer"),
    "&Name:": lazy("Name:"),
    "P&roperties": lazy("Properties"),
    "Location:": lazy("Location:"),
    "Type:": lazy("Type:"),
    "Output &file:": lazy("Output file:"),
    "&Options >>": lazy("Options"),
    "&Options <<": lazy("Fewer options"),
    "Print to File (PDF)": lazy("Print to a PDF file"),
    "Print range": lazy("Which pages"),
    "Print all": lazy("All pages"),
    "Pages from": lazy("Pages from"),
    "Pages": lazy("Pages"),
    "to": lazy("to"),
    "Current Page": lazy("This page"),
    "Selection": lazy("What is chosen"),
    "Output Settings": lazy("Paper and copies"),
    "Copies": lazy("Copies"),
    "Copies:": lazy("Copies:"),
    "Collate": lazy("Copy after copy"),
    "Reverse": lazy("Last page first"),
    "Options": lazy("Options"),
    "Color Mode": lazy("Colours"),
    "Color": lazy("Colours"),
    "Grayscale": lazy("Grey"),
    "Duplex Printing": lazy("Both sides of the paper"),
    "Double Sided Printing": lazy("Both sides of the paper"),
    "None": lazy("One side"),
    "Long side": lazy("Turned at the long side"),
    "Long side binding": lazy("Turned at the long side"),
    "Short side": lazy("Turned at the short side"),
    "Short side binding": lazy("Turned at the short side"),
    "Page &Set:": lazy("Which pages:"),
}
"""The same in the print dialog of systems that have none of their own."""

LEFT_ALONE = frozenset({"QShortcut"})
"""Contexts in which Qt reads its answers back."""


class QtWords(QTranslator):
    """Answers Qt from our catalogue."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)

    def isEmpty(self) -> bool:
        """Qt asks only translators that are not empty."""
        return False

    def translate(
        self,
        context: str | bytes | bytearray | memoryview | QByteArray,
        source_text: str | bytes | bytearray | memoryview | QByteArray,
        disambiguation: str | bytes | bytearray | memoryview | QByteArray | None = None,
        n: int = -1,
    ) -> str | None:
        """Our words, or None for Qt's own."""
        if str(context) in LEFT_ALONE:
            return None
        words = PRINT_WORDS.get(str(source_text)) if str(context).startswith("QPrint") else None
        words = words or WORDS.get(str(source_text))
        return None if words is None else str(words)
