"""The command line; the only room that prints.

Exit codes: 0 done · 1 problems · 2 wrong usage · 130 interrupted. Results go to stdout. So do the
problems of `check` and `trace`, which are their results; those of other commands go to stderr.

Starting takes longer than rendering a template that was compiled before, so a command is imported
when it is asked for, and imports what it needs when it runs.
"""

from __future__ import annotations

import gc
import io
import os
import sys
from collections.abc import Sequence
from importlib import import_module

import click

from generator.cli.language import language_here, let_click_speak
from generator.cli.session import Context, language_option
from generator.problems import Message

__all__ = ["commands", "main", "run"]

INTERRUPTED = 130

_COMMANDS = {
    "list": "templates",
    "new": "templates",
    "eject": "ejecting",
    "render": "documents",
    "batch": "batches",
    "check": "documents",
    "show": "showing",
    "schema": "templates",
    "trace": "traces",
    "register": "registers",
}
"""The module of each command, in the order in which help names them."""


class _Group(click.Group):
    context_class = Context

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        module = import_module(f"generator.cli.{_COMMANDS[cmd_name]}")
        command: click.Command = getattr(module, f"{cmd_name}_command")
        return command


@click.group(
    cls=_Group,
    help=Message("Structured YAML in, official Word documents by GB/T 9704—2012 out."),
)
@language_option
@click.version_option(package_name="noticegen", message="%(version)s")
def commands() -> None: ...


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line with *arguments*, by default the program's; the exit code."""
    _speak_utf8()
    let_click_speak(language_here())
    try:
        result = commands.main(
            list(arguments) if arguments is not None else None,
            prog_name="noticegen",
            standalone_mode=False,
        )
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        return INTERRUPTED
    return result if isinstance(result, int) else 0


def run() -> None:
    """The console command.

    A process that lives for a tenth of a second needs little garbage collection, and at its end the
    system takes its memory back faster than Python's own tidying does: 25 ms of 148.
    """
    gc.set_threshold(100_000, 50, 50)
    try:
        code = main()
    except SystemExit as error:
        code = error.code if isinstance(error.code, int) else 1
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


def _speak_utf8() -> None:
    """Whatever is said can be printed; on Windows in UTF-8, into files and pipes as well."""
    encoding = "utf-8" if sys.platform == "win32" else None
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding=encoding, errors="backslashreplace")
