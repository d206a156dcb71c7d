"""Where another place of the program sends the officer: to a line of this desk, and what is to be done with it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FollowTask:
    """`view` is "directives", "obligations" or "reviews"; `record` "" with `act` "new" is an empty form, "overdue" the
    late ones, "of_office" and "of_office_overdue" those that `office` has still to carry out.

    `case` and `office` fill a new form: the matter it is about and the office that has to act.
    """

    view: str
    record: str = ""
    act: str = ""
    case: str = ""
    office: str = ""

    @property
    def desk(self) -> str:
        """The desk of the rail that takes it."""
        return "reviews" if self.view == "reviews" else "directives"
