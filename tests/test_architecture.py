"""The stairs of the house: who may import whom, and which library lives where; in functions too."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parent.parent / "tcd_desktop"

BASE = {"domain", "jobs", "paths", "renaming", "i18n", "words", "settings", "law", "phrases"}
DESKS = BASE | {"store", "services", "documents", "reports", "sync", "old_books", "signatures", "updates"}
BELOW_THE_WINDOW = DESKS | {"open_office", "sentences", "practice", "scanners"}
EVERYTHING = BELOW_THE_WINDOW | {"ui", "cli", "app"}

MAY_IMPORT: dict[str, set[str]] = {
    "__init__": set(),
    "domain": set(),
    "jobs": set(),
    "paths": set(),
    "renaming": set(),
    "i18n": {"paths"},
    "words": {"domain", "i18n"},
    "settings": {"paths"},
    "law": {"domain", "paths"},
    "phrases": {"domain", "paths"},
    "scanners": set(),
    "store": {"domain", "renaming"},
    "services": {"domain", "store", "jobs"},
    "documents": {"domain", "i18n", "words", "paths"},
    "old_books": {"domain", "jobs"},
    "signatures": {"domain"},
    "reports": {"domain", "store", "documents", "jobs", "i18n", "words", "paths"},
    "sync": {"domain", "renaming", "store", "services", "jobs"},
    "updates": {"domain", "store", "sync", "jobs", "renaming"},
    "open_office": DESKS,
    "sentences": {"domain", "i18n", "words", "store", "sync"},
    "practice": DESKS | {"open_office"},
    "ui": BELOW_THE_WINDOW,
    "cli": BELOW_THE_WINDOW,
    "app": EVERYTHING,
    "__main__": {"app", "cli", "paths"},
}
"""The parts of the package and what each may import of ours (itself always)."""

HOME_OF: dict[str, set[str]] = {
    "PySide6": {"ui", "app", "__main__"},
    "shiboken6": {"ui", "app", "__main__"},
    "sqlalchemy": {"store"},
    "sqlcipher3": {"store"},
    "sqlite3": {"store"},
    "alembic": {"store"},
    "reportlab": {"documents"},
    "zxingcpp": {"scanners", "documents"},
    "serial": {"scanners"},
    "omni_camera": {"scanners"},
    "cryptography": {"sync", "store", "signatures"},
    "pyhanko": {"signatures"},
    "pyhanko_certvalidator": {"signatures"},
    "pkcs11": {"signatures"},
    "asn1crypto": {"signatures"},
    "pyrage": {"sync"},
}
"""The libraries that may be imported only in some parts."""


def parts() -> dict[str, list[Path]]:
    """The modules of each part, a part being a folder or a single file of the package."""
    found: dict[str, list[Path]] = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        found.setdefault(path.relative_to(PACKAGE).parts[0].removesuffix(".py"), []).append(path)
    return found


def imports(path: Path) -> Iterator[tuple[int, str]]:
    """Line and full name of everything a module imports, relative imports resolved."""
    folder = ["tcd_desktop", *path.relative_to(PACKAGE).parent.parts]
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"), str(path))):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = folder[: len(folder) + 1 - node.level] if node.level else []
            name = ".".join([*base, *([node.module] if node.module else [])])
            # "from tcd_desktop import store" names the part only in its list
            names = [f"{name}.{alias.name}" for alias in node.names] if name == "tcd_desktop" else [name]
            yield from ((node.lineno, full) for full in names)


def breaches(part: str, path: Path) -> Iterator[str]:
    """A sentence for each import of a module that its part may not have."""
    for line, name in imports(path):
        top, _, rest = name.partition(".")
        where = f"({path.relative_to(PACKAGE).as_posix()}:{line})"
        if top == "tcd_desktop":
            ours = rest.partition(".")[0]
            if ours in EVERYTHING | {"__main__"} and ours != part and ours not in MAY_IMPORT[part]:
                yield f"{part} may not import {ours} {where}"
        elif part not in HOME_OF.get(top, {part}):
            yield f"{part} may not import {top} {where}"


def test_every_part_of_the_package_has_its_place_on_the_stairs() -> None:
    unknown = sorted(parts().keys() - MAY_IMPORT.keys())
    assert not unknown, f"say in MAY_IMPORT what these may import: {unknown}"


@pytest.mark.parametrize("part", sorted(MAY_IMPORT))
def test_a_part_imports_only_what_lies_below_it(part: str) -> None:
    found = [sentence for path in parts().get(part, []) for sentence in breaches(part, path)]
    assert not found, "\n".join(["", *found])


def test_a_breach_is_told_in_a_sentence(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    module = tmp_path / "store" / "search" / "x.py"
    module.parent.mkdir(parents=True)
    module.write_text(
        "import sqlalchemy, json\n"
        "from ..engine import door\n"
        "from ...domain import terms\n"
        "def late():\n"
        "    from PySide6.QtCore import QObject\n"
        "    from ... import ui, domain\n"
        "    from tcd_desktop.services.desk import Desk\n"
    )
    monkeypatch.setattr("tests.test_architecture.PACKAGE", tmp_path)
    assert sorted(breaches("store", module)) == [
        "store may not import PySide6 (store/search/x.py:5)",
        "store may not import services (store/search/x.py:7)",
        "store may not import ui (store/search/x.py:6)",
    ]
