"""The procedures in force, by the kind of matter."""

from __future__ import annotations

from tcd_desktop.domain.cases.procedure import Procedure
from tcd_desktop.domain.cases.procedures.complaint import COMPLAINT, SECOND_COMPLAINT
from tcd_desktop.domain.cases.procedures.denunciation import DENUNCIATION
from tcd_desktop.domain.cases.procedures.feedback import FEEDBACK
from tcd_desktop.domain.terms import Classification

PROCEDURES = (COMPLAINT, SECOND_COMPLAINT, DENUNCIATION, FEEDBACK)


def procedure_of(kind: Classification, *, instance: int = 1) -> Procedure:
    """The procedure of a kind of matter; a complaint settled the second time (lần hai) has its own."""
    if kind is Classification.COMPLAINT and instance > 1:
        return SECOND_COMPLAINT
    return next(one for one in PROCEDURES if kind in one.kinds)


__all__ = ["COMPLAINT", "DENUNCIATION", "FEEDBACK", "PROCEDURES", "SECOND_COMPLAINT", "procedure_of"]
