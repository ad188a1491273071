"""What a worker process does with one file. Importing this module makes the worker ready: all rules are loaded."""

from __future__ import annotations

import gc
import json
from collections.abc import Callable
from pathlib import Path

import orjson

from corpus.readers import Limits, read
from extractors.checks import check
from extractors.pipeline import extract
from models.documents import Document
from models.extraction import Extraction
from outputs.exchange import Record, extraction_record, finding_record

Progress = Callable[[], None]


def read_and_extract(path: Path, limits: Limits, progress: Progress) -> Extraction:
    """One file's records. Raises UnreadableDocument."""
    document = read(path, limits, progress)
    gc.disable()  # a document's records hold no circles, and thousands of them start the search for some
    try:
        return extract(document)
    finally:
        gc.enable()


def read_and_tell(path: Path, limits: Limits, progress: Progress) -> str:
    """One file's records and findings as a JSON object. Raises UnreadableDocument."""
    return _told(read_and_extract(path, limits, progress), with_text=False)


def read_and_tell_with_text(path: Path, limits: Limits, progress: Progress) -> str:
    """The same with the text that was read."""
    return _told(read_and_extract(path, limits, progress), with_text=True)


def _told(found: Extraction, *, with_text: bool) -> str:
    findings = [finding_record(finding) for finding in check(found)]
    return written(extraction_record(found, with_text=with_text) | {"findings": findings})


def written(record: Record) -> str:
    """A record as JSON; what orjson can't write (numbers of twenty digits, halves of a character) `json` does.

    >>> written({"value": 3, "unit": "座"}), written({"value": 10**20})
    ('{"value":3,"unit":"座"}', '{"value":100000000000000000000}')
    """
    try:
        return orjson.dumps(record).decode()
    except TypeError:
        return json.dumps(record, ensure_ascii=False, separators=(",", ":"))


# Rules are compiled when they are first needed. Documents that need most of them come first, so that no file's time
# limit pays for them.
_FIRST = (
    """对市政协第九届二次会议第15号提案的答复
张三委员：
您提出的《关于修缮渡口的建议》（第15号）收悉。现答复如下：
一、工作情况
2024年以来，全市共修缮渡口12处（其中乡镇8处、村4处），占总数的60%，比上年增长20%，投入资金300万元。
二、下一步打算
一是加强管护。2025年底前，将投资500万元以上，会同交通局新建渡口3处，力争覆盖率达到90%；对符合条件的，每处补助5—8万元。
二是研究制定管理办法。待资金落实后，逐步推进。关于票价问题，因不符合现行政策，暂不予采纳。
感谢您的关心！
某市水利局
2024年6月5日
（联系人：李四；电话：0000-1234567）
""",
    """关于修缮渡口的建议
王五代表提出：
近年来，全县有渡口42处，约4200名居民出行不便，近8万居民受益。为此建议：
一、加大投入。按照每处5万元的标准，将资金列入年度预算，由县财政、镇各承担一半。
二、希望县水利局分别在东湖镇、西山镇新建渡口2处、3处，2026年底前完成任务5处。
建议县水利局牵头，会同县交通局办理。
""",
    """某县2025年渡口工作要点
某政发〔2025〕3号
一、发展现状
全县现有渡口42处，其中东湖镇12处。现状仍不足。
二、主要目标
到2027年底，渡口达标率达到95%以上，新建渡口分别为12处、15处；30户以上自然村全部通渡，有效期五年。
""",
    """某县渡口换新颜
本报讯（记者 赵六）3月5日，记者从县水利局获悉，三年来全县共投入1.2亿元，更新渡船26艘，事故由12起下降到3起，占比三成。
""",
)
for _text in _FIRST:
    _told(extract(Document("", "txt", _text)), with_text=False)
gc.collect()
gc.freeze()  # rules live as long as the process: no search for garbage needs to go through them
