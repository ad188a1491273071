"""`duban text` and `duban extract`: one file at a time, no database, no server."""

from __future__ import annotations

import json
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from models.errors import UnreadableDocument

if TYPE_CHECKING:
    from flows.reading import Told

Files = Annotated[list[str], typer.Argument(metavar="FILE...", help="要读的文件。", show_default=False)]


class ExtractFormat(StrEnum):
    """How `duban extract` writes: one JSON object a line."""

    JSONL = "jsonl"


def text(file: Annotated[Path, typer.Argument(metavar="FILE", help="要读的文件。", show_default=False)]) -> None:
    """打印文件读出的正文：所有位置（start、end）都从这份正文数起。"""
    from flows.reading import read_document
    from flows.settings import load
    from outputs.phrases import unreadable_phrase

    outcome = read_document(file, load())
    if isinstance(outcome, UnreadableDocument):
        typer.echo(unreadable_phrase(outcome), err=True)
        raise typer.Exit(1)
    typer.echo(outcome.text, nl=False)


def extract(
    files: Files,
    format: Annotated[ExtractFormat, typer.Option("--format", help="输出格式。")] = ExtractFormat.JSONL,
    with_text: Annotated[bool, typer.Option("--with-text", help="每行带上读出的正文。")] = False,
) -> None:
    """读出承诺、未采纳事项、诉求、数字和前后不符的地方，每个文件一行 JSON。不用数据库。"""
    from flows.reading import Teller
    from flows.settings import load

    with Teller(load(), files, with_text=with_text) as teller:
        outcomes = zip(files, teller.tell_many(map(Path, files)), strict=True)
        read = [_write_line(file, outcome) for file, (_, outcome) in outcomes]
    if not all(read):
        raise typer.Exit(1)


def _write_line(file: str, outcome: Told) -> bool:
    """One line of JSON, and on the other stream why there is nothing in it; whether the file was read."""
    named = json.dumps({"file": file}, ensure_ascii=False)
    if isinstance(outcome, UnreadableDocument):
        from outputs.phrases import reason_phrase

        reason = reason_phrase(outcome.reason, outcome.detail)
        typer.echo(f"{file}：{reason}", err=True)
        told = json.dumps({"error": reason, "reason": outcome.reason.value}, ensure_ascii=False)
    else:
        told = outcome
    typer.echo(f"{named[:-1]}, {told[1:]}")
    return not isinstance(outcome, UnreadableDocument)
