"""`duban text` and `duban extract`: one file at a time, no database, no server."""

from __future__ import annotations

import json
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from models.documents import Document


class ExtractFormat(StrEnum):
    """How `duban extract` writes: one JSON object a line."""

    JSONL = "jsonl"


def text(file: Annotated[Path, typer.Argument(metavar="FILE", help="要读的文件。", show_default=False)]) -> None:
    """打印文件读出的正文：所有位置（start、end）都从这份正文数起。"""
    from models.errors import UnreadableDocument

    try:
        document = _read(file)
    except UnreadableDocument as error:
        typer.echo(_reason(error), err=True)
        raise typer.Exit(1) from None
    typer.echo(document.text, nl=not document.text.endswith("\n"))


def extract(
    files: Annotated[list[str], typer.Argument(metavar="FILE...", help="要读的文件。", show_default=False)],
    format: Annotated[ExtractFormat, typer.Option("--format", help="输出格式。")] = ExtractFormat.JSONL,
    with_text: Annotated[bool, typer.Option("--with-text", help="每行带上读出的正文。")] = False,
) -> None:
    """读出承诺、未采纳事项、诉求和数字，每个文件一行 JSON。不用数据库。"""
    from extractors import pipeline
    from models.errors import UnreadableDocument
    from outputs.exchange import extraction_record

    failed = False
    for file in files:
        try:
            record = {"file": file} | extraction_record(pipeline.extract(_read(Path(file))), with_text=with_text)
        except UnreadableDocument as error:
            failed = True
            typer.echo(_reason(error), err=True)
            record = {"file": file, "error": _reason(error)}
        typer.echo(json.dumps(record, ensure_ascii=False))
    if failed:
        raise typer.Exit(1)


def _read(path: Path) -> Document:
    try:
        from corpus.readers import read
    except ImportError:
        from models.documents import Document

        return Document(name=path.name, form="txt", text=path.read_text(encoding="utf-8-sig"))
    return read(path)


def _reason(error: object) -> str:
    return str(error)
