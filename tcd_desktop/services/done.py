"""What an act gives back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from tcd_desktop.store.unit import Change

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Done(Generic[T]):
    """An act that is in the books: its value, the records it touched, and how to take it back (None = it cannot be)."""

    act: str
    value: T
    changes: tuple[Change, ...]
    undo: Callable[[], Done[Any]] | None = None
