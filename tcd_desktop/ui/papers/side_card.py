"""The scans of the visit in the form: kept with the draft while it is typed, with the visit once it is saved."""

from __future__ import annotations

from typing import ClassVar

from tcd_desktop.domain.receptions.reception import Paper, Reception, ReceptionDraft
from tcd_desktop.ui.forms.form_fields import PapersField
from tcd_desktop.ui.papers.panel import PapersPanel
from tcd_desktop.ui.papers.place import Held, SavedPlace, StagedPlace
from tcd_desktop.ui.receptions.side_cards import Around, Place, SideCard


class ScansCard(SideCard):
    """Stands under the documents handed over; the two fill each other."""

    place: ClassVar[Place] = "papers"

    def __init__(self, around: Around) -> None:
        super().__init__(around)
        self._record, self._draft_name = "", ""
        self.setProperty("box", "")
        self.lines.setContentsMargins(0, 0, 0, 0)
        self.panel = PapersPanel(around.office, around.runner, around.keeper, fills=True, takes_cards=True)
        self.panel.pushRequest.connect(around.push)
        self.panel.fillRequest.connect(self._fill)
        self.panel.cardText.connect(around.card)
        self.panel.added.connect(around.touch)
        self.panel.listed.connect(self._listed)
        self.lines.addWidget(self.panel)
        self.panel.keys_on(around.form)
        around.runner.write(lambda _progress: around.office.staged.sweep())

    def begin(self, record: str) -> None:
        """A new draft, or a saved visit being amended."""
        self._record, self._draft_name = record, ""
        if record:
            self.panel.show_place(SavedPlace(self.around.office, reception=record))
        else:
            self._follow_draft()

    def follow(self, draft: ReceptionDraft, *, sealed: bool) -> None:
        """The documents typed are those to which a scan can be tied; a draft taken up again has its own scans."""
        if not self._record:
            self._follow_draft()
        self.panel.set_documents([paper.name for paper in draft.documents])

    def _follow_draft(self) -> None:
        name = self.around.draft_name()
        if name != self._draft_name:
            self._draft_name = name
            self.panel.show_place(StagedPlace(self.around.office, name))

    def written(self, visit: Reception) -> None:
        """The draft's papers belong to the visit now."""
        self.panel.show_place(None)

    def _fill(self, documents: list[Paper]) -> None:
        binding = self.around.binding
        binding.apply(documents=(*binding.model.draft.documents, *documents))

    def _listed(self, papers: list[Held]) -> None:
        field = self.around.binding.fields.get("documents")
        if isinstance(field, PapersField):
            field.show_scans({paper.paper for paper in papers if paper.paper})
