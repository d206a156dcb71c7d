"""Whether the optional libraries are there."""

from __future__ import annotations

from importlib.util import find_spec

from tcd_desktop.domain.problems import Refused
from tcd_desktop.signatures.no_network import leave_network_out

COMMAND = "pip install tcd-desktop[sign]"
"""How the libraries are installed, for the sentence that says so."""


def installed(library: str = "pyhanko") -> bool:
    """Whether a library of the extra can be imported ("pyhanko", "pkcs11"); cheap."""
    return find_spec(library) is not None


def require(library: str = "pyhanko") -> None:
    """To be called before a library is imported. Raises Refused("signing_not_installed")."""
    if not installed(library):
        raise Refused("signing_not_installed", command=COMMAND)
    leave_network_out()
