"""Names of acts: what stands behind "Undo:" and "Redo:", in the list of recent acts, in histories."""

from __future__ import annotations

from tcd_desktop.i18n import LazyText, _, lazy

UNDO, REDO = ".undo", ".redo"

ACT_NAMES: dict[str, LazyText] = {
    "exchange.undo_import": lazy("take an import back"),
    "record.erase": lazy("erase by a decision"),
    "updates.make": lazy("write a program update onto a stick"),
    "updates.install": lazy("install a program update"),
    "updates.back": lazy("go back to the previous version of the program"),
    "reception.log": lazy("log the visit"),
    "reception.amend": lazy("correct the visit"),
    "reception.answer": lazy("record the answer to the visit"),
    "reception.split": lazy("log the other contents of the visit"),
    "reception.refusal_notice": lazy("record the refusal notice of the visit"),
    "reception.remove": lazy("put the visit into the recycle bin"),
    "reception.restore": lazy("take the visit out of the recycle bin"),
    "case.open": lazy("open the case"),
    "review.decide": lazy("decide on the review"),
    "review.add": lazy("put the case under review"),
    "review.change": lazy("change the review"),
    "review.tell": lazy("report on the review"),
    "inspection.begin": lazy("begin the inspection"),
    "inspection.add": lazy("add the finding"),
    "inspection.ask": lazy("ask for the correction"),
    "inspection.settle": lazy("enter the answer to the finding"),
    "inspection.reply": lazy("answer the finding"),
    "inspection.close": lazy("close the inspection"),
    "petition.register": lazy("register the petition"),
    "petition.change": lazy("change the petition"),
    "case.move": lazy("move the case on"),
    "case.step": lazy("take a step in the case"),
    "case.describe": lazy("change the details of the case"),
    "case.recount": lazy("compute the deadline of the case anew"),
    "case.classify": lazy("say in which field the case counts"),
    "class_tag.add": lazy("add a tag of a field"),
    "class_tag.remove": lazy("take a tag of a field out"),
    "protection.ask": lazy("enter a request for protection"),
    "protection.decide": lazy("enter the decision on protection"),
    "protection.end": lazy("end the protection"),
    "calendar.import": lazy("import days off"),
    "case.attach": lazy("attach a paper to the case"),
    "case.remove": lazy("put the case into the recycle bin"),
    "case.restore": lazy("take the case out of the recycle bin"),
    "attachment.add": lazy("attach a paper"),
    "attachment.rename": lazy("rename a paper"),
    "attachment.tie": lazy("say which document a scan shows"),
    "attachment.turn": lazy("turn a scan"),
    "attachment.remove": lazy("put a paper into the recycle bin"),
    "attachment.restore": lazy("take a paper out of the recycle bin"),
    "slip.print": lazy("print the receipt slip"),
    "slip.handed_over": lazy("record that the citizen has the slip"),
    "slip.spoil": lazy("enter a print of the slip as spoilt"),
    "sitting.plan": lazy("plan the year's sittings"),
    "sitting.add": lazy("add the sitting"),
    "sitting.change": lazy("change the sitting"),
    "sitting.post": lazy("record the posting of sittings"),
    "sitting.postpone": lazy("postpone the sitting"),
    "sitting.hold": lazy("record the sitting as held"),
    "sitting.nobody": lazy("record that nobody came to the sitting"),
    "sitting.minutes": lazy("write the minutes of the sitting"),
    "sitting.delegate": lazy("change the receiver of the sitting"),
    "sitting.remove": lazy("put the sitting into the recycle bin"),
    "sitting.restore": lazy("take the sitting out of the recycle bin"),
    "conclusion.add": lazy("add a conclusion"),
    "conclusion.change": lazy("change a conclusion"),
    "conclusion.issue": lazy("record a notice of conclusion"),
    "conclusion.finish": lazy("record the result of a conclusion"),
    "conclusion.remove": lazy("put a conclusion into the recycle bin"),
    "conclusion.restore": lazy("take a conclusion out of the recycle bin"),
    "calendar.add": lazy("add the day to the calendar"),
    "calendar.remove": lazy("remove the day from the calendar"),
    "old_book.import": lazy("import an old book"),
    "old_book.remove": lazy("take an import back"),
    "old_book.restore": lazy("bring an import back"),
    "balance.set": lazy("save the opening figures"),
    "balance.restore": lazy("take an opening figure out of the recycle bin"),
    "report.restore": lazy("take an entry of the report out of the recycle bin"),
    "class_tag.restore": lazy("take a tag of a field out of the recycle bin"),
    "own_text.restore": lazy("take the words of a letter out of the recycle bin"),
    "conflict.settle": lazy("decide between two values"),
    "conflict.restore": lazy("take back a value that was not chosen"),
    "number.keep": lazy("enter that a number given twice is right"),
    "number.renew": lazy("give a new number"),
    "link.make": lazy("link visits"),
    "link.take_back": lazy("take a link back"),
    "link.not_duplicate": lazy("remember that visits are no duplicate"),
    "link.remove": lazy("put a link into the recycle bin"),
    "link.restore": lazy("take a link out of the recycle bin"),
    "phrase.add": lazy("add a phrase"),
    "phrase.change": lazy("change a phrase"),
    "phrase.remove": lazy("put a phrase into the recycle bin"),
    "phrase.restore": lazy("take a phrase out of the recycle bin"),
    "citizen.amend": lazy("correct a citizen"),
    "citizen.merge": lazy("merge citizens"),
    "citizen.split": lazy("part citizens"),
    "citizen.not_same": lazy("remember two people"),
    "directive.issue": lazy("issue a directive"),
    "directive.change": lazy("change a directive"),
    "directive.report": lazy("report on a directive"),
    "directive.close": lazy("close a directive"),
    "directive.attach": lazy("attach a case to a directive"),
    "obligation.register": lazy("register what has to be carried out"),
    "obligation.change": lazy("correct what has to be carried out"),
    "obligation.assign": lazy("assign the execution"),
    "obligation.tell": lazy("write how far the execution is"),
    "obligation.finish": lazy("record that it was carried out"),
    "obligation.give_up": lazy("record that it cannot be carried out"),
    "obligation.reopen": lazy("go on with the execution"),
    "reminder.write": lazy("write a reminder"),
    "report.type": lazy("type figures into the report"),
    "report.write": lazy("write a section of the report"),
    "report.choose": lazy("choose how the report counts"),
    "report.make": lazy("make the report"),
    "report.send": lazy("record the sending of the report"),
    "report.withdraw": lazy("withdraw the report"),
    "letter.save": lazy("save the draft of a letter"),
    "letter.issue": lazy("issue the letter"),
    "letter.print": lazy("print the letter"),
    "report.print": lazy("enter the paper of the report"),
    "issued_document.sign": lazy("sign the document digitally"),
    "letter.spoil": lazy("enter the letter's number as spoilt"),
    "letter.discard": lazy("throw the draft of a letter away"),
    "own_text.save": lazy("change the words of a letter"),
    "own_text.withdraw": lazy("go back to the shipped words"),
    "denunciation.reveal": lazy("look at an identity"),
    "denunciation.reveal_book": lazy("open the identities in a log book"),
    "office.found": lazy("found the office"),
    "officer.add": lazy("add an officer"),
    "enrol.grant": lazy("enrol a PC"),
    "enrol.again": lazy("enter a PC again that was forgotten"),
    "enrol.accept": lazy("complete the enrolment"),
    "enrol.withdraw": lazy("withdraw an enrolment"),
    "keys.renew": lazy("renew the certificates of PCs"),
    "keys.revoke": lazy("revoke a PC"),
    "keys.take_in": lazy("take in what a revoked PC wrote later"),
    "keys.leave_out": lazy("leave out what a revoked PC wrote later"),
    "keys.one_history": lazy("let the first history of a PC go on"),
    "keys.give_back": lazy("write a ward's books for one of its PCs"),
    "keys.reseal": lazy("take over sealed identities"),
    "keys.rotate_device": lazy("change the keys of this PC"),
    "keys.rotate_office": lazy("change the receiving keys of the office"),
    "keys.rotate_root": lazy("change the root key"),
    "keys.print": lazy("print the keys for the sealed envelope"),
}
"""Act -> what was done, in words that fit after "Undo: " and before the number of the visit or the case."""


def base_act(act: str) -> str:
    """The act that an undo or redo is of: "case.move.undo" -> "case.move"."""
    while act.endswith((UNDO, REDO)):
        act = act.rsplit(".", 1)[0]
    return act


def act_name(act: str, name: str = "", count: int = 1) -> str:
    """ "log the visit 57/2026": `name` is the number in the book, `count` how many were touched."""
    words = ACT_NAMES.get(base_act(act))
    text = str(words) if words else _("an act")
    if name:
        text = f"{text} {name}"
    return _("{act} and {count} more").format(act=text, count=count - 1) if name and count > 1 else text


def undo_label(act: str, name: str = "", count: int = 1) -> str:
    """ "Undo: log the visit 57/2026"."""
    return _("Undo: {act}").format(act=act_name(act, name, count))


def redo_label(act: str, name: str = "", count: int = 1) -> str:
    """ "Redo: log the visit 57/2026"."""
    return _("Redo: {act}").format(act=act_name(act, name, count))
