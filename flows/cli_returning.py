"""`duban import`: the ledger that was edited in Excel, WPS or LibreOffice, or another office's own, taken in; nothing
is written unasked."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from flows.cli_common import Format, Shown, console, login, open_database, today, write_json

if TYPE_CHECKING:
    from models.foreign import ForeignBook, ReadAs
    from models.returned import Returned
    from models.store import Store
    from outputs.sheets.comparing import Change

_COLUMN, _WORD = "--column", "--word"


def import_(
    file: Annotated[
        Path,
        typer.Argument(
            metavar="FILE",
            help="从台账导出、改过的 xlsx；或别的单位自己的台账。",
            exists=True,
            dir_okay=False,
            readable=True,
        ),
    ],
    apply: Annotated[
        bool, typer.Option("--apply/--dry-run", help="记下改动；不加就只列出来看，什么也不改。", show_default=False)
    ] = False,
    overwrite: Annotated[
        bool, typer.Option("--overwrite", help="和 --apply 一起：导出以后台账又变了的格，也按表里的改。")
    ] = False,
    sheet: Annotated[
        str | None, typer.Option("--sheet", metavar="NAME", help="别处的台账：哪张工作表。", show_default="最像的")
    ] = None,
    column: Annotated[
        list[str] | None,
        typer.Option(_COLUMN, metavar="HEAD=WHAT", help="别处的台账：这一列当作什么，如 建议编号=案号；可以多次。"),
    ] = None,
    word: Annotated[
        list[str] | None,
        typer.Option(_WORD, metavar="WORD=STATUS", help="别处的台账：这个词当作什么状态，如 在办=推进中；可以多次。"),
    ] = None,
    as_proposed: Annotated[
        bool, typer.Option("--as-proposed", help="别处的台账：各列就照列出来的当作，可以 --apply。")
    ] = False,
    who: Annotated[str | None, typer.Option("--by", metavar="NAME", help="谁改的。", show_default="登录名")] = None,
    format: Format = Shown.TABLE,
) -> None:
    """导入改好的 Excel 台账，或别处的台账：先列出改了哪些格，--apply 才记下；只增不改，可以整批撤销。"""
    from flows.returning import compare_now, take_in
    from flows.settings import load
    from models.foreign import ForeignBook
    from outputs.returned import comparison_record, show_comparison

    if overwrite and not apply:
        raise typer.BadParameter("要和 --apply 一起用", param_hint="--overwrite")
    taken = take_in(file, load())
    told: dict[str, Any] = {}
    with open_database() as store:
        if isinstance(taken, ForeignBook):
            said = _said(store, taken, sheet, column or [], word or [])
            read_as, known = said
            told = _told(taken, read_as, format)
            if apply and not (known or as_proposed):
                raise typer.BadParameter("还没有人说过各列是什么。照列出来的：加 --as-proposed；不对的用 --column 改")
            returned = _read_by(store, file.name, taken, read_as, keep=apply)
        else:
            returned = taken
        found = compare_now(store, returned, today())
        wanted = [*found.changes, *(found.conflicts if overwrite else ())]
        made = _recorded(store, wanted, who or login()) if apply and wanted else []
    if format is Shown.JSON:
        write_json(comparison_record(found) | told | {"applied": made})
    else:
        show_comparison(console(), found)
        typer.echo(_ended(len(wanted), made, apply=apply))
    if found.untaken or (found.conflicts and not (apply and overwrite)):
        raise typer.Exit(1)


def _said(
    store: Store, book: ForeignBook, name: str | None, columns: list[str], words: list[str]
) -> tuple[ReadAs, bool]:
    """What a sheet is read as, and whether somebody said so, now or of the same heads before."""
    from flows.foreign import proposed, with_words
    from models.evidence import Status
    from models.foreign import Meaning

    if name is not None and name not in [one.name for one in book.sheets]:
        raise typer.BadParameter(
            f"没有这张工作表；有的是{'、'.join(one.name for one in book.sheets)}", param_hint="--sheet"
        )
    sheet = book.sheet(name)
    before, known = proposed(store, book, sheet.name)
    by_letter = dict(zip(sheet.letters, sheet.heads, strict=True))
    chosen = dict(before.columns)
    for head, said in _pairs(columns, _COLUMN):
        if by_letter.get(head, head) not in chosen:
            raise typer.BadParameter(f"没有“{head}”这一列；有的是{'、'.join(sheet.heads)}", param_hint=_COLUMN)
        chosen[by_letter.get(head, head)] = _one_of(Meaning, said, _COLUMN)
    given = {word: _one_of(Status, said, _WORD).value if said else None for word, said in _pairs(words, _WORD)}
    read_as = with_words(sheet, chosen, {**before.statuses, **given})
    if read_as.lacks:
        raise typer.BadParameter(read_as.lacks, param_hint=_COLUMN)
    return read_as, known or bool(columns)


def _pairs(given: list[str], option: str) -> list[tuple[str, str]]:
    for one in given:
        if "=" not in one.replace("＝", "="):
            raise typer.BadParameter(f"“{one}”要写成 名称=当作什么", param_hint=option)
    parts = [one.replace("＝", "=").rpartition("=") for one in given]
    return [(head.strip(), said.strip()) for head, _, said in parts]


def _one_of(kind: Any, said: str, option: str) -> Any:
    from outputs.phrases import phrase

    known = {phrase(one): one for one in kind} | {one.value: one for one in kind}
    if said not in known:
        raise typer.BadParameter(f"“{said}”不认得；可以是{'、'.join(map(phrase, kind))}", param_hint=option)
    return known[said]


def _told(book: ForeignBook, read_as: ReadAs, format: Shown) -> dict[str, Any]:
    from outputs.foreign import columns_record, show_columns

    if format is Shown.JSON:
        return {"columns": columns_record(book, read_as)}
    show_columns(console(), book, read_as)
    return {}


def _read_by(store: Store, name: str, book: ForeignBook, read_as: ReadAs, *, keep: bool) -> Returned:
    from flows.foreign import read_by
    from models.remembering import remember_columns

    if keep:
        remember_columns(store, book.sheet(read_as.sheet), read_as)
    return read_by(store, name, book, read_as, today())


def _recorded(store: Store, wanted: list[Change], who: str) -> list[int]:
    """The numbers of the decisions that the changes became: all of them, or none."""
    from flows.returning import MOST_CHANGES, record
    from models.errors import ConflictingReview, WrongDecision

    if len(wanted) > MOST_CHANGES:
        raise typer.BadParameter(f"改了 {len(wanted)} 格，一次最多记 {MOST_CHANGES} 格", param_hint="FILE")
    try:
        return [one.id for one in record(store, wanted, who=who, now=datetime.now(UTC))]
    except (WrongDecision, ConflictingReview) as error:
        raise typer.BadParameter(f"什么也没有记：{error}") from None


def _ended(cells: int, made: list[int], *, apply: bool) -> str:
    """What came of it, and what can be done next."""
    if made:
        several = f"第 {made[0]}—{made[-1]} 号" if len(made) > 1 else f"第 {made[0]} 号"
        return f"记下了 {cells} 格改动（{several}决定）。整批撤销：duban decide undo {made[0]} --all"
    if not cells:
        return "没有要记下的。"
    return f"以上 {cells} 格还没有记下。要记下：加 --apply 再运行一次。" if not apply else "什么也没有记。"
