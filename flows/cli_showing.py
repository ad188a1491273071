"""`duban ledger`, `show`, `search` and `export`: what the database holds, for people and for programs."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from flows.cli_common import AsOf, Format, Shown, console, day, office_zone, open_database, today, write_json
from models.commitments import Strength

if TYPE_CHECKING:
    from outputs.ledger import Standing


class ExportFormat(StrEnum):
    """What can be written: the ledger; as Word the report that looks back on it; as YAML what people corrected."""

    JSON = "json"
    CSV = "csv"
    XLSX = "xlsx"
    DOCX = "docx"
    YAML = "yaml"


class SearchedKind(StrEnum):
    """What may be searched, as `models.search.SearchKind` has it."""

    COMMITMENT = "commitment"
    DECLINED = "declined"
    REQUEST = "request"
    QUANTITY = "quantity"
    UNIT = "unit"
    DOCUMENT = "document"


def ledger(
    overdue: Annotated[bool, typer.Option("--overdue", help="只看已逾期的。")] = False,
    unit: Annotated[str | None, typer.Option("--unit", metavar="NAME", help="只看这个单位的（名称的一部分）。")] = None,
    strength: Annotated[Strength | None, typer.Option("--strength", help="只看这个强度的。")] = None,
    due_to: Annotated[
        date | None, typer.Option("--due-to", parser=day, metavar="DATE", help="只看时限不晚于这天的。")
    ] = None,
    limit: Annotated[int | None, typer.Option("--limit", min=1, help="最多显示多少条。", show_default="全部")] = None,
    as_of: AsOf = None,
    format: Format = Shown.TABLE,
) -> None:
    """承诺事项台账：逐条原文、时限、强度、责任单位，按文件排列。"""
    from flows.ledger import standings
    from models.evidence import Status
    from models.filters import Filter

    strengths = (strength,) if strength else ()
    wanted = Filter(units=(unit,) if unit else (), strengths=strengths, due_to=due_to)
    with open_database() as store:
        found = standings(store, as_of or today(), wanted)
    if overdue:
        found = tuple(standing for standing in found if standing.status is Status.OVERDUE)
    shown = found[:limit]
    if format is Shown.JSON:
        from outputs.exchange import standing_record

        write_json([standing_record(standing) for standing in shown])
        return
    from outputs.tables import show_ledger

    show_ledger(console(), shown)
    typer.echo(_counted(len(found), len(shown)))


def show(
    id: Annotated[str, typer.Argument(metavar="ID", help="承诺的编号（前几位也行）。", show_default=False)],
    as_of: AsOf = None,
    format: Format = Shown.TABLE,
) -> None:
    """一条承诺：原文在上下文里的位置，和读出的各项。"""
    from flows.ledger import standings
    from outputs.exchange import standing_record
    from outputs.tables import show_record

    with open_database() as store:
        found = [one for one in standings(store, as_of or today()) if one.row.id.startswith(id)]
        standing = _only(found, id)
        text = store.text(standing.row.document.id)
    span = standing.row.commitment.span
    before, after = text[max(0, span.start - 80) : span.start], text[span.end : span.end + 80]
    if format is Shown.JSON:
        write_json(standing_record(standing) | {"before": before, "after": after})
    else:
        show_record(console(), standing, before, after)


def search(
    query: Annotated[str, typer.Argument(metavar="QUERY", help="要找的词，可以几个。", show_default=False)],
    kinds: Annotated[
        list[SearchedKind] | None,
        typer.Option("--kind", help="找哪一类，可以多次给。", show_default="commitment"),
    ] = None,
    unit: Annotated[str | None, typer.Option("--unit", metavar="NAME", help="只找这个单位的（名称的一部分）。")] = None,
    strength: Annotated[Strength | None, typer.Option("--strength", help="只找这个强度的承诺。")] = None,
    due_to: Annotated[
        date | None, typer.Option("--due-to", parser=day, metavar="DATE", help="只找时限不晚于这天的。")
    ] = None,
    limit: Annotated[int, typer.Option("--limit", min=1, max=1000, help="最多几条。")] = 20,
    save: Annotated[
        str | None,
        typer.Option("--save", metavar="NAME", help="用这个名字存下，以后的新结果见 duban searches 和早报。"),
    ] = None,
    format: Format = Shown.TABLE,
) -> None:
    """在承诺（或诉求、数字、全文）里找词，最相关的在前；原文用别的说法也找得到。"""
    from flows.ledger import statuses_of
    from flows.searching import search_in
    from flows.settings import load
    from models.filters import Filter
    from models.search import SearchKind
    from outputs.exchange import search_record

    wanted = tuple(SearchKind(kind.value) for kind in kinds or [SearchedKind.COMMITMENT])
    within = Filter(units=(unit,) if unit else (), strengths=(strength,) if strength else (), due_to=due_to)
    with open_database() as store:
        result = search_in(store, query, kinds=wanted, limit=limit, within=within, data_dir=load().data_dir)
        statuses = statuses_of(store, result.hits, today())
        if save is not None:
            from flows.watching import save_for_office

            given = (("unit", unit), ("strength", strength), ("due_to", due_to))
            kept = [("q", query), *(("kind", kind.value) for kind in wanted)]
            kept += [(name, str(value)) for name, value in given if value]
            made = save_for_office(store, save, tuple(kept), today(), load().data_dir)
            typer.echo(f"存下了检索“{made.name}”（{made.id} 号）。", err=True)
    hits = [(hit, statuses.get(hit.id)) for hit in result.hits]
    if format is Shown.JSON:
        write_json(search_record(result.total, hits, more=result.more))
        return
    from outputs.tables import show_hits

    show_hits(console(), hits)
    typer.echo(_counted(result.total, len(hits), more=result.more))


def export(
    format: Annotated[
        ExportFormat | None,
        typer.Option("--format", help="格式。", show_default="看输出文件的扩展名，否则 json"),
    ] = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help="写到这个文件；json、csv 不给就写到标准输出。")
    ] = None,
    as_of: AsOf = None,
) -> None:
    """导出台账：json 给程序用，xlsx、csv 给办公室用；docx 是“回头看”报告；yaml 是人更正过的读法，作测试句。"""
    from flows.export import write_ledger
    from flows.ledger import gather
    from flows.settings import load
    from outputs.ledger import Scope

    chosen = format or _format_of(output)
    if chosen in (ExportFormat.XLSX, ExportFormat.DOCX) and output is None:
        raise typer.BadParameter(f"{chosen.value} 要用 -o 给出文件名", param_hint="--output")
    if chosen is ExportFormat.YAML:
        _write_corrections(output)
        return
    with open_database() as store:
        found = gather(store, as_of or today())
    found = replace(found, scope=Scope(at=datetime.now(office_zone()), site=load().web_address))
    try:
        write_ledger(found, chosen.value, output)
    except OSError as error:
        raise typer.BadParameter(f"写不了 {output}（{error.strerror}）", param_hint="--output") from None
    if output is not None:
        typer.echo(f"已写到 {output}：承诺事项 {len(found.standings)} 条、量化目标 {len(found.targets)} 个。", err=True)


def _write_corrections(output: Path | None) -> None:
    """What people corrected, as cases for the tests."""
    from flows.export import write_text
    from models.corrected import corrected, judged
    from outputs.corrections import corrections

    with open_database() as store:
        readings, passages = corrected(store), judged(store)
    try:
        write_text(corrections(readings, passages), output)
    except OSError as error:
        raise typer.BadParameter(f"写不了 {output}（{error.strerror}）", param_hint="--output") from None
    if output is not None:
        typer.echo(f"已写到 {output}：更正 {len(readings)} 条，认定的佐证 {len(passages)} 处。", err=True)


def _format_of(output: Path | None) -> ExportFormat:
    """The format that a file's extension names; JSON without one."""
    if output is None:
        return ExportFormat.JSON
    try:
        return ExportFormat(output.suffix.lower().lstrip("."))
    except ValueError:
        raise typer.BadParameter("从扩展名看不出格式，请给 --format", param_hint="--output") from None


def _only(found: list[Standing], id: str) -> Standing:
    if not found:
        raise typer.BadParameter(f"没有编号是 {id} 的承诺（编号见 duban search 或 xlsx 的“编号”列）", param_hint="ID")
    if len(found) > 1:
        raise typer.BadParameter(f"有 {len(found)} 条承诺的编号以 {id} 开头，请多给几位", param_hint="ID")
    return found[0]


def _counted(total: int, shown: int, *, more: bool = False) -> str:
    if not total:
        return "没有找到。"
    whole = f"{total} 条以上" if more else f"{total} 条"
    return f"共 {whole}。" if shown == total and not more else f"共 {whole}，显示前 {shown} 条。"
