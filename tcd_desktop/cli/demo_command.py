"""demo DIR: a practice district for training, tests and measurements."""

from __future__ import annotations

import argparse
from pathlib import Path

from tcd_desktop.cli.output import Exit, Output
from tcd_desktop.i18n import _
from tcd_desktop.practice.world import PASSWORD, make_world


class _Spoken:
    """Progress as lines on stderr."""

    def step(self, done: int, total: int, text: str = "") -> None:
        if text:
            Output.tell(f"{done + 1}/{total} {text}")

    def cancelled(self) -> bool:
        return False


def demo(options: argparse.Namespace, output: Output) -> Exit:
    """Builds it and says where everything is."""
    world = make_world(
        Path(options.folder),
        wards=options.wards,
        receptions=options.receptions,
        seed=options.seed,
        delivered=options.delivered,
        progress=_Spoken(),
    )
    value = {
        "district": str(world.district),
        "wards": [str(ward) for ward in world.wards],
        "receptions": options.receptions,
        "seed": options.seed,
    }
    said = _("The practice district is ready in {folder}. Password: {password}")
    output.answer(value, [said.format(folder=options.folder, password=PASSWORD)])
    return Exit.DONE
