"""The office's own headings under the report's fields (nhãn lĩnh vực), and the field of a case."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from tcd_desktop.domain.cases.case_file import CaseFile
from tcd_desktop.domain.cases.class_tag import ClassTag, tags_on
from tcd_desktop.domain.language.text import clean_line
from tcd_desktop.domain.office import Office, Officer
from tcd_desktop.domain.problems import DraftRefused, Problem, Refused
from tcd_desktop.domain.terms import Classification
from tcd_desktop.services.done import Done
from tcd_desktop.services.rights import require_writing
from tcd_desktop.store.journal.clock import new_id
from tcd_desktop.store.store import Store

LONGEST_TAG = 80
BucketCodes = Callable[[Classification], frozenset[str]]


class TagDesk:
    """`bucket_codes` are the fields of the report for a class (law data)."""

    def __init__(
        self,
        store: Store,
        *,
        office: Office,
        officer: Officer,
        bucket_codes: BucketCodes,
        today: Callable[[], date],
    ) -> None:
        self._store = store
        self._office = office
        self._officer = officer
        self._bucket_codes = bucket_codes
        self._today = today

    def lines(self) -> list[ClassTag]:
        """The whole mapping of this office, by class, name and day."""
        where = "office = ? AND removed = '' ORDER BY classification, name, since, id"
        return self._store.all(ClassTag, where, (self._office.id,))

    def tags(self, classification: Classification, on: date | None = None) -> dict[str, str]:
        """Tag -> bucket on a day (today)."""
        return tags_on(self.lines(), classification, on or self._today())

    def names(self) -> list[str]:
        """Every tag there is or was."""
        return sorted({one.name for one in self.lines()})

    def add(self, name: str, *, classification: Classification, field: str, since: date | None) -> Done[ClassTag]:
        """A tag and the bucket it counts in from a day on; also how a known tag moves to another bucket.

        Raises Refused("only_reads" | "unknown_bucket" | "tag_known"), DraftRefused.
        """
        require_writing(self._officer)
        name = clean_line(name)
        problems = {} if name else {"name": Problem("missing")}
        if len(name) > LONGEST_TAG:
            problems["name"] = Problem("too_long", {"limit": LONGEST_TAG, "length": len(name)})
        if since is None:
            problems["since"] = Problem("missing")
        if problems or since is None:
            raise DraftRefused(problems)
        if field not in self._bucket_codes(classification):
            raise Refused("unknown_bucket")
        if any((one.name, one.classification, one.since) == (name, classification, since) for one in self.lines()):
            raise Refused("tag_known")
        with self._store.unit(act="class_tag.add", officer=self._officer.id) as unit:
            line = unit.put(
                ClassTag(
                    id=new_id(),
                    office=unit.office,
                    name=name,
                    classification=classification,
                    field=field,
                    since=since,
                )
            )
            return Done("class_tag.add", line, unit.commit(), unit.entry)

    def remove(self, line: ClassTag, *, reason: str = "Nhập nhầm") -> Done[ClassTag]:
        """Takes a line out of the mapping. Records keep their tag and their field."""
        require_writing(self._officer)
        with self._store.unit(act="class_tag.remove", officer=self._officer.id) as unit:
            after = unit.change(line, removed=reason)
            return Done("class_tag.remove", after, unit.commit(), unit.entry)

    def classify(self, case_id: str, *, field: str, tag: str = "") -> Done[CaseFile]:
        """The field and tag of a case. Raises Refused("only_reads" | "unknown_record" | "unknown_bucket" | ...)."""
        require_writing(self._officer)
        case = self._store.find(CaseFile, case_id)
        if case is None or case.removed:
            raise Refused("unknown_record")
        if case.office != self._office.id:
            raise Refused("other_office")
        if field and field not in self._bucket_codes(case.classification):
            raise Refused("unknown_bucket")
        with self._store.unit(act="case.classify", officer=self._officer.id) as unit:
            after = unit.change(case, field=field, tag=clean_line(tag))
            return Done("case.classify", after, unit.commit(), unit.entry)
