"""A key that was opened: the signer of pyHanko behind it, and how it is closed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from tcd_desktop.domain.letters.signature import CertificateFacts
from tcd_desktop.signatures.certificates import facts_of


class OpenKey:
    """See `domain.letters.signature.Key`. `signer` is a `pyhanko.sign.Signer`, `others` those of the further
    certificates that lie beside it; its password is kept nowhere."""

    def __init__(self, signer: Any, close: Callable[[], None] | None = None, *, others: Sequence[Any] = ()) -> None:
        self.signer: Any = signer
        self.bare_certificate: Any = signer.signing_cert
        self._signers = [signer, *others]
        self._close = close
        self._facts = [facts_of(one.signing_cert) for one in self._signers]
        self._chosen = 0

    @property
    def certificate(self) -> CertificateFacts:
        """Whose key it is: the certificate that was chosen."""
        return self._facts[self._chosen]

    @property
    def certificates(self) -> tuple[CertificateFacts, ...]:
        """All that can sign here, the one that holds longest first."""
        return tuple(self._facts)

    def choose(self, number: int) -> None:
        """Signs with another certificate, by its place in `certificates`. A closed key stays closed."""
        if self.signer is not None:
            self.signer = self._signers[number]
            self.bare_certificate = self.signer.signing_cert
            self._chosen = number

    def close(self) -> None:
        """Forgets the key; a token is logged out. A second time does nothing."""
        self.signer = None
        self._signers.clear()
        close, self._close = self._close, None
        if close is not None:
            close()

    def __enter__(self) -> OpenKey:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()
