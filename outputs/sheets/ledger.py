"""The office's ledger as a workbook (promises, targets, refusals, files, how to read it) and as a plain table."""

from __future__ import annotations

import csv
from collections.abc import Callable
from decimal import Decimal
from typing import TYPE_CHECKING, TextIO

from models.commitments import Strength
from models.documents import Span
from models.evidence import Status
from models.quantities import Comparator
from outputs.ledger import Ledger, Standing, case_kind, heading, measure_words, term
from outputs.phrases import flag_phrases, note_phrases, phrase, reason_phrase, schedule_phrase
from outputs.sheets.cells import Column, Value, plain_text

if TYPE_CHECKING:
    from models.queries import DeclinedRow, FailureRow, ListedDocument, QuantityRow


def write_workbook(ledger: Ledger, path: str) -> None:
    """Writes the workbook: 承诺事项台账, 量化目标, 未采纳事项, 文件清单, 说明."""
    from outputs.sheets.workbook import Book

    book = Book()
    book.add("承诺事项台账", PROMISES, ledger.standings, printed=16)
    book.add("量化目标", TARGETS, ledger.targets, printed=13)
    book.add("未采纳事项", DECLINED, ledger.declined, printed=9)
    files: list[ListedDocument | FailureRow] = [*ledger.documents, *ledger.failures]
    book.add("文件清单", FILES, files, printed=15)
    book.add_text("说明", _explained(ledger))
    book.save(path)


def write_table(ledger: Ledger, out: TextIO) -> None:
    """Writes the promises as comma-separated values. `out` is open with encoding utf-8-sig and newline=""."""
    writer = csv.writer(out, quoting=csv.QUOTE_ALL)
    writer.writerow(["序号", *(column.title for column in PROMISES)])
    for number, standing in enumerate(ledger.standings, start=1):
        writer.writerow([number, *(_plain(column.value(standing)) for column in PROMISES)])


def _plain(value: Value) -> Value:
    return plain_text(value) if isinstance(value, str) else value


def _position(section: tuple[str, ...], span: Span) -> str:
    """Where a quotation stands: the headings above it, and its characters in the text as read, counted from 1."""
    path = "\n".join(section)
    return f"{path}\n第{span.start + 1}—{span.end}字".lstrip()


def _binding(row: QuantityRow) -> str:
    """How a number binds: 不低于, 区间; nothing when it is exact."""
    comparator = row.quantity.comparator
    return "" if comparator is Comparator.EQUAL else phrase(comparator)


def _number(value: Decimal | None) -> Value:
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else value


def _by_file(
    of_document: Callable[[ListedDocument], Value], of_failure: Callable[[FailureRow], Value] = lambda row: None
) -> Callable[[ListedDocument | FailureRow], Value]:
    """One column of the list of files: what a file that was read says there, and what one that couldn't be."""
    from models.queries import ListedDocument as Listed

    return lambda row: of_document(row) if isinstance(row, Listed) else of_failure(row)


PROMISES: tuple[Column[Standing], ...] = (
    Column("案号", 10, lambda s: s.row.document.identity.number),
    Column("类别", 9, lambda s: case_kind(s.row.document.identity)),
    Column("标题（案由）", 20, lambda s: heading(s.row.document)),
    Column("主办单位", 14, lambda s: s.row.document.identity.lead_unit),
    Column("答复日期", 11, lambda s: s.row.document.identity.date),
    Column("承诺事项（原文）", 46, lambda s: s.row.commitment.span.text),
    Column("目标值（原文）", 22, lambda s: "\n".join(map(measure_words, s.quantities))),
    Column("完成时限（原文）", 11, lambda s: d.text if (d := s.row.commitment.deadline) else None),
    Column("完成时限", 11, lambda s: d.end if (d := s.row.commitment.deadline) else None),
    Column("强度", 9, lambda s: phrase(s.row.commitment.strength)),
    Column("责任单位", 14, lambda s: "、".join(s.row.commitment.responsible)),
    Column("前提条件", 12, lambda s: s.row.commitment.condition),
    Column("拟出台、修订的文件", 18, lambda s: "\n".join(s.row.commitment.instruments)),
    Column("落实状态", 10, lambda s: phrase(s.status)),
    Column("逾期天数", 7, lambda s: s.days_overdue),
    Column("备注", 16, lambda s: None),
    Column("时限情况", 15, lambda s: schedule_phrase(s.schedule)),
    Column("届次", 9, lambda s: term(s.row.document.identity)),
    Column("领衔人、联名人", 14, lambda s: "、".join(s.row.document.identity.proposers)),
    Column("会办单位", 16, lambda s: "、".join(s.row.document.identity.co_units)),
    Column("答复文号", 16, lambda s: s.row.document.identity.doc_number),
    Column("办理结果", 9, lambda s: s.row.document.identity.result_class),
    Column("是否公开", 10, lambda s: s.row.document.identity.openness),
    Column("原文位置", 20, lambda s: _position(s.row.commitment.section, s.row.commitment.span)),
    Column("需要留意", 16, lambda s: flag_phrases(s.row.commitment.flags)),
    Column("置信度", 8, lambda s: s.row.commitment.confidence, "0%"),
    Column("规则", 16, lambda s: s.row.commitment.rule),
    Column("文件", 22, lambda s: s.row.document.name),
    Column("编号", 19, lambda s: s.row.id),
)
"""As an office reads them: case, promise, day, unit, state, room for notes. Where it comes from stands to the right."""

TARGETS: tuple[Column[QuantityRow], ...] = (
    Column("案号", 10, lambda r: r.document.identity.number),
    Column("文件类别", 11, lambda r: phrase(r.document.identity.kind)),
    Column("标题（案由）", 24, lambda r: heading(r.document)),
    Column("单位", 16, lambda r: r.document.identity.lead_unit),
    Column("指标", 26, lambda r: r.quantity.indicator),
    Column("比较", 8, _binding),
    Column("目标值", 12, lambda r: _number(r.quantity.value)),
    Column("上限", 12, lambda r: _number(r.quantity.upper)),
    Column("计量单位", 9, lambda r: r.quantity.unit),
    Column("口径", 8, lambda r: phrase(r.quantity.basis)),
    Column("完成时限", 11, lambda r: r.quantity.deadline),
    Column("所在句（原文）", 50, lambda r: r.quantity.unit_span.text),
    Column("备注", 16, lambda r: None),
    Column("数字（原文）", 14, lambda r: r.quantity.span.text),
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
    Column("未采纳事项（原文）", 56, lambda r: r.declined.span.text),
    Column("理由", 36, lambda r: r.declined.reason),
    Column("备注", 20, lambda r: None),
    Column("办理结果", 9, lambda r: r.document.identity.result_class),
    Column("原文位置", 20, lambda r: _position(r.declined.section, r.declined.span)),
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
    files = f"文件 {len(ledger.documents)} 件，没读成 {len(ledger.failures)} 件"
    strengths = "、".join(map(phrase, Strength))
    statuses = "、".join(map(phrase, Status))
    return [
        f"督办台账，状态截至 {ledger.as_of.isoformat()}。",
        f"本表共有{count}；{files}。",
        "“原文”各列逐字摘自文件，原文位置按读出的正文数字数（duban text 文件 可打印正文）。表中内容以原文件为准。",
        f"强度分四级：{strengths}。研究探索、鼓励引导只登记，不判落实状态。",
        f"落实状态：{statuses}。未见佐证的意思是还没有文件证明，不等于没有做。",
        "完成时限是最迟的一天：“年底前”记作当年12月31日，年份按答复日期推定；推不出的只留原文，不猜。",
        "逾期天数从完成时限次日算到本表日期，只给判为已逾期的。",
        "置信度低的、“需要留意”有内容的，请对照原文核一遍。“备注”留给办公室填写。",
    ]
