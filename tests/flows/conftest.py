"""Letters of invented places, written out as files."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from flows.settings import load

REPLY = """梧溪县水务局
梧水函〔2025〕{number}号

关于县十四届人大四次会议第{number}号建议的答复

{name}代表：
您提出的《关于改善{village}供水的建议》收悉，现答复如下：
一、工作开展情况
去年，我局更换老旧管网8.5公里，惠及群众1200余户。
二、下一步打算
我局将于2025年底前新建{village}加压泵站{count}座，日供水能力达到{count}000吨。
力争明年上半年实现{village}自来水普及率98%以上。
感谢您对水务工作的支持！

梧溪县水务局
2025年5月12日
"""
VILLAGES = ["石磨村", "柿子坪", "白水湾", "杏花岭", "老鹳沟", "双桥镇", "青瓦铺", "东河口"]


@pytest.fixture(autouse=True)
def _fresh_settings() -> Iterator[None]:
    """Settings are read anew by each test."""
    load.cache_clear()
    yield
    load.cache_clear()


@pytest.fixture
def write_replies() -> Callable[[Path, int], list[Path]]:
    """Writes so many different letters into a folder."""

    def write(folder: Path, count: int) -> list[Path]:
        folder.mkdir(parents=True, exist_ok=True)
        return [_written(folder, number) for number in range(1, count + 1)]

    return write


def _written(folder: Path, number: int) -> Path:
    path = folder / f"答复{number:03}.txt"
    village = VILLAGES[number % len(VILLAGES)]
    path.write_text(REPLY.format(number=number, name="闻人樵", village=village, count=number % 7 + 1), encoding="utf-8")
    return path
