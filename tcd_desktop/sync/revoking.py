"""The end of the trust in a PC: from which entry of its journal on it is no longer believed."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

from tcd_desktop.domain.office import Device
from tcd_desktop.domain.problems import Refused
from tcd_desktop.domain.rights import check_right
from tcd_desktop.services.done import Done
from tcd_desktop.store.journal import journal
from tcd_desktop.sync import key_facts
from tcd_desktop.sync.key_desk_core import KeyDeskCore
from tcd_desktop.sync.key_facts import KeptAside
from tcd_desktop.sync.revocation import Revocation, Revocations, sign_revocations, verify_revocations

Reason = Literal["lost", "stolen", "retired", "forked"]


class Revoking(KeyDeskCore):
    """Revokes a PC, and shows what it wrote afterwards."""

    def kept_aside(self, device: str) -> list[KeptAside]:
        """What a revoked PC wrote after its last trusted number."""
        return key_facts.kept_aside(self._store, device)

    def revoke(self, device: str, *, reason: Reason, last_trusted: int | None = None) -> Done[Revocations]:
        """Ends the trust in a PC after a number of its latest history (default: what is in the books).

        What it wrote later is kept aside and shown. Raises Refused("unknown_device" | "already_revoked" |
        "revoke_own" | "not_superior").
        """
        check_right(self._officer.right, "keys.revoke")
        authority, member = self._authority()
        known = self._store.find(Device, device)
        if known is None:
            raise Refused("unknown_device")
        if device == self.keyring.device_id:
            raise Refused("revoke_own")
        if key_facts.revoked_for_good(member.revocations, device):
            raise Refused("already_revoked")
        with self._store.reading() as connection:
            chains = sorted(
                (chain for chain in journal.chains(connection) if chain.device == device), key=lambda one: one.epoch
            )
        ends = [(chain.epoch, chain.seq) for chain in chains]
        if ends and last_trusted is not None:
            ends[-1] = (ends[-1][0], max(0, last_trusted))
        entries = [one for one in member.revocations.list.entries if one.device != device]
        entries += [Revocation(device=device, epoch=n, last_trusted_seq=seq, reason=reason) for n, seq in ends]
        entries.append(Revocation(device=device, epoch="*", last_trusted_seq=0, reason=reason))
        line = sign_revocations(member.revocations.version + 1, entries, authority.revoker)
        revocations = verify_revocations(line, member.root)
        self._save(replace(member, revocations=revocations))
        return Done("keys.revoke", revocations, ())
