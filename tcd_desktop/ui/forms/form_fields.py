"""The building blocks of forms in one place, for pages to import from.

LineField, TextField, DateField, BirthField, TimeField, IntField     typed
ChoiceField, CheckField                                              chosen
PapersField                                                          a list of documents
DraftModel, FormBinding, Card, columns                               the form around them
"""

from __future__ import annotations

from tcd_desktop.ui.forms.choice_field import CheckField, ChoiceField, Combo, Segments
from tcd_desktop.ui.forms.field import Field, LineField, TextField
from tcd_desktop.ui.forms.form import Card, DraftModel, FormBinding, columns
from tcd_desktop.ui.forms.number_fields import BirthField, DateField, IntField, TimeField
from tcd_desktop.ui.forms.papers_field import PapersField

__all__ = [
    "BirthField",
    "Card",
    "CheckField",
    "ChoiceField",
    "Combo",
    "DateField",
    "DraftModel",
    "Field",
    "FormBinding",
    "IntField",
    "LineField",
    "PapersField",
    "Segments",
    "TextField",
    "TimeField",
    "columns",
]
