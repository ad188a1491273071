"""`duban check`: a reply looked through before it is signed. No database, no server."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from flows.cli_common import Format, Shown, console, write_json
from models.errors import UnreadableDocument

if TYPE_CHECKING:
    from models.extraction import Extraction


def check(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="待签发的答复。", show_default=False)],
    item: Annotated[
        Path | None,
        typer.Option(
            "--item", metavar="FILE", help="所答的建议或提案；不给就看答复自己提到的诉求。", show_default=False
        ),
    ] = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE.docx", help="写成 Word 审核单。", show_default=False)
    ] = None,
    format: Format = Shown.TABLE,
) -> None:
    """签发前看一遍答复：承诺缺不缺时限、数量、责任单位，诉求有没有漏答，类别和正文是否相符，数字对不对得上。"""
    from extractors.appraisal import appraise
    from models.documents import Kind
    from outputs.appraisal import appraisal_record, show_appraisal

    reply, asked = _read(file), _read(item) if item else None
    if reply.identity.kind is not Kind.REPLY:
        typer.echo(f"{file}：注意，看起来不是答复。", err=True)
    found = appraise(reply, asked)
    if output is not None:
        from outputs.letters.appraisal import write_appraisal

        try:
            write_appraisal(found, file.name, output)
        except OSError as error:
            raise typer.BadParameter(f"写不了 {output}（{error.strerror}）", param_hint="--output") from None
        typer.echo(f"已写到 {output}。", err=True)
    elif format is Shown.JSON:
        write_json({"file": str(file)} | appraisal_record(found))
    else:
        show_appraisal(console(), found)


def _read(file: Path) -> Extraction:
    """The file's records. Exit 1 with the reason when it can't be read."""
    from extractors.pipeline import extract
    from flows.reading import read_document
    from flows.settings import load
    from outputs.phrases import unreadable_phrase

    document = read_document(file, load())
    if isinstance(document, UnreadableDocument):
        typer.echo(unreadable_phrase(document), err=True)
        raise typer.Exit(1)
    return extract(document)
