"""A key that was opened: the signer of pyHanko behind it, and how it is closed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tcd_desktop.domain.signature import CertificateFacts
from tcd_desktop.signatures.certificates import facts_of


class OpenKey:
    """See `domain.signature.Key`. `signer` is a `pyhanko.sign.Signer`; its password is kept nowhere."""

    def __init__(self, signer: Any, close: Callable[[], None] | None = None) -> None:
        self.signer: Any = signer
        self.bare_certificate: Any = signer.signing_cert
        self._close = close
        self._facts = facts_of(self.bare_certificate)

    @property
    def certificate(self) -> CertificateFacts:
        """Whose key it is."""
        return self._facts

    def close(self) -> None:
        """Forgets the key; a token is logged out. A second time does nothing."""
        self.signer = None
        close, self._close = self._close, None
        if close is not None:
            close()

    def __enter__(self) -> OpenKey:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()
