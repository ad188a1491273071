"""A page's list as a file to take home: the same rows in the same order, /units.xlsx?sort=made or /units.csv."""

from __future__ import annotations

from collections.abc import Sequence

from fastapi.responses import Response
from starlette.exceptions import HTTPException

from outputs.sheets.cells import Column, Row
from outputs.sheets.listed import as_table, as_workbook
from outputs.web.visit import Visit

MOST_LISTED = 20_000
_NOT_TOLD = ("page", "size", "format", "as")
TYPES = {"xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "csv": "text/csv; charset=utf-8"}


def check_length(total: int) -> None:
    """400 for a list that is too long for one file."""
    if total > MOST_LISTED:
        raise HTTPException(400, f"这里有 {total} 条，一个文件最多放 {MOST_LISTED} 条。请先用条件缩小，再导出")


def listed(
    visit: Visit,
    title: str,
    columns: Sequence[Column[Row]],
    rows: Sequence[Row],
    *,
    told: str | None = None,
    form: str | None = None,
) -> Response:
    """The list in the form that was asked for; the audit log is told of it. `told`: what it is narrowed to, in words
    where the page has any."""
    check_length(len(rows))
    given = "，".join(f"{name}={value}" for name, value in visit.parameters if name not in _NOT_TOLD)
    at = visit.now.astimezone(visit.settings.zone)
    told = f"{told or '条件：' + (given or '全部')}，{at:%Y-%m-%d %H:%M} 导出"
    form = form or visit.form or "xlsx"
    visit.noted.action = "export"
    visit.note(object=f"{title}，{form}，{len(rows)} 条", after=(("条件", given or "全部"),))
    content = as_table(columns, rows, told) if form == "csv" else as_workbook(title, columns, rows, told, visit.site)
    return visit.file(content, f"{title}{at:%Y%m%d}.{form}", TYPES[form])
