"""From the digits of the sealed paper to the opened office."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from tcd_desktop.jobs import Progress
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.ui.start.regain_page import RegainPage
from tcd_desktop.ui.window.runner import RunnerLike


def regain_page(
    home: Path,
    name: str,
    runner: RunnerLike,
    back: Callable[[], Any],
    opened: Callable[[OpenOffice], None],
    failed: Callable[[Exception], None],
) -> RegainPage:
    """The page for an office folder without keys; `opened` gets the office once its keys are there again."""
    page = RegainPage(name)

    def regain(root: list[str], recovery: list[str], password: str) -> None:
        page.set_busy(True)

        def work(_progress: Progress) -> OpenOffice:
            from tcd_desktop.open_office import open_office
            from tcd_desktop.open_office.regain import regain
            from tcd_desktop.sync.paper_key import secret_of

            regain(home, password, root=secret_of(root), recovery=secret_of(recovery))
            return open_office(home, password)

        def done(office: OpenOffice) -> None:
            page.forget()
            opened(office)

        runner.read(work, done=done, failed=failed)

    page.regainRequest.connect(regain)
    page.backRequest.connect(back)
    return page
