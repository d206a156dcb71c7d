"""The desks of matters and their follow-up: petitions, cases, steps, directives, reviews, inspections."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from tcd_desktop.open_office.core import OfficeCore

if TYPE_CHECKING:
    from tcd_desktop.domain.letters.letter_paper import LetterPaper
    from tcd_desktop.domain.terms import Classification
    from tcd_desktop.services.cases.case_desk import CaseDesk
    from tcd_desktop.services.cases.obligation_desk import ObligationDesk
    from tcd_desktop.services.cases.petition_desk import PetitionDesk
    from tcd_desktop.services.cases.recount_desk import RecountDesk
    from tcd_desktop.services.cases.step_desk import StepDesk
    from tcd_desktop.services.cases.tag_desk import TagDesk
    from tcd_desktop.services.follow_up.directive_desk import DirectiveDesk
    from tcd_desktop.services.follow_up.inspection_desk import InspectionDesk
    from tcd_desktop.services.follow_up.reminder_desk import ReminderDesk
    from tcd_desktop.services.follow_up.review_desk import ReviewDesk
    from tcd_desktop.services.letters.letter_desk import LetterDesk
    from tcd_desktop.services.letters.letter_facts import GroundWords
    from tcd_desktop.services.letters.own_text_desk import OwnTextDesk
    from tcd_desktop.services.people.protection_desk import ProtectionDesk


def render_paper(paper: LetterPaper) -> bytes:
    """A letter as PDF; ReportLab is imported when the first one is made."""
    from tcd_desktop.documents.letter import render_letter

    return render_letter(paper)


def ground_words(code: str, classification: Classification | None) -> GroundWords | None:
    """The words of a ground of refusal, or of what makes a petition not eligible, as the law data have them."""
    from tcd_desktop import law
    from tcd_desktop.services.letters.letter_facts import GroundWords

    for refusal in law.refusal_grounds():
        if refusal.code == code:
            return GroundWords(refusal.text, refusal.article)
    for one in law.case_grounds("not_eligible", classification) if classification else ():
        if one.code == code:
            return GroundWords(one.text, one.article)
    return None


class CaseDesks(OfficeCore):
    """See the module. A desk is made, and its modules are imported, when it is first asked for."""

    @cached_property
    def cases(self) -> CaseDesk:
        """The case files and their papers."""
        from tcd_desktop.services.cases.case_desk import CaseDesk

        return CaseDesk(
            self.store,
            office=self.office,
            officer=self.officer,
            series=self._series,
            clocks=self.clocks,
            today=self.today,
        )

    @cached_property
    def steps(self) -> StepDesk:
        """The steps of matters and their clocks."""
        from tcd_desktop.services.cases.step_desk import StepDesk

        return StepDesk(self.store, office=self.office, officer=self.officer, clocks=self.clocks, today=self.today)

    @cached_property
    def petitions(self) -> PetitionDesk:
        """The petition book (sổ đơn)."""
        from tcd_desktop.services.cases.petition_desk import PetitionDesk

        return PetitionDesk(
            self.store,
            office=self.office,
            officer=self.officer,
            series=self._series,
            clocks=self.clocks,
            secrecy=self._secrecy,
            today=self.today,
        )

    @cached_property
    def directives(self) -> DirectiveDesk:
        """Words from above that have to be carried out."""
        from tcd_desktop.services.follow_up.directive_desk import DirectiveDesk

        return DirectiveDesk(self.store, office=self.office, officer=self.officer, today=self.today)

    @cached_property
    def obligations(self) -> ObligationDesk:
        """Decisions in legal effect and conclusions that have to be carried out."""
        from tcd_desktop.services.cases.obligation_desk import ObligationDesk

        return ObligationDesk(
            self.store, office=self.office, officer=self.officer, clocks=self.clocks, today=self.today
        )

    @cached_property
    def reminders(self) -> ReminderDesk:
        """Letters that chase what is late."""
        from tcd_desktop.services.follow_up.reminder_desk import ReminderDesk

        return ReminderDesk(self.store, office=self.office, officer=self.officer, today=self.today)

    @cached_property
    def reviews(self) -> ReviewDesk:
        """The review of crowded, complex and long-running cases."""
        from tcd_desktop import law
        from tcd_desktop.services.follow_up.review_desk import ReviewDesk

        return ReviewDesk(
            self.store, office=self.office, officer=self.officer, rules=law.review_rules(), today=self.today
        )

    @cached_property
    def inspections(self) -> InspectionDesk:
        """Inspection of how an office keeps the rules."""
        from tcd_desktop import law
        from tcd_desktop.services.follow_up.inspection_desk import InspectionDesk

        return InspectionDesk(
            self.store,
            office=self.office,
            officer=self.officer,
            clocks=self.clocks,
            duties=law.reception_duties(),
            today=self.today,
        )

    @cached_property
    def protections(self) -> ProtectionDesk:
        """Requests for protection of denouncers."""
        from tcd_desktop.services.people.protection_desk import ProtectionDesk

        return ProtectionDesk(self.store, office=self.office, officer=self.officer, today=self.today)

    @cached_property
    def tags(self) -> TagDesk:
        """The office's headings under the report's fields."""
        from tcd_desktop import law
        from tcd_desktop.services.cases.tag_desk import TagDesk

        return TagDesk(
            self.store, office=self.office, officer=self.officer, bucket_codes=law.bucket_codes, today=self.today
        )

    @cached_property
    def recounts(self) -> RecountDesk:
        """Dates that move with the table of days off."""
        from tcd_desktop.services.cases.recount_desk import RecountDesk

        return RecountDesk(self.store, office=self.office, officer=self.officer, clocks=self.clocks, today=self.today)

    @cached_property
    def own_texts(self) -> OwnTextDesk:
        """The office's own words for letters."""
        from tcd_desktop.documents.letter_pack import letter_text
        from tcd_desktop.services.letters.own_text_desk import OwnTextDesk

        return OwnTextDesk(self.store, office=self.office, officer=self.officer, text=letter_text, today=self.today)

    @cached_property
    def letters(self) -> LetterDesk:
        """The letters that go out (văn bản đi)."""
        from tcd_desktop.documents.letter_pack import identity_variables, letter_text, letter_texts
        from tcd_desktop.documents.letter_words import letter_words
        from tcd_desktop.services.letters.letter_desk import LetterDesk, LetterTexts
        from tcd_desktop.services.letters.letter_effects import LetterEffects
        from tcd_desktop.services.letters.letter_numbers import LetterNumbers
        from tcd_desktop.services.letters.letter_reading import LetterReader

        texts = LetterTexts(
            text=letter_text,
            texts_on=letter_texts,
            identity=identity_variables,
            words=letter_words,
            render=render_paper,
        )
        reader = LetterReader(
            self.store,
            office=self.office,
            officer=self.officer,
            clocks=self.clocks,
            secrecy=self._secrecy,
            ground_of=ground_words,
            words=letter_words,
        )
        return LetterDesk(
            self.store,
            self.blobs,
            office=self.office,
            officer=self.officer,
            secrecy=self._secrecy,
            texts=texts,
            reader=reader,
            own_texts=self.own_texts,
            numbers=LetterNumbers(self._series),
            effects=LetterEffects(lambda: self.clocks),
            now=self._now,
            practice=self.face.practice,
        )
