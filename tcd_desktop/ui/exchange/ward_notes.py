"""What the superior's newest answer says of this office's entries: kept aside, asked for again, imports taken back."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from tcd_desktop.domain.undone_import import UndoneImport
from tcd_desktop.i18n import _
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.sentences import why_and_next
from tcd_desktop.store.journal import acks, journal
from tcd_desktop.store.schema.rows import ROWS
from tcd_desktop.store.store import Connection
from tcd_desktop.sync.bundle_contents import called
from tcd_desktop.sync.keyring import load_membership
from tcd_desktop.sync.not_taken import NotTaken, not_taken
from tcd_desktop.sync.return_notes import wanted
from tcd_desktop.ui.exchange.record_words import kind_word
from tcd_desktop.ui.exchange.work_card import label
from tcd_desktop.ui.forms.form import Card

MOST = 5
"""Entries that are told one by one; of the others only how many."""


def notes_of(office: OpenOffice) -> list[str]:
    """Sentences for the ward, the most urgent first; empty when there is nothing to tell."""
    with office.store.reading() as connection:
        return [
            *_without_books(connection, office),
            *_undone(connection, office),
            *_wanted(connection),
            *_kept_aside(connection, office),
        ]


def _without_books(connection: Connection, office: OpenOffice) -> list[str]:
    """A further PC of an office, as after a loss, that has read nothing of what the office wrote before it."""
    member, mine = load_membership(office.store), office.office.id
    known = any(chain.seq and not chain.own and chain.office == mine for chain in journal.chains(connection))
    if member is None or member.certificate.series == "A" or known:
        return []
    words = _(
        "This is a further PC of this office (series {series}); the books written before are not here yet. Ask "
        "{superior} to write them onto a stick for this PC (Keys and PCs), then press “Read from a stick…”."
    )
    return [words.format(series=member.certificate.series, superior=member.superior_name)]


def _undone(connection: Connection, office: OpenOffice) -> list[str]:
    own = {(chain.device, chain.epoch): chain for chain in journal.own_chains(connection)}
    told = []
    for one in ROWS["undone_import"].some(connection, "unit = ? ORDER BY id DESC LIMIT 20", (office.office.id,)):
        chain = own.get((one.device, one.epoch))
        if chain is not None and acks.confirmed(connection, chain)[0] < one.last:
            told.append(_undone_sentence(one))
    return told[:1]


def _undone_sentence(one: UndoneImport) -> str:
    return _(
        "The superior office took the import of entries {first}–{last} back ({reason}). Send again: they go with the "
        "next stick."
    ).format(first=one.first, last=one.last, reason=one.reason)


def _wanted(connection: Connection) -> list[str]:
    return [
        _("Entries {first}–{last} have not arrived at the superior office. The next stick carries them again.").format(
            first=want.first, last=want.last
        )
        for want in wanted(connection)
    ]


def _kept_aside(connection: Connection, office: OpenOffice) -> list[str]:
    told = not_taken(connection)
    lines = [_kept_sentence(connection, office.office.id, one) for one in told[:MOST]]
    if len(told) > MOST:
        lines.append(_("{n} more entries were not taken over.").format(n=len(told) - MOST))
    return lines


def _kept_sentence(connection: Connection, office: str, one: NotTaken) -> str:
    number = called(one.table, ROWS[one.table].read(connection, office, one.record))[0]
    name = f"{kind_word(one.table)} {number}".strip()
    if one.corrected:
        return _("{record} was corrected; the correction goes with the next stick.").format(record=name)
    why, next_step = why_and_next(one.code, {})
    return _("{record} was not taken over by the superior office: {why} {next}").format(
        record=name, why=why, next=next_step
    )


class WardNotes(Card):
    """Hidden while there is nothing to tell."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("From the superior office"), parent)
        self.words = label("")
        self.lines.addWidget(self.words)
        self.hide()

    def show_notes(self, notes: list[str]) -> None:
        """Shows the sentences."""
        self.words.setText("\n".join(f"• {note}" for note in notes))
        self.setVisible(bool(notes))
