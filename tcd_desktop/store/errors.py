"""What can go wrong with the office's data, sorted by whose fault it is.

StoreUnavailable(Refused)   the machine's or the user's business: locked, full, read-only, corrupt, wrong
                            password, from the future; told in a sentence with what to do next
anything else               ours: it goes to the crash report
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError

from tcd_desktop.domain.problems import Refused

_CAUSES = (
    ("locked", "store_locked"),
    ("busy", "store_locked"),
    ("disk is full", "store_full"),
    ("disk full", "store_full"),
    ("readonly", "store_read_only"),
    ("read-only", "store_read_only"),
    ("malformed", "store_corrupt"),
    ("not a database", "store_corrupt"),
    ("disk i/o error", "store_io"),
    ("unable to open", "store_cannot_open"),
)


class StoreUnavailable(Refused):
    """The office's data cannot be used just now; `code` says why."""


def sorted_error(error: Exception) -> Exception:
    """The same error, as StoreUnavailable when the cause is not ours."""
    text = str(error).lower()
    for mark, code in _CAUSES:
        if mark in text:
            return StoreUnavailable(code)
    return error


@contextmanager
def errors_sorted() -> Iterator[None]:
    """Turns the driver's errors into StoreUnavailable when they are not ours."""
    try:
        yield
    except DBAPIError as error:
        better = sorted_error(error)
        if better is error:
            raise
        raise better from error
    except UnicodeEncodeError as error:
        raise Refused("bad_text") from error
