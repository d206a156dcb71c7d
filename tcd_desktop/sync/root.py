"""root.json: whose signatures count, and how that list changes (the idea of The Update Framework).

- Roles: `root` (keepers of the safes, changes this file), `enroller` (certificates), `director` (office key
  list), `revoker` (revocation list). A role has distinct keys and a threshold.
- Version N+1 is signed by a threshold of N's root keys AND of N+1's own. Versions are walked one at a time.
- The first version is trusted because its fingerprint was typed or came with the installer, or because it is
  the one this PC already stored. It must be signed by its own root keys.
- Only the keys of the newest version count. After an ordinary change of an enroller key both keys stay listed
  until all certificates are renewed; after a theft the key is dropped and every certificate it signed falls.
- `until` of a role is a hard stop: certificates that say they begin later are refused. It compares two signed
  dates, because the clocks of office PCs lie.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Literal

from msgspec import Meta, Struct

from tcd_desktop.sync import dsse
from tcd_desktop.sync.canonical import Codec
from tcd_desktop.sync.dsse import PayloadType, Signer
from tcd_desktop.sync.fingerprint import same_fingerprint
from tcd_desktop.sync.keys import KeyId
from tcd_desktop.sync.limits import DEFAULT
from tcd_desktop.sync.refusals import BundleRefused, Code

DateText = Annotated[str, Meta(pattern=r"^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])\Z")]
OfficeCode = Annotated[str, Meta(pattern=r"^[A-Z0-9][A-Z0-9-]{0,15}\Z")]
OfficeName = Annotated[str, Meta(max_length=200)]
Version = Annotated[int, Meta(ge=1, le=2**53 - 1)]
PolicyName = Annotated[str, Meta(pattern=r"^[a-z][a-z_]{0,39}\Z")]
Role = Literal["root", "enroller", "director", "revoker"]


class RoleKeys(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Who may act in a role: at least `threshold` of the `keys`. `until` (ISO date or null) is a hard
    stop.
    """

    keys: Annotated[list[KeyId], Meta(min_length=1, max_length=16)]
    threshold: Annotated[int, Meta(ge=1, le=16)]
    until: DateText | None


class Roles(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The four roles."""

    root: RoleKeys
    enroller: RoleKeys
    director: RoleKeys
    revoker: RoleKeys


class OfficeEntry(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One office of the tree; `under` is the code of the office above, "" at the top."""

    code: OfficeCode
    name: OfficeName
    under: Annotated[str, Meta(pattern=r"^([A-Z0-9][A-Z0-9-]{0,15})?\Z")]


class RootMetadata(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One version of root.json. `offices` may be empty; `policy` holds numbers such as blob_bytes, unknown
    ones ignored.
    """

    fmt: Literal["tcd.root/1"]
    version: Version
    roles: Roles
    offices: Annotated[list[OfficeEntry], Meta(max_length=2000)]
    policy: dict[PolicyName, int]

    def role(self, name: Role) -> RoleKeys:
        """The keys of one role."""
        keys: RoleKeys = getattr(self.roles, name)
        return keys


_codec = Codec(RootMetadata)


def root_metadata(
    *,
    version: int = 1,
    root: RoleKeys,
    enroller: RoleKeys,
    director: RoleKeys,
    revoker: RoleKeys,
    offices: Sequence[OfficeEntry] = (),
    policy: dict[str, int] | None = None,
) -> RootMetadata:
    """A version to be signed."""
    return RootMetadata(
        fmt="tcd.root/1",
        version=version,
        roles=Roles(root=root, enroller=enroller, director=director, revoker=revoker),
        offices=list(offices),
        policy=policy or {},
    )


def role_keys(*keys: Signer, threshold: int = 1, until: str | None = None) -> RoleKeys:
    """The public side of some keys as a role."""
    return RoleKeys(keys=[key.key_id for key in keys], threshold=threshold, until=until)


def sign_root(metadata: RootMetadata, *signers: Signer) -> bytes:
    """The envelope line. For version N+1 give root keepers of N and of N+1. Raises E_ROOT for keys that
    cannot work.
    """
    _check_roles(metadata)
    return dsse.sign(_codec.encode(metadata), PayloadType.ROOT, *signers)


@dataclass(frozen=True, slots=True)
class TrustedRoot:
    """The newest root this PC trusts, and the chain of lines that led to it (the first one pinned)."""

    metadata: RootMetadata
    chain: tuple[bytes, ...]

    @property
    def version(self) -> int:
        """The version that is trusted now."""
        return self.metadata.version

    @classmethod
    def pin(cls, line: bytes, typed: str) -> TrustedRoot:
        """Trusts a first root because its fingerprint was typed from paper or shipped. Raises
        E_FINGERPRINT.
        """
        if not same_fingerprint(typed, line):
            raise BundleRefused(Code.FINGERPRINT)
        return cls.stored([line])

    @classmethod
    def stored(cls, chain: Sequence[bytes]) -> TrustedRoot:
        """From the chain this PC kept. The first line is trusted; every step is verified again."""
        if not chain:
            raise BundleRefused(Code.ROOT, reason="empty")
        first = chain[0]
        metadata = _decode(dsse.unverified_payload(first, PayloadType.ROOT, limit=DEFAULT.root_line))
        _verify(first, metadata)
        return cls(metadata, (first,)).walk(chain[1:])

    def update(self, line: bytes) -> TrustedRoot:
        """The next version, signed by this version's keepers and by its own. Raises E_SIGNATURE, E_ROOT."""
        payload = _verify(line, self.metadata)
        metadata = _decode(payload)
        _verify(line, metadata)
        if metadata.version != self.version + 1:
            raise BundleRefused(Code.ROOT, reason="version", have=self.version, found=metadata.version)
        return TrustedRoot(metadata, (*self.chain, line))

    def walk(self, chain: Sequence[bytes]) -> TrustedRoot:
        """Follows a chain from elsewhere: what we already passed is skipped, the rest is verified step by
        step.

        A chain that ends before our version changes nothing. Raises E_ROOT when the chain is another one than
        ours.
        """
        if len(chain) > DEFAULT.root_chain:
            raise BundleRefused(Code.LIMIT, reason="root chain", limit=DEFAULT.root_chain)
        known = set(self.chain)
        trusted = self
        for line in chain:
            if line not in known:
                trusted = trusted.update(line)
        return trusted

    def verify(self, role: Role, line: bytes, payload_type: PayloadType, *, limit: int) -> bytes:
        """The payload of a line signed by a role. Raises E_SIGNATURE and what `dsse.verify` raises."""
        keys = self.metadata.role(role)
        return dsse.verify(line, payload_type, keys.keys, threshold=keys.threshold, limit=limit).payload

    def path_of(self, office: str) -> tuple[str, ...]:
        """The codes from the top office down to `office`, from the office tree. Raises E_SCOPE when it is not
        there.
        """
        by_code = {entry.code: entry for entry in self.metadata.offices}
        path: list[str] = []
        code = office
        while code:
            if code not in by_code or code in path:
                raise BundleRefused(Code.SCOPE, reason="office tree")
            path.insert(0, code)
            code = by_code[code].under
        return tuple(path)


def _decode(payload: bytes) -> RootMetadata:
    metadata = _codec.decode(payload)
    _check_roles(metadata)
    return metadata


def _check_roles(metadata: RootMetadata) -> None:
    roles = metadata.roles
    for keys in (roles.root, roles.enroller, roles.director, roles.revoker):
        if len(set(keys.keys)) != len(keys.keys):
            raise BundleRefused(Code.ROOT, reason="key twice")
        if keys.threshold > len(keys.keys):
            raise BundleRefused(Code.ROOT, reason="threshold")


def _verify(line: bytes, by: RootMetadata) -> bytes:
    keys = by.roles.root
    verified = dsse.verify(line, PayloadType.ROOT, keys.keys, threshold=keys.threshold, limit=DEFAULT.root_line)
    return verified.payload
