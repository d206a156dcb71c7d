"""The values of a letter's variables (resources/forms/letters-variables.toml) from the records, as letters say them.

Pure: records in, texts in Vietnamese out. What is not known is left out, and the letter prints dots there. The words
for codes of the books come from resources/forms/letters-words.toml (`words`).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, time

from tcd_desktop.domain.cases.case_file import CaseFile, Petition, Subject
from tcd_desktop.domain.letters.letter_rules import bare_title, office_sign
from tcd_desktop.domain.letters.letter_text import table_row
from tcd_desktop.domain.people.person import Person
from tcd_desktop.domain.receptions.reception import Reception
from tcd_desktop.domain.terms import Classification, Sex
from tcd_desktop.services.letters.letter_course import case_values, conclusion_values, reminder_values
from tcd_desktop.services.letters.letter_facts import LetterFacts
from tcd_desktop.services.letters.letter_sittings import calendar_values, sitting_values

Values = dict[str, str]
Words = Mapping[str, str]

_SALUTATION_NAME = "{citizen_salutation} {citizen_name}"
_SALUTATION_CAP_NAME = "{citizen_salutation_cap} {citizen_name}"


def values_of(facts: LetterFacts, words: Words) -> Values:
    """Every variable that these records fill."""
    person: Reception | Petition | None = _person(facts)
    found = office_values(facts)
    if person is not None:
        found |= citizen_values(person, words)
    found |= matter_values(facts, words)
    if facts.visit is not None:
        found |= visit_values(facts.visit, words) | paper_values(facts.visit, words)
    if facts.petition is not None:
        found |= petition_values(facts.petition, words)
    found |= received_values(facts)
    if facts.case is not None:
        found |= case_values(facts.case, facts.steps, words)
    if facts.sitting is not None:
        found |= sitting_values(facts.sitting, facts.conclusions, words)
    if facts.conclusion is not None:
        found |= conclusion_values(facts.conclusion)
    found |= reminder_values(facts, words) | calendar_values(facts, words)
    return {name: text for name, text in found.items() if text}


def masked(values: Mapping[str, str], identity: frozenset[str], words: Words) -> Values:
    """The values without anything that tells who the citizen is: "người tố cáo", no address, no number."""
    hidden = {name: words["secret.value"] for name in identity}
    person = words["secret.person"]
    hidden |= {"citizen_name": person, "citizen_salutation": person, "representative_names": person}
    hidden |= {"citizen_salutation_cap": words["secret.person_cap"], "represented_name": "", "represented_address": ""}
    hidden["member_rows"] = ""
    return {**values, **{name: text for name, text in hidden.items() if name in identity}}


def masked_text(text: str) -> str:
    """A text in which the salutation before a name is left out: "người tố cáo" needs none."""
    return text.replace(_SALUTATION_CAP_NAME, "{citizen_salutation_cap}").replace(_SALUTATION_NAME, "{citizen_name}")


# -- dates and names ----------------------------------------------------------------------------------


def day_text(day: date | None) -> str:
    """ "05/09/2026"."""
    return f"{day:%d/%m/%Y}" if day else ""


def long_day(day: date | None) -> str:
    """ "ngày 05 tháng 9 năm 2026": days under 10 and January, February with a nought (NĐ 30/2020)."""
    return f"ngày {day.day:02} tháng {month_text(day)} năm {day.year}" if day else ""


def month_text(day: date) -> str:
    """The month as letters write it: "02", but "9"."""
    return f"{day.month:02}" if day.month < 3 else str(day.month)


def split_day(name: str, day: date | None) -> Values:
    """Day, month and year of a date as three variables and the whole as a fourth."""
    if day is None:
        return {}
    return {
        f"{name}_on": day_text(day),
        f"{name}_day": f"{day.day:02}",
        f"{name}_month": month_text(day),
        f"{name}_year": str(day.year),
    }


def split_time(name: str, at: time | None) -> Values:
    """Hour and minute as two variables."""
    return {f"{name}_hour": f"{at.hour:02}", f"{name}_minute": f"{at.minute:02}"} if at else {}


def document_text(number: str, day: date | None, words: Words) -> str:
    """ "số 15/QĐ-UBND ngày 05 tháng 9 năm 2026", or the half of it that is known."""
    numbered = words["said.numbered"].format(number=number) if number else ""
    return " ".join(filter(None, (numbered, long_day(day))))


def inside_sentence(text: str) -> str:
    """A text told in several lines, as part of a sentence: one line, without the full stop at its end."""
    return " ".join(text.split()).rstrip(".;, ")


def subject_names(subjects: tuple[Subject, ...]) -> str:
    """Who is complained of: names with titles, parted by semicolons."""
    return "; ".join(", ".join(filter(None, (one.name, one.title, one.address))) for one in subjects)


# -- by record ------------------------------------------------------------------------------------------


def office_values(facts: LetterFacts) -> Values:
    """The office, its head, who writes, the letter's own day."""
    office = facts.office
    return {
        "office": office.name,
        "office_short": short_office(office.name),
        "superior": office.superior_name,
        "locality": office.locality,
        "reception_place": office.reception_place,
        "head_name": office.head_name,
        "head_title": bare_title(office.head_title),
        "officer_name": facts.officer.name,
        "officer_title": facts.officer.title,
        "day": f"{facts.on.day:02}",
        "month": month_text(facts.on),
        "year": str(facts.on.year),
    }


def short_office(name: str) -> str:
    """ "Ủy ban nhân dân phường X" -> "UBND phường X"."""
    head = name[: len("ủy ban nhân dân")].casefold()
    if office_sign(name) == "UBND" and head in ("ủy ban nhân dân", "uỷ ban nhân dân"):
        return f"UBND{name[len(head) :]}"
    return name


def citizen_values(person: Person, words: Words) -> Values:
    """Who came or wrote."""
    salutation = words[f"salutation.{person.sex.value if isinstance(person.sex, Sex) else 'unknown'}"]
    rows = [
        table_row(str(number), one.name, one.address, one.id_number, "")
        for number, one in enumerate(person.members, start=1)
    ]
    return {
        "citizen_name": person.name,
        "citizen_salutation": salutation if person.name else "",
        "citizen_salutation_cap": salutation[:1].upper() + salutation[1:] if person.name else "",
        "citizen_address": person.address,
        "citizen_phone": person.phone,
        "id_number": person.id_number,
        "id_issued": day_text(person.id_issued),
        "id_place": person.id_place,
        "represented_name": person.represented,
        "represented_address": person.represented_address,
        "representative_names": ", ".join(one.name for one in person.members if one.speaks),
        "member_rows": "\n".join(rows),
    }


def matter_values(facts: LetterFacts, words: Words) -> Values:
    """What it is about, whichever record tells it."""
    visit, petition, case = facts.visit, facts.petition, facts.case
    told = [record for record in _leading(facts) if record is not None]
    content = next((record.content for record in told if record.content), case.title if case else "")
    request = next((record.request for record in told if record.request), "")
    kind = _classification(facts)
    people = [petition.signers if petition else 0, visit.people if visit else 0, case.people if case else 0]
    subjects = (petition.subjects if petition else ()) or (case.subjects if case else ())
    return {
        "content": inside_sentence(content),
        "request": inside_sentence(request),
        "classification": words[f"classification.{kind.value}"] if kind else "",
        "people_count": f"{max(people):02}" if any(people) else "",
        "accused": subject_names(subjects),
        "settled_by": visit.settled_by if visit else "",
        "earlier_answer": inside_sentence(visit.earlier_answer) if visit else "",
        "competent_body": _competent(facts),
        "reason": _reason(facts),
        "ground": "; ".join(inside_sentence(one.text) for one in facts.grounds),
        "article": "; ".join(dict.fromkeys(one.article for one in facts.grounds)),
        "answer_due": day_text(visit.answer_due) if visit else "",
        "settle_due": day_text(facts.settle_due),
    }


def visit_values(visit: Reception, words: Words) -> Values:
    """The reception itself."""
    return {
        "reception_number": visit.book_number,
        **split_time("received", visit.time),
        **split_time("ended", visit.end_time),
        "place": visit.place,
        "receiver_name": visit.receiver_name,
        "receiver_title": visit.receiver_title,
        "participants": inside_sentence(visit.attendees),
        "interpreter": visit.interpreter,
        "direction": words[f"direction.{visit.direction.value}"] if visit.direction else "",
    }


def paper_values(visit: Reception, words: Words) -> Values:
    """The documents that were handed over."""
    lines, rows = [], []
    for number, paper in enumerate(visit.documents, start=1):
        condition = words[f"condition.{paper.condition.value}"]
        pages = f"{paper.pages:02}" if paper.pages else ""
        told = words["said.pages"].format(pages=pages) if pages else ""
        lines.append(f"{number}. {paper.name} ({', '.join(filter(None, (told, condition)))})")
        rows.append(table_row(str(number), paper.name, pages, condition))
    return {"papers": "\n".join(lines), "paper_rows": "\n".join(rows)}


def petition_values(petition: Petition, words: Words) -> Values:
    """The petition as a paper."""
    found = {
        "petition_number": petition.book_number,
        **split_day("petition", petition.petition_date),
        "petition_source": words[f"source.{petition.source.value}"],
        "sender": petition.sender,
        "incoming_number": petition.incoming_number,
        "incoming_on": day_text(petition.incoming_on),
    }
    if petition.direction is not None:
        found["direction"] = words[f"direction.{petition.direction.value}"]
    return found


def received_values(facts: LetterFacts) -> Values:
    """The day on which the office heard of it: of the petition, the visit, or the case."""
    days = [
        record.received_on if isinstance(record, Petition) else record.date
        for record in _leading(facts)
        if record is not None
    ]
    case = facts.case
    day = next(filter(None, days), (case.received_on or case.opened_on) if case else None)
    return split_day("received", day)


# -- which record leads ------------------------------------------------------------------------------------


def _leading(facts: LetterFacts) -> tuple[Reception | Petition | None, ...]:
    """A petition that was handed over at a visit says little of its own."""
    own = facts.petition is not None and bool(facts.petition.number)
    return (facts.petition, facts.visit) if own else (facts.visit, facts.petition)


def _person(facts: LetterFacts) -> Reception | Petition | None:
    named = [record for record in _leading(facts) if record is not None]
    return next((record for record in named if record.name), next(iter(named), None))


def _classification(facts: LetterFacts) -> Classification | None:
    records: list[Reception | Petition | CaseFile | None] = [*_leading(facts), facts.case]
    return next((record.classification for record in records if record and record.classification), None)


def _competent(facts: LetterFacts) -> str:
    bodies = [facts.petition.directed_to if facts.petition else ""]
    if facts.visit is not None:
        bodies += [facts.visit.forwarded_to, facts.visit.guided_to]
    bodies += [step.body for step in reversed(facts.steps) if step.act in ("forward", "guide")]
    return next(filter(None, bodies), "")


def _reason(facts: LetterFacts) -> str:
    told = [facts.petition.direction_reason if facts.petition else ""]
    told += [step.reason for step in reversed(facts.steps)]
    told.append("; ".join(one.text for one in facts.grounds))
    return inside_sentence(next(filter(None, told), ""))
