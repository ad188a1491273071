"""`duban …`: every command, its help in Chinese, and what each kind of failure gives as exit status.

    0 done   1 done, but some document failed   2 wrong use   3 the database can't be reached or is locked
    4 the configuration is wrong   70 a fault of duban itself   130 interrupted

Nothing heavy is imported here: `duban --help` answers within 0.3 s. Each command imports what it needs when it runs.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from typing import Annotated

import typer
from typer.exceptions import TyperException

from flows import (
    cli_checking,
    cli_keeping,
    cli_letters,
    cli_maintaining,
    cli_measuring,
    cli_nightly,
    cli_returning,
    cli_reviewing,
    cli_searches,
    cli_serving,
    cli_showing,
    cli_texts,
    cli_users,
    cli_words,
)
from models.errors import ConfigurationError, DubanError, StoreUnavailable, WrongAccount, WrongDecision, WrongSearch

FAILED, WRONG_USE, UNAVAILABLE, MISCONFIGURED, FAULT, INTERRUPTED = 1, 2, 3, 4, 70, 130

app = typer.Typer(
    name="duban",
    cls=cli_words.ChineseGroup,
    help="督办：从建议、提案的答复中读出承诺事项和量化目标，逐条留原文，做成台账。",
    epilog="每个命令的用法：duban 命令 --help",
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["--help", "-h"]},
)
_COMMANDS: dict[str, Callable[..., None]] = {
    "ingest": cli_keeping.ingest,
    "ledger": cli_showing.ledger,
    "show": cli_showing.show,
    "search": cli_showing.search,
    "searches": cli_searches.searches,
    "export": cli_showing.export,
    "import": cli_returning.import_,
    "letters": cli_letters.letters,
    "check": cli_checking.check,
    "review": cli_reviewing.review,
    "decide": cli_reviewing.decide,
    "history": cli_reviewing.history,
    "runs": cli_keeping.runs,
    "serve": cli_serving.serve,
    "audit": cli_users.audit,
    "extract": cli_texts.extract,
    "text": cli_texts.text,
    "nightly": cli_nightly.nightly,
    "schedule": cli_nightly.schedule,
    "backup": cli_maintaining.backup,
    "restore": cli_maintaining.restore,
    "verify": cli_maintaining.verify,
    "doctor": cli_maintaining.doctor,
    "evaluate": cli_measuring.evaluate,
}
for _name, _command in _COMMANDS.items():
    app.command(_name, cls=cli_words.ChineseCommand)(_command)
app.add_typer(cli_users.app, name="user")
app.add_typer(cli_maintaining.db, name="db")


def _version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        typer.echo(f"duban {version('duban')}")
        raise typer.Exit


@app.callback(invoke_without_command=True)
def _root(
    context: typer.Context,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="显示版本号后退出。")
    ] = False,
) -> None:
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())


def main() -> None:
    """The entry point of `duban`: runs one command and turns what went wrong into a sentence and an exit status."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # A file name that isn't UTF-8 comes out as \udcxx: still JSON, never a crash.
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    sys.exit(_run())


def _run() -> int:
    try:
        status = app(standalone_mode=False)
    except KeyboardInterrupt:  # before a command began, or while its help was shown
        return INTERRUPTED
    except TyperException as error:
        return _complain(cli_words.usage_phrase(error), WRONG_USE)
    except ConfigurationError as error:
        return _complain(f"配置不对：{error}", MISCONFIGURED)
    except StoreUnavailable as error:
        return _complain(f"数据库或服务用不了：{error}", UNAVAILABLE)
    except (WrongDecision, WrongAccount, WrongSearch) as error:
        return _complain(str(error), WRONG_USE)
    except DubanError as error:
        return _complain(str(error), FAILED)
    except Exception as error:  # noqa: BLE001 - a fault of ours is told in a sentence too
        return _own_fault(error)
    if status == INTERRUPTED:  # Typer turns a KeyboardInterrupt within a command into this status
        return _complain("已中断。收进去的都已存好，再运行一次会接着做", INTERRUPTED)
    return status if isinstance(status, int) else 0


def _own_fault(error: Exception) -> int:
    """A fault of duban itself: one sentence, and where the details are; all of it when asked for (DUBAN_DEBUG)."""
    import traceback

    from flows.settings import debugging

    if debugging():
        typer.echo(traceback.format_exc(), err=True)
    hint = "" if debugging() else "。设 DUBAN_DEBUG=1 再运行一次可看详情"
    return _complain(f"程序自身出错：{type(error).__name__}: {error}{hint}", FAULT)


def _complain(sentence: str, status: int) -> int:
    typer.echo(f"duban：{sentence}", err=True)
    return status
