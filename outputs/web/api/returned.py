"""Ledgers that come back from Excel: what they change, what of it isn't taken, what was recorded."""

from __future__ import annotations

from pydantic import Field

from models.evidence import Status
from models.foreign import Meaning
from models.returned import Field as Sheet
from outputs.web.api.promises import Decision
from outputs.web.api.records import Day, Moment, Record


class Origin(Record, title="导出的是哪份台账"):
    """Which list was exported."""

    as_of: Day = Field(description="状态截至哪一天")
    filter: list[str] = Field(description="筛选条件，中文")
    address: str = Field(description="网页上同样的条")
    at: Moment | None = Field(description="什么时候导出的")
    count: int = Field(description="导出时有多少条")


class ChangedCell(Record, title="改了的一格"):
    """One cell that was changed by hand."""

    key: str = Field(description="是哪一格；冲突要改时放进 also")
    line: int = Field(description="表里第几行")
    sheet: str = Field(description="哪张表")
    id: str = Field(description="承诺的编号")
    text: str = Field(description="承诺的原文")
    link: str | None = Field(description="佐证的编号；空：改的是承诺")
    passage: str | None = Field(description="佐证的原文")
    field: Sheet = Field(description="哪一列")
    before: str = Field(description="导出时，代码；空就是没有")
    now: str = Field(description="台账现在")
    after: str = Field(description="表里写的")
    why: str = Field(description="理由")
    source: str = Field(description="依据")
    newer: Decision | None = Field(description="导出以后别人作的决定")
    doubt: str = Field(description="外来台账：为什么不一定；空就没有疑问")


class UntakenCell(Record, title="没有收的一格"):
    """One cell, or line, that isn't taken."""

    line: int | None
    sheet: str
    id: str | None
    column: str = Field(description="列的名称；空是整行")
    before: str
    after: str
    why: str = Field(description="为什么没有收")


class SheetColumn(Record, title="别处台账的一列"):
    """A column of another office's ledger."""

    letter: str = Field(description="A、B、C……")
    head: str = Field(description="表头；几行的用 / 连起来")
    examples: list[str]
    means: Meaning = Field(description="现在当作什么")
    proposed: Meaning = Field(description="提出当作什么")
    why: str = Field(description="为什么这样提出")
    doubtful: bool = Field(description="要人看一看")


class StatusWord(Record, title="状态的一个词"):
    """A word for a status."""

    word: str
    status: Status | None = Field(description="当作什么；空是不收")


class SheetColumns(Record, title="别处的台账：各列当作什么"):
    """What another office's ledger is read as."""

    file: str
    sheet: str
    sheets: list[str] = Field(description="有表头的工作表，最像的在前")
    title: str = Field(description="表头上面的标题")
    heads: list[int] = Field(description="表头从第几行到第几行")
    lines: int
    remembered: bool = Field(description="人说定过：这张表，或从前同样表头的表")
    columns: list[SheetColumn]
    words: list[StatusWord]


class ForeignSent(SheetColumns, title="收下的别处的台账"):
    """Another office's ledger: what its columns are must be said before it changes anything."""

    key: str = Field(description="编号，保留两天；POST /api/imports/{key}/columns 说定各列以后才答出会改什么")


class Importing(Record, title="一份在后台读的台账"):
    """How far a large ledger is read."""

    key: str = Field(description="编号，两天里有用")
    total: int = Field(description="一共多少；文件按字节数")
    done: int
    seconds_left: int | None = Field(description="大约还要多少秒；空是还说不准")
    import_key: str | None = Field(description="读完了：GET /api/imports/{key} 看会改什么，别处的台账先说定各列")
    columns: bool = Field(description="是别处的台账，先 GET、POST /api/imports/{key}/columns")
    error: str | None = Field(description="没有收的原因")
    stopped: bool


class Imported(Record, title="记下了的导入"):
    """What was recorded at once."""

    number: int = Field(description="第一个决定的号；撤销时用")
    total: int = Field(description="记下了几个决定")
    undone: int = Field(description="其中几个后来撤销了")
    decisions: list[Decision]


class Undone(Record, title="撤销了的导入"):
    """How much of an import was taken back."""

    undone: int = Field(description="撤销了几个决定")
