"""Who speaks for whom, and with which paper (NĐ 154/2026/NĐ-CP Điều 13; NĐ 155/2026/NĐ-CP Điều 3, 21; domain C1-C5).

Blocking codes:

    missing                 represented; representation_kind; professional_card; representation_paper when the kind
                            is "other". A visit that is refused is only doubted: without papers one may be refused
    future_date             {today}: representation_on

Warnings:

    missing                 represented_address of an organisation; any of the above in a visit that is refused
    paper_kind_needed       representation_kind: the paper is described in words, its kind is not chosen
    paper_not_for_role      representation_kind: such a paper does not prove this role
    notarised_lapsed        representation_kind: {since} notarised authorisations of individuals end
    paper_after_visit       representation_on: {date} later than the visit
    scope_needed            representation_scope: what exactly was authorised; one content is given to one person only
    one_is_authorised       people: one content is not authorised to several people
    denunciation_in_person  role: a denunciation is made by the person himself
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from tcd_desktop.domain.findings import Findings
from tcd_desktop.domain.terms import Direction, RepresentationKind, Role

if TYPE_CHECKING:
    from tcd_desktop.domain.receptions.reception import ReceptionDraft

_AUTHORISATIONS: Final = (RepresentationKind.CERTIFIED, RepresentationKind.NOTARISED, RepresentationKind.ORGANISATION)

PAPERS_OF_ROLE: Final[dict[Role, tuple[RepresentationKind, ...]]] = {
    Role.ORGANISATION_HEAD: (RepresentationKind.OTHER,),
    Role.AUTHORISED: _AUTHORISATIONS,
    Role.LEGAL_REPRESENTATIVE: (RepresentationKind.GUARDIAN, RepresentationKind.OTHER),
    Role.LAWYER: (RepresentationKind.LEGAL_REQUEST, *_AUTHORISATIONS),
    Role.LEGAL_AID: (RepresentationKind.AID_ASSIGNMENT, RepresentationKind.LEGAL_REQUEST, *_AUTHORISATIONS),
    Role.GROUP_REPRESENTATIVE: (RepresentationKind.APPOINTMENT,),
}
"""Role -> the papers that prove it, the usual one first. Roles that are not named show no paper."""

PAPERED_ROLES: Final = frozenset({Role.AUTHORISED, Role.LEGAL_REPRESENTATIVE, Role.LAWYER, Role.LEGAL_AID})
"""Without a paper they cannot speak for another (Điều 13; ground of refusal D4.1e)."""

CARD_ROLES: Final = frozenset({Role.LAWYER, Role.LEGAL_AID})
"""They show a card of their profession besides the paper (thẻ luật sư, thẻ trợ giúp viên pháp lý: Điều 13(3))."""

NOTARISED_UNTIL: Final = date(2027, 1, 1)
"""From this day the rule on notarised authorisations of individuals is void (NĐ 155/2026 Điều 21(2))."""


def papers_of(role: Role) -> tuple[RepresentationKind, ...]:
    """The kinds of paper to choose from for a role, "other" always last; none for those who speak for themselves."""
    kinds = PAPERS_OF_ROLE.get(role, ())
    if not kinds or RepresentationKind.OTHER in kinds:
        return kinds
    return (*kinds, RepresentationKind.OTHER)


def check_representation(draft: ReceptionDraft, today: date, found: Findings) -> None:
    """Adds what is wrong with role and paper."""
    if draft.role in PAPERED_ROLES or draft.role is Role.ORGANISATION_HEAD:
        found.demand(draft, "represented", stops=draft.direction is not Direction.REFUSE)
    if draft.role in PAPERED_ROLES:
        _check_paper(draft, found)
        _check_card(draft, found)
    if draft.role in PAPERS_OF_ROLE:
        _check_kind(draft, found)
        _check_day(draft, today, found)
    if draft.role is Role.ORGANISATION_HEAD or draft.representation_kind is RepresentationKind.ORGANISATION:
        found.demand(draft, "represented_address", stops=False)
    if draft.role is Role.AUTHORISED:
        _check_authorised(draft, found)
    if draft.is_secret and draft.role in (Role.AUTHORISED, *CARD_ROLES):
        found.doubt("role", "denunciation_in_person")


def _check_paper(draft: ReceptionDraft, found: Findings) -> None:
    """The kind is chosen, or at least a line of an older book describes the paper."""
    if draft.representation_kind is None and draft.representation_paper.strip():
        found.doubt("representation_kind", "paper_kind_needed")
    else:
        found.demand(draft, "representation_kind", stops=draft.direction is not Direction.REFUSE)
    if draft.representation_kind is RepresentationKind.OTHER:
        found.demand(draft, "representation_paper", stops=draft.direction is not Direction.REFUSE)


def _check_card(draft: ReceptionDraft, found: Findings) -> None:
    if draft.role in CARD_ROLES:
        described = bool(draft.representation_paper.strip())
        found.demand(draft, "professional_card", stops=not described and draft.direction is not Direction.REFUSE)


def _check_kind(draft: ReceptionDraft, found: Findings) -> None:
    kind = draft.representation_kind
    if kind is None:
        return
    if kind not in PAPERS_OF_ROLE[draft.role]:
        found.doubt("representation_kind", "paper_not_for_role")
    day = draft.representation_on or draft.date
    if kind is RepresentationKind.NOTARISED and day and day >= NOTARISED_UNTIL:
        found.doubt("representation_kind", "notarised_lapsed", since=NOTARISED_UNTIL)


def _check_day(draft: ReceptionDraft, today: date, found: Findings) -> None:
    day = draft.representation_on
    if day and day > today:
        found.stop("representation_on", "future_date", today=today)
    elif day and draft.date and day > draft.date:
        found.doubt("representation_on", "paper_after_visit", date=draft.date)


def _check_authorised(draft: ReceptionDraft, found: Findings) -> None:
    """One content to one person; different contents may go to different people (NĐ 155/2026 Điều 3)."""
    if draft.representation_kind is not None and not draft.representation_scope.strip():
        found.doubt("representation_scope", "scope_needed")
    if draft.people > 1:
        found.doubt("people", "one_is_authorised")
