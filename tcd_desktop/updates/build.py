"""What `build_installer.spec` writes into a build about itself, and what runs on this PC."""

from __future__ import annotations

import json
import platform
import sys
from pathlib import Path

from tcd_desktop import __version__
from tcd_desktop.domain.problems import Refused
from tcd_desktop.store.schema.schema import VERSION as SCHEMA
from tcd_desktop.updates.pointer import version_key
from tcd_desktop.updates.statement import Here

FACTS = Path("_internal", "tcd_desktop", "_data", "build.json")
"""In the folder of a build."""


def this_platform() -> str:
    """ "windows-amd64", "linux-x86_64": the system and the machine a build is for."""
    system = {"win32": "windows", "darwin": "macos"}.get(sys.platform, "linux")
    return f"{system}-{platform.machine().lower() or 'unknown'}"


def here() -> Here:
    """What runs on this PC."""
    return Here(__version__, this_platform(), SCHEMA)


def facts_of(build: Path) -> Here:
    """What a build says of itself. Raises Refused("update_not_build")."""
    try:
        data = json.loads((build / FACTS).read_text(encoding="utf-8"))
        found = Here(str(data["version"]), str(data["platform"]), int(data["schema"]))
        version_key(found.version)
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise Refused("update_not_build", folder=build.name) from error
    return found
