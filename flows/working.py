"""What a worker process does with one file. Importing this module makes the worker ready: all rules are loaded."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from corpus.readers import Limits, read
from extractors.checks import check
from extractors.pipeline import extract
from models.documents import Document
from models.extraction import Extraction
from outputs.exchange import extraction_record, finding_record

Progress = Callable[[], None]


def read_and_extract(path: Path, limits: Limits, progress: Progress) -> Extraction:
    """One file's records. Raises UnreadableDocument."""
    return extract(read(path, limits, progress))


def read_and_tell(path: Path, limits: Limits, progress: Progress) -> str:
    """One file's records and findings as a JSON object. Raises UnreadableDocument."""
    return _told(read_and_extract(path, limits, progress), with_text=False)


def read_and_tell_with_text(path: Path, limits: Limits, progress: Progress) -> str:
    """The same with the text that was read."""
    return _told(read_and_extract(path, limits, progress), with_text=True)


def _told(found: Extraction, *, with_text: bool) -> str:
    findings = [finding_record(finding) for finding in check(found)]
    record = extraction_record(found, with_text=with_text) | {"findings": findings}
    return json.dumps(record, ensure_ascii=False)


# Rules are compiled when they are first needed. A letter that needs most of them comes first, so that no file's time
# limit pays for them.
_told(
    extract(
        Document(
            "",
            "txt",
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
        )
    ),
    with_text=False,
)
