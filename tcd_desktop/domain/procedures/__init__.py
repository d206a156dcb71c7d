"""The procedures in force, by the kind of matter."""

from __future__ import annotations

from tcd_desktop.domain.procedure import Procedure
from tcd_desktop.domain.procedures.complaint import COMPLAINT
from tcd_desktop.domain.procedures.denunciation import DENUNCIATION
from tcd_desktop.domain.procedures.feedback import FEEDBACK
from tcd_desktop.domain.terms import Classification

PROCEDURES = (COMPLAINT, DENUNCIATION, FEEDBACK)


def procedure_of(kind: Classification) -> Procedure:
    """The procedure of a kind of matter."""
    return next(one for one in PROCEDURES if kind in one.kinds)


__all__ = ["COMPLAINT", "DENUNCIATION", "FEEDBACK", "PROCEDURES", "procedure_of"]
