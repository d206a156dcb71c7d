"""The one key that a page has open: it is closed whatever comes in between."""

from __future__ import annotations

from threading import Lock

from tcd_desktop.signatures.keys import OpenKey


class HeldKey:
    """Keys are opened in a reader's thread, which may end after the page was left: then the key is closed at once.

    ticket = held.turn; ...; held.keep(ticket, key)
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._turn = 0
        self._key: OpenKey | None = None

    @property
    def key(self) -> OpenKey | None:
        """The key that is open."""
        return self._key

    @property
    def turn(self) -> int:
        """The ticket for `keep`: it holds until somebody takes what is open."""
        return self._turn

    def keep(self, ticket: int, key: OpenKey) -> bool:
        """Keeps a key that was opened; False when nobody wants it any more, and it is closed."""
        with self._lock:
            wanted = ticket == self._turn
            if wanted:
                self._key = key
        if not wanted:
            key.close()
        return wanted

    def take(self) -> OpenKey | None:
        """What is open, to be closed by who takes it; what is still on its way is closed when it comes."""
        with self._lock:
            key, self._key = self._key, None
            self._turn += 1
        return key
