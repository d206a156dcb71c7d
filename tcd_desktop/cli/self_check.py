"""self-check: what an installed program needs is there and works: fonts, translations, an office, one PDF."""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Callable
from datetime import date, datetime, time
from importlib import import_module
from pathlib import Path

from tcd_desktop.cli.output import Exit, Output
from tcd_desktop.domain.receptions.reception import Paper, ReceptionDraft
from tcd_desktop.domain.terms import Classification, Direction, IdKind, OfficeKind
from tcd_desktop.i18n import _, language, set_language
from tcd_desktop.open_office import OfficeForm, found_office
from tcd_desktop.paths import shipped
from tcd_desktop.store.closed.vault import Cost
from tcd_desktop.store.lists.pages import ReceptionQuery

_MOMENT = datetime(2026, 11, 23, 9, 0)
LIBRARIES = (
    "PySide6.QtWidgets",
    "PySide6.QtSvg",
    "PySide6.QtPrintSupport",
    "alembic.operations",
    "holidays.countries.vietnam",
    "pypdfium2",
    "reportlab.pdfgen.canvas",
    "pyrage",
    "sqlcipher3.dbapi2",
    "zstandard",
)


def self_check(_options: argparse.Namespace, output: Output) -> Exit:
    """Runs every check; the first that fails is told with its reason."""
    checks: dict[str, Callable[[], str]] = {
        "fonts": _fonts,
        "translations": _translations,
        "libraries": _libraries,
        "office": _office,
        "signing": _signing,
    }
    results: dict[str, str] = {}
    failed = False
    for name, check in checks.items():
        try:
            results[name] = check()
        except Exception as error:  # the very purpose: any fault of the installation is told, not thrown
            results[name] = f"{type(error).__name__}: {error}"
            failed = True
    output.answer({"ok": not failed, **results}, [f"{name}: {result}" for name, result in results.items()])
    return Exit.OUR_FAULT if failed else Exit.DONE


def _fonts() -> str:
    names = sorted(path.name for path in shipped("resources", "fonts").rglob("*.ttf"))
    if not any(name.startswith("LiberationSerif") for name in names):
        raise LookupError("Liberation Serif is missing")
    return f"{len(names)} fonts"


def _translations() -> str:
    before = language()
    set_language("vi")
    try:
        if _("Password: ") == "Password: ":
            raise LookupError("the Vietnamese catalogue is missing")
    finally:
        set_language(before)
    return "vi, en"


def _libraries() -> str:
    """Every library that is imported late loads, the window's too."""
    for name in LIBRARIES:
        import_module(name)
    return f"{len(LIBRARIES)} libraries"


def _office() -> str:
    """An office in a temporary folder: a visit logged, found without accents, its slip made, its data whole."""
    form = OfficeForm(kind=OfficeKind.WARD, code="TEST", name="UBND phường Kiểm Tra", officer_name="Lê Thị Thử")
    draft = ReceptionDraft(
        date=_MOMENT.date(),
        time=time(9, 0),
        name="Nguyễn Văn Ẩn",
        address="Ngõ 1, phố Thử",
        id_kind=IdKind.CITIZEN_CARD,
        id_number="001080000001",
        content="Đề nghị xem xét việc thoát nước của ngõ.",
        request="Kiểm tra và trả lời.",
        classification=Classification.PETITION,
        direction=Direction.ACCEPT,
        documents=(Paper("Đơn kiến nghị", 1),),
    )
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        home = Path(folder) / "office"
        office = found_office(home, form, "self-check", cost=Cost(8192, 1, 1), now=lambda: _MOMENT)
        try:
            visit = office.receptions.log(draft).value
            pdf = office.slips.print(visit.id).value.pdf
            with office.store.reading() as connection:
                found = office.receptions.pages.page(connection, ReceptionQuery(text="nguyen an"))
            if not pdf.startswith(b"%PDF") or len(found.rows) != 1 or office.check():
                raise RuntimeError("the office does not work")
            if visit.answer_due != date(2026, 12, 8):
                raise RuntimeError("the calendar is wrong")
        finally:
            office.close()
    return f"PDF {len(pdf)} bytes"


def _signing() -> str:
    """A paper signed with a key made for this moment, and examined; an installation may do without."""
    from tcd_desktop.signatures import extra
    from tcd_desktop.signatures.trial import sign_and_examine

    if not extra.installed():
        return "not installed"
    return sign_and_examine()
