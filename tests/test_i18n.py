"""Words in the user's language, and what happens when the catalogue is wrong."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tcd_desktop import i18n, paths

PO = """msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\\n"
"Plural-Forms: nplurals=1; plural=0;\\n"

msgid "Save"
msgstr "Lưu"

msgid "Hello {name}"
msgstr "Chào {ten}"

msgid "{n} visit"
msgid_plural "{n} visits"
msgstr[0] "{n} lượt tiếp"

msgctxt "sex"
msgid "Male"
msgstr "Nam"
"""


@pytest.fixture
def catalogue(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    folder = tmp_path / "translations" / "vi" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "tcd_desktop.po").write_text(PO, encoding="utf-8")
    monkeypatch.setattr(paths, "PACKAGE", tmp_path / "tcd_desktop")
    monkeypatch.setenv("TCD_CONFIG_DIR", str(tmp_path / "config"))
    before = i18n.language()
    i18n.set_language("vi")
    yield folder
    monkeypatch.undo()
    i18n.set_language(before)


def test_vietnamese_is_read_from_the_catalogue(catalogue: Path) -> None:
    assert i18n._("Save") == "Lưu"
    assert i18n.ngettext("{n} visit", "{n} visits", 5).format(n=5) == "5 lượt tiếp"
    assert i18n.pgettext("sex", "Male") == "Nam"


def test_a_translation_with_other_placeholders_is_not_shown(catalogue: Path) -> None:
    assert i18n._("Hello {name}").format(name="Bà Ẩn") == "Hello Bà Ẩn"


def test_a_lazy_text_follows_the_language(catalogue: Path) -> None:
    text = i18n.lazy("Save")
    assert str(text) == "Lưu"
    i18n.set_language("en")
    assert str(text) == "Save"
    i18n.set_language(i18n.PSEUDO)
    assert str(text) == "⟦Save⟧"


def test_a_changed_catalogue_is_compiled_again(catalogue: Path) -> None:
    source = catalogue / "tcd_desktop.po"
    source.write_text(PO.replace("Lưu", "Ghi lại"), encoding="utf-8")
    compiled = catalogue / "tcd_desktop.mo"
    later = compiled.stat().st_mtime + 5
    os.utime(source, (later, later))
    i18n.set_language("vi")
    assert i18n._("Save") == "Ghi lại"


def test_where_the_folder_may_not_be_written_the_users_cache_is_used(
    catalogue: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (catalogue / "tcd_desktop.mo").unlink()
    compile_it = i18n._compile

    def refuse_beside(source: Path, target: Path) -> None:
        if target.parent == source.parent:
            raise PermissionError(target)
        compile_it(source, target)

    monkeypatch.setattr(i18n, "_compile", refuse_beside)
    i18n.set_language("vi")
    assert i18n._("Save") == "Lưu"
    assert (tmp_path / "config" / "cache" / "translations" / "tcd_desktop-vi.mo").exists()


def test_a_fresh_catalogue_is_read_without_babel() -> None:
    i18n.set_language("vi")  # makes the compiled file if it is missing
    code = "import sys; from tcd_desktop import i18n; i18n._('Save'); sys.exit('babel' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False, cwd=paths.PACKAGE.parent).returncode == 0
