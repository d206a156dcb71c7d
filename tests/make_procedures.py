"""Writes the help page of the procedures, `resources/help/quy-trinh.md`, and its pictures from the program's tables.

Run it after a table of `domain.cases.procedures` or a name changed: `python -m tests.make_procedures`. The pictures
need Graphviz (`dot`); the page needs nothing. A test compares the page and the hash inside each picture with the
tables.
"""

from __future__ import annotations

import subprocess
from hashlib import sha256
from pathlib import Path

from tcd_desktop import i18n, law
from tcd_desktop.domain.cases.procedure import Procedure, Step
from tcd_desktop.domain.cases.procedures import COMPLAINT, DENUNCIATION, FEEDBACK, SECOND_COMPLAINT
from tcd_desktop.domain.terms import CaseState
from tcd_desktop.paths import shipped
from tcd_desktop.words import label
from tcd_desktop.words.steps import step_name

PROCEDURES = {
    "khieu-nai-lan-dau": ("Khiếu nại lần đầu", COMPLAINT),
    "khieu-nai-lan-hai": ("Khiếu nại lần hai", SECOND_COMPLAINT),
    "to-cao": ("Tố cáo", DENUNCIATION),
    "kien-nghi-phan-anh": ("Kiến nghị, phản ánh", FEEDBACK),
}
"""File name of the picture -> title and table."""

HEAD = """\
# Quy trình giải quyết vụ việc

Trang này được tạo từ chính các bảng của chương trình (`tests/make_procedures.py`). Chương trình chỉ đưa ra những
bước mà bảng cho phép ở trạng thái hiện tại; bước khác bị từ chối kèm điều luật. Một bước ghi nhầm có thể hoàn tác.

Cột “Thời hạn”: ▶ bắt đầu tính, ■ dừng, ❚❚ tạm dừng, ↻ tiếp tục, + gia hạn.
"""

FOOT = """
## Chưa kiểm chứng được

- Số mẫu 15, 16 của Nghị định 124/2020 và Mẫu 04 của Thông tư 05/2021 chưa đọc được trong văn bản gốc.
- Nghị định 154/2026, 155/2026, 156/2026 được đọc từ bản quét.
"""


def page() -> str:
    """The whole page, in Vietnamese."""
    i18n.set_language("vi")
    parts = [HEAD]
    for name, (title, procedure) in PROCEDURES.items():
        parts.append(f"\n## {title}\n\n![{title}](pictures/{name}.svg)\n\n{_table(procedure)}")
    return "".join([*parts, FOOT])


def _table(procedure: Procedure) -> str:
    lines = ["| Từ | Bước | Sang | Văn bản | Thời hạn | Điều |", "|---|---|---|---|---|---|"]
    for step in procedure.steps:
        frm = ", ".join(label(state) for state in procedure.states if state in step.frm)
        to = label(step.to) if step.to else "(giữ nguyên, hoặc về trạng thái trước khi tạm đình chỉ)"
        name = step_name(step.act) + (" (chỉ một lần)" if step.once else "")
        lines.append(f"| {frm} | {name} | {to} | {step.document} | {_clocks(step)} | {step.article} |")
    return "\n".join(lines) + "\n"


def _clocks(step: Step) -> str:
    signs = (("▶", step.starts), ("■", step.stops), ("❚❚", step.pauses), ("↻", step.continues), ("+", step.extends))
    return "; ".join(f"{sign} {_clock(rule)}" for sign, rules in signs for rule in rules)


def _clock(rule: str) -> str:
    book = law.law_book()
    return next(one.event for pack in reversed(book.packs) for one in pack.rules if one.id == rule)


def drawing(procedure: Procedure) -> str:
    """The procedure in Graphviz' language: a box for each state, an arrow for each step."""
    i18n.set_language("vi")
    lines = [
        "digraph {",
        '  rankdir=LR; nodesep=0.25; ranksep=0.6; node [shape=box, style="rounded,filled", fillcolor="#eef3fa",'
        ' color="#5b6b80", fontname="Be Vietnam Pro, sans-serif", fontsize=11];',
        '  edge [color="#5b6b80", fontname="Be Vietnam Pro, sans-serif", fontsize=9];',
    ]
    for state in procedure.states:
        fill = ', fillcolor="#d7e6d9"' if state is CaseState.CLOSED else ""
        lines.append(f'  {state.value} [label="{label(state)}"{fill}];')
    joined: dict[tuple[str, str], list[str]] = {}
    for step in procedure.steps:
        for frm in sorted(step.frm):
            if step.to is not None and step.to is not frm:
                joined.setdefault((frm.value, step.to.value), []).append(step_name(step.act))
            elif step.act == "resume":
                joined.setdefault((frm.value, CaseState.VERIFYING.value), []).append(step_name(step.act))
    for (frm_value, to_value), names in joined.items():
        lines.append(f'  {frm_value} -> {to_value} [label="{_lines(names)}"];')
    return "\n".join([*lines, "}"]) + "\n"


def _lines(names: list[str]) -> str:
    return "\\n".join(names)


def mark(procedure: Procedure) -> str:
    """What a picture carries to say from which table it was drawn."""
    return f"<!-- table {sha256(drawing(procedure).encode('utf-8')).hexdigest()} -->"


def picture(procedure: Procedure) -> str:
    """The SVG, with its mark."""
    drawn = subprocess.run(
        ["dot", "-Tsvg"], input=drawing(procedure), capture_output=True, check=True, text=True, encoding="utf-8"
    ).stdout
    return drawn[drawn.index("<svg") :].rstrip() + "\n" + mark(procedure) + "\n"


def main() -> None:
    """Writes page and pictures."""
    folder: Path = shipped("resources", "help")
    (folder / "quy-trinh.md").write_text(page(), encoding="utf-8", newline="\n")
    for name, (_title, procedure) in PROCEDURES.items():
        (folder / "pictures" / f"{name}.svg").write_text(picture(procedure), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
