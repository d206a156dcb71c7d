"""The manual agrees with the law data and the rules of the program."""

from __future__ import annotations

import re
import unicodedata
from datetime import date

import pytest

from tcd_desktop import i18n
from tcd_desktop.cli.parser import COMMANDS
from tcd_desktop.documents.letter_pack import letter_texts
from tcd_desktop.domain.clocks.deadlines import compute
from tcd_desktop.domain.receptions.receipt_slip import default_copies
from tcd_desktop.domain.receptions.reception_rules import REFUSAL_GROUNDS, WRITTEN_GROUNDS
from tcd_desktop.i18n import _
from tcd_desktop.law import calendar_around, law_book, review_rules
from tcd_desktop.paths import shipped
from tcd_desktop.ui.window.actions import key_text
from tcd_desktop.words.shortcomings import SHORTCOMINGS
from tests import make_procedures

PAGES = (
    "bat-dau",
    "tiep-cong-dan",
    "ho-so-vu-viec",
    "bien-nhan",
    "van-ban",
    "trao-doi-goi",
    "dinh-dang-goi",
    "cap-tren",
    "quy-trinh",
    "so-cu",
    "xuat-du-lieu",
    "chi-dao",
    "ra-soat-kiem-tra",
    "bao-cao",
    "ky-so",
    "cong-van-446",
    "in-an",
)


def page(name: str) -> str:
    return shipped("resources", "help", f"{name}.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", PAGES)
def test_a_page_has_a_title_is_composed_and_tells_what_is_not_confirmed(name: str) -> None:
    text = page(name)
    assert text.startswith("# ") and text == unicodedata.normalize("NFC", text)
    assert "## Chưa kiểm chứng được" in text.split("\n")
    assert "\r" not in text and "TODO" not in text


def test_the_page_of_signing_names_the_keys_and_verdicts_as_the_screen_does() -> None:
    from tcd_desktop.domain.letters.signature import Trust
    from tcd_desktop.ui.signing.signature_words import _VERDICTS, ROLES
    from tcd_desktop.ui.window.actions import ACTIONS, key_text

    text = page("ky-so")
    keys = [key_text(one.id) for one in ACTIONS if one.id.startswith("signature.") or one.id == "letter.word"]
    assert len(keys) == 7 and [key for key in keys if f"**{key}**" not in text] == []
    i18n.set_language("vi")
    wanted = [*(str(_VERDICTS[trust][0]) for trust in (Trust.TRUSTED, Trust.UNKNOWN, Trust.EXPIRED))]
    wanted += [_("Not valid"), _("Changed after signing"), *map(str, ROLES.values())]
    assert [words for words in wanted if words not in text] == []


def test_every_refusal_ground_stands_in_the_manual_and_the_written_ones_say_so() -> None:
    rows = [line for line in page("tiep-cong-dan").split("\n") if re.match(r"\| \**[LD][0-9]", line)]
    known: dict[str, str] = {}
    for row in rows:
        codes = row.split("|")[1].replace("*", "").split(",")
        stem = codes[0].strip()[:-1]
        for code in codes:
            known[code.strip() if len(code.strip()) > 1 else stem + code.strip()] = row
    assert set(known) == REFUSAL_GROUNDS
    assert {code for code, row in known.items() if "Mẫu 01/TCD" in row} == WRITTEN_GROUNDS


def test_the_example_of_a_deadline_is_what_the_program_computes() -> None:
    start = date(2026, 11, 23)
    deadline = compute(law_book(), "TCD.answer", start, calendar_around(start))
    assert f"{deadline.due:**%d/%m/%Y**}" in page("ho-so-vu-viec")


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ("TCD.answer", "10 ngày làm việc"),
        ("TCD.refusal", "03 ngày làm việc"),
        ("KN1.accept", "07 ngày làm việc"),
        ("KN1.settle", "30 ngày; phức tạp 45"),
        ("KN2.lodge", "30 ngày; vùng sâu, xa 45"),
        ("TC.first", "07 ngày làm việc, tối đa 10"),
        ("TC.forward", "05 ngày làm việc"),
    ],
)
def test_a_limit_in_the_manual_is_the_one_in_the_data(rule: str, words: str) -> None:
    found = law_book().find(rule, date(2026, 11, 23))[1]
    stated = [int(number) for number in re.findall(r"[0-9]+", words)]
    assert stated == [found.days, *list(found.limits.values())[: len(stated) - 1]]
    assert words in page("ho-so-vu-viec")


def test_the_page_of_procedures_is_made_from_the_tables_of_the_program() -> None:
    assert page("quy-trinh") == make_procedures.page(), "run `python -m tests.make_procedures`"


@pytest.mark.parametrize("name", make_procedures.PROCEDURES)
def test_the_picture_of_a_procedure_was_drawn_from_its_table(name: str) -> None:
    picture = shipped("resources", "help", "pictures", f"{name}.svg").read_text(encoding="utf-8")
    assert make_procedures.mark(make_procedures.PROCEDURES[name][1]) in picture, "run `python -m tests.make_procedures`"


def test_the_number_of_copies_is_the_default_of_the_program() -> None:
    text = page("bien-nhan")
    assert f"**{default_copies(denunciation=False):02d} bản**" in text
    assert f"**{default_copies(denunciation=True):02d} bản**" in text


def test_the_criteria_of_the_review_in_the_manual_are_those_of_the_program() -> None:
    rows = [
        line.split("|") for line in page("ra-soat-kiem-tra").split("\n") if re.match(r"\| (?!Tiêu|Phím|-).*\|", line)
    ]
    told = {cells[1].strip(): (int(re.findall(r"[0-9]+", cells[2])[0]), cells[3].strip() == "có") for cells in rows[:5]}
    assert told == {
        label: (rule.least, rule.alone)
        for rule in review_rules()
        for label in [{"directed": "Có chỉ đạo"}.get(rule.criterion.value, rule.text.split(":")[0])]
    }


def test_the_manual_counts_the_shortcomings_that_an_inspection_finds() -> None:
    assert f"{len(SHORTCOMINGS)} loại" in page("ra-soat-kiem-tra")


def test_the_page_of_reports_tells_the_days_and_measures_of_the_law_data() -> None:
    from tcd_desktop.domain.terms import OfficeKind
    from tcd_desktop.law import report_rules
    from tcd_desktop.reports.circular.tables import CODES
    from tcd_desktop.services.reports.report_desk import AHEAD

    text, rules = " ".join(page("bao-cao").split()), report_rules()
    assert f"phường ngày {rules.due[OfficeKind.WARD]}, quận ngày {rules.due[OfficeKind.DISTRICT]}" in text
    assert f"từ {rules.jump.least} trở lên và từ {rules.jump.percent}% trở lên" in text
    assert f"đến hạn trong {AHEAD.days} ngày" in text
    assert all(code in text for code in CODES)


def test_each_of_the_seven_orders_of_the_seed_letter_has_a_screen_and_a_page() -> None:
    text = page("cong-van-446")
    rows = [
        [cell.strip() for cell in line.split("|")[1:-1]] for line in text.split("\n") if re.match(r"\| [1-9] ", line)
    ]
    assert [cells[0] for cells in rows] == list("1234567") and all(cells[1] and cells[3] for cells in rows)
    i18n.set_language("vi")
    desks = {_("Today"), _("Wards"), _("Cases"), _("Directives"), _("Review"), _("Inspections"), _("Calendar")}
    named = [re.findall(r"\*\*([^*]+)\*\*", cells[2]) for cells in rows]
    assert all(names and set(names) <= desks for names in named), named
    reading = [line for line in text.split("\n") if re.match(r"[1-9]\. ", line)]
    assert [line[0] for line in reading] == list("1234567") and all("](" in line for line in reading)


@pytest.mark.parametrize("name", PAGES)
def test_a_link_of_the_manual_leads_to_a_page_or_picture_that_is_there(name: str) -> None:
    for target in re.findall(r"\]\(([^)#]+)", page(name)):
        assert shipped("resources", "help", *target.split("/")).is_file(), target


@pytest.mark.parametrize("name", ["cap-tren", "ra-soat-kiem-tra"])
def test_the_pages_of_the_district_lead_to_the_seven_orders(name: str) -> None:
    assert "(cong-van-446.md)" in page(name)


def test_the_manual_lists_exactly_the_forms_whose_words_were_compared() -> None:
    rows = [line.split("|")[1:4] for line in page("van-ban").split("\n") if line.startswith("| Mẫu số")]
    listed = {(mark.strip(), name.strip()) for mark, name, _source in rows}
    assert listed == {(text.mark, text.name) for text in letter_texts(date(2026, 11, 23)) if not text.unconfirmed}
    for mark, name, source in rows:
        text = next(one for one in letter_texts(date(2026, 11, 23)) if one.name == name.strip())
        number = source.strip().split(" ")[-1]
        assert number in text.instrument, mark


def test_the_keys_in_the_manual_of_letters_are_those_of_the_program() -> None:
    text = page("van-ban")
    for name, key in (("letter.write", "Ctrl+W"), ("letter.variable", "Ctrl+Space"), ("letter.issue", "Ctrl+Enter")):
        assert key_text(name) == key and f"**{key}**" in text
    for name in ("letter.print", "letter.word", "letter.words"):
        assert f"**{key_text(name)}**" in text


def test_the_page_of_printing_names_the_keys_the_command_and_the_words_on_the_screen() -> None:
    text = page("in-an")
    for name in ("list.book", "list.slips", "form.card", "search"):
        assert f"**{key_text(name)}**" in text, name
    assert "log-book" in COMMANDS and "log-book so.pdf --since" in text
    i18n.set_language("vi")
    for words in ("Show the identities in this book", "Spoilt…", "One job", "A job for each"):
        assert _(words) in text, words
