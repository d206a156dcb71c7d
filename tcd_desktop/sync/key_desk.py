"""What officers do with keys and certificates, all at one desk; each kind of act has its module.

    own_keys            this PC's keys: new ones, the request for its next certificate, another identity
    ward_certificates   the next certificates of PCs that asked
    revoking            the end of the trust in a PC, and what becomes of what it wrote afterwards
    giving_back         a ward's books for one of its PCs, histories that parted
    office_trust        receiving keys, the root, the sealed paper

Every act that makes or gives a key asks for the officer's password again: it opens the folder's lock, under which the
key file lies, and keeps somebody who finds the window open from it.
"""

from __future__ import annotations

from tcd_desktop.sync.giving_back import GivingBack
from tcd_desktop.sync.office_trust import OfficeTrust
from tcd_desktop.sync.own_keys import OwnKeys
from tcd_desktop.sync.revoking import Revoking


class KeyDesk(OwnKeys, Revoking, GivingBack, OfficeTrust):
    """Keys of this PC; at an office that enrols others, also those of its wards and its own office."""
