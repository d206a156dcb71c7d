"""The closed lists of follow-up: directives, obligations, reviews, inspections. Values are what is stored."""

from __future__ import annotations

from enum import StrEnum


class DirectiveLevel(StrEnum):
    """Cấp ra ý kiến chỉ đạo."""

    GOVERNMENT = "government"
    MINISTRY = "ministry"
    CITY = "city"
    DISTRICT = "district"
    PARTY = "party"


class ObligationKind(StrEnum):
    """Văn bản phải tổ chức thực hiện."""

    COMPLAINT_DECISION = "complaint_decision"
    DENUNCIATION_CONCLUSION = "denunciation_conclusion"
    INSPECTION_CONCLUSION = "inspection_conclusion"
    TASK_FORCE_CONCLUSION = "task_force_conclusion"
    COURT_JUDGMENT = "court_judgment"


class ObligationState(StrEnum):
    """Tình trạng thực hiện; quá hạn is computed, not stored."""

    WAITING = "waiting"
    IN_PROGRESS = "in_progress"
    DONE = "done"
    IMPOSSIBLE = "impossible"


class SettlementResult(StrEnum):
    """Kết quả giải quyết: đúng, đúng một phần, sai; lần hai: công nhận, sửa hoặc hủy."""

    RIGHT = "right"
    PARTLY = "partly"
    WRONG = "wrong"
    UPHELD = "upheld"
    CHANGED = "changed"


class ReviewSource(StrEnum):
    """Nguồn danh sách rà soát."""

    DECISION_1849 = "decision_1849"
    PLAN_363 = "plan_363"
    PLAN_191 = "plan_191"
    CITY = "city"
    DISTRICT = "district"


class ReviewCriterion(StrEnum):
    """Vì sao vụ việc được đưa vào rà soát: đông người, phức tạp, kéo dài, có chỉ đạo, nhiều lần."""

    CROWDED = "crowded"
    COMPLEX = "complex"
    LONG = "long"
    DIRECTED = "directed"
    REPEATED = "repeated"


class ReviewPlan(StrEnum):
    """Phương án giải quyết của vụ việc rà soát."""

    SETTLE_ANEW = "settle_anew"
    PERSUADE = "persuade"
    END_NOTICE = "end_notice"
    REPORT_UP = "report_up"
    COURT = "court"


class ReviewState(StrEnum):
    """Tình trạng rà soát."""

    PROPOSED = "proposed"
    LISTED = "listed"
    DISMISSED = "dismissed"
    IN_PROGRESS = "in_progress"
    SETTLED = "settled"
    WITHDRAWN = "withdrawn"
    CLOSED_BY_NOTICE = "closed_by_notice"
    AT_COURT = "at_court"
    STUCK = "stuck"


class FindingState(StrEnum):
    """Tồn tại, thiếu sót qua thanh tra trách nhiệm: mới nêu, đã yêu cầu chấn chỉnh, đã khắc phục, không đúng."""

    FOUND = "found"
    ASKED = "asked"
    CORRECTED = "corrected"
    REFUTED = "refuted"


class ReminderAbout(StrEnum):
    """Đôn đốc về việc gì."""

    DIRECTIVE = "directive"
    CASE = "case"
    OBLIGATION = "obligation"
    REVIEW = "review"
    BUNDLE = "bundle"
