"""What the window remembers for the person at this PC: language, look, last office, widths of columns."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Callable
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any, Literal

from tcd_desktop import paths

ThemeName = Literal["light", "dark", "contrast"]
THEMES: tuple[ThemeName, ...] = ("light", "dark", "contrast")
TEXT_SIZES = (100, 125, 150)
LANGUAGES = ("vi", "en")


@dataclass(frozen=True, slots=True)
class ListLayout:
    """The columns of one list: `hidden` keys, `shown` keys of those that are hidden at first, `order` of keys,
    `widths` in pixels at 100 %, `compact` rows."""

    hidden: tuple[str, ...] = ()
    shown: tuple[str, ...] = ()
    order: tuple[str, ...] = ()
    widths: dict[str, int] = field(default_factory=dict)
    compact: bool = False


@dataclass(frozen=True, slots=True)
class SavedFilter:
    """A filter of a list under a name: `values` by key, as texts. A pinned one is a button above the list."""

    name: str
    values: dict[str, str] = field(default_factory=dict)
    pinned: bool = True


@dataclass(frozen=True, slots=True)
class Settings:
    """Settings of the window. `last_home` is the folder of the office opened last ("" = none yet).

    `scan_folder` is where the scanner writes ("" = not watched); `scan_remove`: its files go once they are added.
    """

    language: str = "vi"
    theme: ThemeName = "light"
    text_size: int = 100
    last_home: str = ""
    last_officer: str = ""
    lists: dict[str, ListLayout] = field(default_factory=dict)
    book_columns: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Signature of an old book's headings -> the meaning of each column."""
    scan_folder: str = ""
    scan_remove: bool = False
    scan_handled: float = 0.0
    """When the newest scan that was added, or not wanted, was written (seconds since 1970): none is offered twice."""
    card_port: str = ""
    """Serial port of the scanner that reads citizen cards ("" = none); `card_speed` in baud."""
    card_speed: int = 9600
    report_month: str = "calendar"
    """How a month is cut in reports: "calendar", or "cut" (the 15th to the 14th)."""

    sign_source: str = "file"
    """Where the key to sign with lies: "file", or "token"; no password and no PIN is ever kept."""
    sign_key_file: str = ""
    sign_library: str = ""
    sign_picture: str = ""
    """PNG of the person's signature; `sign_stamp` of the office's stamp."""
    sign_stamp: str = ""

    filters: dict[str, tuple[SavedFilter, ...]] = field(default_factory=dict)
    """The saved filters of each list, in the order of their buttons."""

    def layout(self, name: str) -> ListLayout:
        """The columns remembered for a list."""
        return self.lists.get(name, ListLayout())

    def with_layout(self, name: str, layout: ListLayout) -> Settings:
        """The same settings, with the columns of one list changed."""
        return replace(self, lists={**self.lists, name: layout})


def settings_file() -> Path:
    """Where the settings are kept."""
    return paths.config_folder() / "settings.json"


def load(path: Path | None = None) -> Settings:
    """Reads the settings; missing ones have their defaults. A damaged file is kept aside as `….damaged`."""
    path = path or settings_file()
    try:
        if path.exists() and not path.is_file():
            return Settings()
        data = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return Settings()
    except OSError:
        return Settings()
    except (ValueError, RecursionError):
        _keep_aside(path)
        return Settings()
    if not isinstance(data, dict):
        _keep_aside(path)
        return Settings()
    return _from_json(data)


def save(settings: Settings, path: Path | None = None) -> None:
    """Writes the settings whole or not at all. Raises OSError when the folder cannot be written."""
    path = path or settings_file()
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix="settings-", suffix=".new")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as stream:
            json.dump(asdict(settings), stream, ensure_ascii=False, indent=1)
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _keep_aside(path: Path) -> None:
    try:
        os.replace(path, path.with_name(path.name + ".damaged"))
    except OSError:
        return  # nothing to be done: the next save replaces it


def _from_json(data: dict[str, Any]) -> Settings:
    """Takes what is understood and leaves out the rest: a newer or hand-edited file is no reason to fail."""
    good: dict[str, Any] = {}
    checks: dict[str, Callable[[Any], bool]] = {
        "language": lambda value: value in LANGUAGES,
        "theme": lambda value: value in THEMES,
        "text_size": lambda value: value in TEXT_SIZES,
        "last_home": lambda value: isinstance(value, str),
        "last_officer": lambda value: isinstance(value, str),
        "scan_folder": lambda value: isinstance(value, str),
        "scan_remove": lambda value: isinstance(value, bool),
        "scan_handled": lambda value: type(value) in (int, float) and value >= 0,
        "report_month": lambda value: value in ("calendar", "cut"),
        "sign_source": lambda value: value in ("file", "token"),
        **dict.fromkeys(
            ("sign_key_file", "sign_library", "sign_picture", "sign_stamp"), lambda value: isinstance(value, str)
        ),
        "card_port": lambda value: isinstance(value, str),
        "card_speed": lambda value: type(value) is int and 300 <= value <= 1_000_000,
    }
    for name, is_good in checks.items():
        if name in data and is_good(data[name]):
            good[name] = data[name]
    filters = data.get("filters")
    if isinstance(filters, dict):
        good["filters"] = {str(name): _filters(value) for name, value in filters.items()}
    lists = data.get("lists")
    if isinstance(lists, dict):
        good["lists"] = {str(name): _layout(value) for name, value in lists.items() if isinstance(value, dict)}
    books = data.get("book_columns")
    if isinstance(books, dict):
        good["book_columns"] = {str(name): _keys(value) for name, value in books.items()}
    return Settings(**good)


def _filters(data: object) -> tuple[SavedFilter, ...]:
    """The saved filters of a list, without what is not understood."""
    found = []
    for one in data if isinstance(data, list) else ():
        if isinstance(one, dict) and isinstance(one.get("name"), str) and isinstance(one.get("values"), dict):
            values = {str(key): value for key, value in one["values"].items() if isinstance(value, str)}
            found.append(SavedFilter(one["name"], values, one.get("pinned") is not False))
    return tuple(found)


def _layout(data: dict[str, Any]) -> ListLayout:
    widths = data.get("widths")
    return ListLayout(
        hidden=_keys(data.get("hidden")),
        shown=_keys(data.get("shown")),
        order=_keys(data.get("order")),
        widths={
            str(key): value
            for key, value in (widths.items() if isinstance(widths, dict) else ())
            if isinstance(value, int) and 0 < value < 10_000
        },
        compact=data.get("compact") is True,
    )


def _keys(value: object) -> tuple[str, ...]:
    return tuple(key for key in value if isinstance(key, str)) if isinstance(value, list) else ()


class Keeper:
    """The settings in use, and the only hand that writes them.

    A disk that cannot be written costs the memory of a column's width, never the work: `update` returns
    False.
    """

    def __init__(self, settings: Settings | None = None, path: Path | None = None) -> None:
        self._path = path
        self.value = settings if settings is not None else load(path)

    def update(self, **changes: Any) -> bool:
        """Changes some settings and saves all; False when they could not be written."""
        return self._keep(replace(self.value, **changes))

    def remember_layout(self, name: str, layout: ListLayout) -> bool:
        """Keeps the columns of a list."""
        return self._keep(self.value.with_layout(name, layout))

    def remember_filters(self, name: str, filters: tuple[SavedFilter, ...]) -> bool:
        """Keeps the saved filters of a list, in their order."""
        return self._keep(replace(self.value, filters={**self.value.filters, name: filters}))

    def _keep(self, changed: Settings) -> bool:
        if changed == self.value:
            return True
        self.value = changed
        try:
            save(changed, self._path)
        except OSError:
            return False
        return True
