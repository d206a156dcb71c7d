"""Cards that stand beside the questions of the form: what is known already, what belongs together, what is attached.

Whoever adds one writes a `SideCard` and names its class in `form_side.SIDE_CARDS`; the form does the rest.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar, Literal

from PySide6.QtWidgets import QWidget

from tcd_desktop.domain.receptions.reception import Reception, ReceptionDraft
from tcd_desktop.i18n import Text
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.settings import Keeper
from tcd_desktop.ui.forms.form_fields import Card, FormBinding
from tcd_desktop.ui.window.runner import RunnerLike

Place = Literal["top", "who", "what", "papers", "handling", "below"]
"""Under which card of the form it stands; "top" and "below" go over all columns."""


@dataclass(frozen=True, slots=True)
class Around:
    """What a side card may use of the form it stands in.

    `binding.model.draft` is what is typed; `binding.apply(...)` fills fields in one step of undo.
    `tell(sentence, tone)` speaks in the form's bar; `go(record)` opens a visit above the form, `push(page)` any page.
    `form` is the page of fields, for keys and drops; `draft_name()` the name under which the draft is kept now,
    `touch()` keeps it soon even when nothing was typed; `card(text)` takes a citizen card's code.
    """

    office: OpenOffice
    runner: RunnerLike
    keeper: Keeper
    binding: FormBinding
    tell: Callable[[str, str], None]
    go: Callable[[str], None]
    push: Callable[[QWidget], None]
    form: QWidget
    draft_name: Callable[[], str]
    touch: Callable[[], None]
    card: Callable[[str], None]


class SideCard(Card):
    """One card. It hides itself while it has nothing to say, so that the ordinary visit fits without scrolling."""

    place: ClassVar[Place] = "handling"

    def __init__(self, around: Around, title: Text = "", parent: QWidget | None = None) -> None:
        super().__init__(title, parent)
        self.around = around

    def begin(self, record: str) -> None:
        """Another visit: "" = a new one, else the visit that is being amended."""

    def follow(self, draft: ReceptionDraft, *, sealed: bool) -> None:
        """Something was typed. `sealed`: an amended denunciation whose identity stays closed."""

    def written(self, visit: Reception) -> None:
        """The visit stands in the book now."""

    def stop(self) -> None:
        """The form goes away."""
