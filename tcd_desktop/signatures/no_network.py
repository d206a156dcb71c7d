"""pyHanko without its network: time stamps and lists of revoked certificates are never fetched here.

Its modules for that import aiohttp and what aiohttp needs (13 MB, and half of the time until the first signature).
Stand-ins take their places, so that nothing of a network is loaded into the program, nor packed into its installer.
"""

from __future__ import annotations

import sys
from types import ModuleType

_FETCHERS = "pyhanko_certvalidator.fetchers.aiohttp_fetchers"
REPLACED = ("aiohttp", _FETCHERS, f"{_FETCHERS}.util")


class NoNetwork(Exception):
    """In the place of every class of a network; making one is a mistake of the program."""

    def __init__(self, *_args: object, **_more: object) -> None:
        raise RuntimeError("the program has no network")


class _StandIn(ModuleType):
    def __getattr__(self, name: str) -> type[NoNetwork]:
        if name.startswith("__"):
            raise AttributeError(name)
        return NoNetwork


def leave_network_out() -> None:
    """To be called before pyHanko is imported; what is loaded already stays. A second time does nothing."""
    for name in REPLACED:
        sys.modules.setdefault(name, _StandIn(name))
