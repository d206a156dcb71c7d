"""What the form of a visit knows without any widget: what shows, what is left out, what would change."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from tcd_desktop import words
from tcd_desktop.domain.people.person import IDENTITY_FIELDS, Person
from tcd_desktop.domain.people.representation_rules import CARD_ROLES
from tcd_desktop.domain.problems import Problem, Problems
from tcd_desktop.domain.receptions.reception import DRAFT_FIELDS, Reception, ReceptionDraft
from tcd_desktop.domain.receptions.refusal_rules import ANSWERED_GROUNDS, needs_notice
from tcd_desktop.domain.terms import Direction, IdKind, ReceiverRank, ReceptionKind, RepresentationKind, Role, Signing
from tcd_desktop.i18n import _

DRAFT_PREFIX = "visit:"
"""Names of kept drafts begin so; the rest is the time at which the form was opened."""

REPRESENTING = frozenset(
    {
        Role.ORGANISATION_HEAD,
        Role.AUTHORISED,
        Role.LEGAL_REPRESENTATIVE,
        Role.LAWYER,
        Role.LEGAL_AID,
        Role.GROUP_REPRESENTATIVE,
    }
)
"""Roles that speak for others and show a paper for it (NĐ 154/2026 Điều 13; Luật Tiếp công dân Điều 29)."""

FORWARDING = frozenset({Direction.FORWARD, Direction.REQUIRE_LOWER})

FILLED = ("name", "birth_date", "sex", "id_kind", "id_number", "id_issued", "id_place", "address", "phone")
"""What a card or an earlier visit can fill in."""


AUTHORISING = frozenset({RepresentationKind.CERTIFIED, RepresentationKind.NOTARISED, RepresentationKind.ORGANISATION})
"""Papers that say what for (nội dung ủy quyền)."""


def shown_fields(draft: ReceptionDraft) -> dict[str, bool]:
    """Fields that show only when another answer makes them needed -> whether they show now."""
    unwritten = not draft.has_petition and draft.direction is not Direction.REFUSE
    headed = draft.kind in (ReceptionKind.SCHEDULED, ReceptionKind.AD_HOC)
    return {
        "recorded_by": unwritten,
        "read_back": unwritten,
        "signing": unwritten,
        "unsigned_reason": unwritten and draft.signing is Signing.UNSIGNED,
        "guided_to": draft.direction is Direction.GUIDE,
        "guidance_number": draft.direction is Direction.GUIDE,
        "forwarded_to": draft.direction in FORWARDING,
        "forwarding_number": draft.direction in FORWARDING,
        "forwarded_on": draft.direction in FORWARDING,
        "delegated_by": draft.receiver_rank is ReceiverRank.DELEGATE,
        "sitting": headed,
        **_shown_of_representation(draft),
        **_shown_of_group(draft),
        **_shown_of_refusal(draft),
    }


def _shown_of_representation(draft: ReceptionDraft) -> dict[str, bool]:
    represents = draft.role in REPRESENTING
    group = draft.role is Role.GROUP_REPRESENTATIVE
    papered = represents and draft.role is not Role.ORGANISATION_HEAD
    kind = draft.representation_kind
    described = kind is RepresentationKind.OTHER or bool(draft.representation_paper)
    return {
        "represented": represents,
        "represented_address": represents and not group,
        "representation_kind": papered,
        "representation_number": papered,
        "representation_on": papered,
        "professional_card": draft.role in CARD_ROLES,
        "representation_scope": draft.role is Role.AUTHORISED or (papered and kind in AUTHORISING),
        "representation_paper": draft.role is Role.ORGANISATION_HEAD or (papered and described),
    }


def _shown_of_group(draft: ReceptionDraft) -> dict[str, bool]:
    group = draft.role is Role.GROUP_REPRESENTATIVE
    return {
        "members": group or draft.is_crowd or bool(draft.members),
        "members_signed": group,
        "police_informed": group or draft.is_crowd,
        "order_note": group or draft.is_crowd,
    }


def _shown_of_refusal(draft: ReceptionDraft) -> dict[str, bool]:
    refused = draft.direction is Direction.REFUSE
    notice = needs_notice(draft)
    return {
        "refusal_ground": refused,
        "refusal_explained": refused and bool(draft.refusal_ground) and not notice,
        "earlier_answer": refused and draft.refusal_ground in ANSWERED_GROUNDS,
        "refusal_grounds_on": notice,
        "refusal_notice_number": notice,
        "refusal_notice_on": notice,
    }


def pruned(draft: ReceptionDraft) -> ReceptionDraft:
    """The draft without answers to questions that are no longer asked, so that nothing unseen is saved."""
    empty = ReceptionDraft()
    hidden = [name for name, shown in shown_fields(draft).items() if not shown]
    return replace(draft, **{name: getattr(empty, name) for name in hidden})


def form_problems(draft: ReceptionDraft, today: date, *, sealed: bool = False) -> Problems:
    """The draft's problems by the form's fields: those of single documents and members stand under their list.

    `sealed`: an amended denunciation whose identity stays closed, so nothing is asked about it.
    """
    found: dict[str, Problem] = {}
    for name, problem in pruned(draft).problems(today).items():
        if sealed and name.partition(".")[0] in IDENTITY_FIELDS:
            continue
        whole = name.partition(".")[0]
        if whole == name:
            found[name] = problem
            continue
        held = found.get(whole)
        if held is None or (held.warning and not problem.warning):
            found[whole] = Problem(problem.code, {**problem.facts, "at": name}, problem.warning)
    return found


def sentence(field: str, problem: Problem) -> str:
    """The sentence under a field; for a document it begins with which one."""
    if field == "id_number" and problem.code == "missing":
        return _("Fill this in. Nothing to show: choose “{paper}” and tell in the note why.").format(
            paper=words.label(IdKind.OTHER)
        )
    at = str(problem.facts.get("at", ""))
    if not at:
        return words.problem(field, problem)
    facts = {name: value for name, value in problem.facts.items() if name != "at"}
    told = words.problem(at, Problem(problem.code, facts, problem.warning))
    return f"{words.field_name(at)}: {told}"


@dataclass(frozen=True, slots=True)
class Overwrite:
    """A field that says something else already."""

    field: str
    old: Any
    new: Any


@dataclass(frozen=True, slots=True)
class Filling:
    """What a card or an earlier visit brings: `fills` into empty fields, `overwrites` what was typed."""

    fills: dict[str, Any]
    overwrites: tuple[Overwrite, ...]

    @property
    def all(self) -> dict[str, Any]:
        """Everything that would change."""
        return {**self.fills, **{one.field: one.new for one in self.overwrites}}


def filling(draft: ReceptionDraft, person: Person) -> Filling:
    """Compares what is known of a person with what stands in the form. Empty values bring nothing."""
    fills: dict[str, Any] = {}
    overwrites = []
    for name in FILLED:
        new, old = getattr(person, name), getattr(draft, name)
        if new in ("", None) or new == old:
            continue
        if name == "birth_date" and old and str(old).startswith(new):
            continue  # the year alone says less than what was typed
        if old in ("", None) or (name == "birth_date" and new.startswith(f"{old}-")):
            fills[name] = new
        else:
            overwrites.append(Overwrite(name, old, new))
    return Filling(fills, tuple(overwrites))


def amendable(visit: Reception) -> ReceptionDraft:
    """A saved visit as a draft to be corrected."""
    return ReceptionDraft(**{name: getattr(visit, name) for name in DRAFT_FIELDS})


def draft_name(at: datetime) -> str:
    """A new name under which a form keeps its draft: the time at which it was opened, and something unique."""
    return f"{DRAFT_PREFIX}{at:%Y-%m-%dT%H:%M:%S}/{secrets.token_hex(4)}"


def draft_time(name: str) -> datetime | None:
    """When the form of a kept draft was opened; None for drafts of other pages."""
    if not name.startswith(DRAFT_PREFIX):
        return None
    try:
        return datetime.fromisoformat(name.removeprefix(DRAFT_PREFIX).partition("/")[0])
    except ValueError:
        return None
