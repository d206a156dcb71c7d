"""What an act gives back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

from tcd_desktop.store.unit import Change

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Done(Generic[T]):
    """An act that is in the books: its value, the records it touched, and the id of its journal entry.

    The reverse of an entry is another entry: `services.recycle.undo.UndoDesk` takes any act back by its `entry`
    (`unit.entry`; "" = nothing that could be taken back).
    """

    act: str
    value: T
    changes: tuple[Change, ...]
    entry: str = ""
