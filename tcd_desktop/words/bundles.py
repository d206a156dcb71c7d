"""Why a bundle was refused, by its code: what happened, and what to do next (`sync.refusals` explains the codes)."""

from __future__ import annotations

from tcd_desktop.i18n import LazyText, lazy

BUNDLES: dict[str, tuple[LazyText, LazyText]] = {
    "E_NOT_A_BUNDLE": (
        lazy("This file is not a data bundle."),
        lazy("Choose a file whose name begins with TCD_ and ends with .tcdb."),
    ),
    "E_RECIPIENT": (
        lazy("This bundle is not encrypted for this office."),
        lazy(
            "Look at the office code in the file name; take the file to that office, or ask for a new "
            "export to us."
        ),
    ),
    "E_ENVELOPE_CRYPTO": (
        lazy("The file is damaged or incomplete; perhaps the stick was pulled out too early."),
        lazy("Copy or export the bundle once more and wait until the program says the stick can be removed."),
    ),
    "E_LIMIT": (
        lazy("The file is larger than any real bundle can be."),
        lazy(
            "Do not import it. Ask the sender for a new export and tell the office that looks after "
            "the program."
        ),
    ),
    "E_TYPE": (
        lazy("This is a signed file of another kind."),
        lazy(
            "Open it in the place that fits: requests and answers of enrolment under Devices, bundles "
            "under Exchange."
        ),
    ),
    "E_SIGNATURE": (
        lazy("The signature is not from a PC or an officer this office trusts."),
        lazy(
            "Ask the sender whether the PC is enrolled. If it is new, it must send an enrolment "
            "request first."
        ),
    ),
    "E_MANIFEST": (
        lazy("The list of contents of the bundle contradicts itself."),
        lazy(
            "Ask the sender for a new export. If it happens again, tell the office that looks after "
            "the program."
        ),
    ),
    "E_SEGMENT": (
        lazy("A part of the bundle is not the one the sender signed."),
        lazy("Ask the sender for a new export. Keep this stick: somebody may have changed the file."),
    ),
    "E_TRUNCATED": (
        lazy("The bundle ends too early; parts that the sender signed are missing."),
        lazy("Ask the sender for a new export. Keep this stick: somebody may have changed the file."),
    ),
    "E_TRAILING": (
        lazy("The bundle contains more than the sender signed."),
        lazy("Ask the sender for a new export. Keep this stick: somebody may have changed the file."),
    ),
    "E_CHAIN": (
        lazy("The journal in the bundle does not add up to what the sender signed."),
        lazy("Ask the sender to check its journal and export again; keep this stick."),
    ),
    "E_ORDER": (
        lazy("The entries in the bundle are not numbered in order."),
        lazy("Ask the sender to check its journal and export again; keep this stick."),
    ),
    "E_SCHEMA": (
        lazy("The bundle contains an entry that no program of ours writes."),
        lazy("Do not try again. Tell the office that looks after the program and keep this stick."),
    ),
    "E_CANON": (
        lazy("The bundle contains an entry that is not written in the agreed form."),
        lazy("Do not try again. Tell the office that looks after the program and keep this stick."),
    ),
    "E_NFC": (
        lazy("A text in the bundle uses another way of writing Vietnamese letters."),
        lazy("Ask the sender to update the program and export again."),
    ),
    "E_CTRL": (
        lazy("A text in the bundle contains invisible control characters."),
        lazy("Ask the sender to update the program and export again."),
    ),
    "E_GAP": (
        lazy("An earlier bundle of this PC has not arrived yet."),
        lazy("The file is kept and imported by itself once the missing one arrives. Ask the sender for it."),
    ),
    "E_FORK": (
        lazy("Two different histories of one PC exist, as after restoring a backup or copying a disk."),
        lazy("Both are kept. Ask which PC is the real one, then let it begin a new history under Devices."),
    ),
    "E_SCOPE": (
        lazy("The bundle contains records that this PC may not write."),
        lazy("Nothing was taken over. Tell the office that looks after the program and keep this stick."),
    ),
    "E_OWNER": (
        lazy("The bundle changes a field that belongs to another office."),
        lazy("The change is kept aside for a supervisor to look at."),
    ),
    "E_DIRECTION": (
        lazy("This bundle goes the other way, or comes from an office that does not report to this one."),
        lazy("Give it to the office it was made for. Your own exports need not be imported."),
    ),
    "E_REVOKED": (
        lazy("The PC that made this bundle is on the list of revoked devices."),
        lazy("Ask the office above. What was made before the revocation is still taken over."),
    ),
    "E_TOO_NEW": (
        lazy("The bundle was made by a newer version of the program."),
        lazy("Install the new version here; the file is kept and imported afterwards."),
    ),
    "E_ROOT": (
        lazy("The list of trusted keys does not follow from the one this PC trusts."),
        lazy(
            "Import the return bundles in order, the oldest first. If that does not help, ask the "
            "office above."
        ),
    ),
    "E_ROLLBACK": (
        lazy("This is an older state than the one already known here."),
        lazy("Nothing to do: ask the office above for its latest return bundle."),
    ),
    "E_FINGERPRINT": (
        lazy("The number does not match: this file is not the one shown on the other PC's screen."),
        lazy(
            "Compare the digits again. If they differ, do not enrol this PC: ask for the request to "
            "be made anew."
        ),
    ),
    "E_STICK_FULL": (
        lazy("There is not enough room on the stick."),
        lazy(
            "Use another stick or delete files from this one, then export again. Nothing counts as sent yet."
        ),
    ),
    "E_STICK_READ_ONLY": (
        lazy("The stick cannot be written."),
        lazy("Move the lock switch of the stick or use another one, then export again."),
    ),
    "E_STICK_FAILED": (
        lazy("The stick stopped working while it was written."),
        lazy("Put it in again or use another one, then export again. Nothing counts as sent yet."),
    ),
    "E_READ_BACK": (
        lazy("What the stick gives back is not what was written to it."),
        lazy("Do not use this stick any more. Export again to another one."),
    ),
}
"""Code -> (what happened, what to do next)."""
