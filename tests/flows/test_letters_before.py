"""A promise that the same office made before is told, in whatever order and in how many runs its letters come in."""

from __future__ import annotations

from pathlib import Path

import pytest
import sqlalchemy as sa

from models import tracking_tables as tables
from models.evidence import AlarmCode
from models.store import open_store
from tests.flows.test_follow_up import found, take_in

LETTER = """关于市政协{year}年第{number}号提案的答复

陈禾委员：

您提出的关于加快渔港建设的提案收悉。现答复如下：

下一步，我局将在{due}年底前完成南澳渔港避风塘扩建工程，新增泊位{berths}个。

青屿市海洋渔业局
{year}年5月10日
"""
NEWS = """南澳渔港避风塘扩建工程建成

{year}年11月2日，青屿市南澳渔港避风塘扩建工程建成投用，新增泊位120个。
"""
ORDERS = ((0, 1, 2), (1, 2, 0))  # with the earlier letter first, and last


@pytest.fixture
def papers(tmp_path: Path) -> list[Path]:
    texts = {
        "2021.txt": LETTER.format(year=2021, number=17, due=2022, berths=120),
        "2023.txt": LETTER.format(year=2023, number=42, due=2024, berths=120),
        "news.txt": NEWS.format(year=2024),
    }
    for name, text in texts.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return [tmp_path / name for name in texts]


def test_an_earlier_letters_promise_is_told_in_whatever_order_the_papers_come(papers: list[Path]) -> None:
    folder, outcomes = papers[0].parent, []
    for place, order in enumerate(ORDERS):
        with open_store(f"sqlite:///{folder}/{place}.db") as store:
            for paper in order:
                take_in(store, folder, [papers[paper]])
            outcomes.append(found(store))
            with store.reading() as connection:
                codes = list(connection.execute(sa.select(tables.alarms.c.code)).scalars())
            assert AlarmCode.PROMISED_BEFORE in codes
    assert all(one == outcomes[0] for one in outcomes)
