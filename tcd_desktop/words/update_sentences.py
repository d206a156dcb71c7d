"""Why a program update is not made, not installed, not taken back: a sentence with the next step for every code."""

from __future__ import annotations

from tcd_desktop.i18n import N_

UPDATE_SENTENCES: dict[str, str] = {
    "update_not_one": N_(
        "This file is no program update, or it is damaged at its beginning. Ask the office above to write it again."
    ),
    "update_unsigned": N_(
        "The update is not signed by the office above with a key this PC trusts. Do not install it. Read that office's "
        "newest receipt first; if it is still refused, keep the stick and ring that office up."
    ),
    "update_too_new": N_(
        "The update is written in a newer form than this version reads. Ask the office above for the versions between."
    ),
    "update_too_large": N_(
        "The update is larger than a build of this program can be. Do not install it; tell the office above."
    ),
    "update_cut": N_(
        "The update is cut off: the stick was pulled out too early. Ask the office above to write it again."
    ),
    "update_altered": N_(
        "The update is not the one that was signed: it was changed or damaged. Nothing was installed. Keep the stick "
        "and ask the office above to write it again."
    ),
    "update_stick": N_("The stick cannot be read. Put it in again, or ask for another one."),
    "update_disk": N_(
        "The program's folder on this PC cannot be written. Look whether the disk is full or write-protected, then try "
        "again."
    ),
    "update_no_room": N_(
        "The disk of this PC has not enough room: {needed} bytes are needed, {free} are free. Delete files, then try "
        "again."
    ),
    "update_archive": N_(
        "The signed update holds what no build of this program holds ({reason}). Nothing was installed. Tell the "
        "office above."
    ),
    "update_trial": N_(
        "The new version did not pass its check on this PC ({reason}). Nothing was changed: go on with this version "
        "and tell the office above."
    ),
    "update_platform": N_(
        "This update is for another kind of PC ({found}); this one is {have}. Take the update made for this kind."
    ),
    "update_same": N_("Version {have} runs here already. There is nothing to install."),
    "update_older": N_(
        "The stick has version {found}, older than {have} that runs here. An older version is never installed from a "
        "stick; ask the office above for its newest one."
    ),
    "update_follows": N_(
        "Version {found} can only follow version {needed} or later; here runs {have}. Install an update between them "
        "first."
    ),
    "update_schema": N_(
        "Version {found} could not read the books of this PC, which {have} has written. Ask the office above for a "
        "later version."
    ),
    "update_not_placed": N_(
        "This program was not put on the PC together with its launcher, so it cannot be updated from a stick. Let the "
        "office that looks after the program put it there once with “updates place”."
    ),
    "update_not_build": N_(
        "{folder} is no build of this program. Choose the folder that the build of the new version has made."
    ),
    "update_not_superior": N_("Only an office that others report to makes updates."),
    "update_notes": N_("Write in a few lines what is new, at most 40 lines of 500 letters."),
    "update_follows_wrong": N_(
        "Give the oldest version the update may follow, for instance 0.1.0; it must be older than {version}."
    ),
    "update_no_previous": N_("No version before this one lies on this PC. Go on with this one."),
    "update_copy_failed": N_(
        "The copy of the books before the update could not be made. Look whether the disk is full. Nothing was changed."
    ),
    "update_recorded_since": N_(
        "Since version {version} runs here, work was recorded that the version before cannot read, so nothing is put "
        "back and nothing is lost. Go on with {version}, export to the office above, and ask it for a corrected "
        "update."
    ),
}
