"""The Qt application: names, fonts, look, language, Qt's own words, and what happens when something breaks."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from PySide6.QtCore import QLocale, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from tcd_desktop import __version__, i18n
from tcd_desktop.settings import Keeper
from tcd_desktop.ui.look import icons, look
from tcd_desktop.ui.look.qt_words import QtWords
from tcd_desktop.ui.window.collector import Collector
from tcd_desktop.ui.window.crash_report import CrashGuard


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
    QGuiApplication.setHighDpiScaleFactorRoundingPolicy(Qt.HighDpiScaleFactorRoundingPolicy.PassThrough)
    app = QApplication([sys.argv[0], *arguments])
    Collector(app)
    return app


__all__ = ["CrashGuard", "Dress", "make_application"]
