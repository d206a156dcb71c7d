"""init, enrol, check: the office folder itself."""

from __future__ import annotations

import argparse
import getpass
import os
import sys
from pathlib import Path

from tcd_desktop.cli.output import Exit, Output
from tcd_desktop.domain.problems import Refused
from tcd_desktop.domain.terms import OfficeKind
from tcd_desktop.i18n import _
from tcd_desktop.open_office import OfficeForm, OpenOffice, found_office, open_after_update
from tcd_desktop.sentences import fault_sentence, restored_sentence

PASSWORD = "TCD_PASSWORD"


def password(*, new: bool = False) -> str:
    """From the environment, or asked for without showing it. Raises Refused("password_needed")."""
    given = os.environ.get(PASSWORD)
    if given is not None:
        return given
    if not sys.stdin or not sys.stdin.isatty():
        raise Refused("password_needed")
    first = getpass.getpass(_("Password: "))
    if new and getpass.getpass(_("The same password again: ")) != first:
        raise Refused("password_differs")
    return first


def opened(options: argparse.Namespace) -> OpenOffice:
    """The office of --home. Raises Refused("home_needed") and what opening raises."""
    if options.home is None:
        raise Refused("home_needed")
    office = open_after_update(Path(options.home), password())
    if office.store.restored:
        Output.tell(restored_sentence())
    return office


def init(options: argparse.Namespace, output: Output) -> Exit:
    """init ward|district --name … --code …"""
    if options.home is None:
        raise Refused("home_needed")
    form = OfficeForm(
        kind=OfficeKind(options.kind),
        code=options.code,
        name=options.name,
        superior_name=options.superior,
        locality=options.locality,
        reception_place=options.place,
        officer_name=options.officer,
        officer_title=options.officer_title,
    )
    office = found_office(Path(options.home), form, password(new=True))
    try:
        device = office.keyring.device_id
        value = {"office": office.office.id, "name": office.office.name, "kind": form.kind.value, "device": device}
        output.answer(value, [_("The office {name} is ready.").format(name=office.office.name)])
    finally:
        office.close()
    return Exit.DONE


def enrol(options: argparse.Namespace, output: Output) -> Exit:
    """enrol request FILE | grant REQUEST FILE | accept FILE"""
    office = opened(options)
    try:
        steps = {"request": _request, "grant": _grant, "accept": _accept}
        return steps[options.step](office, options, output)
    finally:
        office.close()


def _request(office: OpenOffice, options: argparse.Namespace, output: Output) -> Exit:
    made = office.enrolment.request(Path(options.file))
    value = {"file": str(made.path), "unit": made.unit, "device": made.device, "fingerprint": made.fingerprint}
    said = _("Read these digits to the superior office: {digits}").format(digits=made.fingerprint)
    output.answer(value, [str(made.path), said])
    return Exit.DONE


def _grant(office: OpenOffice, options: argparse.Namespace, output: Output) -> Exit:
    asked = office.enrolment.read_request(Path(options.request))
    name = f"{asked.unit_name} ({asked.unit})"
    typed = _typed(options.fingerprint, _("Digits that {name} reads from its screen: ").format(name=name))
    if typed is None:
        output.tell(
            _("The digits of {name} were not compared. Compare them by telephone: {digits}").format(
                name=name, digits=asked.fingerprint
            )
        )
    done = office.enrolment.grant(Path(options.request), Path(options.file), typed=typed)
    value = {
        "file": str(done.value.path),
        "unit": done.value.device.unit,
        "device": done.value.device.id,
        "series": done.value.device.series,
        "compared": typed is not None,
        "root_fingerprint": done.value.root_fingerprint,
    }
    said = _("Digits the ward will be asked for: {digits}").format(digits=done.value.root_fingerprint)
    output.answer(value, [str(done.value.path), said])
    return Exit.DONE


def _accept(office: OpenOffice, options: argparse.Namespace, output: Output) -> Exit:
    typed = _typed(options.fingerprint, _("Digits of the superior office: "))
    if typed is None:
        output.tell(_("The digits of the superior office were not compared."))
    member = office.enrolment.accept(Path(options.file), typed=typed)
    value = {
        "superior": member.superior,
        "superior_name": member.superior_name,
        "series": member.certificate.series,
        "compared": typed is not None,
    }
    output.answer(value, [_("This PC now belongs to {name}.").format(name=member.superior_name)])
    return Exit.DONE


def _typed(option: str | None, question: str) -> str | None:
    """The digits given as an option or typed at a prompt; None when nobody is there to type them."""
    if option is not None:
        return option
    if sys.stdin and sys.stdin.isatty():
        return input(question)
    return None


def check(options: argparse.Namespace, output: Output) -> Exit:
    """Database integrity, journal chain, search index, attachments; --repair makes a stale index anew."""
    office = opened(options)
    try:
        faults = office.check()
        if options.repair and any(fault.code == "search" for fault in faults):
            office.repair_search()
            faults = office.check()
    finally:
        office.close()
    sentences = [fault_sentence(fault.code, fault.facts) for fault in faults]
    problems = [
        {"code": fault.code, **fault.facts, "message": said} for fault, said in zip(faults, sentences, strict=True)
    ]
    output.answer({"ok": not faults, "problems": problems}, sentences or [_("Everything is in order.")])
    return Exit.REFUSED if faults else Exit.DONE
