"""What people are told when a rule says no: one sentence with the next step for every code, in the user's language.

Codes of drafts and fields are in `words`; codes of bundles in `sync.refusals`; those of the desks and the store here.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from enum import Enum
from typing import TYPE_CHECKING, Any

from tcd_desktop.domain.problems import DraftRefused, Refused
from tcd_desktop.i18n import N_, _
from tcd_desktop.sync.refusals import REFUSAL_SENTENCES, Code
from tcd_desktop.words import field_name, word
from tcd_desktop.words.steps import step_name
from tcd_desktop.words.update_sentences import UPDATE_SENTENCES

if TYPE_CHECKING:
    from tcd_desktop.sync.inbox import ImportResult

SENTENCES: dict[str, str] = {
    **UPDATE_SENTENCES,
    "import_running": N_("Another import has been running on this PC for ten minutes. Let it end, then try again."),
    "parking_full": N_(
        "{count} bundles wait for missing ones already. Leave this one on its stick until those have come."
    ),
    "undo_unknown": N_("This import is not in the books any more. Look at the ledger of files."),
    "undo_not_ops": N_(
        "An answer of the superior office cannot be taken back: what it says of keys and receipts never goes backward."
    ),
    "undo_erased": N_(
        "This import brought a decision to erase a record. What was erased cannot come back, so it is not taken back."
    ),
    "erased": N_("The content of this record was erased by a decision. It can be neither changed nor restored."),
    "decision_needed": N_("Write the number of the decision."),
    "decision_future": N_("The decision cannot be from a day that has not come yet."),
    "undo_nothing": N_("This import brought nothing new, so there is nothing to take back."),
    "undo_built_on": N_(
        "The import cannot be taken back: later work rests on it ({count}). Look at the list of what rests on it and "
        "take that back first."
    ),
    "draft": N_("Some fields are missing or wrong. Correct the marked fields and save again."),
    "unknown_record": N_("There is no such record here. Check the number or look it up in the list."),
    "other_office": N_("This record belongs to another office. Only that office can change it."),
    "amend_secret": N_(
        "A visit cannot be changed into a denunciation or back, because its identity is kept differently. "
        "Log a new visit instead."
    ),
    "effect_not_yet": N_(
        "The decision comes into legal effect after {due} ({article}), when nobody has complained a second time. "
        "Record it then."
    ),
    "step_unknown": N_("This kind of matter has no such step. Choose one of the steps that are offered."),
    "step_not_now": N_(
        "“{act}” cannot be done while the case is “{state}” ({article}). Take the steps before it first."
    ),
    "step_once": N_("“{act}” may be done only once for the same matter ({article}), and it was done before."),
    "mapping_not_read": N_("The mapping of codes cannot be read: {file}."),
    "paper_other_office": N_("This paper is of another office: {office}. Its record is not kept here."),
    "paper_unknown": N_("No record has the number {number} of this paper. Look whether its book is on this PC."),
    "book_ending": N_("The log book is written as .pdf or .xlsx, not as {file}."),
    "nothing_secret": N_("No denunciation is in this book: there is nothing to open."),
    "slip_spoilt": N_("This print was entered as spoilt before."),
    "period_turned": N_("The period ends before it begins."),
    "unknown_period": N_("{period} is no period of a report. Write 2026-q4, 2026-6m, 2026-9m, 2026-y or 2026-11."),
    "period_not_begun": N_("The period begins only on {first}."),
    "nothing_to_report": N_("There is nothing in this report yet."),
    "report_sent": N_("The report was sent on {on} already. Withdraw it first, with the reason."),
    "report_withdrawn": N_("The report was withdrawn. Make a new one."),
    "only_reads": N_("You may look, not change anything. Ask an administrator for another right."),
    "reveal_right": N_("Only who handles denunciations may look at who wrote them. Ask the head of the office."),
    "protection_not_secret": N_("Protection is asked for in a denunciation. This case is none."),
    "protection_decided": N_("It was decided on {on} already."),
    "protection_not_granted": N_("Only protection that was granted can be ended."),
    "petition_has_case": N_("The petition belongs to a case already."),
    "tag_known": N_("The same line is in the table already."),
    "unknown_bucket": N_("The report has no such field for this kind of matter."),
    "no_days_in_file": N_("No line of the file is a day with its reason. The first column holds the day."),
    "file_not_read": N_("The file cannot be read: {file}. Give a table (.csv, .xlsx) or a .toml of this program."),
    "step_right": N_("“{act}” is not among what you may do. Ask the head of the office or an administrator."),
    "not_allowed": N_("This is not among what you may do. Ask the head of the office or an administrator."),
    "extension_complex": N_("Only a complex matter is extended ({article}). Tick first in the case why it is complex."),
    "extension_used": N_("The limit was extended as often as the law allows: {most} times ({article})."),
    "date_in_future": N_("The date is after today, {today}. Correct the date."),
    "directive_units": N_(
        "An office cannot be added to a directive afterwards: it could not read what was written before. Enter a "
        "directive of its own for it."
    ),
    "directive_not_theirs": N_(
        "The directive does not name the office of this case, which could not read it. Enter a directive of its own "
        "for that office."
    ),
    "nothing_to_execute": N_("Only a decision on a complaint or a conclusion on a denunciation is registered here."),
    "obligation_ended": N_("This was ended before. Go on with it first, with the reason."),
    "obligation_open": N_("This is not ended; write how far it is instead."),
    "obligation_done": N_("This was carried out. Go on with it first, with the reason."),
    "reminder_due": N_("The new date is before the reminder itself ({date}). Correct it."),
    "review_known": N_("{number} is on the review list already. Open its line there."),
    "round_closed": N_("This inspection is closed. Begin a new one."),
    "due_in_past": N_("The day asked for is before today, {today}. Choose a later one."),
    "guided_before": N_(
        "The same content was guided or forwarded before with petition {number} of {on}; the law allows it once. File "
        "this one."
    ),
    "answer_before_visit": N_("The answer is dated before the visit of {visit}. Correct the date."),
    "list_unreadable": N_("The file {file} cannot be read as a list. Open it, copy the lines and paste them here."),
    "list_too_big": N_("The file {file} is too big for a list of people."),
    "list_kind": N_(
        "{file} is no list this program reads. Take an Excel file, a CSV or a text file, or paste the lines."
    ),
    "list_empty": N_("No names were found in {file}. Copy the lines and paste them here."),
    "statement_open": N_(
        "What the citizen told was not read back and signed yet. Amend the visit: tick that it was read back, and how "
        "it was signed."
    ),
    "split_secret": N_(
        "From a denunciation only denunciations are split off: an open line would name the denouncer. Log the other "
        "content as a visit of its own."
    ),
    "no_notice_needed": N_("This refusal is explained in person; it needs no written notice."),
    "notice_number": N_("Type the number of the notice."),
    "notice_in_future": N_("The notice is dated after today, {today}. Correct the date."),
    "notice_before_visit": N_("The notice is dated before the visit of {visit}. Correct the date."),
    "answer_in_future": N_("The answer is dated after today, {today}. Correct the date."),
    "reason_needed": N_("Write a reason first; it is kept in the journal."),
    "bad_text": N_("A text holds characters that cannot be stored. Delete it and type it again."),
    "too_much_text": N_("The record holds more than {most} KB of text. Attach long texts as a document."),
    "too_many_wards": N_("The practice district has {most} wards."),
    "no_calendar": N_("The calendar of the year {year} is not known. Check the date."),
    "sealed_for_others": N_("This PC has no right to open this identity. Ask the office that took the denunciation."),
    "link_self": N_("A visit cannot be linked with itself. Choose another one."),
    "link_known": N_("These two visits are linked like that already."),
    "link_secret": N_(
        "A denunciation and another visit can only be linked as the same matter: every other kind would tell who the "
        "denouncer is."
    ),
    "merge_self": N_("Choose two different citizens."),
    "citizen_merged": N_("One of them was merged already. Part them first, or choose the one that was kept."),
    "not_merged": N_("This citizen was not merged."),
    "case_exists": N_("This visit already has a case file. Open it from the visit."),
    "attachment_empty": N_("The file is empty. Choose another one."),
    "attachment_too_big": N_("The file is larger than {most} MB. Scan it in a lower quality or split it."),
    "attachment_program": N_("This is a program or a script. Programs are never kept with papers."),
    "attachment_unknown": N_("This kind of file cannot be kept. Save it as PDF or as a picture and add that."),
    "attachment_damaged_picture": N_("This picture is damaged. Scan or photograph the paper again."),
    "attachment_unturnable": N_("This kind of file cannot be turned."),
    "attachment_known": N_("This paper is here already, under the name {name}."),
    "picture_too_big": N_(
        "The picture has {wide} × {high} points, more than this PC can show ({most} million). "
        "Scan it in a lower quality."
    ),
    "owner_full": N_("The papers here would take more than {most} MB. Remove some or scan them in a lower quality."),
    "card_picture": N_(
        "The picture shows a citizen card. The data in its code are enough; "
        "to keep the picture itself, write the reason."
    ),
    "name_needed": N_("Write a name."),
    "no_documents": N_("No document was handed over at this visit. Add the documents first, then print the slip."),
    "no_form": N_("There was no official form {form} in force on {on}. Check the date of the visit."),
    "letter_issued": N_(
        "This letter was issued already and its words stay. Put a mistake right by spoiling its number."
    ),
    "letter_not_issued": N_("This letter is not issued. Issue it first."),
    "signing_not_installed": N_(
        "This copy of the program cannot sign digitally: its part for signing is not installed. Ask who installed the "
        "program for the version with digital signing, or run “{command}” on a PC with a network."
    ),
    "key_file_not_read": N_("The file {file} is no key file. Choose the file .p12 or .pfx of your certificate."),
    "key_password_wrong": N_(
        "The password of {file} is not right. Check Caps Lock and the typing tool, type it again."
    ),
    "key_file_no_key": N_(
        "The file {file} holds no key to sign with. Ask the issuer for the file with the private key."
    ),
    "certificate_expired": N_("The certificate of {name} ran out on {until}. Ask the issuer to renew it."),
    "certificate_not_yet": N_(
        "The certificate of {name} holds only from {since}. Look at the date of this PC, or sign then."
    ),
    "certificate_no_signing": N_("The certificate of {name} is not one for signatures. Choose another."),
    "token_library": N_(
        "{file} does not work as the library of a token. Install the maker's program for the token, then choose "
        "its PKCS#11 library."
    ),
    "token_missing": N_("There is no token in this PC. Put it in, wait until its light is steady, and look again."),
    "token_pin_wrong": N_("The PIN is not right. Type it again; after several wrong ones the token locks itself."),
    "token_pin_few": N_("The PIN is not right, and few tries are left before the token locks itself. Be sure of it."),
    "token_pin_last": N_(
        "The PIN is not right, and one try is left. Be sure of it, or the token locks itself and only its issuer "
        "opens it again."
    ),
    "token_pin_locked": N_("The token has locked itself after too many wrong PINs. Only its issuer can open it again."),
    "token_no_certificate": N_("The token holds no certificate with a key to sign with. Ask its issuer."),
    "token_failed": N_("The token did not answer. Pull it out, put it in again, and repeat."),
    "already_signed": N_("{name} has signed this document already. Nobody signs it twice."),
    "signed_and_changed": N_(
        "This document was changed after {name} signed it, so it is not signed again. Print it anew and sign that."
    ),
    "signing_failed": N_(
        "The document could not be signed. Nothing was changed; try again, or print and sign by hand."
    ),
    "pdf_not_read": N_("The file is no PDF that can be read. Ask for it once more."),
    "print_spoilt": N_("This print is marked as spoilt, so it is not signed. Print again and sign that."),
    "picture_not_read": N_("The picture is no PNG that can be read. Choose a PNG with a transparent ground."),
    "picture_no_size": N_(
        "The picture of the stamp does not tell its real size, or more than 50 mm. Save it as PNG with the right dpi."
    ),
    "picture_no_place": N_(
        "There is no place for the picture: the signer's name is not printed on the document, or the person has not "
        "signed with a picture. Sign without a picture."
    ),
    "root_not_read": N_("The file {file} is no certificate. Choose the file .cer, .crt or .pem of the issuer."),
    "root_no_issuer": N_("The certificate in {file} is not that of an issuer. Choose the issuer's own certificate."),
    "root_not_kept": N_("The certificate could not be saved. Look whether the disk is full, and try again."),
    "letter_spoilt": N_("The number of this letter is spoilt: it is not printed any more. Write a new letter."),
    "letter_printed": N_(
        "It was not undone: the letter was printed with its number. If it is wrong, enter the number as spoilt."
    ),
    "letter_future": N_("The letter is dated after today, {today}. Correct the date."),
    "letter_number": N_("A number is from 1 to {most}. Correct it, or leave it empty for the next one."),
    "letter_number_taken": N_("The number {number} stands in the book already. Look into the paper register again."),
    "letter_subject": N_("“{kind}” is not written about such a record. Choose another kind."),
    "letter_identity_needed": N_("This letter goes to who denounced: say first why the identity is opened."),
    "letter_closed": N_("The words of this letter are sealed. Open it with a reason first."),
    "nothing_to_undo": N_("There is nothing of yours to undo today."),
    "nothing_to_redo": N_("There is nothing to redo."),
    "unknown_entry": N_("This act is not in the journal of this PC. It can be undone only where it was done."),
    "not_reversible": N_("This act stays done: what was printed, enrolled or recorded about a look is not taken back."),
    "changed_since": N_(
        "It was not undone: “{field}” was changed again since, by {who} at {when}. Correct it by an amendment instead."
    ),
    "rested_on": N_("It was not undone: {count} newer records rest on it. Undo those first."),
    "removed_already": N_("It lies in the recycle bin already."),
    "no_such_value": N_("This value does not stand there any more. Look at the question once more."),
    "value_shown": N_("This value is shown already."),
    "value_closed": N_(
        "This would tell who denounced. Choose the other value; the person's details are corrected in the visit itself."
    ),
    "number_on_paper": N_("The number of a letter is on its paper. Enter the letter as spoilt and issue it anew."),
    "not_removed": N_("It does not lie in the recycle bin any more."),
    "reason_too_long": N_("The reason is too long: at most {most} letters."),
    "consequences_untold": N_("Something has changed meanwhile. Look at what follows from the removal once more."),
    "place_taken": N_("Something newer stands in its place. Take that out first."),
    "removed_elsewhere": N_("Another PC of this office took this out. Restore it there."),
    "owner_removed": N_("The visit or case of this paper lies in the recycle bin. Restore that first."),
    "slip_issued": N_(
        "It was not undone: the citizen has the printed slip of this visit. "
        "If the visit is wrong, put it into the recycle bin with a reason."
    ),
    "sitting_step": N_("A sitting that is “{current}” cannot become “{to}”. Take the last act back first."),
    "sitting_not_yet": N_("The sitting is on {day}. What happened there can be written down from that day on."),
    "sitting_fixed": N_("This sitting is “{current}”: its day can no longer be changed."),
    "sitting_has_visits": N_("Visits were logged for this sitting. Move or remove them first."),
    "sitting_same_day": N_("The new day is the day that is being postponed. Choose another day."),
    "sitting_moved_back": N_("The new day is before today, {today}. Choose a day to come."),
    "sitting_not_held": N_("Write down first that the sitting was held."),
    "posted_in_future": N_("The notice is dated after today, {today}. Correct the date."),
    "posted_after": N_("The notice is dated after the sitting of {day}. Correct the date."),
    "plan_empty": N_("These rules name no new day. Change the rules or the day from which they hold."),
    "number_needed": N_("Write the number of the notice first."),
    "result_needed": N_("Write first what came of it."),
    "issued_before": N_("The date is before the sitting of {day}. Correct it."),
    "issued_in_future": N_("The date is after today, {today}. Correct it."),
    "day_known": N_("{day} is in the table already. Remove that line first."),
    "picture_unreadable": N_("This is not a picture the program can read. Use a PNG, JPEG or BMP file."),
    "picture_too_large": N_("The picture is too large. Take it in a lower quality or cut out the card."),
    "picture_no_code": N_("No QR code was found in the picture. Hold the card flat and close, in even light."),
    "picture_no_card": N_("The code in the picture is not the code of a citizen card."),
    "not_a_card": N_("This is not the code of a citizen card. Scan again or type the person's data."),
    "not_a_date": N_("This is not a date. Write it as 2026-11-23."),
    "unknown_rule": N_("There is no deadline rule called {rule}. Write it as KN1.accept."),
    "no_rule_that_day": N_("The rule {rule} was not in force on {day}; it is known since {since}."),
    "wrong_password": N_("The password is wrong. Check Caps Lock and the Vietnamese typing tool, then try again."),
    "password_short": N_("The password is too short: at least {least} characters."),
    "password_needed": N_("A password is needed: set TCD_PASSWORD or run the command at a terminal."),
    "password_differs": N_("The two passwords are not the same. Type them again."),
    "unknown_officer": N_("There is no officer of that name in this office."),
    "home_needed": N_("Name the office's folder with --home."),
    "folder_taken": N_("The folder {folder} holds an office already. Choose another folder."),
    "folder_unusable": N_("The folder {folder} cannot be written. Choose another folder."),
    "folder_missing": N_("The folder {folder} is not there. Put the stick in and choose it again."),
    "folder_not_empty": N_("The folder {folder} is not empty. Choose a new one."),
    "file_missing": N_("The file {file} is not there. Put the stick in and choose it again."),
    "file_unreadable": N_("The file {file} cannot be read. Choose a file, not a folder, or try another stick."),
    "file_unwritable": N_("The file {file} cannot be written. Choose another place."),
    "answer_unwritable": N_(
        "The answer cannot be written, perhaps the disk is full. The command itself was carried out."
    ),
    "not_a_request": N_("The file {file} is not an enrolment request. Choose the .req file that the ward's PC made."),
    "not_an_answer": N_("The file {file} is not an answer to a request. Choose the .ans file of the superior office."),
    "file_empty": N_("The file {file} holds no visit."),
    "file_too_big": N_("The file {file} is too large. Split it."),
    "file_not_json": N_("The file {file} is not JSON in UTF-8. Write one object or a list of objects."),
    "not_enrolled": N_("This PC has not joined its superior office yet. Make a request under Exchange first."),
    "not_superior": N_("Only the office that others report to can enrol PCs."),
    "two_histories": N_(
        "This PC and the superior office have two histories of it: {here} entries are only here, {there} only there. "
        "Use Exchange, Bring two histories together."
    ),
    "paper_needs_printer": N_("The sealed paper goes to a printer only: pipe this command into the print program."),
    "unknown_device": N_("This PC is not in the register of this office. Enrol it first."),
    "nothing_kept": N_("Nothing of this PC is kept aside up to there any more. Look at the list again."),
    "no_two_histories": N_("This PC has one history only; there is nothing to decide."),
    "already_revoked": N_("This PC was revoked already. Enrol its successor as a new PC."),
    "revoke_own": N_("A PC cannot revoke itself. Put the office together again on another PC with the sealed paper."),
    "renewal_waits": N_("This PC has made new keys already. Send a bundle and read the answer to it first."),
    "no_renewal_due": N_("The certificate of this PC does not end soon. There is nothing to ask for now."),
    "paper_rows": N_("The paper has {rows} rows for each key. Type all of them."),
    "paper_row": N_("Row {row} holds a typing error. Compare it with the paper digit by digit."),
    "paper_other_key": N_("These digits are of another key than this office's root. Open the newest envelope."),
    "keys_are_there": N_("The key file of this office is there and opens. There is nothing to restore."),
    "no_request": N_("This PC has made no request. Make one under Exchange first."),
    "enrol_own_office": N_("The request carries this office's own code. The ward must choose its own and ask again."),
    "enrol_other_office": N_("The answer is for the office {office}, not for this one. Ask for the right file."),
    "no_office": N_("There is no office in this folder. Choose another folder or found an office."),
    "office_file_damaged": N_("The office's file is damaged. Restore it from the last good copy."),
    "store_missing": N_("The database is missing from the office's folder. Restore it from the last good copy."),
    "store_locked": N_("Another window is writing just now. Wait a moment and try again."),
    "store_full": N_("The disk is full. Free some space; nothing you typed is lost."),
    "store_read_only": N_("The office's folder cannot be written. Ask for the right to write there."),
    "store_corrupt": N_("The database is damaged or the key does not fit. Do not go on; restore the last good copy."),
    "store_io": N_("The disk gives errors. Copy the office's folder to another disk and call for help."),
    "store_cannot_open": N_("The office's data cannot be opened. Check that the disk is there and may be read."),
    "store_from_future": N_("These data were made by a newer program. Install the newer program on this PC."),
    "keys_missing": N_("The key file of this PC is missing. Restore it, or enrol this PC anew."),
    "keys_damaged": N_("The key file of this PC is damaged. Restore it, or enrol this PC anew."),
    "book_empty": N_("The file {file} is empty. Choose another one."),
    "book_too_big": N_("The file {file} is larger than {most} MB when it is unpacked. Split the book by years."),
    "book_too_many_rows": N_("The sheet has more than {most} rows. Split the book by years and import each."),
    "book_password": N_("The file {file} has a password. Open it in Excel, save it without one and choose it again."),
    "book_damaged": N_("The file {file} is damaged. Open it in Excel, save it as .xlsx and choose it again."),
    "book_unknown": N_("The file {file} is no Excel book and no CSV. Open it in Excel and save it as .xlsx."),
    "book_mapping": N_("The mapping {file} is not understood. A column is one of: {known}."),
    "book_no_sheet": N_("The file {file} has no sheet called {sheet}."),
    "old_book_nothing": N_("There is no line that could be taken. Check the columns and the heading row."),
    "old_book_numbers_taken": N_(
        "{count} numbers of this import were given to other visits meanwhile, the first is {number}/{year}. "
        "Import the file again instead: its lines get free numbers."
    ),
    "blob_missing": N_("The paper's content is not here (yet). It may come with a later bundle."),
    "blob_damaged": N_("The paper's content is damaged. Restore it from the last good copy or attach it again."),
}
"""Code of a Refused -> English sentence with its facts as placeholders."""

FAULTS: dict[str, str] = {
    "database": N_("The database is damaged ({detail}). Stop working and restore the last good copy."),
    "journal": N_("The journal of device {device} does not fit at entry {seq}: something was changed or removed."),
    "search": N_("The search index is out of step with the log ({rows} rows). Run the command check with --repair."),
    "table": N_("The table {table} has {rows} rows; the journal adds up to {journal}."),
    "attachment_missing": N_("The content of a paper is missing ({table}, {id})."),
    "erased_without_decision": N_(
        "{count} entries came without their content although no decision to erase their records is here. Ask the "
        "office that sent them for the decision."
    ),
    "attachment_damaged": N_("The content of a paper is damaged ({table}, {id})."),
}

OUTCOMES: dict[str, str] = {
    "applied": N_(
        "{file}: {received} received = {new} new + {updated} updated + {identical} identical + {conflict} in conflict "
        "+ {refused} refused"
    ),
    "receipt": N_("{file}: the superior office's signed receipt was read."),
    "already": N_("{file}: imported before; nothing new."),
    "parked": N_("{file}: kept for later. {why}"),
    "refused": N_("{file}: refused, nothing was changed. {why}"),
}


def restored_sentence() -> str:
    """Said once, when the data were found to be older than this PC's last work."""
    return _(
        "The data were put back from an older copy, so this PC began a new history. What was sent before is at "
        "the superior office; type again here what is missing."
    )


def refusal_sentence(refused: Refused) -> str:
    """What happened and what to do next."""
    return code_sentence(refused.code, refused.facts)


def code_sentence(code: str, facts: Mapping[str, Any]) -> str:
    """The same for a code and its facts as a ledger keeps them."""
    return " ".join(filter(None, why_and_next(code, facts)))


def why_and_next(code: str, facts: Mapping[str, Any]) -> tuple[str, str]:
    """(what happened, what to do next); the second is "" when the first says it all."""
    if code in SENTENCES:
        return _(SENTENCES[code]).format(**_shown(facts)), ""
    if code in set(Code):
        what, next_step = REFUSAL_SENTENCES[Code(code)]
        return _(what), _(next_step)
    return _("It was refused ({code}).").format(code=code), ""


def draft_sentences(refused: DraftRefused) -> dict[str, str]:
    """Field -> sentence, for the fields that stop a draft."""
    from tcd_desktop.words import problem_sentence

    return {name: problem_sentence(problem) for name, problem in refused.problems.items() if not problem.warning}


def fault_sentence(code: str, facts: Mapping[str, Any]) -> str:
    """What a health check found."""
    return _(FAULTS[code]).format(**_shown(facts))


def import_sentence(result: ImportResult) -> str:
    """What became of one file."""
    from tcd_desktop.sync.manifest import BundleKind

    outcome = "receipt" if result.outcome == "applied" and result.kind == BundleKind.RETURN else result.outcome
    why = code_sentence(result.code, result.facts) if result.code else ""
    counts = {name: getattr(result.balance, name) for name in result.balance.__slots__}
    return _(OUTCOMES[outcome]).format(file=result.file.name, why=why, **counts)


def _shown(facts: Mapping[str, Any]) -> dict[str, Any]:
    named = {"field": field_name, "act": step_name}
    return {name: named[name](value) if name in named else _show(value) for name, value in facts.items()}


def _show(value: Any) -> Any:
    if isinstance(value, datetime):
        return f"{value:%H:%M %d/%m/%Y}"
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    return word(value) if isinstance(value, Enum) else value
