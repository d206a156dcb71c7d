"""Sentences for what went wrong or was done, ready for a bar."""

from __future__ import annotations

from tcd_desktop.domain.problems import DraftRefused, Refused
from tcd_desktop.i18n import LazyText, _, lazy
from tcd_desktop.jobs import Cancelled
from tcd_desktop.words import field_name

ACTS: dict[str, LazyText] = {
    "reception.log": lazy("The visit was logged."),
    "reception.amend": lazy("The visit was corrected."),
    "reception.answer": lazy("The answer was recorded."),
    "reception.split": lazy("The other contents of the visit were logged."),
    "reception.refusal_notice": lazy("The refusal notice was recorded."),
    "slip.handed_over": lazy("It was recorded that the citizen has the slip."),
    "case.open": lazy("The case was opened."),
    "case.move": lazy("The case has a new state."),
    "case.attach": lazy("The file was attached."),
    "phrase.add": lazy("The phrase was added."),
    "phrase.change": lazy("The phrase was changed."),
    "phrase.remove": lazy("The phrase was put away."),
    "slip.print": lazy("The slip was recorded as printed."),
    "sitting.plan": lazy("The year's calendar was saved."),
    "sitting.add": lazy("The sitting was added."),
    "sitting.change": lazy("The sitting was changed."),
    "sitting.remove": lazy("The sitting was removed."),
    "sitting.post": lazy("The posting was recorded."),
    "sitting.postpone": lazy("The sitting was postponed. Post the new day at the reception place."),
    "sitting.hold": lazy("The sitting was recorded as held."),
    "sitting.nobody": lazy("It was recorded that nobody came."),
    "sitting.minutes": lazy("The minutes were saved."),
    "sitting.delegate": lazy("The receiver was changed."),
    "conclusion.add": lazy("The conclusion was added."),
    "conclusion.change": lazy("The conclusion was changed."),
    "conclusion.issue": lazy("The notice of conclusion was recorded."),
    "conclusion.finish": lazy("The result was recorded."),
    "conclusion.remove": lazy("The conclusion was removed."),
    "directive.issue": lazy("The directive was entered. It travels with the next answer on the stick."),
    "directive.change": lazy("The directive was changed."),
    "directive.report": lazy("The report was entered. It travels with the next bundle."),
    "directive.close": lazy("The directive was closed."),
    "directive.attach": lazy("The case was attached to the directive."),
    "reminder.write": lazy("The reminder was entered. It travels with the next answer on the stick."),
    "obligation.register": lazy("It was registered."),
    "obligation.change": lazy("It was corrected."),
    "obligation.assign": lazy("The execution was assigned."),
    "obligation.tell": lazy("The progress was entered."),
    "obligation.finish": lazy("It was recorded as carried out."),
    "obligation.give_up": lazy("It was recorded that it cannot be carried out."),
    "obligation.reopen": lazy("It is open again."),
    "case.step": lazy("The step was recorded."),
    "case.describe": lazy("It was saved; the time limits follow."),
    "case.classify": lazy("The field of the report was saved."),
    "report.type": lazy("The figure was kept."),
    "report.write": lazy("The section was kept."),
    "report.choose": lazy("The figures are counted by these choices now."),
    "report.make": lazy("The report was made. Record its sending when it goes out."),
    "report.send": lazy("The sending was recorded."),
    "report.withdraw": lazy("The report was withdrawn; another one can be made."),
    "review.decide": lazy("It was decided on the proposal."),
    "review.add": lazy("It stands on the review list now."),
    "review.change": lazy("The review was saved."),
    "review.tell": lazy("The progress was entered."),
    "inspection.begin": lazy("The inspection has begun. Ask for the correction of each finding."),
    "inspection.add": lazy("The finding was added."),
    "inspection.ask": lazy("The correction was asked for. It travels with the next answer on the stick."),
    "inspection.reply": lazy("The answer was entered. It travels with the next bundle."),
    "inspection.settle": lazy("The finding is settled."),
    "inspection.close": lazy("The inspection was concluded."),
    "protection.ask": lazy("The request for protection was entered."),
    "protection.decide": lazy("The decision on protection was entered."),
    "protection.end": lazy("The end of the protection was entered."),
    "calendar.import": lazy("The days of the file stand in the calendar."),
    "calendar.add": lazy("The day was added to the calendar."),
    "old_book.import": lazy("The old book was imported."),
    "old_book.remove": lazy("The whole import was taken back."),
    "old_book.restore": lazy("The import is in the log again."),
    "balance.set": lazy("The opening figures were saved."),
    "link.make": lazy("The visits were linked."),
    "link.take_back": lazy("The link was taken back."),
    "link.not_duplicate": lazy("It is remembered: not a duplicate."),
    "citizen.amend": lazy("The citizen was corrected."),
    "citizen.merge": lazy("The citizens were merged."),
    "citizen.split": lazy("The citizens were parted."),
    "citizen.not_same": lazy("It is remembered: two people."),
    "reception.remove": lazy("The visit lies in the recycle bin."),
    "reception.restore": lazy("The visit is in the book again."),
    "case.remove": lazy("The case lies in the recycle bin."),
    "case.restore": lazy("The case is in the list again."),
    "attachment.restore": lazy("The paper is in its place again."),
    "letter.save": lazy("The draft of the letter was saved."),
    "letter.issue": lazy("The letter was issued."),
    "letter.print": lazy("The print was entered."),
    "report.print": lazy("The paper of the report was entered in the register."),
    "issued_document.sign": lazy("The document was signed digitally."),
    "letter.spoil": lazy("The number was entered as spoilt."),
    "letter.discard": lazy("The draft was thrown away."),
    "own_text.save": lazy("The words were saved."),
    "own_text.withdraw": lazy("The shipped words hold again."),
    "denunciation.reveal": lazy("The look at the identity was recorded."),
    "enrol.grant": lazy("The PC was enrolled."),
    "enrol.accept": lazy("The enrolment of this PC is complete."),
    "officer.add": lazy("The officer was added."),
    "record.erase": lazy("The content was erased. The next bundles carry the decision on."),
}
"""Names of acts as `Done.act` carries them -> what to say."""


def done_sentence(act: str) -> str:
    """What to say after an act."""
    return str(ACTS.get(act) or _("Saved."))


def reversed_sentence(act: str, name: str) -> str:
    """What to say after an undo or redo of the act `name`."""
    return (_("Undone: {act}.") if act.endswith(".undo") else _("Done again: {act}.")).format(act=name)


def failure(error: Exception) -> tuple[str, str]:
    """(sentence, tone) for an exception of a job; an empty sentence when the user stopped it."""
    if isinstance(error, Cancelled):
        return "", "neutral"
    if isinstance(error, DraftRefused):
        stopping = [name for name, found in error.problems.items() if not found.warning]
        names = ", ".join(field_name(name) for name in stopping)
        return _("Nothing was saved. Please complete: {fields}.").format(fields=names), "warning"
    if isinstance(error, Refused):
        from tcd_desktop.sentences import (
            refusal_sentence,
        )  # brings the store in, which the first window does without

        return refusal_sentence(error), "warning"
    return _("The program made a mistake and did nothing. The details are in the error report."), "danger"
