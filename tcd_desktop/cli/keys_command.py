"""keys: certificates and keys where no window is at hand."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from tcd_desktop.cli.office_commands import opened, password
from tcd_desktop.cli.output import Exit, Output
from tcd_desktop.domain.problems import Refused
from tcd_desktop.i18n import _
from tcd_desktop.open_office import OpenOffice


def keys(options: argparse.Namespace, output: Output) -> Exit:
    """keys list | renew | request | revoke | give-back | rotate | print | restore"""
    if options.step == "restore":
        return _restore(options, output)
    office = opened(options)
    try:
        return _STEPS[options.step](office, options, output)
    finally:
        office.close()


def _list(office: OpenOffice, _options: argparse.Namespace, output: Output) -> Exit:
    found = [
        {
            "device": one.device.id,
            "unit": one.device.unit,
            "series": one.device.series,
            "state": one.state,
            "ends": one.ends.isoformat(),
            "epoch": one.epoch,
            "last": one.seq,
            "wants": one.wants,
            "reason": one.reason,
            "kept_aside": one.kept_aside,
        }
        for one in office.keys.devices()
    ]
    value = {"root": office.keys.root_version(), "devices": found}
    output.answer(value, ["\t".join(str(part) for part in one.values()) for one in found])
    return Exit.DONE


def _renew(office: OpenOffice, options: argparse.Namespace, output: Output) -> Exit:
    for file in options.files:
        office.keys.read_renewal(Path(file))
    renewed = [device.id for device in office.keys.renew().value]
    output.answer({"renewed": renewed}, [*renewed, _("The new certificates travel in the next receipts.")])
    return Exit.DONE


def _request(office: OpenOffice, options: argparse.Namespace, output: Output) -> Exit:
    path = office.keys.write_renewal(Path(options.file))
    output.answer({"file": str(path)}, [str(path)])
    return Exit.DONE


def _revoke(office: OpenOffice, options: argparse.Namespace, output: Output) -> Exit:
    revocations = office.keys.revoke(options.device, reason=options.reason, last_trusted=options.last).value
    said = _("The PC is revoked. The list travels in the next receipts; enrol its successor as a new PC.")
    output.answer({"device": options.device, "version": revocations.version}, [said])
    return Exit.DONE


def _give_back(office: OpenOffice, options: argparse.Namespace, output: Output) -> Exit:
    written = office.keys.write_history(options.device, Path(options.folder))
    output.answer({"file": str(written.path)}, [str(written.path)])
    return Exit.DONE


def _rotate(office: OpenOffice, options: argparse.Namespace, output: Output) -> Exit:
    if options.what == "device":
        office.keys.new_device_keys(password())
        version = 0
    elif options.what == "office":
        version = office.keys.rotate_office_keys(password()).version
    else:
        version = office.keys.rotate_root(password())
    output.answer({"rotated": options.what, "version": version}, [_("The keys are changed.")])
    return Exit.DONE


def _print(office: OpenOffice, _options: argparse.Namespace, output: Output) -> Exit:
    """The PDF goes to standard output, for a printer's pipe: a file would keep the keys in plain."""
    from tcd_desktop.documents.key_sheet import KeySheet, draw_key_sheet

    if sys.stdout.isatty() or output.machine:
        raise Refused("paper_needs_printer")
    paper = office.keys.print_keys(password())
    pdf = draw_key_sheet(
        KeySheet(
            office=paper.office,
            code=paper.code,
            version=paper.version,
            day=paper.day,
            check=paper.check,
            root=paper.root,
            recovery=paper.recovery,
        )
    )
    sys.stdout.buffer.write(pdf)
    sys.stdout.buffer.flush()
    return Exit.DONE


def _restore(options: argparse.Namespace, output: Output) -> Exit:
    """The sealed paper, row by row, from standard input: eight rows of the root key, eight of the recovery key."""
    from tcd_desktop.open_office.regain import regain
    from tcd_desktop.sync.paper_key import ROWS, secret_of

    if options.home is None:
        raise Refused("home_needed")
    output.tell(_("Type the rows of the sealed paper: first the root key, then the recovery key."))
    rows = [sys.stdin.readline().strip() for _row in range(2 * ROWS)]
    version = regain(Path(options.home), password(), root=secret_of(rows[:ROWS]), recovery=secret_of(rows[ROWS:]))
    said = _("The office has its keys again. Write the receipts of all wards, then print a new sealed paper.")
    output.answer({"root": version}, [said])
    return Exit.DONE


_STEPS = {
    "list": _list,
    "renew": _renew,
    "request": _request,
    "revoke": _revoke,
    "give-back": _give_back,
    "rotate": _rotate,
    "print": _print,
}
