"""Representatives and groups in facts: the paper, the people, what was noted about order."""

from __future__ import annotations

from tcd_desktop import words
from tcd_desktop.domain.people.person import Member
from tcd_desktop.domain.receptions.reception import ReceptionDraft
from tcd_desktop.domain.terms import Role
from tcd_desktop.i18n import Text, _
from tcd_desktop.ui.forms.typed_dates import show_birth, show_date
from tcd_desktop.ui.receptions.group_words import state_sentence


def representation_line(visit: ReceptionDraft) -> str:
    """ "Giấy ủy quyền có chứng thực, số 12, 05/09/2026"."""
    number = _("no. {number}").format(number=visit.representation_number) if visit.representation_number else ""
    kind = words.label(visit.representation_kind)
    return ", ".join(filter(None, (kind, number, show_date(visit.representation_on), visit.representation_paper)))


def people_words(people: int) -> str:
    """ "8 (đoàn đông người)"; five people are a crowd."""
    return _("{n} (crowd)").format(n=people) if ReceptionDraft(people=people).is_crowd else str(people)


def group_facts(visit: ReceptionDraft) -> list[tuple[Text, str]]:
    """The list of a group line by line; nothing of a denunciation, whose list is sealed."""
    grouped = visit.role is Role.GROUP_REPRESENTATIVE
    facts: list[tuple[Text, str]] = []
    if visit.members:
        facts.append((_("List"), state_sentence(visit.members)))
        facts += [(f"{number}.", member_line(member)) for number, member in enumerate(visit.members, start=1)]
    signed = _("signed by all") if visit.members_signed else _("not signed by all yet")
    facts += [
        (_("Appointment"), signed if grouped else ""),
        (_("Order"), visit.order_note),
        (_("Police"), _("informed") if visit.police_informed else ""),
    ]
    return facts


def member_line(member: Member) -> str:
    """Name, birth, number, address, telephone; who speaks and who has signed."""
    born = show_birth(member.birth_date) or member.birth_date
    marks = [_("speaks") if member.speaks else "", _("signed") if member.signed else ""]
    told = [member.name, born, member.id_number, member.address, member.phone]
    line = ", ".join(filter(None, told))
    marked = ", ".join(filter(None, marks))
    return f"{line} ({marked})" if marked else line
