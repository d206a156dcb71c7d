"""The certificate of this PC among the tasks of the morning, once its end is near."""

from __future__ import annotations

from tcd_desktop.i18n import _, ngettext
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.sync.forks import open_forks
from tcd_desktop.sync.own_certificate import own_certificate
from tcd_desktop.ui.exchange.certificate_words import certificate_words, short_words
from tcd_desktop.ui.lists.paged_model import Chip
from tcd_desktop.ui.today.follow_tasks import FollowLine

PART = "keys"
"""What `goRequest` carries to the exchange."""


def key_lines(office: OpenOffice) -> list[FollowLine]:
    """Histories that wait for a decision; the certificate in its last thirty days, and after the end."""
    return [*_forks(office), *_certificate(office)]


def _forks(office: OpenOffice) -> list[FollowLine]:
    found = open_forks(office.store) if office.keyring.authority is not None else []
    if not found:
        return []
    chip = Chip(_("Two histories"), "danger", "triangle-alert")
    words = _("Nothing new of such a PC is taken in until it is decided.")
    title = ngettext("{n} PC to decide", "{n} PCs to decide", len(found)).format(n=len(found))
    return [FollowLine("forks", chip, title, words, _("Decide"), ("exchange", PART))]


def _certificate(office: OpenOffice) -> list[FollowLine]:
    at = own_certificate(office.store, office.keyring, office.today())
    if at is None or not at.urgent:
        return []
    superior = office.keyring.authority is not None
    chip = Chip(short_words(at), "danger" if at.state == "ended" else "warning", "hourglass")
    words = _("This PC certifies itself: grant it under Keys and PCs.") if superior else certificate_words(at)
    act = _("Renew it") if superior else _("Ask for the next one")
    return [FollowLine("certificate", chip, _("Certificate of this PC"), words, act, ("exchange", PART))]
