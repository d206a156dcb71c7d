"""What the rules of a visit have found so far: one problem for each field."""

from __future__ import annotations

from typing import Any

from tcd_desktop.domain.problems import Problem


class Findings(dict[str, Problem]):
    """Field -> problem. A field tells one thing at a time: the first that stops, else the first doubt."""

    def add(self, field: str, problem: Problem) -> None:
        """Keeps a problem unless a graver or an earlier one stands there."""
        held = self.get(field)
        if held is None or (held.warning and not problem.warning):
            self[field] = problem

    def stop(self, field: str, code: str, /, **facts: Any) -> None:
        """Something that keeps the visit from being saved."""
        self.add(field, Problem(code, facts))

    def doubt(self, field: str, code: str, /, **facts: Any) -> None:
        """Something that deserves a second look and stops nothing."""
        self.add(field, Problem(code, facts, warning=True))

    def demand(self, draft: object, field: str, *, stops: bool = True) -> None:
        """The field must say something."""
        if not str(getattr(draft, field) or "").strip():
            self.add(field, Problem("missing", warning=not stops))
