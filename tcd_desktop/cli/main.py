"""Runs one command and turns what happens into an exit status."""

from __future__ import annotations

import traceback
from collections.abc import Sequence

from tcd_desktop.cli.output import Exit, Output, speak_utf8
from tcd_desktop.cli.parser import WrongUsage, function_of, make_parser
from tcd_desktop.domain.problems import DraftRefused, Refused
from tcd_desktop.i18n import _
from tcd_desktop.sentences import draft_sentences, refusal_sentence


def main(arguments: Sequence[str]) -> int:
    """The exit status of a command line (without the program's name)."""
    speak_utf8()
    output = Output(machine="--json" in arguments)
    try:
        options = make_parser().parse_args(arguments)
    except WrongUsage as wrong:
        output.tell(wrong.usage)
        output.refuse("usage", str(wrong))
        return Exit.USAGE
    except SystemExit:
        return Exit.DONE
    try:
        return int(function_of(options.command)(options, output))
    except DraftRefused as refused:
        return _refuse_draft(refused, output)
    except Refused as refused:
        output.refuse(refused.code, refusal_sentence(refused))
        return Exit.REFUSED
    except BrokenPipeError:
        return Exit.DONE
    except KeyboardInterrupt:
        return Exit.REFUSED
    except Exception:
        output.refuse("our_fault", _("The program made a mistake. Send the text below to those who look after it."))
        output.tell(traceback.format_exc())
        return Exit.OUR_FAULT


def _refuse_draft(refused: DraftRefused, output: Output) -> int:
    """Names the wrong fields one by one; nothing was saved."""
    named = draft_sentences(refused)
    for name, sentence in named.items():
        row = "" if refused.row is None else f"[{refused.row + 1}] "
        output.tell(f"{row}{name}: {sentence}")
    output.tell(_("Nothing was saved."))
    if output.machine:
        problems = [
            {"field": name, "code": refused.problems[name].code, "message": sentence}
            for name, sentence in named.items()
        ]
        output.answer({"error": {"code": "draft", "row": refused.row, "problems": problems}}, ())
    return Exit.REFUSED
