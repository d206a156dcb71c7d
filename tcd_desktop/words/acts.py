"""Names of acts: what stands behind "Undo:" and "Redo:", in the list of recent acts, in histories."""

from __future__ import annotations

from tcd_desktop.i18n import LazyText, _, lazy

UNDO, REDO = ".undo", ".redo"

ACT_NAMES: dict[str, LazyText] = {
    "reception.log": lazy("log the visit"),
    "reception.amend": lazy("correct the visit"),
    "reception.answer": lazy("record the answer to the visit"),
    "reception.split": lazy("split the visit"),
    "reception.refusal_notice": lazy("record the refusal notice"),
    "slip.handed_over": lazy("record the handing over of the slip"),
    "reception.remove": lazy("put the visit into the recycle bin"),
    "reception.restore": lazy("take the visit out of the recycle bin"),
    "case.open": lazy("open the case"),
    "directive.issue": lazy("enter the directive"),
    "directive.change": lazy("change the directive"),
    "directive.close": lazy("close the directive"),
    "directive.report": lazy("report on the directive"),
    "reminder.write": lazy("write the reminder"),
    "case.move": lazy("move the case on"),
    "case.step": lazy("take the step of the case"),
    "case.describe": lazy("say why the case is complex"),
    "case.recount": lazy("compute the dates anew"),
    "case.attach": lazy("attach a paper to the case"),
    "case.remove": lazy("put the case into the recycle bin"),
    "case.restore": lazy("take the case out of the recycle bin"),
    "slip.print": lazy("print the receipt slip"),
    "sitting.plan": lazy("plan the year's receptions"),
    "sitting.add": lazy("add the sitting"),
    "sitting.change": lazy("change the sitting"),
    "sitting.remove": lazy("remove the sitting"),
    "sitting.post": lazy("post the calendar"),
    "sitting.postpone": lazy("postpone the sitting"),
    "sitting.hold": lazy("record the sitting as held"),
    "sitting.nobody": lazy("record that nobody came"),
    "sitting.minutes": lazy("write the minutes"),
    "sitting.delegate": lazy("change the receiver"),
    "conclusion.add": lazy("add the conclusion"),
    "conclusion.change": lazy("change the conclusion"),
    "conclusion.issue": lazy("record the notice of conclusion"),
    "conclusion.finish": lazy("record what came of the conclusion"),
    "conclusion.remove": lazy("remove the conclusion"),
    "calendar.add": lazy("add the day to the calendar"),
    "calendar.remove": lazy("remove the day from the calendar"),
    "old_book.import": lazy("import the old book"),
    "old_book.remove": lazy("take back the import of the old book"),
    "old_book.restore": lazy("take the import out of the recycle bin"),
    "balance.set": lazy("set the opening figures"),
    "link.make": lazy("link the visits"),
    "link.take_back": lazy("take back the link"),
    "link.not_duplicate": lazy("remember that it is not a duplicate"),
    "citizen.amend": lazy("correct the citizen"),
    "citizen.merge": lazy("merge the citizens"),
    "citizen.split": lazy("part the citizens"),
    "citizen.not_same": lazy("remember that they are two people"),
    "denunciation.reveal": lazy("look at an identity"),
    "office.found": lazy("found the office"),
    "officer.add": lazy("add an officer"),
    "enrol.grant": lazy("enrol a PC"),
    "enrol.accept": lazy("complete the enrolment"),
    "enrol.withdraw": lazy("withdraw an enrolment"),
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
    text = str(words) if words else _("the last act")
    if name:
        text = f"{text} {name}"
    return _("{act} and {count} more").format(act=text, count=count - 1) if name and count > 1 else text


def undo_label(act: str, name: str = "", count: int = 1) -> str:
    """ "Undo: log the visit 57/2026"."""
    return _("Undo: {act}").format(act=act_name(act, name, count))


def redo_label(act: str, name: str = "", count: int = 1) -> str:
    """ "Redo: log the visit 57/2026"."""
    return _("Redo: {act}").format(act=act_name(act, name, count))
