"""The Qt application: names, fonts, look, language, Qt's own words, and what happens when something breaks."""

from __future__ import annotations

import gc
import sys
from collections.abc import Sequence

from PySide6.QtCore import QLocale, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from tcd_desktop import __version__, i18n
from tcd_desktop.settings import Keeper
from tcd_desktop.ui.look import icons, look
from tcd_desktop.ui.look.qt_words import QtWords
from tcd_desktop.ui.window.crash_report import CrashGuard

YOUNG = 50_000
"""New objects between two looks of the cycle collector. A start makes several times as many, nearly all of them
modules and classes that stay; with Python's own 700 the collector walks them over and over for a tenth of the time."""


class Dress:
    """What an application wears as long as the program runs; keep it in an attribute."""

    def __init__(self, app: QApplication, keeper: Keeper) -> None:
        self.words = QtWords()
        app.setApplicationName("TCD Desktop")
        app.setApplicationVersion(__version__)
        app.setDesktopFileName("tcd-desktop")
        i18n.set_language(keeper.value.language)
        country = QLocale.Country.Vietnam
        QLocale.setDefault(QLocale(QLocale.Language.Vietnamese, country))
        app.installTranslator(self.words)
        look.apply(app, keeper.value.theme, keeper.value.text_size)
        app.setWindowIcon(icons.icon("landmark", "accent", 64))


def make_application(arguments: Sequence[str] = ()) -> QApplication:
    """The one QApplication of this process."""
    known = QApplication.instance()
    if isinstance(known, QApplication):
        return known
    gc.set_threshold(YOUNG, *gc.get_threshold()[1:])
    QGuiApplication.setHighDpiScaleFactorRoundingPolicy(Qt.HighDpiScaleFactorRoundingPolicy.PassThrough)
    return QApplication([sys.argv[0], *arguments])


__all__ = ["CrashGuard", "Dress", "make_application"]
