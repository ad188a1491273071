"""The office's ledger as a workbook (promises, targets, refusals, files, how to read it) and as a plain table."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from typing import TYPE_CHECKING, TextIO

from models.commitments import Strength
from models.evidence import Status
from models.quantities import Comparator
from outputs.flags import flag_phrases, note_phrases
from outputs.ledger import Ledger, case_kind, heading
from outputs.phrases import phrase, reason_phrase
from outputs.sheets.carried import SHEET, carried
from outputs.sheets.cells import Column, Value, numeral, plain_text, position
from outputs.sheets.editable import NUMBER, REASON, SOURCE
from outputs.sheets.followed import ALARMS, COVERAGE, EVIDENCE, PROGRESS, links_of
from outputs.sheets.places import spot
from outputs.sheets.promises import PROMISES

if TYPE_CHECKING:
    from models.queries import DeclinedRow, FailureRow, ListedDocument, QuantityRow


PROMISES_SHEET, PASSAGES_SHEET = "承诺事项台账", "佐证明细"
SCOPE_TITLES = ("状态截至", "筛选条件")


def write_workbook(ledger: Ledger, path: str | io.BytesIO) -> None:
    """Writes the workbook: the promises, what was found about them, what else the documents say, and how to read it."""
    from outputs.sheets.workbook import Book

    book = Book(scope_words(ledger), ledger.scope.site)
    book.add(PROMISES_SHEET, PROMISES, ledger.standings, printed=16)
    book.add(PASSAGES_SHEET, EVIDENCE, links_of(ledger), printed=12)
    book.add("目标进展", PROGRESS, ledger.progress, printed=14)
    book.add("诉求覆盖", COVERAGE, ledger.coverage, printed=10)
    book.add("提醒", ALARMS, ledger.alarms, printed=10)
    book.add("量化目标", TARGETS, ledger.targets, printed=13)
    book.add("未采纳事项", DECLINED, ledger.declined, printed=9)
    files: list[ListedDocument | FailureRow] = [*ledger.documents, *ledger.failures]
    book.add("文件清单", FILES, files, printed=15)
    book.add_text("说明", _explained(ledger))
    book.add_hidden(SHEET, carried(ledger, PROMISES, EVIDENCE))
    book.save(path)


def scope_words(ledger: Ledger) -> str:
    """Which part of the ledger it is, on which day: what every file says of itself."""
    return f"状态截至 {ledger.as_of.isoformat()}，条件：{ledger.scope.told}，共 {len(ledger.standings)} 条"


def write_table(ledger: Ledger, out: TextIO, first: int = 1) -> None:
    """Writes the promises as comma-separated values. `out` is open with encoding utf-8-sig and newline="". `first`:
    the number of the first line; what goes on behind others has no heads.

    Each line ends in the day and the conditions of the list, so that it says them wherever it is copied to.
    """
    writer = csv.writer(out, quoting=csv.QUOTE_ALL)
    shown = [column for column in PROMISES if column.title not in (REASON, SOURCE)]
    if first == 1:
        writer.writerow([NUMBER, *(column.title for column in shown), *SCOPE_TITLES])
    scope = [ledger.as_of, _plain(ledger.scope.told)]
    for number, standing in enumerate(ledger.standings, start=first):
        writer.writerow([number, *(_plain(column.value(standing)) for column in shown), *scope])


def _plain(value: Value) -> Value:
    return plain_text(value) if isinstance(value, str) else value


def _binding(row: QuantityRow) -> str:
    """How a number binds: 不低于, 区间; nothing when it is exact."""
    comparator = row.quantity.comparator
    return "" if comparator is Comparator.EQUAL else phrase(comparator)


def _by_file(
    of_document: Callable[[ListedDocument], Value], of_failure: Callable[[FailureRow], Value] = lambda row: None
) -> Callable[[ListedDocument | FailureRow], Value]:
    """One column of the list of files: what a file that was read says there, and what one that couldn't be."""
    from models.queries import ListedDocument as Listed

    return lambda row: of_document(row) if isinstance(row, Listed) else of_failure(row)


TARGETS: tuple[Column[QuantityRow], ...] = (
    Column("案号", 10, lambda r: r.document.identity.number),
    Column("文件类别", 11, lambda r: phrase(r.document.identity.kind)),
    Column("标题（案由）", 24, lambda r: heading(r.document)),
    Column("单位", 16, lambda r: r.document.identity.lead_unit),
    Column("指标", 26, lambda r: r.quantity.indicator),
    Column("比较", 8, _binding),
    Column("目标值", 12, lambda r: numeral(r.quantity.value)),
    Column("上限", 12, lambda r: numeral(r.quantity.upper)),
    Column("计量单位", 9, lambda r: r.quantity.unit),
    Column("口径", 8, lambda r: phrase(r.quantity.basis)),
    Column("完成时限", 11, lambda r: r.quantity.deadline),
    Column(
        "所在句（原文）",
        50,
        lambda r: r.quantity.unit_span.text,
        leads=lambda r: spot(r.document, r.quantity.unit_span),
    ),
    Column("备注", 16, lambda r: None),
    Column("数字（原文）", 14, lambda r: r.quantity.span.text, leads=lambda r: spot(r.document, r.quantity.span)),
    Column("原文位置", 14, lambda r: position((), r.quantity.span)),
    Column("文件日期", 11, lambda r: r.document.identity.date),
    Column("需要留意", 16, lambda r: flag_phrases(r.quantity.flags)),
    Column("置信度", 8, lambda r: r.quantity.confidence, "0%"),
    Column("规则", 14, lambda r: r.quantity.rule),
    Column("所属总数的编号", 19, lambda r: r.part_of),
    Column("文件", 22, lambda r: r.document.name),
    Column("编号", 19, lambda r: r.id),
)

DECLINED: tuple[Column[DeclinedRow], ...] = (
    Column("案号", 10, lambda r: r.document.identity.number),
    Column("类别", 9, lambda r: case_kind(r.document.identity)),
    Column("标题（案由）", 26, lambda r: heading(r.document)),
    Column("领衔人、联名人", 14, lambda r: "、".join(r.document.identity.proposers)),
    Column("主办单位", 16, lambda r: r.document.identity.lead_unit),
    Column("答复日期", 11, lambda r: r.document.identity.date),
    Column(
        "未采纳事项（原文）",
        56,
        lambda r: r.declined.span.text,
        leads=lambda r: spot(r.document, r.declined.span),
    ),
    Column("理由", 36, lambda r: r.declined.reason),
    Column("备注", 20, lambda r: None),
    Column("办理结果", 9, lambda r: r.document.identity.result_class),
    Column("原文位置", 20, lambda r: position(r.declined.section, r.declined.span)),
    Column("置信度", 8, lambda r: r.declined.confidence, "0%"),
    Column("规则", 16, lambda r: r.declined.rule),
    Column("文件", 22, lambda r: r.document.name),
    Column("编号", 19, lambda r: r.id),
)

FILES: tuple[Column[ListedDocument | FailureRow], ...] = (
    Column("文件", 26, _by_file(lambda r: r.document.name, lambda r: r.name)),
    Column("是否读成", 9, _by_file(lambda r: "已读", lambda r: "没读成")),
    Column("没读成的原因", 30, _by_file(lambda r: None, lambda r: reason_phrase(r.reason, r.detail))),
    Column("类别", 11, _by_file(lambda r: phrase(r.document.identity.kind))),
    Column("案号", 7, _by_file(lambda r: r.document.identity.number)),
    Column("标题（案由）", 32, _by_file(lambda r: heading(r.document))),
    Column("单位", 18, _by_file(lambda r: r.document.identity.lead_unit)),
    Column("地区", 12, _by_file(lambda r: r.document.identity.region)),
    Column("日期", 11, _by_file(lambda r: r.document.identity.date)),
    Column("文号", 16, _by_file(lambda r: r.document.identity.doc_number)),
    Column("会办答复", 8, _by_file(lambda r: "是" if r.document.identity.co_reply else None)),
    Column("承诺", 6, _by_file(lambda r: r.counts.commitments)),
    Column("未采纳", 7, _by_file(lambda r: r.counts.declined)),
    Column("诉求", 6, _by_file(lambda r: r.counts.requests)),
    Column("数字", 6, _by_file(lambda r: r.counts.quantities)),
    Column("格式", 7, _by_file(lambda r: r.document.form, lambda r: r.form)),
    Column("读时的情况", 20, _by_file(lambda r: note_phrases(r.document.notes))),
    Column("路径", 44, _by_file(lambda r: "\n".join(r.paths), lambda r: r.path)),
)


def _explained(ledger: Ledger) -> list[str]:
    """What the reader of the workbook should know."""
    count = (
        f"承诺事项 {len(ledger.standings)} 条，量化目标 {len(ledger.targets)} 个，未采纳事项 {len(ledger.declined)} 条"
    )
    found = (
        f"佐证 {sum(len(one.evidence) for one in ledger.standings)} 处，"
        f"待人工确认 {sum(len(one.proposals) for one in ledger.standings)} 处，"
        f"诉求 {len(ledger.coverage)} 条，提醒 {len(ledger.alarms)} 条"
    )
    files = f"文件 {len(ledger.documents)} 件，没读成 {len(ledger.failures)} 件"
    strengths = "、".join(map(phrase, Strength))
    return [
        f"督办台账，{scope_words(ledger)}。" + _made(ledger),
        f"本表共有{count}；{found}；{files}。",
        "“原文”各列逐字摘自文件，原文位置按读出的正文数字数（duban text 文件 可打印正文）。表中内容以原文件为准。"
        + ("蓝色有下划线的格点开是网页上的原文。" if ledger.scope.site else ""),
        f"强度分四级：{strengths}。研究探索、鼓励引导只登记，不判落实状态。",
        *(f"{phrase(status)}：{_MEANINGS[status]}" for status in Status),
        "佐证只用本地区、成文日期在答复之后、本表日期之前的文件。“待人工确认”的不算佐证，不计入状态；"
        "人工认定的状态、更正过的强度和时限，以人工为准，原读法见“人工认定”列。",
        "“未核查”是还没有拿别的文件对过；“已核查N份文件，未见佐证”是对过而没有找到。两者都不等于没有做。",
        "完成率是实际数除以目标数；口径不同、推算得出的在“需要留意”列注明，两数不能相除的不算。",
        "完成时限是最迟的一天：“年底前”记作当年12月31日，年份按答复日期推定；推不出的只留原文，不猜。",
        "逾期天数从完成时限次日算到本表日期，只给判为已逾期的。",
        "置信度低的、“需要留意”有内容的，请对照原文核一遍。",
        "可以在表里改了再导回去：“承诺事项台账”里表头是浅黄色的各列都能改，别的列改了不收。改落实状态要在“改动理由”写明理由，"
        "“改动依据”写文件、文号；“备注”写的话追加为一条备注；“暂缓提醒到”“交给”清空就是取消。"
        "“佐证明细”里的“是否采信”也能改：改成“人工确认”或“不采信”，理由写在同一行的“改动理由”（可不写）。",
        "排序、筛选、删行、加列、隐藏都不要紧，只要留着“编号”“佐证编号”列和各行的编号；删掉的行当作没有改。排序要整张表一起排。"
        "导回去：网页“台账”里的“导入”，或 duban import 文件。先列出改了哪些格，确认了才记下，记下了也能整批撤销。",
    ]


def _made(ledger: Ledger) -> str:
    """When the list was made and where the same one is found; nothing where nobody said."""
    scope = ledger.scope
    at = f"{scope.at:%Y-%m-%d %H:%M} 导出。" if scope.at else ""
    return at + (f"网页上同样的条：{scope.site}{scope.address}" if scope.address else "")


_MEANINGS = {
    Status.FULFILLED: "后来的文件写明已经办成、印发、启用或者达到目标数。",
    Status.IN_PROGRESS: "后来的文件写明正在办、办了一部分或者数量还不够，时限未到。",
    Status.NO_EVIDENCE: "时限未到或没有定时限，还没有文件能证明办理情况，不等于没有做。",
    Status.OVERDUE: "完成时限已过，没有办成的佐证；正在推进的也算。",
    Status.DROPPED: "后来的文件写明取消、停办、调整或者没有完成。",
}
