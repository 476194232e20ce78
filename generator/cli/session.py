"""What all commands share: `--templates`, `--lang` and `--format`, and how they speak."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

import click

from generator.cli.language import LANGUAGES, language_here, let_click_speak, load_catalogue
from generator.problems import Message, NoticeError

if TYPE_CHECKING:
    from generator.library import Library, Template
    from generator.problems import Problem

Decorated = TypeVar("Decorated", bound=Callable[..., Any])

DEFAULT_WORKSPACE = "templates"


class Session:
    """One run: its language, its workspaces, and the form of what it says."""

    def __init__(self) -> None:
        self.language = language_here()
        self.folders: tuple[str, ...] = ()
        """The workspaces as the user named them, the last one nearest."""
        self.as_json = False

    @cached_property
    def translate(self) -> Callable[[str], str]:
        return load_catalogue(self.language)

    @cached_property
    def library(self) -> Library:
        """The built-in templates under the workspaces that were named, else `./templates`."""
        from generator.library import open_library

        return open_library(*(self.folders or _workspace_here()))

    def template(self, name: str, unit: str | None = None) -> Template:
        """The template *name* of the library, or the one that a Word document is by itself."""
        return self.library.find(name, unit)

    def said(self, text: str) -> str:
        """*text* in the language of the run, where it can be translated."""
        return text.said_in(self.translate) if isinstance(text, Message) else text

    def say(self, *lines: str) -> None:
        """Print *lines* in the language of the run."""
        for line in lines:
            click.echo(self.said(line))

    def show_table(self, heads: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
        from generator.reporting import table

        self.say(*table(heads, rows, self.translate))

    def show_problems(self, problems: Iterable[Problem], *, on_stderr: bool = True) -> None:
        """One plain line for each problem."""
        from generator.reporting import problem_line

        for problem in problems:
            click.echo(problem_line(problem, self.translate), err=on_stderr)

    def show_json(self, problems: Iterable[Problem], **facts: object) -> None:
        """One JSON object: *facts* and the problems."""
        import json

        from generator.reporting import problem_object

        found = [problem_object(problem, self.translate) for problem in problems]
        click.echo(json.dumps({**facts, "problems": found}, ensure_ascii=False, indent=2))

    def misused(self, message: Message, option: str) -> NoReturn:
        """Stop because an option was used wrongly (exit code 2)."""
        raise click.BadParameter(message.said_in(self.translate), param_hint=option)


def _workspace_here() -> tuple[str, ...]:
    """`./templates` where it exists and is not the folder of the built-in templates itself."""
    from pathlib import Path

    from generator.library.layers import built_in_folder

    here = Path(DEFAULT_WORKSPACE)
    if not here.is_dir() or here.resolve() == built_in_folder().resolve():
        return ()
    return (DEFAULT_WORKSPACE,)


class _Formatter(click.HelpFormatter):
    """Help in the language of the run; the English texts are the keys of the catalogue."""

    translate: Callable[[str], str] = str

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        super().write_usage(prog, args, self.translate(prefix or Message("Usage: ")))

    def write_heading(self, heading: str) -> None:
        super().write_heading(self.translate(heading))

    def write_text(self, text: str) -> None:
        super().write_text(self.translate(text))

    def write_dl(
        self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2
    ) -> None:
        said = [(name, self.translate(text) if text else "") for name, text in rows]
        super().write_dl(said, col_max, col_spacing)


CLICK_SAYS = (
    Message("Options"),
    Message("Commands"),
    Message("Show this message and exit."),
    Message("Show the version and exit."),
    Message("Error: {message}", message=""),
    Message("Try '{command} {option}' for help.", command="", option=""),
    Message("Missing command."),
    Message("Missing argument"),
    Message("Missing option"),
    Message("No such command {name!r}.", name=""),
    Message("No such option {name!r}.", name=""),
    Message("Option {name!r} does not take a value.", name=""),
    Message("Invalid value: {message}", message=""),
    Message("Invalid value for {param_hint}: {message}", param_hint="", message=""),
    Message("{value!r} is not a valid {number_type}.", value="", number_type=""),
    Message("{value} is not in the range {range}.", value="", range=""),
)
"""What click itself says, in every help and of wrong usage."""


class Context(click.Context):
    """A context whose help is said in the language of the run."""

    def make_formatter(self) -> click.HelpFormatter:
        formatter = _Formatter(width=self.terminal_width, max_width=self.max_content_width)
        formatter.translate = self.ensure_object(Session).translate
        return formatter


class Command(click.Command):
    """A command that tells the problems that stop it, one a line, and exits with 1."""

    context_class = Context

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except NoticeError as error:
            session = ctx.ensure_object(Session)
            if session.as_json:
                session.show_json(error.problems)
            else:
                session.show_problems(error.problems)
            ctx.exit(1)


def _setter(attribute: str) -> Callable[[click.Context, click.Parameter, Any], None]:
    """An option that sets *attribute* of the run's Session, where it was given."""

    def set_it(ctx: click.Context, _: click.Parameter, value: Any) -> None:
        if value:
            setattr(ctx.ensure_object(Session), attribute, value)

    return set_it


def _set_language(ctx: click.Context, _: click.Parameter, value: str | None) -> None:
    session = ctx.ensure_object(Session)
    session.language = value or session.language
    let_click_speak(session.language)


def language_option(function: Decorated) -> Decorated:
    return click.option(
        "--lang",
        type=click.Choice(LANGUAGES),
        is_eager=True,  # help is said in it
        expose_value=False,
        callback=_set_language,
        help=Message("Language of messages; by default the locale's."),
    )(function)


def common_options(function: Decorated) -> Decorated:
    """`--templates` and `--lang`, and the Session as the first argument."""
    with_session: Any = click.make_pass_decorator(Session, ensure=True)(function)
    decorated: Decorated = click.option(
        "--templates",
        metavar="DIR",
        multiple=True,
        expose_value=False,
        callback=_setter("folders"),
        help=Message("Add a workspace of templates and units; the last one named is nearest."),
    )(language_option(with_session))
    return decorated


def format_option(function: Decorated) -> Decorated:
    """`--format text|json`."""

    def choose(ctx: click.Context, _: click.Parameter, value: str) -> None:
        ctx.ensure_object(Session).as_json = value == "json"

    return click.option(
        "--format",
        type=click.Choice(("text", "json")),
        default="text",
        expose_value=False,
        is_eager=True,
        callback=choose,
        help=Message("Plain lines, or one JSON object."),
    )(function)


def following_options(function: Decorated) -> Decorated:
    """`--pdf` and `--list`: what is made of finished documents."""
    listing = click.option(
        "--list",
        "list_path",
        metavar="FILE",
        help=Message("List what was produced in this .xlsx or .docx (发文登记表)."),
    )
    printing = click.option(
        "--pdf", is_flag=True, help=Message("Print each document as a PDF beside it.")
    )
    return printing(listing(function))


def unit_option(function: Decorated) -> Decorated:
    return click.option("--unit", metavar="U", help=Message("The issuing unit."))(function)


def command(name: str, text: Message) -> Callable[[Callable[..., None]], click.Command]:
    """A command; *text* stands in the list of commands and in its own help."""
    return click.command(name, cls=Command, help=text, short_help=text)
