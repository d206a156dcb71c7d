"""The questions about papers: another name, why one is removed, why a citizen card's picture is kept."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal

from tcd_desktop.domain.papers.paper_rules import LIMITS
from tcd_desktop.domain.reasons import MIN_REASON
from tcd_desktop.i18n import _
from tcd_desktop.jobs import Progress
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.ui.papers.asking import AskBar, card_reasons, removal_reasons
from tcd_desktop.ui.papers.hands import PaperHands
from tcd_desktop.ui.papers.intake import Offer
from tcd_desktop.ui.papers.place import Held
from tcd_desktop.ui.window.runner import RunnerLike


class Questions(QObject):
    """Asks in one bar and does what was answered. `takes_cards`: somebody takes `cardText`."""

    cardText = Signal(str)
    closed = Signal()
    """The keyboard may go back to the list."""

    def __init__(
        self, bar: AskBar, hands: PaperHands, office: OpenOffice, runner: RunnerLike, *, takes_cards: bool
    ) -> None:
        super().__init__(bar)
        self._bar, self._hands, self._office, self._runner = bar, hands, office, runner
        self._takes_cards = takes_cards
        self._asking = ""
        self._paper: Held | None = None
        self._cards: list[Offer] = []
        bar.answered.connect(self._answered)
        bar.other.connect(self._read_card)
        bar.left.connect(self._left)

    def forget(self) -> None:
        """Another place's papers: nothing is asked."""
        self._bar.hide()
        self._cards = []

    def rename(self, paper: Held) -> None:
        """Another name."""
        self._asking, self._paper = "rename", paper
        self._bar.ask(_("New name of the paper:"), _("Rename"), text=paper.name)

    def remove(self, paper: Held) -> None:
        """Why a paper is removed; a draft's paper goes at once and can be brought back."""
        place = self._hands.place
        if place is None or not place.saved:
            self._hands.remove(paper, "")
            return
        self._asking, self._paper = "remove", paper
        question = _("Why is {name} removed? It can be found in the recycle bin.").format(name=paper.name)
        self._bar.ask(question, _("Remove"), suggestions=removal_reasons(), least=MIN_REASON)

    def card(self, cards: Sequence[Offer]) -> None:
        """Why the picture of a citizen card is kept; its data alone would do."""
        self._asking, self._paper, self._cards = "card", None, list(cards)
        self._bar.ask(
            _("The picture shows a citizen card. Its data are enough; to keep the picture, write why."),
            _("Keep the picture"),
            suggestions=card_reasons(),
            least=MIN_REASON,
            other=_("Take only the data of the code") if self._takes_cards else "",
            tone="warning",
        )

    def _answered(self, text: str) -> None:
        paper, cards = self._paper, self._cards
        if self._asking == "card":
            self._cards = []
            self._hands.add(cards, card_reason=text)
        elif paper is not None and self._asking == "rename":
            self._hands.rename(paper, text)
        elif paper is not None:
            self._hands.remove(paper, text)
        self.closed.emit()

    def _left(self) -> None:
        self._cards = []
        self.closed.emit()

    def _read_card(self) -> None:
        cards, self._cards = self._cards, []
        if not cards:
            return
        desk, offer = self._office.attachments, cards[0]

        def work(_progress: Progress) -> str:
            return desk.card_text(offer.content(LIMITS.file), offer.name)

        self._runner.read(work, done=self._card_read)

    def _card_read(self, text: str) -> None:
        if text:
            self.cardText.emit(text)
