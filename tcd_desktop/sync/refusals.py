"""Why a bundle, a certificate or a stick was refused: stable codes, and for each what it means and the next
step.

A refusal changes nothing. `facts` hold short technical values (a length, a sequence number, a reason word)
for the detail view; never text out of the file that was refused, never a person's data.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from tcd_desktop.domain.problems import Refused


class Code(StrEnum):
    """Stable: stored in the inbox ledger and sent in return bundles. Meanings are in REFUSAL_SENTENCES."""

    NOT_A_BUNDLE = "E_NOT_A_BUNDLE"
    RECIPIENT = "E_RECIPIENT"
    ENVELOPE_CRYPTO = "E_ENVELOPE_CRYPTO"
    LIMIT = "E_LIMIT"
    TYPE = "E_TYPE"
    SIGNATURE = "E_SIGNATURE"
    MANIFEST = "E_MANIFEST"
    SEGMENT = "E_SEGMENT"
    TRUNCATED = "E_TRUNCATED"
    TRAILING = "E_TRAILING"
    CHAIN = "E_CHAIN"
    ORDER = "E_ORDER"
    SCHEMA = "E_SCHEMA"
    CANON = "E_CANON"
    NFC = "E_NFC"
    CTRL = "E_CTRL"
    GAP = "E_GAP"
    FORK = "E_FORK"
    FROZEN = "E_FROZEN"
    SCOPE = "E_SCOPE"
    OWNER = "E_OWNER"
    DIRECTION = "E_DIRECTION"
    REVOKED = "E_REVOKED"
    LEFT_OUT = "E_LEFT_OUT"
    TOO_NEW = "E_TOO_NEW"
    ROOT = "E_ROOT"
    ROLLBACK = "E_ROLLBACK"
    FINGERPRINT = "E_FINGERPRINT"
    STICK_FULL = "E_STICK_FULL"
    STICK_FILE_LIMIT = "E_STICK_FILE_LIMIT"
    STICK_READ_ONLY = "E_STICK_READ_ONLY"
    STICK_FAILED = "E_STICK_FAILED"
    READ_BACK = "E_READ_BACK"
    RANGE = "E_RANGE"
    REFERENCE = "E_REFERENCE"
    PARENT = "E_PARENT"
    UNDONE = "E_UNDONE"
    BALANCE = "E_BALANCE"


class BundleRefused(Refused):
    """A file from elsewhere was refused, or our own would be: nothing was changed. `code` is one of
    `Code`.
    """

    def __init__(self, code: Code, **facts: Any) -> None:
        super().__init__(code.value, **facts)


class ExportFailed(BundleRefused):
    """A bundle could not be written to the stick; what was begun is removed and the export counts as not
    done.
    """


def N_(text: str) -> str:
    """Marks a text for the catalogue; it is translated where it is shown."""
    return text


REFUSAL_SENTENCES: dict[Code, tuple[str, str]] = {
    Code.NOT_A_BUNDLE: (
        N_("This file is not a data bundle."),
        N_("Choose a file whose name begins with TCD_ and ends with .tcdb."),
    ),
    Code.RECIPIENT: (
        N_("This bundle is not encrypted for this office."),
        N_("Look at the office code in the file name; take the file to that office, or ask for a new export to us."),
    ),
    Code.ENVELOPE_CRYPTO: (
        N_("The file is damaged or incomplete; perhaps the stick was pulled out too early."),
        N_("Copy or export the bundle once more and wait until the program says the stick can be removed."),
    ),
    Code.LIMIT: (
        N_("The file is larger than any real bundle can be."),
        N_("Do not import it. Ask the sender for a new export and tell the office that looks after the program."),
    ),
    Code.TYPE: (
        N_("This is a signed file of another kind."),
        N_("Open it in the place that fits: requests and answers of enrolment under Devices, bundles under Exchange."),
    ),
    Code.SIGNATURE: (
        N_("The signature is not from a PC or an officer this office trusts."),
        N_("Ask the sender whether the PC is enrolled. If it is new, it must send an enrolment request first."),
    ),
    Code.MANIFEST: (
        N_("The list of contents of the bundle contradicts itself."),
        N_("Ask the sender for a new export. If it happens again, tell the office that looks after the program."),
    ),
    Code.SEGMENT: (
        N_("A part of the bundle is not the one the sender signed."),
        N_("Ask the sender for a new export. Keep this stick: somebody may have changed the file."),
    ),
    Code.TRUNCATED: (
        N_("The bundle ends too early; parts that the sender signed are missing."),
        N_("Ask the sender for a new export. Keep this stick: somebody may have changed the file."),
    ),
    Code.TRAILING: (
        N_("The bundle contains more than the sender signed."),
        N_("Ask the sender for a new export. Keep this stick: somebody may have changed the file."),
    ),
    Code.CHAIN: (
        N_("The journal in the bundle does not add up to what the sender signed."),
        N_("Ask the sender to check its journal and export again; keep this stick."),
    ),
    Code.ORDER: (
        N_("The entries in the bundle are not numbered in order."),
        N_("Ask the sender to check its journal and export again; keep this stick."),
    ),
    Code.SCHEMA: (
        N_("The bundle contains an entry that no program of ours writes."),
        N_("Do not try again. Tell the office that looks after the program and keep this stick."),
    ),
    Code.CANON: (
        N_("The bundle contains an entry that is not written in the agreed form."),
        N_("Do not try again. Tell the office that looks after the program and keep this stick."),
    ),
    Code.NFC: (
        N_("A text in the bundle uses another way of writing Vietnamese letters."),
        N_("Ask the sender to update the program and export again."),
    ),
    Code.CTRL: (
        N_("A text in the bundle contains invisible control characters."),
        N_("Ask the sender to update the program and export again."),
    ),
    Code.GAP: (
        N_("An earlier bundle of this PC has not arrived yet."),
        N_("The file is kept and imported by itself once the missing one arrives. Ask the sender for it."),
    ),
    Code.FORK: (
        N_("Two different histories of one PC exist, as after restoring a backup or copying a disk."),
        N_("Both are kept. Ask which PC is the real one, then let it begin a new history under Devices."),
    ),
    Code.FROZEN: (
        N_("This PC has two histories; until it is decided which one goes on, nothing more of it is taken in."),
        N_("The file is kept and imported by itself afterwards. Decide under Keys and PCs."),
    ),
    Code.SCOPE: (
        N_("The bundle contains records that this PC may not write."),
        N_("Nothing was taken over. Tell the office that looks after the program and keep this stick."),
    ),
    Code.OWNER: (
        N_("The bundle changes a field that belongs to another office."),
        N_("The change is kept aside for a supervisor to look at."),
    ),
    Code.RANGE: (
        N_("A date or a number of this entry is one that nobody can mean."),
        N_("The entry is kept aside whole. The office that wrote it looks at the record and corrects the value."),
    ),
    Code.REFERENCE: (
        N_("The entry answers something that is not known here."),
        N_("It is kept aside and taken over by itself once what it answers has come."),
    ),
    Code.PARENT: (
        N_("The entry changes a record that has not come here yet."),
        N_("It is kept aside and taken over by itself once the bundle of the other PC with the record has come."),
    ),
    Code.UNDONE: (
        N_("The import of this entry was taken back."),
        N_("Import the bundle again, or the next one of this PC: its entries are sent again by themselves."),
    ),
    Code.BALANCE: (
        N_("The balance of the import does not add up, so nothing was taken over."),
        N_("Import again. If it happens again, tell the office that looks after the program and keep this stick."),
    ),
    Code.DIRECTION: (
        N_("This bundle goes the other way, or comes from an office that does not report to this one."),
        N_("Give it to the office it was made for. Your own exports need not be imported."),
    ),
    Code.REVOKED: (
        N_("The PC that made this bundle is on the list of revoked devices."),
        N_("Ask the office above. What was made before the revocation is still taken over."),
    ),
    Code.LEFT_OUT: (
        N_("The superior office has left this entry of a revoked PC out."),
        N_("It stays kept aside with the reason. Under Kept aside it can still be taken in."),
    ),
    Code.TOO_NEW: (
        N_("The bundle was made by a newer version of the program."),
        N_("Install the new version here; the file is kept and imported afterwards."),
    ),
    Code.ROOT: (
        N_("The list of trusted keys does not follow from the one this PC trusts."),
        N_("Import the return bundles in order, the oldest first. If that does not help, ask the office above."),
    ),
    Code.ROLLBACK: (
        N_("This is an older state than the one already known here."),
        N_("Nothing to do: ask the office above for its latest return bundle."),
    ),
    Code.FINGERPRINT: (
        N_("The number does not match: this file is not the one shown on the other PC's screen."),
        N_("Compare the digits again. If they differ, do not enrol this PC: ask for the request to be made anew."),
    ),
    Code.STICK_FULL: (
        N_("There is not enough room on the stick."),
        N_("Use another stick or delete files from this one, then export again. Nothing counts as sent yet."),
    ),
    Code.STICK_FILE_LIMIT: (
        N_("The stick cannot hold a file of this size."),
        N_("Use another stick, or have this one formatted as exFAT; then export again. Nothing counts as sent yet."),
    ),
    Code.STICK_READ_ONLY: (
        N_("The stick cannot be written."),
        N_("Move the lock switch of the stick or use another one, then export again."),
    ),
    Code.STICK_FAILED: (
        N_("The stick stopped working while it was written."),
        N_("Put it in again or use another one, then export again. Nothing counts as sent yet."),
    ),
    Code.READ_BACK: (
        N_("What the stick gives back is not what was written to it."),
        N_("Do not use this stick any more. Export again to another one."),
    ),
}
"""Code -> (what happened, what to do next), English; the window translates them."""
