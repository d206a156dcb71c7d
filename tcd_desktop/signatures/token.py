"""Keys on a token (thiết bị lưu khóa bí mật, PKCS#11): finding it, opening it with its PIN.

The maker's library (.dll, .so) is loaded into the program, so it is only ever one that the user chose.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from functools import partial
from pathlib import Path
from threading import Lock
from typing import Any

from tcd_desktop.domain.letters.signature import TokenFacts
from tcd_desktop.domain.problems import Refused
from tcd_desktop.signatures.certificates import check_signs, facts_of, may_sign
from tcd_desktop.signatures.extra import require
from tcd_desktop.signatures.keys import OpenKey

LIBRARY_SUFFIXES = (".dll",) if sys.platform == "win32" else (".so",)

WAIT = 20.0
"""Seconds that one use of a token waits for another to end."""

_in_use = Lock()
"""Looking for tokens starts the maker's library anew, which ends what is going on with it."""

_PATTERNS = ("*pkcs11*", "*p11*", "*csp11*", "libsofthsm2*", "opensc-pkcs11*")


def likely_libraries() -> tuple[Path, ...]:
    """Libraries of tokens in the system's usual folders, by their names; none of them is loaded."""
    return tuple(dict.fromkeys(path for folder in _folders() for path in _named_like_one(folder)))


def _folders() -> Iterator[Path]:
    if sys.platform == "win32":
        yield Path(os.environ.get("SYSTEMROOT", r"C:\Windows")) / "System32"
        return
    for parent in (Path("/usr/lib"), Path("/usr/local/lib")):
        yield from (parent, parent / "softhsm", parent / "pkcs11", parent / "x86_64-linux-gnu")


def _named_like_one(folder: Path) -> list[Path]:
    try:
        found = {path for pattern in _PATTERNS for path in folder.glob(pattern) if path.suffix in LIBRARY_SUFFIXES}
    except OSError:
        return []
    return sorted(found)


def tokens(library: Path) -> tuple[TokenFacts, ...]:
    """The tokens in this PC.

    Raises Refused("signing_not_installed" | "token_library" | "token_missing" | "token_failed").
    """
    _take()
    try:
        found = tuple(_facts(token) for token in _tokens(library))
    finally:
        _in_use.release()
    if not found:
        raise Refused("token_missing")
    return found


def open_token(library: Path, serial: str, pin: str, *, at: datetime) -> OpenKey:
    """The key of a token that may sign at that time; nobody else uses a token until it is closed.

    Raises Refused("signing_not_installed" | "token_library" | "token_missing" | "token_pin_wrong" | "token_pin_few" |
    "token_pin_last" | "token_pin_locked" | "token_no_certificate" | "token_failed" | those of `check_signs`).
    """
    _take()
    try:
        return _opened(library, serial, pin, at)
    except BaseException:
        _in_use.release()
        raise


def _take() -> None:
    if not _in_use.acquire(timeout=WAIT):
        raise Refused("token_failed")


def _opened(library: Path, serial: str, pin: str, at: datetime) -> OpenKey:
    token = next((token for token in _tokens(library) if _facts(token).serial == serial), None)
    if token is None:
        raise Refused("token_missing")
    import pkcs11

    session = _session(token, pin)
    try:
        return _key(session, at)
    except Refused:
        session.close()
        raise
    except pkcs11.PKCS11Error as error:
        session.close()
        raise Refused("token_failed") from error


def _close(session: Any) -> None:
    import pkcs11

    try:
        with suppress(pkcs11.PKCS11Error):  # who pulled the token out has ended the session with it
            session.close()
    finally:
        _in_use.release()


def _tokens(library: Path) -> list[Any]:
    require("pkcs11")
    import pkcs11

    if not library.is_file():
        raise Refused("token_library", file=library.name)
    try:
        module = pkcs11.lib(str(library))
    except (pkcs11.PKCS11Error, RuntimeError, OSError) as error:
        raise Refused("token_library", file=library.name) from error
    try:
        # a token may have come since the library was loaded
        module.reinitialize()
        return [token for slot in module.get_slots(token_present=True) if (token := _token(slot)) is not None]
    except pkcs11.PKCS11Error as error:
        raise Refused("token_missing") from error


def _token(slot: Any) -> Any:
    import pkcs11

    try:
        token = slot.get_token()
    except pkcs11.PKCS11Error:
        return None
    return token if token.flags & pkcs11.TokenFlag.TOKEN_INITIALIZED else None


def _facts(token: Any) -> TokenFacts:
    return TokenFacts(_text(token.label), _text(token.serial), _text(token.manufacturer_id))


def _text(raw: str | bytes) -> str:
    text = raw.decode("utf-8", "replace") if isinstance(raw, bytes) else raw
    return text.strip("\0 ")


def _session(token: Any, pin: str) -> Any:
    import pkcs11

    try:
        return token.open(user_pin=pin)
    except pkcs11.PinLocked:
        raise Refused("token_pin_locked") from None
    except (pkcs11.PinIncorrect, pkcs11.PinLenRange, pkcs11.PinInvalid):
        raise _wrong_pin(token) from None
    except pkcs11.PKCS11Error:
        # from None: nothing that was typed may stand in a report of a failure
        raise Refused("token_failed") from None


def _wrong_pin(token: Any) -> Refused:
    """Tokens do not tell how many tries are left, only that few are, or one."""
    import pkcs11

    fresh = _token(token.slot) or token
    if fresh.flags & pkcs11.TokenFlag.USER_PIN_LOCKED:
        return Refused("token_pin_locked")
    if fresh.flags & pkcs11.TokenFlag.USER_PIN_FINAL_TRY:
        return Refused("token_pin_last")
    if fresh.flags & pkcs11.TokenFlag.USER_PIN_COUNT_LOW:
        return Refused("token_pin_few")
    return Refused("token_pin_wrong")


def _key(session: Any, at: datetime) -> OpenKey:
    """Those certificates that may sign and have their key beside them, the one that holds longest first.

    When none holds at that time, what is wrong with the first is told.
    """
    from pyhanko.sign.pkcs11 import PKCS11Signer

    # a session has one search at a time
    found = [(certificate, id_) for certificate, id_ in list(_certificates(session)) if _has_key(session, id_)]
    usable = [one for one in found if may_sign(one[0])]
    if not usable:
        raise Refused("token_no_certificate")
    usable.sort(key=lambda one: facts_of(one[0]).until, reverse=True)
    holding = [one for one in usable if _holds(one[0], at)]
    if not holding:
        check_signs(usable[0][0], at)
    first, *others = (
        PKCS11Signer(session, signing_cert=certificate, key_id=id_, other_certs_to_pull=None)
        for certificate, id_ in holding
    )
    return OpenKey(first, close=partial(_close, session), others=others)


def _holds(certificate: Any, at: datetime) -> bool:
    try:
        check_signs(certificate, at)
    except Refused:
        return False
    return True


def _certificates(session: Any) -> Iterator[tuple[Any, bytes]]:
    from asn1crypto import x509
    from pkcs11 import Attribute, ObjectClass

    for item in session.get_objects({Attribute.CLASS: ObjectClass.CERTIFICATE}):
        try:
            yield x509.Certificate.load(item[Attribute.VALUE], strict=True), bytes(item[Attribute.ID])
        except (ValueError, TypeError):
            continue  # a container that some makers keep beside the certificates


def _has_key(session: Any, id_: bytes) -> bool:
    from pkcs11 import Attribute, ObjectClass

    return bool(list(session.get_objects({Attribute.CLASS: ObjectClass.PRIVATE_KEY, Attribute.ID: id_})))
