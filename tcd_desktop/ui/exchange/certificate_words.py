"""The certificate of this PC in words: on its card, on the first screen, on a button."""

from __future__ import annotations

from tcd_desktop.i18n import _, ngettext
from tcd_desktop.sync.own_certificate import OwnCertificate


def certificate_words(at: OwnCertificate) -> str:
    """Where the certificate stands and what happens next."""
    day = f"{at.ends:%d/%m/%Y}"
    if at.new_keys:
        return _(
            "New keys are made; until their certificate has come the old ones sign. The request goes along with every "
            "bundle. Next step: send a bundle, then read the receipt that comes back."
        )
    if at.state == "valid":
        return _("Valid until {day}. Nothing to do: the next one is asked for by itself 90 days before.").format(
            day=day
        )
    if at.state == "ended":
        return _(
            "It ended on {day}. Bundles are still taken in, and the request for the next certificate goes along. Next "
            "step: send a bundle or write the request onto a stick, then read the receipt that comes back."
        ).format(day=day)
    left = ngettext("{n} day", "{n} days", at.days).format(n=at.days)
    return _(
        "Valid until {day}, {left} left. The request for the next certificate goes along with every bundle. Next step: "
        "send a bundle or write the request onto a stick, then read the receipt that comes back."
    ).format(day=day, left=left)


def short_words(at: OwnCertificate) -> str:
    """For a button or a chip."""
    if at.new_keys:
        return _("New keys, certificate awaited")
    if at.state == "ended":
        return _("Certificate has ended")
    if at.state == "near":
        return ngettext("Certificate: {n} day left", "Certificate: {n} days left", at.days).format(n=at.days)
    return _("Certificate until {day}").format(day=f"{at.ends:%d/%m/%Y}")
