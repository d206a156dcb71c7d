"""Keeps a denouncer's identity closed (NĐ 154/2026 Điều 12(2), Luật Tố cáo Điều 9)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields, replace
from typing import Any, TypeVar

import msgspec

from tcd_desktop.domain.cases.case_file import Petition, PetitionDraft
from tcd_desktop.domain.people.person import IDENTITY_FIELDS, Person
from tcd_desktop.domain.problems import Refused
from tcd_desktop.domain.receptions.reception import Reception, ReceptionDraft
from tcd_desktop.store.closed.sealed import seal, unseal

Record = TypeVar("Record", bound=Reception | Petition)
_FIELD = "sealed"
_DRAFT = "draft"
_EMPTY: dict[str, Any] = {f.name: f.default for f in fields(Person)}


class Secrecy:
    """Seals for `recipients` (raw X25519 public keys: this office's, its superior's).

    Opens with `private`: one key, or several, since what was sealed before keys were changed stays as it is.
    """

    def __init__(self, private: bytes | Sequence[bytes], recipients: Sequence[bytes]) -> None:
        self._private = (private,) if isinstance(private, bytes) else tuple(private)
        self._recipients = tuple(recipients)

    def _unseal(self, sealed: bytes, *, office: str, record: str, field: str) -> dict[str, Any]:
        """Raises Refused("sealed_for_others") when none of the keys may read it."""
        refused = Refused("sealed_for_others")
        for key in self._private:
            try:
                return unseal(sealed, key, unit=office, record=record, field=field)
            except Refused as not_this_one:
                refused = not_this_one
        raise refused

    def reseal(self, sealed: bytes, recipients: Sequence[bytes], *, office: str, record: str) -> bytes:
        """The same words closed for others who may read them (a ward's new PC). Raises Refused("sealed_for_others")."""
        words = self._unseal(sealed, office=office, record=record, field=_FIELD)
        return seal(words, recipients, unit=office, record=record, field=_FIELD)

    def close(
        self, draft: ReceptionDraft | PetitionDraft, *, office: str, record: str
    ) -> tuple[dict[str, Any], bytes | None]:
        """(the identity fields as they may be stored openly, the sealed ones or None when nothing is secret)."""
        identity = {name: getattr(draft, name) for name in IDENTITY_FIELDS}
        if not draft.is_secret:
            return identity, None
        value = msgspec.to_builtins({name: given for name, given in identity.items() if given not in ("", None, ())})
        sealed = seal(value, self._recipients, unit=office, record=record, field=_FIELD)
        return {name: _EMPTY[name] for name in IDENTITY_FIELDS}, sealed

    def close_text(self, text: str, *, office: str, name: str) -> str:
        """A text of this PC's own (a draft), closed like an identity."""
        return seal({"text": text}, self._recipients, unit=office, record=name, field=_DRAFT).decode("ascii")

    def open_text(self, text: str, *, office: str, name: str) -> str:
        """The text again. Raises Refused("sealed_for_others")."""
        return str(self._unseal(text.encode("ascii"), office=office, record=name, field=_DRAFT)["text"])

    def close_words(self, words: Mapping[str, Any], *, office: str, record: str) -> bytes:
        """The texts of a letter that would tell who denounced."""
        return seal(dict(words), self._recipients, unit=office, record=record, field=_FIELD)

    def open_words(self, sealed: bytes, *, office: str, record: str) -> dict[str, Any]:
        """The texts again. Raises Refused("sealed_for_others")."""
        return self._unseal(sealed, office=office, record=record, field=_FIELD)

    def open(self, record: Record) -> Record:
        """The visit or petition with the person's identity. Raises Refused("sealed_for_others")."""
        if record.sealed is None:
            return record
        value = self._unseal(record.sealed, office=record.office, record=record.id, field=_FIELD)
        person = msgspec.convert(value, Person, strict=False)
        return replace(record, **{name: getattr(person, name) for name in IDENTITY_FIELDS})
