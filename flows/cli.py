"""`duban …`: every command, its help in Chinese, and what each kind of failure gives as exit status.

    0 done   1 done, but some document failed   2 wrong use   3 the database can't be reached or is locked
    4 the configuration is wrong   130 interrupted

Nothing heavy is imported here: `duban --help` answers within 0.3 s. Each command imports what it needs when it runs.
"""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from flows import cli_texts
from models.errors import ConfigurationError, DubanError, StoreUnavailable

WRONG_USE, UNAVAILABLE, MISCONFIGURED, INTERRUPTED = 2, 3, 4, 130

app = typer.Typer(
    name="duban",
    help="督办：从建议、提案的答复中读出承诺事项和量化目标，逐条留原文，做成台账。",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.command("extract")(cli_texts.extract)
app.command("text")(cli_texts.text)


def _version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        typer.echo(f"duban {version('duban')}")
        raise typer.Exit


@app.callback()
def _root(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="显示版本号后退出。")
    ] = False,
) -> None:
    """Options that stand before the command."""


def main() -> None:
    """The entry point of `duban`: runs one command and turns what went wrong into a sentence and an exit status."""
    sys.exit(_run())


def _run() -> int:
    try:
        status = app(standalone_mode=False)
    except KeyboardInterrupt:
        return INTERRUPTED
    except ConfigurationError as error:
        return _complain(error, MISCONFIGURED)
    except StoreUnavailable as error:
        return _complain(error, UNAVAILABLE)
    except DubanError as error:
        return _complain(error, 1)
    return status if isinstance(status, int) else 0


def _complain(error: DubanError, status: int) -> int:
    typer.echo(f"duban: {error}", err=True)
    return status
