"""The Vietnamese catalogue is complete and fits the program: extracted anew from the code each time."""

from __future__ import annotations

import ast
import io
import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "tcd_desktop"
CATALOGUE = ROOT / "translations" / "vi" / "LC_MESSAGES" / "tcd_desktop.po"

KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "_": None,
    "lazy": None,
    "N_": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
}
"""The functions of `tcd_desktop.i18n` that take texts of the catalogue (as in `make translations`)."""

LITERAL_ARGUMENTS = {"_": 1, "lazy": 1, "N_": 1, "ngettext": 2, "pgettext": 2}
MNEMONIC = re.compile(r"&(.)")


@lru_cache(maxsize=1)
def catalogue() -> Catalog:
    """The Vietnamese catalogue as it is in the project."""
    if not CATALOGUE.exists():
        pytest.fail("the Vietnamese catalogue is missing: run `make translations` and translate it")
    return read_po(io.BytesIO(CATALOGUE.read_bytes()), locale="vi")


@lru_cache(maxsize=1)
def extracted() -> Catalog:
    """Every text that the code asks the catalogue for."""
    found = Catalog()
    methods = [("**.py", "python")]
    for name, line, message, _comments, context in extract_from_dir(PACKAGE, methods, keywords=KEYWORDS):
        found.add(message, locations=[(name, line)], context=context)
    return found


def pairs() -> Iterator[tuple[str, str, str]]:
    """Source, translation and a name for each text in use that has a translation."""
    for wanted in _messages(extracted()):
        known = catalogue().get(wanted.id, wanted.context)
        for translation in _texts(known.string) if known else ():
            if translation:  # Vietnamese has one plural form: it stands for the source's last
                yield _texts(wanted.id)[-1], translation, _place(wanted)


def _messages(source: Catalog) -> list[Message]:
    return [message for message in source if message.id]


def _texts(one_or_plural: str | list[str] | tuple[str, ...] | None) -> tuple[str, ...]:
    return (one_or_plural,) if isinstance(one_or_plural, str) else tuple(one_or_plural or ("",))


def _place(message: Message) -> str:
    where, line = message.locations[0]
    return f"{message.id!r} (tcd_desktop/{where}:{line})"


def placeholders(text: str) -> set[str]:
    """The names between braces; a text with unpaired braces counts as itself."""
    try:
        return {name for _text, name, _spec, _conversion in Formatter().parse(text) if name is not None}
    except ValueError:
        return {text}


def test_every_text_of_the_program_is_translated() -> None:
    missing = []
    for wanted in _messages(extracted()):
        known = catalogue().get(wanted.id, wanted.context)
        if known is None or not all(_texts(known.string)):
            missing.append(_place(wanted))
    assert not missing, f"{len(missing)} texts without Vietnamese:\n" + "\n".join(missing)


def test_no_translation_is_marked_as_a_guess() -> None:
    fuzzy = [message.id for message in _messages(catalogue()) if message.fuzzy]
    assert not fuzzy, f"fuzzy entries are not shown by the program: {fuzzy}"


def test_no_entry_is_left_of_texts_that_are_gone() -> None:
    # contexts with a Q are the classes of Qt that ask for Qt's own words
    ours = [message for message in _messages(catalogue()) if not (message.context or "").startswith("Q")]
    gone = [message.id for message in ours if extracted().get(message.id, message.context) is None]
    assert not gone, f"`make translations` removes them: {gone}"


def test_a_translation_has_the_placeholders_of_its_source() -> None:
    different = [name for source, text, name in pairs() if placeholders(source) != placeholders(text)]
    assert not different, "\n".join(["", *different])


def test_a_mnemonic_is_a_letter_of_every_keyboard() -> None:
    wrong = []
    for source, text, name in pairs():
        for language in (source, text):
            keys = [key for key in MNEMONIC.findall(language.replace("&&", "")) if key != " "]
            wrong += [f"&{key} in {name}" for key in keys if not (key.isascii() and key.isalnum())]
    assert not wrong, f"Alt with these cannot be pressed: {wrong}"


def test_every_text_given_to_the_catalogue_is_written_out() -> None:
    modules = [path for path in sorted(PACKAGE.rglob("*.py")) if path.name != "i18n.py"]  # which defines them
    found = [place for path in modules for place in _computed_texts(path)]
    assert not found, f"computed texts cannot be translated; write them out, or mark them with N_: {found}"


def test_the_extractor_sees_every_text_that_the_code_asks_for() -> None:
    """It does not look into every f-string: such a text would stay English for ever."""
    unseen = []
    for path in sorted(PACKAGE.rglob("*.py")):
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(call, ast.Call) or not isinstance(call.func, ast.Name):
                continue
            number = LITERAL_ARGUMENTS.get(call.func.id, 0)
            texts = [one.value for one in call.args[:number] if isinstance(one, ast.Constant)]
            if not number or len(texts) != number:
                continue
            context = str(texts[0]) if call.func.id == "pgettext" else None
            if extracted().get(str(texts[-1 if context else 0]), context) is None:
                unseen.append(f"{texts[-1]!r} ({path.relative_to(ROOT).as_posix()}:{call.lineno})")
    assert not unseen, f"take these out of their f-strings: {unseen}"


def _computed_texts(path: Path) -> Iterator[str]:
    """Calls whose text is no literal. A module that marks texts with N_ may look them up and show them."""
    nodes = list(ast.walk(ast.parse(path.read_text(encoding="utf-8"), str(path))))
    calls = [(n, n.func.id) for n in nodes if isinstance(n, ast.Call) and isinstance(n.func, ast.Name)]
    marks = any(name == "N_" for _call, name in calls)
    for call, name in calls:
        texts = call.args[: LITERAL_ARGUMENTS.get(name, 0)]
        looked_up = marks and name == "_" and isinstance(texts[0], ast.Name | ast.Subscript | ast.Attribute)
        if not looked_up and not all(isinstance(t, ast.Constant) and isinstance(t.value, str) for t in texts):
            yield f"{path.relative_to(ROOT).as_posix()}:{call.lineno}"
