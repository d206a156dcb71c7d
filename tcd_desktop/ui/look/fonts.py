"""The window's typeface: Be Vietnam Pro (OFL), drawn for Vietnamese."""

from __future__ import annotations

from PySide6.QtGui import QFont, QFontDatabase

from tcd_desktop.paths import shipped

FAMILY = "Be Vietnam Pro"
FALLBACKS = ("Segoe UI", "Noto Sans", "DejaVu Sans")
WEIGHTS = ("Regular", "Medium", "SemiBold", "Bold")

_families: list[str] | None = None


def families() -> list[str]:
    """The families to ask for, best first. The shipped files are registered at the first call."""
    global _families
    if _families is None:
        folder = shipped("resources", "fonts")
        found = [
            path
            for weight in WEIGHTS
            for path in sorted(folder.rglob(f"BeVietnamPro-{weight}.ttf"))[:1]
            if QFontDatabase.addApplicationFont(str(path)) >= 0
        ]
        _families = [*([FAMILY] if found else []), *FALLBACKS]
    return _families


def window_font(points: float) -> QFont:
    """The window's font at a size."""
    font = QFont()
    font.setFamilies(families())
    font.setPointSizeF(points)
    font.setHintingPreference(QFont.HintingPreference.PreferVerticalHinting)
    return font
