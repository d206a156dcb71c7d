"""What people hand over: the petition and other documents, with pages and condition (Mẫu số 02/TCD)."""

from __future__ import annotations

from tcd_desktop.domain.receptions.reception import Paper
from tcd_desktop.domain.terms import Classification, PaperCondition
from tcd_desktop.practice.matters import Matter, Scene, Words
from tcd_desktop.practice.names import pick

_CONDITIONS = (
    (PaperCondition.PHOTOCOPY,) * 76
    + (PaperCondition.CERTIFIED_COPY,) * 20
    + (PaperCondition.ORIGINAL,) * 2
    + (PaperCondition.OTHER,) * 2
)
"""An original should not be taken in; where it happens, the program warns."""

_HOW_MANY = (0, 0, 1, 1, 2, 2, 2, 3, 3, 4, 5, 6)

_PETITIONS = {
    Classification.COMPLAINT: "Đơn khiếu nại",
    Classification.DENUNCIATION: "Đơn tố cáo",
    Classification.PETITION: "Đơn kiến nghị",
    Classification.FEEDBACK: "Đơn phản ánh",
}


def papers(scene: Scene, matter: Matter, words: Words, *, petition: bool) -> tuple[Paper, ...]:
    """Up to six documents that fit the matter, each once; the petition first when there is one."""
    chance = scene.chance
    count = pick(chance, _HOW_MANY)
    if not count:
        return ()
    found = []
    if petition and chance() < 0.7:
        name = f"{_PETITIONS[matter.classification]} đề ngày {scene.earlier(0, 9)}"
        found.append(Paper(name, 1 + int(chance() * 4), PaperCondition.OTHER))
    names = matter.papers
    start = int(chance() * len(names))
    for step in range(min(count - len(found), len(names))):
        name = names[(start + step) % len(names)]
        if "{" in name:
            name = name.format_map(words)
        # a photograph is never a certified copy
        condition = PaperCondition.PHOTOCOPY if name.startswith("Ảnh") else pick(chance, _CONDITIONS)
        found.append(Paper(name, 1 + int(chance() ** 3 * 24), condition))
    return tuple(found)
