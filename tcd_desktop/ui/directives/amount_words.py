"""Figures to be carried out, as people write them: money in million đồng, land in square metres, the rest counted."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation

from tcd_desktop.domain.cases.obligation import Amount
from tcd_desktop.domain.cases.obligation_rules import MOST
from tcd_desktop.i18n import LazyText, _, lazy
from tcd_desktop.ui.look.figures import grouped

MILLION = 1_000_000

AMOUNT_NAMES: dict[str, LazyText] = {
    "state_money": lazy("Money to be recovered for the State"),
    "state_land": lazy("Land to be recovered for the State"),
    "organisations_money": lazy("Money to be given back to organisations"),
    "organisations_land": lazy("Land to be given back to organisations"),
    "people_money": lazy("Money to be given back to people"),
    "people_land": lazy("Land to be given back to people"),
    "organisations": lazy("Organisations whose rights are restored"),
    "people": lazy("People whose rights are restored"),
    "handled_organisations": lazy("Organisations to be handled"),
    "handled_people": lazy("People to be handled"),
    "handled_officials": lazy("Officials to be handled"),
    "prosecuted_cases": lazy("Matters passed to the investigators"),
    "prosecuted_people": lazy("People passed to the investigators"),
    "prosecuted_officials": lazy("Officials passed to the investigators"),
}
"""Code of `AMOUNTS` -> what it counts (Biểu 05/KQTH)."""


def unit_words(what: str) -> str:
    """ "million đồng", "m²", or "" for what is counted."""
    if what.endswith("_money"):
        return _("million đồng")
    return "m²" if what.endswith("_land") else ""


def show_figure(what: str, value: int) -> str:
    """A figure in its unit, without the unit: 25500000 đồng as "25,5", 1200 m² as "1.200"."""
    if not what.endswith("_money"):
        return grouped(value)
    whole, rest = divmod(value, MILLION)
    told = grouped(whole)
    return f"{told},{rest:06d}".rstrip("0") if rest else told


def parse_figure(what: str, text: str) -> int | None:
    """What is typed, in đồng, m² or pieces; None when it is no such number. A comma begins the decimals."""
    plain = text.strip().replace(" ", "")
    if re.fullmatch(r"[0-9]{1,3}(\.[0-9]{3})+(,[0-9]+)?", plain):
        plain = plain.replace(".", "")
    plain = plain.replace(",", ".")
    if not re.fullmatch(r"[0-9]{1,16}(\.[0-9]{1,6})?", plain):
        return None
    try:
        number = Decimal(plain) * (MILLION if what.endswith("_money") else 1)
    except InvalidOperation:
        return None
    return int(number) if number == int(number) and number <= MOST else None


def amount_line(one: Amount) -> tuple[str, str]:
    """(what it counts, "80 / 120 m²")."""
    told = f"{show_figure(one.what, one.done)} / {show_figure(one.what, one.due)} {unit_words(one.what)}".rstrip()
    return str(AMOUNT_NAMES[one.what]), told
