"""A place's replies are judged as soon as nothing waits that may concern it: once, and as if all were judged last."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from flows.follow_up import FollowUp
from flows.intake import Intake
from flows.night import follow_batch
from flows.originals import Originals
from flows.reading import Reader
from flows.settings import Settings
from flows.version import extractor_version
from models.documents import Kind
from models.owners import this_process
from models.store import Store, open_store
from tests.flows.test_follow_up import TRACKER, found

LETTER = """{place}水利局关于{body}第{number}号提案的答复

罗青禾委员：

您提出的关于加强{river}治理的提案收悉。现答复如下：

下一步，我局将在2024年底前完成{river}堤防加固{length}公里，新建滨河步道{path}公里。

{place}水利局
{year}年6月{number}日
"""
NEWS = """{river}堤防加固完工

来源：{place}融媒体中心  发布时间：2024年11月2日

日前，{place}{river}堤防加固工程全部完工，共加固堤防{length}公里。
"""
CITY_NEWS = """眉山市水利建设年终盘点

来源：眉山日报  发布时间：2024年12月28日

今年以来，丹棱县杨柳河堤防加固工程完工，加固堤防6公里；青神县思蒙河新建滨河步道4公里。
"""
NOWHERE = """河道治理工程进展

2024年12月30日，杨柳河、思蒙河堤防加固工程相继完工。
"""


def papers() -> Iterator[str]:
    for place, body, river, length, path in (
        ("丹棱县", "县政协", "杨柳河", 6, 3),
        ("青神县", "县政协", "思蒙河", 9, 4),
        ("眉山市", "市政协", "醴泉河", 12, 5),
    ):
        for number, year in ((3, 2022), (17, 2023)):
            names = {"place": place, "body": body, "river": river, "length": length, "path": path}
            yield LETTER.format(**names, number=number, year=year)
        yield NEWS.format(place=place, river=river, length=length)
    yield CITY_NEWS
    yield NOWHERE


@contextmanager
def taken_in(folder: Path) -> Iterator[tuple[Store, FollowUp]]:
    """A register that holds these papers, none of them followed up."""
    folder.mkdir()
    files = [folder / f"{number}.txt" for number, _ in enumerate(papers())]
    for file, text in zip(files, papers(), strict=True):
        file.write_text(text, encoding="utf-8")
    with open_store(f"sqlite:///{folder}/duban.db") as store, Reader(Settings(workers=1), 1) as reader:
        run = store.begin_run("ingest", now=datetime.now(UTC), owner=this_process())
        intake = Intake(store, run, reader, Originals(folder / "originals", 1 << 20), extractor_version())
        intake.take_in(intake.sort_out(files)[0])
        yield store, FollowUp(store, run, TRACKER)


@pytest.fixture
def judged_last(tmp_path: Path) -> dict[str, list[str]]:
    with taken_in(tmp_path / "last") as (store, work):
        for document in work.waiting():
            work.follow(document)
        work.judge(*work.replies_to_judge())
        return found(store)


def test_each_reply_is_judged_once_and_comes_out_as_if_all_were_judged_last(
    judged_last: dict[str, list[str]], tmp_path: Path
) -> None:
    with taken_in(tmp_path / "settled") as (store, work):
        documents = work.waiting()
        follow_batch(work, documents, lambda: None)
        assert work.replies_to_judge() == []
        assert work.judged == 6
        assert judged_last["links"]
        assert judged_last["alarms"]
        assert found(store) == judged_last


def test_a_run_that_is_cut_off_between_two_places_ends_the_same(
    judged_last: dict[str, list[str]], tmp_path: Path
) -> None:
    with taken_in(tmp_path / "cut") as (store, work):
        follow_batch(work, work.waiting()[:5], lambda: None)
        work = FollowUp(store, work.run, TRACKER)
        documents = work.waiting()
        assert 0 < len(documents) < len(list(papers()))
        follow_batch(work, documents, lambda: None)
        work.judge(*work.replies_to_judge())
        assert found(store) == judged_last


def test_papers_that_tell_no_place_come_first_and_a_city_before_its_counties(tmp_path: Path) -> None:
    with taken_in(tmp_path / "order") as (store, work):
        documents = work.waiting()
        heads = [store.load(document).identity for document in documents]
        codes = [head.region_code for head in heads]
        assert codes[0] is None
        assert codes[1:] == sorted(code for code in codes if code)
        assert {head.kind for head in heads} >= {Kind.REPLY, Kind.NEWS}
