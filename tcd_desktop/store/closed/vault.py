"""The office folder's lock: one random master key, wrapped once for every officer by the officer's password.

`office.json` is readable without a password, because the sign-in page shows the office's and the officers' names:

    {"format": 1, "kind": "ward", "code": "HBT-01", "name": "…",
     "slots": [{"officer": "<id>", "name": "…", "salt": "…", "cost": {…}, "wrapped": "…"}]}

Password -> Argon2id (RFC 9106) -> wrapping key -> AES-256-GCM opens the master key -> HKDF gives the keys of the
database, of the blobs and of the key file. Changing a password rewraps 32 bytes; nothing else is encrypted anew.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass, replace
from pathlib import Path

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from tcd_desktop.domain.language.text import nfc
from tcd_desktop.domain.problems import Refused
from tcd_desktop.domain.terms import OfficeKind
from tcd_desktop.store.errors import StoreUnavailable

FORMAT = 1
FACE_FILE = "office.json"
MIN_PASSWORD = 8


@dataclass(frozen=True, slots=True)
class Cost:
    """Argon2id: KiB of memory, passes, lanes. The default takes about 0.15 s on an office PC."""

    memory: int = 65536
    passes: int = 3
    lanes: int = 2


@dataclass(frozen=True, slots=True)
class Slot:
    """One officer's key slot."""

    officer: str
    name: str
    salt: bytes
    cost: Cost
    wrapped: bytes
    title: str = ""


@dataclass(frozen=True, slots=True)
class Face:
    """What can be known of an office folder without a password."""

    kind: OfficeKind
    code: str
    name: str
    slots: tuple[Slot, ...] = ()
    practice: bool = False
    format: int = FORMAT


def read_face(home: Path) -> Face:
    """The office folder's face. Raises StoreUnavailable("no_office" | "office_file_damaged" | "store_from_future")."""
    try:
        raw = (home / FACE_FILE).read_bytes()
    except (FileNotFoundError, NotADirectoryError) as error:
        raise StoreUnavailable("no_office") from error
    except OSError as error:
        raise StoreUnavailable("store_cannot_open") from error
    try:
        face = msgspec.json.decode(raw, type=Face)
    except msgspec.MsgspecError as error:
        raise StoreUnavailable("office_file_damaged") from error
    if face.format > FORMAT:
        raise StoreUnavailable("store_from_future", found=face.format, known=FORMAT)
    return face


def write_face(home: Path, face: Face) -> None:
    """Replaces the face file in one step."""
    part = home / (FACE_FILE + ".part")
    part.write_bytes(msgspec.json.format(msgspec.json.encode(face, order="sorted")))
    part.replace(home / FACE_FILE)


class MasterKey:
    """The opened master key and the keys made from it."""

    def __init__(self, secret: bytes) -> None:
        self._secret = secret

    @classmethod
    def new(cls) -> MasterKey:
        """A random one."""
        return cls(secrets.token_bytes(32))

    def derive(self, purpose: str) -> bytes:
        """32 bytes for one purpose ("database", "blobs", "keys")."""
        return HKDF(SHA256(), 32, None, f"tcd/{purpose}/v1".encode()).derive(self._secret)

    def slot(self, officer: str, name: str, password: str, *, title: str = "", cost: Cost | None = None) -> Slot:
        """A slot that opens this key with a password. Raises Refused("password_short")."""
        check_password(password)
        empty = Slot(officer, name, secrets.token_bytes(16), cost or Cost(), b"", title)
        wrapping, nonce = AESGCM(_wrapping_key(empty, password)), secrets.token_bytes(12)
        return replace(empty, wrapped=nonce + wrapping.encrypt(nonce, self._secret, officer.encode()))


def check_password(password: str) -> None:
    """Raises Refused("password_short") below eight characters."""
    if len(password) < MIN_PASSWORD:
        raise Refused("password_short", least=MIN_PASSWORD)


def open_slot(slot: Slot, password: str) -> MasterKey:
    """The master key. Raises Refused("wrong_password")."""
    try:
        secret = AESGCM(_wrapping_key(slot, password)).decrypt(
            slot.wrapped[:12], slot.wrapped[12:], slot.officer.encode()
        )
    except InvalidTag as error:
        raise Refused("wrong_password") from error
    except ValueError as error:
        raise StoreUnavailable("office_file_damaged") from error
    return MasterKey(secret)


def _wrapping_key(slot: Slot, password: str) -> bytes:
    """Typing tools write one Vietnamese letter in two ways: both are the same password."""
    cost = slot.cost
    derivation = Argon2id(salt=slot.salt, length=32, iterations=cost.passes, lanes=cost.lanes, memory_cost=cost.memory)
    return derivation.derive(nfc(password).encode("utf-8", "surrogatepass"))


def write_secret(path: Path, key: bytes, content: bytes) -> None:
    """A small file (the device's keys) encrypted under a derived key; replaced in one step."""
    nonce = secrets.token_bytes(12)
    part = path.with_name(path.name + ".part")
    part.write_bytes(nonce + AESGCM(key).encrypt(nonce, content, path.name.encode()))
    part.replace(path)


def read_secret(path: Path, key: bytes) -> bytes:
    """The content again. Raises StoreUnavailable("keys_missing" | "keys_damaged")."""
    try:
        raw = path.read_bytes()
    except FileNotFoundError as error:
        raise StoreUnavailable("keys_missing") from error
    try:
        return AESGCM(key).decrypt(raw[:12], raw[12:], path.name.encode())
    except (InvalidTag, ValueError) as error:
        raise StoreUnavailable("keys_damaged") from error
