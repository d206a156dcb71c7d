"""The commands and their options."""

from __future__ import annotations

import argparse
from importlib import import_module
from typing import NoReturn

from tcd_desktop import __version__
from tcd_desktop.i18n import _

COMMANDS = {
    "init": ("office_commands", "init"),
    "enrol": ("office_commands", "enrol"),
    "check": ("office_commands", "check"),
    "reception": ("reception_commands", "reception"),
    "slip": ("reception_commands", "slip"),
    "log-book": ("log_book_command", "log_book"),
    "import-book": ("old_book_command", "import_book"),
    "export": ("exchange_commands", "export"),
    "import": ("exchange_commands", "import_"),
    "inspect": ("exchange_commands", "inspect"),
    "keys": ("keys_command", "keys"),
    "updates": ("updates_command", "updates"),
    "report": ("report_commands", "report"),
    "export-national": ("national_command", "export_national"),
    "deadline": ("law_commands", "deadline"),
    "demo": ("demo_command", "demo"),
    "self-check": ("self_check", "self_check"),
}
"""Command -> (module of this package, function); imported only when it is asked for."""


MOST_COPIES = 50


def function_of(command: str):  # type: ignore[no-untyped-def]
    """The function that carries a command out."""
    module, name = COMMANDS[command]
    return getattr(import_module(f"tcd_desktop.cli.{module}"), name)


class WrongUsage(Exception):
    """The command line is not understood; `usage` shows how it is written."""

    def __init__(self, usage: str, why: str) -> None:
        said = _("The command is incomplete or not understood: {why}. Add --help to see what it takes.")
        super().__init__(said.format(why=why))
        self.usage = usage.rstrip()


class _Parser(argparse.ArgumentParser):
    """Leaves it to the caller to say what is wrong."""

    def error(self, message: str) -> NoReturn:
        raise WrongUsage(self.format_usage(), message)


def make_parser() -> argparse.ArgumentParser:
    """The whole grammar of the command line. Parsing raises WrongUsage, and SystemExit after --help and --version."""
    parser = _Parser(prog="tcd-desktop", description=_("Citizen reception without a network."))
    parser.add_argument("--home", type=_path, metavar="DIR", help=_("the office's folder"))
    parser.add_argument("--json", action="store_true", help=_("one JSON object on standard output"))
    parser.add_argument("--version", action="version", version=f"tcd-desktop {__version__}")
    commands = parser.add_subparsers(dest="command", required=True, metavar=_("COMMAND"))
    _add_office(commands)
    _add_receptions(commands)
    _add_old_book(commands)
    _add_exchange(commands)
    _add_keys(commands)
    _add_updates(commands)
    _add_reports(commands)
    _add_others(commands)
    return parser


def _command(commands, name: str, help_text: str) -> argparse.ArgumentParser:  # type: ignore[no-untyped-def]
    """A command; --home and --json may stand after it too."""
    found: argparse.ArgumentParser = commands.add_parser(name, help=help_text)
    found.add_argument("--home", type=_path, metavar="DIR", default=argparse.SUPPRESS, help=argparse.SUPPRESS)
    found.add_argument("--json", action="store_true", default=argparse.SUPPRESS, help=argparse.SUPPRESS)
    return found


def _add_office(commands) -> None:  # type: ignore[no-untyped-def]
    init = _command(commands, "init", _("found an office folder"))
    init.add_argument("kind", choices=("ward", "district"))
    init.add_argument("--name", required=True)
    init.add_argument("--code", required=True)
    for option in ("superior", "locality", "place", "officer", "officer-title"):
        init.add_argument(f"--{option}", default="")
    enrol = _command(commands, "enrol", _("join this PC to the superior office"))
    steps = enrol.add_subparsers(dest="step", required=True, metavar=_("STEP"))
    for name, files in (("request", ("file",)), ("grant", ("request", "file")), ("accept", ("file",))):
        step = _command(steps, name, "")
        for file in files:
            step.add_argument(file, type=_path)
        step.add_argument("--fingerprint", help=_("the digits that were read aloud"))
    check = _command(commands, "check", _("database, journal, search index, attachments"))
    check.add_argument("--repair", action="store_true", help=_("make a search index that is out of step anew"))


def _add_receptions(commands) -> None:  # type: ignore[no-untyped-def]
    reception = _command(commands, "reception", _("the reception log"))
    steps = reception.add_subparsers(dest="step", required=True, metavar=_("STEP"))
    _command(steps, "add", _("write visits from a JSON file")).add_argument("--json-file", type=_path, required=True)
    listing = _command(steps, "list", _("newest first"))
    listing.add_argument("--search", default="")
    listing.add_argument("--limit", type=_count, default=50)
    _command(steps, "show", _("one visit")).add_argument("id")
    slip = _command(commands, "slip", _("print the receipt slip of a visit into a PDF"))
    slip.add_argument("reception")
    slip.add_argument("--out", type=_path, required=True)
    slip.add_argument("--copies", type=int, choices=range(1, MOST_COPIES + 1), metavar="N")
    book = _command(commands, "log-book", _("the log book of a period (form 03/TCD)"))
    book.add_argument("file", type=_path, metavar="FILE", help=_(".pdf or .xlsx"))
    for option in ("since", "until"):
        book.add_argument(f"--{option}", required=True, metavar="DATE")
    book.add_argument("--office", default="", metavar="CODE", help=_("at the superior office: of which ward"))
    book.add_argument("--receivers", choices=("all", "officers", "head"), default="all")
    book.add_argument("--content", choices=("complaint", "denunciation", "petition", "feedback"))
    why = _("why the identities of denouncers stand in the book; else they are left out")
    book.add_argument("--identities", metavar="REASON", help=why)


def _add_old_book(commands) -> None:  # type: ignore[no-untyped-def]
    book = _command(commands, "import-book", _("take an old Excel or CSV book into the log"))
    book.add_argument("file", type=_path)
    book.add_argument("--dry-run", action="store_true", help=_("say what would be taken, and change nothing"))
    book.add_argument("--mapping", type=_path, metavar="JSON", help=_("sheet, heading row, year and columns"))
    book.add_argument("--refused", type=_path, metavar="FILE", help=_("write the rows that were not taken there"))
    book.add_argument("--waiting", choices=("running", "all", "none"), default="running")


def _add_exchange(commands) -> None:  # type: ignore[no-untyped-def]
    export = _command(commands, "export", _("write signed bundles into a folder"))
    export.add_argument("--to", type=_path, required=True, metavar="FOLDER")
    export.add_argument("--full", action="store_true", help=_("everything, not only what is not confirmed yet"))
    export.add_argument("--without-papers", action="store_true", help=_("the papers go another time"))
    told = _("visits, petitions, cases and results for the national database")
    national = _command(commands, "export-national", told)
    national.add_argument("file", type=_path, metavar="FILE", help=_(".json, or .xlsx to look at it"))
    for option in ("since", "until"):
        national.add_argument(f"--{option}", required=True, metavar="DATE")
    national.add_argument("--mapping", type=_path, metavar="TOML", help=_("codes other than those shipped"))
    importing = _command(commands, "import", _("take bundles into the books"))
    importing.add_argument("files", type=_path, nargs="+", metavar="FILE")
    importing.add_argument("--dry-run", action="store_true", help=_("say what would change, and change nothing"))
    _command(commands, "inspect", _("what a bundle says of itself")).add_argument("file", type=_path)


def _add_keys(commands) -> None:  # type: ignore[no-untyped-def]
    keys = _command(commands, "keys", _("certificates and keys: who holds what, renewing, revoking, the sealed paper"))
    steps = keys.add_subparsers(dest="step", required=True, metavar=_("STEP"))
    _command(steps, "list", _("every enrolled PC with its certificate"))
    renew = _command(steps, "renew", _("new certificates for PCs that asked"))
    renew.add_argument("files", type=_path, nargs="*", metavar="FILE", help=_("requests that came as files"))
    _command(steps, "request", _("ask for the next certificate by a file")).add_argument("file", type=_path)
    revoke = _command(steps, "revoke", _("end the trust in a PC"))
    revoke.add_argument("device")
    revoke.add_argument("--reason", choices=("lost", "stolen", "retired", "forked"), required=True)
    revoke.add_argument("--last", type=_count, metavar="N", help=_("the last entry that is trusted"))
    back = _command(steps, "give-back", _("write a ward's books for one of its PCs"))
    back.add_argument("device")
    back.add_argument("folder", type=_path)
    _command(steps, "rotate", _("change keys")).add_argument("what", choices=("device", "office", "root"))
    _command(steps, "print", _("the sealed paper as a PDF on standard output, for a printer"))
    _command(steps, "restore", _("make the key file anew from the sealed paper"))


def _add_updates(commands) -> None:  # type: ignore[no-untyped-def]
    updates = _command(commands, "updates", _("versions of the program: on a stick, on this PC, the way back"))
    steps = updates.add_subparsers(dest="step", required=True, metavar=_("STEP"))
    make = _command(steps, "make", _("sign a build and write it onto a stick"))
    make.add_argument("build", type=_path, metavar="BUILD")
    make.add_argument("folder", type=_path, metavar="FOLDER")
    make.add_argument("--follows", required=True, metavar="VERSION", help=_("the oldest version it may follow"))
    make.add_argument("--note", action="append", required=True, metavar="TEXT", help=_("what is new, a line each"))
    look = _command(steps, "check", _("what the updates in a folder say, and whether they fit here"))
    look.add_argument("folder", type=_path, metavar="FOLDER")
    _command(steps, "install", _("install an update from a stick")).add_argument("file", type=_path, metavar="FILE")
    _command(steps, "back", _("start the version before from now on"))
    _command(steps, "list", _("the versions on this PC"))
    put = _command(steps, "place", _("put a build and its launcher on this PC, once"))
    put.add_argument("build", type=_path, metavar="BUILD")
    put.add_argument("folder", type=_path, metavar="FOLDER")
    put.add_argument("--launcher", type=_path, metavar="FILE")


def _add_reports(commands) -> None:  # type: ignore[no-untyped-def]
    report = _command(commands, "report", _("the files of a report, and what does not add up in it"))
    steps = report.add_subparsers(dest="step", required=True, metavar=_("STEP"))
    for name, told in (
        ("circular", _("the six tables of Circular 06/2025/TT-TTCP, and the narrative where it is asked for")),
        ("monthly", _("the month's report to the People's Committee")),
    ):
        step = _command(steps, name, told)
        step.add_argument("folder", type=_path, metavar="FOLDER", help=_("PDF and .xlsx are written into it"))
        codes = _("2026-q4, 2026-6m, 2026-9m, 2026-y, 2026-11 or 2026-11-01..2026-11-20; else the one that is due")
        step.add_argument("--period", default="", metavar="CODE", help=codes)


def _add_others(commands) -> None:  # type: ignore[no-untyped-def]
    deadline = _command(commands, "deadline", _("a date by the law's clock, and why"))
    deadline.add_argument("rule")
    deadline.add_argument("--from", dest="start", required=True, metavar="DATE")
    complexity = deadline.add_mutually_exclusive_group()
    complexity.add_argument("--complex", action="store_true")
    complexity.add_argument("--very-complex", action="store_true")
    deadline.add_argument("--remote", action="store_true")
    demo = _command(commands, "demo", _("a practice district with its wards, password: practice"))
    demo.add_argument("folder", type=_path, metavar="DIR")
    demo.add_argument("--wards", type=_some, default=18)
    demo.add_argument("--receptions", type=_count, default=2000, help=_("of all wards together"))
    demo.add_argument("--seed", type=int, default=446)
    demo.add_argument("--delivered", action="store_true", help=_("with the wards' bundles already at the district"))
    _command(commands, "self-check", _("fonts, translations, an office in memory, one PDF"))


def _count(text: str, least: int = 0) -> int:
    number = int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else -1
    if number < least:
        raise argparse.ArgumentTypeError(_("{text} is not a number from {least} on").format(text=text, least=least))
    return number


def _some(text: str) -> int:
    return _count(text, 1)


def _path(text: str) -> str:
    """An empty name is an unset variable of a script, not the folder we happen to be in."""
    if not text.strip():
        raise argparse.ArgumentTypeError(_("the name of a file or folder is empty"))
    return text
