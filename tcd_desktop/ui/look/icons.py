"""Outline icons (Lucide, ISC licence), drawn in the colours of the look.

    icons.dress(button, "save", "on_accent")     an icon that follows the theme
    icons.pixmap("lock", "secret", 16)           for painting

A tone is a token of the theme ("text", "muted", "accent", "on_accent") or a meaning ("danger", "secret",
...).
"""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QAction, QColor, QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel

from tcd_desktop.paths import shipped
from tcd_desktop.ui.look import look

STROKE = 1.8
"""Width of lines on the 24-unit grid: 1.5 px at 20 px."""

_actions: list[QAction] = []


def pixmap(name: str, tone: str = "text", edge: int | None = None) -> QPixmap:
    """The icon in a colour, `edge` pixels wide (20 px at 100 % when not given)."""
    edge = edge or look.current().icon
    screen = QGuiApplication.primaryScreen()
    ratio = screen.devicePixelRatio() if screen else 1.0
    return _drawn(name, _colour(tone), edge, ratio)


def icon(name: str, tone: str = "text", edge: int | None = None) -> QIcon:
    """The icon for a button or action, with its greyed state. It does not follow a later change of theme:
    `dress` does."""
    result = QIcon(pixmap(name, tone, edge))
    result.addPixmap(pixmap(name, "disabled", edge), QIcon.Mode.Disabled)
    return result


def dress(target: QAbstractButton | QLabel | QAction, name: str, tone: str = "text", edge: int = 20) -> None:
    """Gives a button, label or action an icon that is drawn anew when theme or text size change."""
    target.setProperty("iconName", name)
    target.setProperty("iconTone", tone)
    target.setProperty("iconEdge", edge)
    if isinstance(target, QAction):
        _actions.append(target)
        target.destroyed.connect(lambda: _actions.remove(target) if target in _actions else None)
    _draw(target)


def redraw_all() -> None:
    """Draws every icon given by `dress` in the look now in use."""
    for widget in QApplication.allWidgets():
        if isinstance(widget, QAbstractButton | QLabel) and widget.property("iconName"):
            _draw(widget)
    for action in list(_actions):
        _draw(action)


def names() -> list[str]:
    """All icons that are shipped."""
    return sorted(path.stem for path in shipped("resources", "icons").glob("*.svg"))


def _draw(target: QAbstractButton | QLabel | QAction) -> None:
    name, tone = str(target.property("iconName")), str(target.property("iconTone"))
    edge = look.current().px(int(target.property("iconEdge")))
    if isinstance(target, QLabel):
        target.setPixmap(pixmap(name, tone, edge))
        return
    target.setIcon(icon(name, tone, edge))
    if isinstance(target, QAbstractButton):
        target.setIconSize(QSize(edge, edge))


def _colour(tone: str) -> str:
    theme = look.current().theme
    value = getattr(theme, tone)
    return value.ink if isinstance(value, look.Tone) else str(value)


@lru_cache(maxsize=1024)
def _drawn(name: str, colour: str, edge: int, ratio: float) -> QPixmap:
    """The picture's shape filled with a colour: an icon has several (normal, greyed), read and drawn once."""
    result = QPixmap(_shape(name, edge, ratio))
    painter = QPainter(result)
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceIn)
    painter.fillRect(QRectF(0, 0, edge + 1, edge + 1), QColor(colour))  # to the end of a half pixel too
    painter.end()
    return result


@lru_cache(maxsize=256)
def _shape(name: str, edge: int, ratio: float) -> QPixmap:
    from PySide6.QtSvg import QSvgRenderer

    text = (shipped("resources", "icons") / f"{name}.svg").read_text(encoding="utf-8")
    text = text.replace("currentColor", "black").replace('stroke-width="2"', f'stroke-width="{STROKE}"')
    renderer = QSvgRenderer(QByteArray(text.encode("utf-8")))
    result = QPixmap(round(edge * ratio), round(edge * ratio))
    result.fill(Qt.GlobalColor.transparent)
    painter = QPainter(result)
    renderer.render(painter, QRectF(0, 0, edge * ratio, edge * ratio))
    painter.end()
    result.setDevicePixelRatio(ratio)
    return result
