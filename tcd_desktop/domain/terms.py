"""The closed lists of the law: kinds, directions, classifications. Values are what is stored and exchanged."""

from __future__ import annotations

from enum import StrEnum


class ReceptionKind(StrEnum):
    """Loại tiếp: thường xuyên, định kỳ, đột xuất (Luật Tiếp công dân Điều 2, 18; Biểu 01/TCD)."""

    REGULAR = "regular"
    SCHEDULED = "scheduled"
    AD_HOC = "ad_hoc"


class ReceptionForm(StrEnum):
    """Hình thức tiếp công dân: trực tiếp, trực tuyến (Luật Tiếp công dân Điều 3a)."""

    DIRECT = "direct"
    ONLINE = "online"


class ReceiverRank(StrEnum):
    """Người tiếp: cán bộ, thủ trưởng, người được ủy quyền (Biểu 01/TCD)."""

    OFFICER = "officer"
    HEAD = "head"
    DELEGATE = "delegate"


class HostBody(StrEnum):
    """Cơ quan tiếp: UBND, HĐND, cấp ủy (Luật Tiếp công dân Điều 15, 22)."""

    COMMITTEE = "committee"
    COUNCIL = "council"
    PARTY = "party"


class Classification(StrEnum):
    """Phân loại: khiếu nại, tố cáo, kiến nghị, phản ánh (Mẫu số 03/TCD cột 6)."""

    COMPLAINT = "complaint"
    DENUNCIATION = "denunciation"
    PETITION = "petition"
    FEEDBACK = "feedback"


class Direction(StrEnum):
    """Hướng xử lý (Luật Tiếp công dân Điều 26; Mẫu số 03/TCD cột 9-11)."""

    ACCEPT = "accept"
    GUIDE = "guide"
    FORWARD = "forward"
    REQUIRE_LOWER = "require_lower"
    EXPLAIN = "explain"
    TO_HEAD = "to_head"
    REFUSE = "refuse"


class Sex(StrEnum):
    """Giới tính, as on the card."""

    MALE = "male"
    FEMALE = "female"


class IdKind(StrEnum):
    """Loại giấy tờ: căn cước, giấy chứng nhận căn cước, số định danh cá nhân, hộ chiếu, khác (NĐ 154/2026 Điều 12)."""

    CITIZEN_CARD = "citizen_card"
    IDENTITY_CERTIFICATE = "identity_certificate"
    PERSONAL_NUMBER = "personal_number"
    PASSPORT = "passport"
    OTHER = "other"


class Role(StrEnum):
    """Vai trò của người đến: chính chủ, đại diện, ủy quyền, luật sư, trợ giúp viên (NĐ 154/2026 Điều 13)."""

    SELF = "self"
    ORGANISATION_HEAD = "organisation_head"
    AUTHORISED = "authorised"
    LEGAL_REPRESENTATIVE = "legal_representative"
    LAWYER = "lawyer"
    LEGAL_AID = "legal_aid"
    GROUP_REPRESENTATIVE = "group_representative"
    RELATED = "related"


class Signing(StrEnum):
    """Bản ghi lời trình bày: ký, điểm chỉ, không ký (NĐ 154/2026 Điều 14)."""

    SIGNED = "signed"
    FINGERPRINT = "fingerprint"
    UNSIGNED = "unsigned"


class PaperCondition(StrEnum):
    """Tình trạng tài liệu: bản phô tô, bản sao chứng thực, bản chính, khác (Mẫu số 02/TCD chú thích 5)."""

    PHOTOCOPY = "photocopy"
    CERTIFIED_COPY = "certified_copy"
    ORIGINAL = "original"
    OTHER = "other"


class AnswerKind(StrEnum):
    """Thông báo kết quả: thụ lý, kéo dài để xác minh, từ chối thụ lý, đã chuyển (Luật Tiếp công dân Điều 28(1) a-d)."""

    ACCEPTED = "accepted"
    EXTENDED = "extended"
    NOT_ACCEPTED = "not_accepted"
    FORWARDED = "forwarded"


class AnswerChannel(StrEnum):
    """Trả lời trực tiếp hoặc bằng văn bản (Luật Tiếp công dân Điều 28)."""

    IN_PERSON = "in_person"
    WRITTEN = "written"


class CaseState(StrEnum):
    """Trạng thái vụ việc; which step leads where is the table of the kind of matter (`domain.cases.procedures`)."""

    RECEIVED = "received"
    UNDER_REVIEW = "under_review"
    AWAITING_PAPERS = "awaiting_papers"
    ACCEPTED = "accepted"
    NOT_ACCEPTED = "not_accepted"
    GUIDED = "guided"
    FORWARDED = "forwarded"
    RETURNED = "returned"
    FILED = "filed"
    VERIFYING = "verifying"
    DIALOGUE = "dialogue"
    SUSPENDED = "suspended"
    ENDED = "ended"
    DECIDED = "decided"
    ESCALATED = "escalated"
    IN_EFFECT = "in_effect"
    CONCLUDED = "concluded"
    HANDLED = "handled"
    PUBLISHED = "published"
    INSPECTED = "inspected"
    INVESTIGATION = "investigation"
    EXECUTING = "executing"
    EXECUTED = "executed"
    ANSWERED = "answered"
    CLOSED = "closed"


class PetitionSource(StrEnum):
    """Nguồn đơn: khi tiếp công dân, bưu chính, hộp thư, trực tuyến, nơi khác chuyển đến (TT 05/2021; TT 06/2025)."""

    RECEPTION = "reception"
    POST = "post"
    BOX = "box"
    ONLINE = "online"
    TRANSFER = "transfer"
    LEADER = "leader"
    DEPUTY = "deputy"
    PRESS = "press"


class PetitionDirection(StrEnum):
    """Hướng xử lý đơn (TT 05/2021): thụ lý, trả đơn và hướng dẫn, hướng dẫn, chuyển, lưu, yêu cầu cấp dưới giải quyết.

    The values that `Direction` has too are the same words: a petition of a visit has the visit's direction.
    """

    ACCEPT = "accept"
    RETURN = "return"
    GUIDE = "guide"
    FORWARD = "forward"
    FILE = "file"
    REQUIRE_LOWER = "require_lower"
    CHASE = "chase"
    REFUSE = "refuse"


class OfficeKind(StrEnum):
    """Cấp của đơn vị: phường, cấp trên trực tiếp."""

    WARD = "ward"
    DISTRICT = "district"


class OfficerRight(StrEnum):
    """Vai trò người dùng: tiếp dân, lãnh đạo, văn thư, quản trị, chỉ xem."""

    RECEPTION = "reception"
    HEAD = "head"
    CLERK = "clerk"
    ADMIN = "admin"
    VIEWER = "viewer"


class RepresentationKind(StrEnum):
    """Giấy tờ chứng minh việc đại diện (NĐ 154/2026 Điều 13; NĐ 155/2026 Điều 3; Luật Tiếp công dân Điều 29)."""

    NOTARISED = "notarised"
    """Giấy ủy quyền có công chứng (until 31/12/2026: NĐ 155/2026 Điều 21(2))."""
    CERTIFIED = "certified"
    """Giấy ủy quyền có chứng thực."""
    ORGANISATION = "organisation"
    """Văn bản ủy quyền của cơ quan, tổ chức, signed and sealed."""
    GUARDIAN = "guardian"
    """Giấy tờ chứng minh người đại diện theo pháp luật."""
    LEGAL_REQUEST = "legal_request"
    """Giấy yêu cầu giúp đỡ về pháp luật (luật sư)."""
    AID_ASSIGNMENT = "aid_assignment"
    """Quyết định phân công trợ giúp pháp lý (trợ giúp viên)."""
    APPOINTMENT = "appointment"
    """Văn bản cử người đại diện của đoàn."""
    OTHER = "other"


class SittingKind(StrEnum):
    """Buổi tiếp của lãnh đạo: định kỳ, đột xuất (Luật Tiếp công dân Điều 15, 18), đối thoại (Luật Khiếu nại)."""

    PERIODIC = "periodic"
    AD_HOC = "ad_hoc"
    DIALOGUE = "dialogue"


class SittingState(StrEnum):
    """Trạng thái buổi tiếp: dự kiến, đã công bố, đã tiếp, hoãn, không có công dân."""

    PLANNED = "planned"
    POSTED = "posted"
    HELD = "held"
    POSTPONED = "postponed"
    NOBODY_CAME = "nobody_came"


class LinkKind(StrEnum):
    """Quan hệ giữa hai lượt tiếp: trùng, lần hai, cùng vụ việc, tiếp nối; and "không trùng", "cùng số", remembered."""

    DUPLICATE = "duplicate"
    SECOND_INSTANCE = "second_instance"
    SAME_MATTER = "same_matter"
    CONTINUATION = "continuation"
    NOT_DUPLICATE = "not_duplicate"
    SAME_NUMBER = "same_number"
