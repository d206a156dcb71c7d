"""Names of the steps of a matter, as verbs for buttons and as what was done for histories."""

from __future__ import annotations

from tcd_desktop.domain.follow_up.follow_up_terms import SettlementResult
from tcd_desktop.i18n import LazyText, lazy
from tcd_desktop.words.labels import label

STEP_NAMES: dict[str, LazyText] = {
    "examine": lazy("Put under review"),
    "ask_papers": lazy("Ask for missing papers"),
    "file": lazy("File without handling"),
    "guide": lazy("Give guidance"),
    "forward": lazy("Forward the petition"),
    "return": lazy("Return to the sender"),
    "refuse": lazy("Do not accept"),
    "accept": lazy("Accept for settlement"),
    "notify": lazy("Tell denouncer and denounced"),
    "verify": lazy("Order the verification"),
    "dialogue": lazy("Hold the dialogue"),
    "extend": lazy("Extend the time limit"),
    "decide": lazy("Issue the decision"),
    "conclude": lazy("Issue the conclusion"),
    "send": lazy("Send it to the parties"),
    "publish": lazy("Make it public"),
    "handle": lazy("Handle what was concluded"),
    "suspend": lazy("Suspend"),
    "resume": lazy("Go on after the suspension"),
    "withdraw_part": lazy("Record a withdrawal in part"),
    "end": lazy("End the settlement"),
    "second_complaint": lazy("Record the second complaint"),
    "sue": lazy("Record the lawsuit"),
    "take_effect": lazy("Record the legal effect"),
    "execute": lazy("Assign the execution"),
    "executed": lazy("Record the execution"),
    "inspect": lazy("Pass to inspection"),
    "to_investigators": lazy("Pass to the investigators"),
    "denounced_again": lazy("Record a repeated denunciation"),
    "answer": lazy("Record the answer"),
    "close": lazy("Close the case"),
    "reopen": lazy("Reopen the case"),
}


_RESULTS = frozenset(SettlementResult)


def result_words(result: str) -> str:
    """What was decided, in words: a code of `SettlementResult`, or what a person wrote."""
    return label(SettlementResult(result)) if result in _RESULTS else result


def step_name(act: str) -> str:
    """The words of a step; the act itself when it is of a later version."""
    name = STEP_NAMES.get(act)
    return str(name) if name else act
