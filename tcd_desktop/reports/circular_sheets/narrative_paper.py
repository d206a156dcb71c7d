"""Mẫu số 02 as a paper: its chapters, the words of each, dots for what nobody wrote."""

from __future__ import annotations

from collections.abc import Sequence

from tcd_desktop.documents.report_paper import Block, Chapter, ReportPaper
from tcd_desktop.domain.letters.letter_text import BLANK
from tcd_desktop.domain.reports.report_period import ReportPeriod
from tcd_desktop.reports.circular_sheets.narrative import Section, narrative_pack, period_in_words
from tcd_desktop.reports.circular_sheets.sheet_facts import SheetFacts


def narrative_paper(period: ReportPeriod, sections: Sequence[Section], facts: SheetFacts) -> ReportPaper:
    """The narrative with its head and its end; a section nobody wrote keeps a line of dots."""
    pack = narrative_pack()
    blocks: list[Block] = []
    for one in sections:
        blocks.append(Chapter(one.heading))
        if one.writable:
            blocks.append(one.text or BLANK)
    blocks.append(pack["words"]["annexes"])
    return ReportPaper(
        superior=facts.superior,
        office=facts.office,
        place=facts.place,
        number=facts.number,
        sign=pack["sign"],
        dated=facts.sent_on,
        made_on=facts.made_on,
        type_name=pack["type_name"],
        about=pack["about"].format(period=period_in_words(period)),
        blocks=tuple(blocks),
        recipients=tuple(line.format(superior=facts.superior) for line in pack["recipients"]),
        signer_title=facts.signer_title,
        signer=facts.signer,
    )
