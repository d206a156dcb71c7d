"""House rules that no linter knows: short finished modules, names that say something, nobody's own paths."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
MODULES = sorted((ROOT / "tcd_desktop").rglob("*.py"))

LONGEST = 450
UNFINISHED = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b|raise NotImplementedError")
NOT_NAMES_OF_AN_OFFICE = {"utils", "util", "helpers", "helper", "common", "manager", "managers", "misc"}
TOP_LEVEL = re.compile(
    r"pyproject\.toml|tcd_desktop|resources|translations|tests|build_installer\.spec|README\.md|LICENSE.*"
    r"|CHANGELOG\.md|Makefile|\.gitignore|\.gitattributes|\.ci|\.editorconfig|requirements.*\.(lock|txt)"
)
MADE_HERE = re.compile(r"/(\.venv|build|dist|\.hypothesis|\.git|\.ready-.*|.*_cache|__pycache__)(/|$)|\.mo$")
MACHINE_PATHS = re.compile(rb"(?<![\w.~])(/home/[a-z_][\w.-]*/|/root/|/Users/\w+/|[A-Z]:\\+Users\\+\w+\\+)")


def tracked() -> list[Path]:
    """The files under version control; in a copy without it, all but what is made here."""
    if shutil.which("git"):
        listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False)
        names = listed.stdout.decode("utf-8").split("\0") if listed.returncode == 0 else []
        if any(names):
            return [ROOT / name for name in names if name and (ROOT / name).is_file()]
    files = (path for path in ROOT.rglob("*") if path.is_file())
    return [path for path in files if not MADE_HERE.search(f"/{path.relative_to(ROOT).as_posix()}")]


@pytest.mark.parametrize("module", MODULES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_module_is_short_and_finished(module: Path) -> None:
    lines = module.read_text(encoding="utf-8").splitlines()
    assert len(lines) <= LONGEST, f"{len(lines)} lines; a module has at most {LONGEST}"
    unfinished = [f"line {n}: {line.strip()}" for n, line in enumerate(lines, 1) if UNFINISHED.search(line)]
    assert not unfinished, unfinished


def test_files_are_named_after_things_of_the_office() -> None:
    found = [p.relative_to(ROOT).as_posix() for p in MODULES if p.stem in NOT_NAMES_OF_AN_OFFICE]
    assert not found, f"names that say nothing: {found}"


def test_the_top_level_holds_only_what_belongs_there() -> None:
    strangers = {p.relative_to(ROOT).parts[0] for p in tracked()}
    strangers = {name for name in strangers if not TOP_LEVEL.fullmatch(name)}
    assert not strangers, f"not at the top of the project: {sorted(strangers)}"


def test_no_file_names_a_path_of_somebody_s_machine() -> None:
    found = []
    for path in tracked():
        if path == Path(__file__).resolve() or path.suffix in {".ttf", ".otf", ".png", ".pdf", ".ico"}:
            continue
        for match in MACHINE_PATHS.finditer(path.read_bytes()):
            found.append(f"{path.relative_to(ROOT).as_posix()}: {match[0].decode()}")
    assert not found, found
