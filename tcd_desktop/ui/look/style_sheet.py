"""The one style sheet, made from the tokens of `look`, over Qt's Fusion style.

Widgets choose by properties, never by style strings of their own:

    kind      on QPushButton/QToolButton: "primary", "quiet", "danger", "rail", "segment", "suggestion", "row"
    ink       on QLabel: "title", "heading", "label", "muted", "small", "problem", "warning", "mono", "hero"
    box       on QFrame: "card", "bar", "rail", "top", "status", "inspector", "choice", "sheet"
    tone      on QFrame[box="bar"]: "neutral", "danger", "warning", "success", "secret"
    state     on fields: "problem", "warning", "changed"
"""

from __future__ import annotations

from tcd_desktop.paths import shipped
from tcd_desktop.ui.look.look import TONES, Look


def sheet(look: Look) -> str:
    """The style sheet of a look."""
    return "\n".join((_texts(look), _boxes(look), _buttons(look), _fields(look), _lists(look), _rest(look)))


def _image(look: Look, name: str) -> str:
    path = shipped("resources", "icons", "look", f"{name}-{look.theme.name}.svg")
    return f'url("{path.as_posix()}")'


def _texts(look: Look) -> str:
    t = look.theme
    return f"""
QWidget {{ color: {t.text}; }}
QMainWindow, QDialog, QWidget[box="page"] {{ background: {t.window}; }}
QLabel {{ background: transparent; }}
QLabel[ink="hero"] {{ font-size: {look.points(3)}pt; font-weight: 600; }}
QLabel[ink="title"] {{ font-size: {look.points(2)}pt; font-weight: 600; }}
QLabel[ink="heading"] {{ font-size: {look.points(1)}pt; font-weight: 600; }}
QLabel[ink="label"] {{ font-weight: 500; }}
QLabel[ink="key"] {{ background: {t.hover}; border: 1px solid {t.edge}; border-bottom-width: 2px;
  border-radius: {look.px(4)}px; padding: 0 {look.px(6)}px; font-size: {look.points(-1)}pt; font-weight: 500; }}
QLabel[ink="strong"] {{ font-weight: 600; }}
QLabel[ink="muted"] {{ color: {t.muted}; }}
QLabel[ink="small"] {{ color: {t.muted}; font-size: {look.points(-1)}pt; }}
QLabel[ink="problem"] {{ color: {t.danger.ink}; font-size: {look.points(-1)}pt; font-weight: 500; }}
QLabel[ink="warning"] {{ color: {t.warning.ink}; font-size: {look.points(-1)}pt; font-weight: 500; }}
QLabel[ink="success"] {{ color: {t.success.ink}; font-size: {look.points(-1)}pt; font-weight: 500; }}
QToolTip {{ background: {t.surface}; color: {t.text}; border: 1px solid {t.edge}; padding: {look.px(5)}px; }}
"""


def _boxes(look: Look) -> str:
    t, px = look.theme, look.px
    bars = "\n".join(
        f'QFrame[box="bar"][tone="{name}"] {{ background: {t.tone(name).paper}; '
        f"border: 1px solid {t.tone(name).line}; }}\n"
        f'QFrame[box="bar"][tone="{name}"] QLabel {{ color: {t.tone(name).ink}; }}'
        for name in TONES
    )
    return f"""
QFrame[box="card"] {{ background: {t.surface}; border: 1px solid {t.line}; border-radius: {px(8)}px; }}
QFrame[box="card"][state="drop"] {{ border: 2px dashed {t.accent}; background: {t.selection}; }}
QFrame[box="candidate"] {{ background: {t.window}; border: 1px solid {t.line}; border-radius: {px(6)}px; }}
QFrame[box="candidate"][chosen="true"] {{ border: 2px solid {t.focus}; }}
QFrame[box="sheet"] {{ background: {t.surface}; border: 1px solid {t.line}; border-radius: {px(12)}px; }}
QFrame[box="rail"] {{ background: {t.rail}; border: none; border-right: 1px solid {t.line}; }}
QFrame[box="top"] {{ background: {t.surface}; border: none; border-bottom: 1px solid {t.line}; }}
QFrame[box="status"] {{ background: {t.rail}; border: none; border-top: 1px solid {t.line}; }}
QFrame[box="foot"] {{ background: {t.surface}; border: none; border-top: 1px solid {t.line}; }}
QFrame[box="inspector"] {{ background: {t.surface}; border: none; border-left: 1px solid {t.line}; }}
QFrame[box="line"] {{ background: {t.line}; border: none; }}
QFrame[box="bar"] {{ border-radius: {px(6)}px; }}
{bars}
QFrame[box="bar"][edge="true"] {{ border-radius: 0; border-left: none; border-right: none; }}
"""


def _buttons(look: Look) -> str:
    t, px = look.theme, look.px
    pad = f"padding: {px(5)}px {px(14)}px; min-height: {px(20)}px; border-radius: {px(6)}px;"
    return f"""
QPushButton {{ background: {t.surface}; border: 1px solid {t.edge}; {pad} }}
QPushButton:hover {{ background: {t.hover}; }}
QPushButton:pressed {{ background: {t.line}; }}
QPushButton:focus {{ border: 2px solid {t.focus}; padding: {px(5) - 1}px {px(14) - 1}px; }}
QPushButton:disabled {{ color: {t.disabled}; border-color: {t.line}; background: {t.window}; }}
QPushButton[kind="primary"] {{ background: {t.accent}; color: {t.on_accent}; border: 1px solid {t.accent};
  font-weight: 600; }}
QPushButton[kind="primary"]:hover {{ background: {t.accent_hover}; }}
QPushButton[kind="primary"]:focus {{ border: 2px solid {t.text}; }}
QPushButton[kind="primary"]:disabled {{ background: {t.line}; border-color: {t.line}; color: {t.muted}; }}
QPushButton[kind="danger"] {{ color: {t.danger.ink}; border-color: {t.danger.line}; }}
QPushButton[kind="danger"]:hover {{ background: {t.danger.paper}; }}
QPushButton[kind="quiet"], QToolButton {{ background: transparent; border: 1px solid transparent;
  border-radius: {px(6)}px; padding: {px(5)}px {px(8)}px; }}
QPushButton[kind="quiet"]:hover, QToolButton:hover {{ background: {t.hover}; border-color: {t.line}; }}
QPushButton[kind="quiet"]:focus, QToolButton:focus {{ border: 2px solid {t.focus};
  padding: {px(5) - 1}px {px(8) - 1}px; }}
QToolButton:disabled {{ color: {t.disabled}; }}
QToolButton::menu-indicator {{ image: none; width: 0; }}
QPushButton[kind="link"] {{ background: transparent; border: 1px solid transparent; color: {t.accent};
  padding: {px(2)}px {px(4)}px; text-align: left; font-weight: 500; }}
QPushButton[kind="link"]:hover {{ background: {t.hover}; }}
QPushButton[kind="link"]:focus {{ border: 2px solid {t.focus}; padding: {px(2) - 1}px {px(4) - 1}px; }}
QPushButton[kind="rail"] {{ background: transparent; border: 1px solid transparent; text-align: left;
  padding: {px(7)}px {px(10)}px; min-height: {px(22)}px; border-radius: {px(6)}px; }}
QPushButton[kind="rail"]:hover {{ background: {t.hover}; border-color: {t.line}; }}
QPushButton[kind="rail"]:focus {{ border: 2px solid {t.focus}; padding: {px(7) - 1}px {px(10) - 1}px; }}
QPushButton[kind="rail"]:checked {{ background: {t.selection}; color: {t.on_selection}; font-weight: 600; }}
QPushButton[kind="segment"] {{ background: {t.surface}; border: 1px solid {t.edge}; border-radius: 0;
  padding: {px(5)}px {px(11)}px; margin: 0 0 0 -1px; }}
QPushButton[kind="segment"][place="first"] {{ border-top-left-radius: {px(6)}px;
  border-bottom-left-radius: {px(6)}px; margin-left: 0; }}
QPushButton[kind="segment"][place="last"] {{ border-top-right-radius: {px(6)}px;
  border-bottom-right-radius: {px(6)}px; }}
QPushButton[kind="segment"]:hover {{ background: {t.hover}; }}
QPushButton[kind="segment"]:checked {{ background: {t.selection}; color: {t.on_selection}; font-weight: 600;
  border: 1px solid {t.accent}; }}
QPushButton[kind="segment"]:focus {{ border: 2px solid {t.focus}; padding: {px(5) - 1}px {px(11) - 1}px; }}
QPushButton[kind="segment"][state="problem"] {{ border-color: {t.danger.ink}; }}
QPushButton[kind="segment"][state="warning"] {{ border-color: {t.warning.ink}; }}
QPushButton[kind="suggestion"] {{ background: {t.hover}; border: 1px solid {t.line}; color: {t.text};
  padding: {px(1)}px {px(9)}px; border-radius: {px(11)}px; font-size: {look.points(-1)}pt; }}
QPushButton[kind="suggestion"]:hover {{ background: {t.selection}; color: {t.on_selection}; }}
QPushButton[kind="suggestion"]:focus {{ border: 2px solid {t.focus}; padding: {px(1) - 1}px {px(9) - 1}px; }}
QPushButton[kind="pinned"] {{ background: {t.surface}; border: 1px solid {t.line}; color: {t.text};
  padding: {px(1)}px {px(9)}px; border-radius: {px(6)}px; font-size: {look.points(-1)}pt; }}
QPushButton[kind="pinned"]:hover {{ background: {t.hover}; border-color: {t.edge}; }}
QPushButton[kind="pinned"]:checked {{ background: {t.selection}; color: {t.on_selection}; border-color: {t.accent}; }}
QPushButton[kind="pinned"]:focus {{ border: 2px solid {t.focus}; padding: {px(1) - 1}px {px(9) - 1}px; }}
QPushButton[kind="choice"] {{ background: {t.surface}; border: 1px solid {t.line}; text-align: left;
  border-radius: {px(10)}px; padding: 0; min-height: {px(92)}px; }}
QPushButton[kind="choice"]:hover {{ background: {t.hover}; border-color: {t.edge}; }}
QPushButton[kind="choice"]:focus {{ border: 2px solid {t.focus}; }}
"""


def _fields(look: Look) -> str:
    t, px = look.theme, look.px
    fields = "QLineEdit, QPlainTextEdit, QTextEdit, QComboBox"
    focused = ", ".join(f"{name}:focus" for name in fields.split(", "))

    def state(name: str) -> str:
        return ", ".join(f'{field}[state="{name}"]' for field in fields.split(", "))

    return f"""
{fields} {{ background: {t.surface}; border: 1px solid {t.edge}; border-radius: {px(6)}px;
  padding: {px(4)}px {px(8)}px; selection-background-color: {t.accent}; selection-color: {t.on_accent}; }}
QLineEdit, QComboBox {{ min-height: {px(22)}px; }}
QLineEdit:read-only {{ background: {t.window}; border-color: {t.line}; color: {t.text}; }}
QLineEdit:disabled, QPlainTextEdit:disabled, QComboBox:disabled {{ background: {t.window};
  border-color: {t.line}; color: {t.disabled}; }}
{state("problem")} {{ border: 1px solid {t.danger.ink}; background: {t.danger.paper}; }}
{state("warning")} {{ border: 1px solid {t.warning.ink}; }}
{focused} {{ border: 2px solid {t.focus}; padding: {px(4) - 1}px {px(8) - 1}px; }}
QComboBox::drop-down {{ subcontrol-origin: padding; subcontrol-position: center right; border: none;
  width: {px(26)}px; }}
QComboBox::down-arrow {{ image: {_image(look, "chevron-down")}; width: {px(16)}px; height: {px(16)}px; }}
QComboBox QAbstractItemView {{ background: {t.surface}; color: {t.text}; border: 1px solid {t.edge};
  outline: none; padding: {px(4)}px; selection-background-color: {t.selection};
  selection-color: {t.on_selection}; }}
QComboBox QAbstractItemView::item {{ min-height: {px(28)}px; padding: 0 {px(6)}px; }}
QCheckBox, QRadioButton {{ spacing: {px(8)}px; background: transparent; padding: {px(3)}px; border: 1px
  solid transparent;
  border-radius: {px(4)}px; }}
QCheckBox:focus, QRadioButton:focus {{ border: 1px solid {t.focus}; }}
QCheckBox:disabled {{ color: {t.disabled}; }}
QCheckBox::indicator {{ width: {px(16)}px; height: {px(16)}px; border: 1px solid {t.edge}; border-radius:
  {px(4)}px;
  background: {t.surface}; }}
QCheckBox::indicator:checked {{ background: {t.accent}; border-color: {t.accent};
  image: {_image(look, "check")}; }}
QCheckBox::indicator:disabled {{ background: {t.window}; border-color: {t.line}; }}
QRadioButton::indicator {{ width: {px(14)}px; height: {px(14)}px; border: 1px solid {t.edge};
  border-radius: {(px(14) + 2) // 2}px; background: {t.surface}; }}
QRadioButton::indicator:checked {{ border: {px(5)}px solid {t.accent}; width: {px(6)}px; height: {px(6)}px;
  border-radius: {px(8)}px; }}
QLineEdit[kind="search"] {{ border-color: {t.line}; background: {t.hover}; border-radius: {px(8)}px;
  min-height: {px(24)}px; }}
QLineEdit[kind="search"]:focus {{ background: {t.surface}; border: 2px solid {t.focus}; }}
"""


def _lists(look: Look) -> str:
    t, px = look.theme, look.px
    return f"""
QTableView, QListView, QTreeView {{ background: {t.surface}; border: none; outline: none; gridline-color:
  {t.line};
  selection-background-color: {t.selection}; selection-color: {t.on_selection}; }}
QTableView[box="field"] {{ border: 1px solid {t.edge}; border-radius: {px(6)}px; }}
QTableView[box="field"]:focus {{ border: 2px solid {t.focus}; }}
QTableView[box="field"][state="problem"] {{ border-color: {t.danger.ink}; }}
QTableView[box="field"] QLineEdit, QTableView[box="field"] QComboBox {{ border-radius: 0; padding: 0
  {px(6)}px;
  min-height: 0; border: 2px solid {t.focus}; }}
QListView::item {{ min-height: {px(30)}px; padding: 0 {px(8)}px; border-radius: {px(4)}px; }}
QListView::item:hover {{ background: {t.hover}; }}
QListView::item:selected {{ background: {t.selection}; color: {t.on_selection}; }}
QHeaderView {{ background: {t.surface}; border: none; }}
QHeaderView::section {{ background: {t.surface}; color: {t.muted}; border: none;
  border-bottom: 1px solid {t.line}; padding: 0 {px(10)}px; min-height: {px(32)}px; font-weight: 600;
  font-size: {look.points(-1)}pt; }}
QHeaderView::section:horizontal:hover {{ color: {t.text}; }}
QTableCornerButton::section {{ background: {t.surface}; border: none; }}
QSplitter::handle {{ background: {t.line}; }}
QSplitter::handle:hover {{ background: {t.accent}; }}
QSplitter[box="plain"]::handle {{ background: transparent; }}
QSplitter[box="plain"]::handle:hover {{ background: {t.line}; }}
"""


def _rest(look: Look) -> str:
    t, px = look.theme, look.px
    return f"""
QScrollArea, QScrollArea > QWidget > QWidget[box="scroll"] {{ background: transparent; border: none; }}
QAbstractScrollArea::corner {{ background: transparent; }}
QScrollBar:vertical {{ background: transparent; width: {px(12)}px; margin: 0; }}
QScrollBar:horizontal {{ background: transparent; height: {px(12)}px; margin: 0; }}
QScrollBar::handle:vertical {{ background: {t.edge}; border-radius: {px(4)}px; min-height: {px(32)}px;
  margin: {px(2)}px {px(2)}px; }}
QScrollBar::handle:horizontal {{ background: {t.edge}; border-radius: {px(4)}px; min-width: {px(32)}px;
  margin: {px(2)}px {px(2)}px; }}
QScrollBar::handle:hover {{ background: {t.accent}; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
QMenu {{ background: {t.surface}; border: 1px solid {t.edge}; padding: {px(4)}px; }}
QMenu::item {{ padding: {px(6)}px {px(24)}px {px(6)}px {px(12)}px; border-radius: {px(4)}px; }}
QMenu::item:selected {{ background: {t.selection}; color: {t.on_selection}; }}
QMenu::item:disabled {{ color: {t.disabled}; }}
QMenu::separator {{ height: 1px; background: {t.line}; margin: {px(4)}px {px(8)}px; }}
QProgressBar {{ background: {t.line}; border: none; border-radius: {px(4)}px; max-height: {px(8)}px;
  min-height: {px(8)}px; }}
QProgressBar::chunk {{ background: {t.accent}; border-radius: {px(4)}px; }}
QProgressBar[tone="warning"]::chunk {{ background: {t.warning.ink}; }}
QProgressBar[tone="danger"]::chunk {{ background: {t.danger.ink}; }}
QTabWidget::pane {{ border: none; border-top: 1px solid {t.line}; }}
QTabBar::tab {{ background: transparent; color: {t.muted}; padding: {px(8)}px {px(14)}px; border: none;
  border-bottom: {px(3)}px solid transparent; }}
QTabBar::tab:selected {{ color: {t.text}; border-bottom-color: {t.accent}; font-weight: 600; }}
QTabBar::tab:focus {{ color: {t.accent}; }}
"""
