"""updates: versions of the program where no window is at hand."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from pathlib import Path

from tcd_desktop.cli.office_commands import opened
from tcd_desktop.cli.output import Exit, Output
from tcd_desktop.i18n import _
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.sentences import refusal_sentence
from tcd_desktop.updates.update_desk import Seen


def updates(options: argparse.Namespace, output: Output) -> Exit:
    """updates make | check | install | back | list | place"""
    if options.step == "place":
        return _place(options, output)
    office = opened(options)
    try:
        return _STEPS[options.step](office, options, output)
    finally:
        office.close()


def _make(office: OpenOffice, options: argparse.Namespace, output: Output) -> Exit:
    made = office.updates.make(Path(options.build), Path(options.folder), notes=options.note, follows=options.follows)
    value = {"file": str(made.path), "version": made.statement.version, "size": made.size}
    output.answer(value, [str(made.path)])
    return Exit.DONE


def _check(office: OpenOffice, options: argparse.Namespace, output: Output) -> Exit:
    found = [_told(seen) for seen in office.updates.look(Path(options.folder))]
    fits = _("can be installed")
    lines = [f"{one['file']}\t{one['version']}\t{one['refused'] or fits}" for one in found]
    output.answer({"updates": found}, lines or [_("There is no update in this folder.")])
    return Exit.DONE


def _told(seen: Seen) -> dict[str, object]:
    said = seen.statement
    return {
        "file": seen.path.name,
        "version": said.version if said else "",
        "platform": said.platform if said else "",
        "signed_by": said.office if said else "",
        "notes": said.notes if said else [],
        "code": seen.refused.code if seen.refused else "",
        "refused": refusal_sentence(seen.refused) if seen.refused else "",
    }


def _install(office: OpenOffice, options: argparse.Namespace, output: Output) -> Exit:
    said = office.updates.install(Path(options.file))
    words = _("Version {version} is installed. Close the program and open it again: it starts with it.")
    output.answer({"version": said.version}, [words.format(version=said.version)])
    return Exit.DONE


def _back(office: OpenOffice, _options: argparse.Namespace, output: Output) -> Exit:
    version = office.updates.back()
    words = _("Close the program and open it again: it starts with version {version}.")
    output.answer({"version": version}, [words.format(version=version)])
    return Exit.DONE


def _list(office: OpenOffice, _options: argparse.Namespace, output: Output) -> Exit:
    found = office.updates.programs()
    output.answer(asdict(found), [f"{name}: {value}" for name, value in asdict(found).items()])
    return Exit.DONE


def _place(options: argparse.Namespace, output: Output) -> Exit:
    """No office is needed: the PC may be a new one."""
    from tcd_desktop.updates.build import facts_of
    from tcd_desktop.updates.installation import place

    build, root = Path(options.build), Path(options.folder)
    version = facts_of(build).version
    place(build, root, version, Path(options.launcher) if options.launcher else None)
    output.answer({"folder": str(root), "version": version}, [str(root)])
    return Exit.DONE


_STEPS = {"make": _make, "check": _check, "install": _install, "back": _back, "list": _list}
