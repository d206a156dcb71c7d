"""The look in one place: colours per theme, spacing, type and heights as tokens; everything drawn uses these.

`apply(app, theme, text_size)` makes palette, font and style sheet from them. Delegates and icons ask
`current()` when
they paint, so that a change of theme needs no restart.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QEvent
from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QApplication, QStyleFactory, QWidget

from tcd_desktop.settings import ThemeName

BASE_POINTS = 10.5
ToneName = Literal["neutral", "accent", "danger", "warning", "success", "closed", "secret"]


@dataclass(frozen=True, slots=True)
class Tone:
    """A meaning as a pair of colours: words in `ink` on `paper`, and `line` around it."""

    ink: str
    paper: str
    line: str


@dataclass(frozen=True, slots=True)
class Theme:
    """Colours by meaning. Red is overdue and destructive, amber due, green done, grey closed, violet
    secret."""

    name: ThemeName
    window: str
    surface: str
    rail: str
    hover: str
    line: str
    edge: str
    text: str
    muted: str
    disabled: str
    accent: str
    accent_hover: str
    on_accent: str
    selection: str
    on_selection: str
    focus: str
    neutral: Tone
    danger: Tone
    warning: Tone
    success: Tone
    closed: Tone
    secret: Tone

    def tone(self, name: ToneName) -> Tone:
        """The pair of colours of a meaning."""
        if name == "accent":
            return Tone(self.on_selection, self.selection, self.accent)
        tone: Tone = getattr(self, name)
        return tone

    def text_pairs(self) -> dict[str, tuple[str, str]]:
        """Every pair of ink and paper on which words stand; a test holds each at 4.5:1 or more."""
        pairs = {
            f"{ink} on {paper}": (getattr(self, ink), getattr(self, paper))
            for ink in ("text", "muted")
            for paper in ("window", "surface", "rail", "hover")
        }
        pairs["accent on surface"] = (self.accent, self.surface)
        pairs["accent on window"] = (self.accent, self.window)
        pairs["button"] = (self.on_accent, self.accent)
        pairs["button under the pointer"] = (self.on_accent, self.accent_hover)
        pairs["selection"] = (self.on_selection, self.selection)
        for name in TONES:
            tone = self.tone(name)
            pairs[f"{name} chip"] = (tone.ink, tone.paper)
            if name != "accent":  # on these the accent itself is the ink
                pairs[f"{name} on surface"] = (tone.ink, self.surface)
                pairs[f"{name} on window"] = (tone.ink, self.window)
        return pairs


TONES: tuple[ToneName, ...] = ("neutral", "accent", "danger", "warning", "success", "closed", "secret")

LIGHT = Theme(
    name="light",
    window="#f4f6f8",
    surface="#ffffff",
    rail="#e9edf2",
    hover="#eef2f6",
    line="#d9dfe6",
    edge="#8793a2",
    text="#18212c",
    muted="#4f5b69",
    disabled="#8b96a3",
    accent="#0b5ba8",
    accent_hover="#084a8b",
    on_accent="#ffffff",
    selection="#dcebfb",
    on_selection="#083f77",
    focus="#0b5ba8",
    neutral=Tone("#2c3846", "#ecf0f4", "#c5ced8"),
    danger=Tone("#a61b1b", "#fdeaea", "#e2a5a5"),
    warning=Tone("#7d4a00", "#fff1d6", "#e3bd78"),
    success=Tone("#17643a", "#e2f4e9", "#9bcfb1"),
    closed=Tone("#4f5b69", "#e9ecf0", "#c8cfd7"),
    secret=Tone("#61349c", "#f1e9fb", "#c9b0e6"),
)

DARK = Theme(
    name="dark",
    window="#161a20",
    surface="#1e242c",
    rail="#11151a",
    hover="#29313b",
    line="#343d49",
    edge="#7b8796",
    text="#e9edf2",
    muted="#aab4c0",
    disabled="#6f7a87",
    accent="#82b9f4",
    accent_hover="#a3ccf8",
    on_accent="#0a1b2e",
    selection="#22405f",
    on_selection="#dcecfd",
    focus="#82b9f4",
    neutral=Tone("#dbe2ea", "#2c3540", "#4a5665"),
    danger=Tone("#ffb3ad", "#3d2023", "#8c4a4a"),
    warning=Tone("#f6cd85", "#43341a", "#80673a"),
    success=Tone("#9ddbb4", "#1d3a2a", "#44735a"),
    closed=Tone("#b4bec9", "#2a313a", "#47515d"),
    secret=Tone("#d5bcf5", "#382a4d", "#6a5490"),
)

CONTRAST = Theme(
    name="contrast",
    window="#000000",
    surface="#000000",
    rail="#000000",
    hover="#262626",
    line="#ffffff",
    edge="#ffffff",
    text="#ffffff",
    muted="#ffffff",
    disabled="#a0a0a0",
    accent="#ffd83d",
    accent_hover="#ffe985",
    on_accent="#000000",
    selection="#ffd83d",
    on_selection="#000000",
    focus="#ffd83d",
    neutral=Tone("#ffffff", "#000000", "#ffffff"),
    danger=Tone("#ff9c94", "#000000", "#ff9c94"),
    warning=Tone("#ffd83d", "#000000", "#ffd83d"),
    success=Tone("#7dea9f", "#000000", "#7dea9f"),
    closed=Tone("#d6d6d6", "#000000", "#d6d6d6"),
    secret=Tone("#dcb8ff", "#000000", "#dcb8ff"),
)

THEMES: dict[ThemeName, Theme] = {"light": LIGHT, "dark": DARK, "contrast": CONTRAST}


@dataclass(frozen=True, slots=True)
class Look:
    """A theme at a text size. Lengths are given at 100 % and scaled by `px`."""

    theme: Theme
    text_size: int = 100

    def px(self, length: float) -> int:
        """A length in pixels at the chosen text size."""
        return round(length * self.text_size / 100)

    def points(self, step: int = 0) -> float:
        """Size of type: -1 small, 0 base, 1 heading of a card, 2 heading of a page, 3 the first start."""
        return {-1: 9.25, 0: BASE_POINTS, 1: 11.5, 2: 14.5, 3: 20.0}[step] * self.text_size / 100

    @property
    def row(self) -> int:
        """Height of a row in a list."""
        return self.px(32)

    @property
    def compact_row(self) -> int:
        """Height of a row in a dense list."""
        return self.px(26)

    @property
    def control(self) -> int:
        """Height of a field or button."""
        return self.px(32)

    @property
    def icon(self) -> int:
        """Edge of an icon."""
        return self.px(20)


_current = Look(LIGHT)


def current() -> Look:
    """The look in use."""
    return _current


def color(name: str) -> QColor:
    """A colour of the theme in use by its token, e.g. `color("muted")`."""
    return QColor(getattr(_current.theme, name))


def apply(app: QApplication, theme: ThemeName, text_size: int = 100) -> Look:
    """Dresses the whole program. May be called again at any time; icons are drawn anew."""
    from tcd_desktop.ui.look import fonts, icons
    from tcd_desktop.ui.look.style_sheet import sheet

    global _current
    _current = Look(THEMES[theme], text_size)
    style = app.style()
    if style is None or style.objectName().casefold() != "fusion":
        app.setStyle(QStyleFactory.create("Fusion"))
    app.setFont(fonts.window_font(_current.points()))
    app.setPalette(_palette(_current.theme))
    app.setStyleSheet(sheet(_current))
    icons.redraw_all()
    for widget in app.topLevelWidgets():
        QApplication.sendEvent(widget, QEvent(QEvent.Type.ThemeChange))
    return _current


def restyle(widget: QWidget) -> None:
    """Asks the style sheet again after a property it selects by has changed."""
    style = widget.style()
    style.unpolish(widget)
    style.polish(widget)
    widget.update()


def set_property(widget: QWidget, name: str, value: object) -> None:
    """Sets a property the style sheet selects by, and restyles when it changed."""
    if widget.property(name) != value:
        widget.setProperty(name, value)
        restyle(widget)


def font(step: int = 0, *, strong: bool = False) -> QFont:
    """A font of the window at a step of the type scale."""
    from tcd_desktop.ui.look import fonts

    chosen = fonts.window_font(_current.points(step))
    if strong:
        chosen.setWeight(QFont.Weight.DemiBold)
    return chosen


def _palette(theme: Theme) -> QPalette:
    palette = QPalette()
    role = QPalette.ColorRole
    for which, value in (
        (role.Window, theme.window),
        (role.WindowText, theme.text),
        (role.Base, theme.surface),
        (role.AlternateBase, theme.hover),
        (role.Text, theme.text),
        (role.Button, theme.surface),
        (role.ButtonText, theme.text),
        (role.BrightText, theme.danger.ink),
        (role.ToolTipBase, theme.surface),
        (role.ToolTipText, theme.text),
        (role.PlaceholderText, theme.muted),
        (role.Highlight, theme.accent),
        (role.HighlightedText, theme.on_accent),
        (role.Link, theme.accent),
        (role.LinkVisited, theme.accent),
        (role.Accent, theme.accent),
        (role.Light, theme.surface),
        (role.Midlight, theme.hover),
        (role.Mid, theme.line),
        (role.Dark, theme.edge),
        (role.Shadow, theme.line),
    ):
        palette.setColor(which, QColor(value))
    disabled = QPalette.ColorGroup.Disabled
    for which in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(disabled, which, QColor(theme.disabled))
    return palette
