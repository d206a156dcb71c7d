"""Office folders as the first window sees them: read quickly, without a password and without heavy libraries."""

from __future__ import annotations

import json
import os
import sys
from dataclasses import dataclass
from pathlib import Path

from tcd_desktop import paths
from tcd_desktop.domain.problems import Refused
from tcd_desktop.domain.terms import OfficeKind
from tcd_desktop.ui.start.sign_in_page import SignInFacts

FACE_FILE = "office.json"
KEY_FILE = "device.key"
PRACTICE = "practice"


@dataclass(frozen=True, slots=True)
class FolderFace:
    """What `office.json` tells."""

    home: Path
    kind: OfficeKind
    code: str
    name: str
    officers: tuple[tuple[str, str, str], ...]
    practice: bool
    has_keys: bool = True

    def facts(self, last_officer: str) -> SignInFacts:
        """For the sign-in page."""
        kind = None if self.has_keys else self.kind
        return SignInFacts(self.name, self.officers, last_officer, self.practice, keys_missing_of=kind)


def read_folder(home: Path) -> FolderFace:
    """The face of an office folder. Raises Refused("no_office" | "office_file_damaged" | "store_cannot_open")."""
    try:
        data = json.loads((home / FACE_FILE).read_text(encoding="utf-8"))
        return FolderFace(
            home=home,
            kind=OfficeKind(data["kind"]),
            code=str(data["code"]),
            name=str(data["name"]),
            officers=tuple(
                (str(slot["officer"]), str(slot["name"]), str(slot.get("title", ""))) for slot in data["slots"]
            ),
            practice=data.get("practice") is True,
            has_keys=(home / KEY_FILE).exists(),
        )
    except (FileNotFoundError, NotADirectoryError) as error:
        raise Refused("no_office") from error
    except OSError as error:
        raise Refused("store_cannot_open") from error
    except (KeyError, TypeError, ValueError) as error:
        raise Refused("office_file_damaged") from error


def data_folder() -> Path:
    """The user's folder for data that stays on this PC (never a roaming profile or a synchronised folder)."""
    if sys.platform == "win32":
        given = os.environ.get("LOCALAPPDATA")
        return (Path(given) if given else Path.home() / "AppData" / "Local") / paths.APP_FOLDER
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / paths.APP_FOLDER
    given = os.environ.get("XDG_DATA_HOME")
    return (Path(given) if given else Path.home() / ".local" / "share") / paths.APP_FOLDER


def default_home(code: str) -> Path:
    """Where the data of a new office go."""
    return data_folder() / "offices" / (code or "office")


def practice_folder() -> Path:
    """Where the practice district lies."""
    return data_folder() / PRACTICE


def practice_homes() -> list[FolderFace]:
    """The offices of the practice district, the district first; empty when it is not there or not whole."""
    folder = practice_folder()
    if not (folder / "complete").exists():
        return []
    homes = [folder / "district", *sorted(folder.glob("ward-*"))]
    return [read_folder(home) for home in homes if (home / FACE_FILE).exists()]
