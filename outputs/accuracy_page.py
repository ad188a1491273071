"""The page that says how right the readings are (docs/accuracy.md): figures, what they mean, what they don't show."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from models.scores import Bin, Evaluation, Lowering, Part
from outputs.accuracy import FIELDS, KINDS, documents_of, named, percent, weighed
from outputs.phrases import FIGURES, phrase

_OPENING = """# 读得准不准

<!-- 这一页由 `duban evaluate --pin --report docs/accuracy.md` 写出，不要手改。 -->

读出的结果和标注好的文件逐条比对。{documents} 篇标注文件按篇分成三部分：**训练**用来写规则，**调试**用来改规则，
**留出**只用来量：留出的文件读错了什么，没有人看，程序也不列，只报总数。
**要看读没见过的文件准不准，看“留出”一栏。**
"""
_MEANINGS = """## 这些词的意思

- **查准率**：找出来的里面，对的占多少。**查全率**：该找出来的里面，找到了多少。**F1**：两者的调和平均，有一个低它就低。
- **承诺事项、未采纳事项**：以一句（句号、分号或换行之间）为一条，只算答复。标题和引导语不算对也不算错。
  引文的字大半相同算同一条。
- **诉求**：只算建议和提案。一项说成两项、两项说成一项都算找到。
- **数字**：数值（容许千分之二）、单位、所在的句子都对上才算找到。**目标数**：其中作用是“目标”的，作用读错也算错。
- **读对的比例**：只在找到的那些里算。时限要推算到同一天；指标名称和标注的字有四成以上相同算对；
  主办单位和地区多写上级名称算对。
- **身份各项合计**：下面各项（是否会办意见除外）合在一起算。
"""
_LIMITS = """## 局限

- 标注文件的文字是编写的，不是真实公文：地名是真的，人、事、数字是虚构的。
  写法照着公开的答复、计划和新闻的样子，真实文件里还有没想到的写法。
- 写文字、做标注的和写规则的，是同一个项目的人。留出的有十二篇由另一个人只看正文重新标注过：
  数字的作用、时限两人几乎全同，指标名称有不到百分之二不同，程序最多也就能做到这样。
- 留出的文件有一部分和其他文件出自同样的人，用词难免相近：换一个地方、换一个部门，结果可能更低。
- 数目少的项（几十处以下），错一两处就差几个百分点。
- 只量了文字读出以后的部分：扫描、版面复杂的 pdf 在读出文字时就可能出错，这里看不出来。
"""


def accuracy_page(found: Evaluation) -> str:
    """The page as Markdown, without a date: the digests say of which corpus and rules it is true."""
    return "\n".join(
        [
            _OPENING.format(documents=documents_of(found)),
            "## 找出来的\n",
            *_kinds(found),
            "\n## 读出来的\n",
            *_fields(found),
            "",
            _MEANINGS,
            *_reliability(found.reliability),
            "## 标注文件\n",
            *_corpus(found),
            "",
            _LIMITS,
            *_provenance(found),
        ]
    )


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    """A Markdown table: names to the left, numbers to the right.

    >>> _table(["", "数"], [["诉求", "3"]])
    ['| | 数 |', '|---|---:|', '| 诉求 | 3 |']
    """
    lines = ["".join(f"| {cell} " if cell else "| " for cell in row) + "|" for row in (head, *rows)]
    return [lines[0], "|---|" + "---:|" * (len(head) - 1), *lines[1:]]


def _kinds(found: Evaluation) -> list[str]:
    """By kind: precision, recall, F1, and how many there are."""
    head = [""] + [f"{phrase(part)}{words}" for part in found.reports for words in ("查准", "查全", " F1", "，处")]
    rows = []
    for name in named(KINDS, found.reports):
        row = [FIGURES[name]]
        for report in found.reports.values():
            score = report.score(name)
            count = score.hit + score.extra + score.missed
            row += [percent(share, count) for share in (score.precision, score.recall, score.f1)] + [
                str(weighed(score))
            ]
        rows.append(row)
    return _table(head, rows)


def _fields(found: Evaluation) -> list[str]:
    """By field: the share that is right, and of how many."""
    head = [""] + [f"{phrase(part)}{words}" for part in found.reports for words in ("读对", "，处")]
    rows = []
    for name in named(FIELDS, found.reports):
        scores = [report.score(name) for report in found.reports.values()]
        cells = [cell for score in scores for cell in (percent(score.f1, weighed(score)), str(weighed(score)))]
        rows.append([FIGURES[name], *cells])
    return _table(head, rows)


def _reliability(bins: Sequence[Bin]) -> list[str]:
    """Confidence against what came true; how far apart they are on the whole."""
    total = sum(bin.count for bin in bins)
    if not total:
        return []
    gap = sum(abs(bin.mean - bin.observed) * bin.count for bin in bins) / total
    rows = [[_range(bin), str(bin.count), percent(bin.mean, 1), percent(bin.observed, 1), _gap(bin)] for bin in bins]
    return [
        "## 把握程度可信不可信\n",
        "每条承诺带一个把握程度（confidence）。它说九成，就该十条里对九条。留出的文件里是这样（训练和调试的文件教过分类器，不能用来量）：\n",
        *_table(["把握程度", "条数", "平均把握", "实际对的", "相差"], rows),
        f"\n按条数平均相差 {gap * 100:.1f} 个百分点；负数是把握说高了。条数少的一行，相差多半是偶然。\n",
    ]


def _range(bin: Bin) -> str:
    return f"{bin.low * 100:.0f}—{bin.high * 100:.0f}"


def _gap(bin: Bin) -> str:
    return f"{round((bin.observed - bin.mean) * 100, 1) + 0:+.1f}"  # + 0: no minus before a nought


def _corpus(found: Evaluation) -> list[str]:
    """How many documents and annotated records there are in each part."""
    rows = []
    for part, report in found.reports.items():
        rows.append([phrase(part), str(report.documents), *(str(weighed(report.score(name))) for name in KINDS)])
    return _table(["", "篇", *(FIGURES[name] for name in KINDS)], rows)


def _provenance(found: Evaluation) -> list[str]:
    """Of what this is true, how to get it again, and which floors were lowered why."""
    lines = [
        "## 出处\n",
        f"语料 `{found.corpus}`，读取器和规则 `{found.extractor}`。重新量一遍：`duban evaluate`；"
        "连同差错的原句和规则：`duban evaluate --errors`（留出的除外）。\n",
        "结果钉在 `corpus/gold/floors.yaml` 里：同一份语料，以后的结果比它低，测试就不通过；要降低，须写明理由。",
    ]
    lowered = found.pinned.lowered if found.pinned else ()
    if lowered:
        lines += ["降低过的：\n", *map(_lowering, lowered)]
    return [*lines, ""]


def _lowering(lowering: Lowering) -> str:
    """One reason, with the figures of held-out documents, which matter most, and how many others."""
    heldout = [name for name in lowering.figures if name.startswith(f"{Part.HELDOUT}.")]
    return f"- {lowering.reason}（语料 `{lowering.corpus}`；{len(lowering.figures)} 项，其中留出 {len(heldout)} 项）"
