"""Words in the user's language. English is the source, Vietnamese the default.

    _("Save")                               translated now
    ngettext("{n} visit", "{n} visits", n)  with a number
    pgettext("sex", "Male")                 one word with two meanings
    lazy("Receptions")                      for module level: translated when it is shown (`str(text)`)
    N_("Save")                              only marked for the catalogue

Placeholders are named and filled afterwards: `_("Hello {name}").format(name=name)`. A translation whose
placeholders
differ from the source is not shown: the source is, so that a slip in the catalogue never breaks a window.
"""

from __future__ import annotations

import gettext as _gettext
import os
import tempfile
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from string import Formatter

from tcd_desktop import paths

DOMAIN = "tcd_desktop"
DEFAULT = "vi"
PSEUDO = "xx"
"""Language of tests: wraps every text in ⟦ ⟧, so that a text outside the catalogue shows."""

_language = DEFAULT
_catalogue: _gettext.NullTranslations | None = None


def languages() -> tuple[str, ...]:
    """The languages an officer can choose."""
    return ("vi", "en")


def language() -> str:
    """The code of the language in use."""
    return _language


def set_language(code: str) -> None:
    """Uses another language from now on; texts already shown must be asked for again."""
    global _language, _catalogue
    _language = code
    _catalogue = _load(code)


def _(message: str) -> str:
    """The text in the user's language."""
    return _checked(message, _current().gettext(message)) if message else ""


def ngettext(singular: str, plural: str, n: int) -> str:
    """The text for `n` things; fill the number in with `.format(n=n)`."""
    return _checked(singular if n == 1 else plural, _current().ngettext(singular, plural, n))


def pgettext(context: str, message: str) -> str:
    """The text of a word that has other meanings elsewhere."""
    return _checked(message, _current().pgettext(context, message))


def N_(message: str) -> str:
    """Marks a text for the catalogue and returns it unchanged; pass it to `_` where it is shown."""
    return message


class LazyText:
    """A text that is translated when it is shown. `str()` gives the words, `format()` fills placeholders."""

    __slots__ = ("_translate", "message")

    def __init__(self, message: str, translate: Callable[[str], str] = _) -> None:
        self.message = message
        self._translate = translate

    def __str__(self) -> str:
        return self._translate(self.message)

    def __repr__(self) -> str:
        return f"lazy({self.message!r})"

    def format(self, **facts: object) -> str:
        """The words with their placeholders filled."""
        return str(self).format(**facts)


Text = str | LazyText
"""What a table of columns, actions or labels may hold; show it with `str()`."""


def lazy(message: str) -> LazyText:
    """A text for module level: translated each time it is shown."""
    return LazyText(message)


@lru_cache(maxsize=4096)
def placeholders(text: str) -> frozenset[str]:
    """The names in braces; a text that is no valid format string has the one impossible name "{"."""
    try:
        return frozenset(name for _text, name, _spec, _conv in Formatter().parse(text) if name is not None)
    except ValueError:
        return frozenset({"{"})


def _checked(source: str, translated: str) -> str:
    if translated is source or placeholders(source) == placeholders(translated):
        return translated
    return source


class _Pseudo(_gettext.NullTranslations):
    def gettext(self, message: str) -> str:
        return f"⟦{message}⟧"

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return f"⟦{msgid1 if n == 1 else msgid2}⟧"

    def pgettext(self, context: str, message: str) -> str:
        return f"⟦{message}⟧"


def _current() -> _gettext.NullTranslations:
    global _catalogue
    if _catalogue is None:
        _catalogue = _load(_language)
    return _catalogue


def _load(code: str) -> _gettext.NullTranslations:
    if code == PSEUDO:
        return _Pseudo()
    folder = paths.shipped("translations", code, "LC_MESSAGES")
    compiled = _compiled(folder / f"{DOMAIN}.po", code)
    if compiled is None:
        return _gettext.NullTranslations()
    with compiled.open("rb") as stream:
        return _gettext.GNUTranslations(stream)


def _compiled(source: Path, code: str) -> Path | None:
    """The .mo beside the .po (or in the user's cache); made when it is missing or older than the .po."""
    beside = source.with_suffix(".mo")
    cached = paths.cache_folder() / "translations" / f"{DOMAIN}-{code}.mo"
    if not source.exists():
        return beside if beside.exists() else None
    changed = source.stat().st_mtime_ns
    for candidate in (beside, cached):
        if candidate.exists() and candidate.stat().st_mtime_ns >= changed:
            return candidate
    for candidate in (beside, cached):
        try:
            _compile(source, candidate)
        except OSError:
            continue  # a folder that may not be written: the next one
        return candidate
    return None


def _compile(source: Path, target: Path) -> None:
    from babel.messages import mofile, pofile  # only here: it costs a tenth of a second

    target.parent.mkdir(parents=True, exist_ok=True)
    with source.open("rb") as stream:
        catalogue = pofile.read_po(stream, locale=source.parent.parent.name, domain=DOMAIN)
    handle, name = tempfile.mkstemp(dir=target.parent, suffix=".mo.new")
    try:
        with os.fdopen(handle, "wb") as stream:
            mofile.write_mo(stream, catalogue)
        os.replace(name, target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
