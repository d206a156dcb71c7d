"""export, import, inspect: bundles on sticks."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from tcd_desktop.cli.office_commands import opened
from tcd_desktop.cli.output import Exit, Output
from tcd_desktop.i18n import _
from tcd_desktop.sentences import code_sentence, import_sentence
from tcd_desktop.sync.inbox import ImportResult

_COUNTS = ("received", "new", "updated", "identical", "conflict", "refused")


def export(options: argparse.Namespace, output: Output) -> Exit:
    """export --to FOLDER: a ward's bundle for its superior, or a superior's answers to its wards."""
    office = opened(options)
    try:
        written = office.outbox.export(Path(options.to), full=options.full, papers=not options.without_papers)
    finally:
        office.close()
    bundles = [
        {
            "office": bundle.office,
            "bundle": str(bundle.path),
            "operations": bundle.operations,
            "first": bundle.first,
            "last": bundle.last,
            "papers": bundle.papers,
            "bytes": bundle.size,
        }
        for bundle in written
    ]
    first = bundles[0] if bundles else {"bundle": None, "operations": 0, "first": 0, "last": 0}
    value: dict[str, Any] = {name: first[name] for name in ("bundle", "operations", "first", "last")}
    value["bundles"] = bundles
    nothing = [_("There is nothing new to send.")]
    output.answer(value, [f"{line['bundle']}\t{line['operations']}" for line in bundles] or nothing)
    return Exit.DONE


def import_(options: argparse.Namespace, output: Output) -> Exit:
    """import FILE… [--dry-run]: prints the balance sheet of each."""
    office = opened(options)
    try:
        results = office.inbox.take([Path(name) for name in options.files], dry_run=options.dry_run)
    finally:
        office.close()
    output.answer({"files": [_result(result) for result in results]}, [import_sentence(result) for result in results])
    refused = any(result.outcome == "refused" for result in results)
    return Exit.REFUSED if refused else Exit.DONE


def _result(result: ImportResult) -> dict[str, Any]:
    counts = {name: getattr(result.balance, name) for name in _COUNTS}
    return {
        "file": str(result.file),
        "outcome": result.outcome,
        "code": result.code,
        "message": import_sentence(result),
        **counts,
        "papers": result.papers,
        "dry_run": result.dry_run,
        "sender": result.sender,
    }


def inspect(options: argparse.Namespace, output: Output) -> Exit:
    """inspect FILE: what a bundle says of itself; signature and counts when an office that may read it is given."""
    from tcd_desktop.sync.inspection import inspect_file

    if options.home is None:
        seen = inspect_file(Path(options.file))
    else:
        office = opened(options)
        try:
            seen = office.inbox.inspect(Path(options.file))
        finally:
            office.close()
    value = {
        "signature": seen.signature,
        "sender": seen.sender,
        "recipient": seen.recipient,
        "operations": seen.operations,
        "created": seen.created,
        "kind": seen.kind,
        "first": seen.first,
        "last": seen.last,
        "known": seen.known,
    }
    if seen.code:
        output.tell(code_sentence(seen.code, {}))
    lines = [f"{name}: {given}" for name, given in value.items() if given is not None]
    output.answer(value, lines)
    return Exit.REFUSED if seen.signature == "invalid" else Exit.DONE
