"""Pairs: which letters belong together, by every field that may agree or differ."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from corpus.readers import read
from extractors.pipeline import extract
from extractors.tracking.items import bare_subject, paper_numbers, plain_number, same_number
from extractors.tracking.pairs import pair_keys, pairs_between
from models.documents import Document
from models.evidence import Certainty, Pair, PairKind, Paper
from models.ids import DocumentId

ROOT = Path(__file__).parents[3]
CASES = yaml.safe_load((ROOT / "tests" / "cases" / "pairs.yaml").read_text(encoding="utf-8"))
SAMPLES = ROOT / "corpus" / "samples"
TITLE = "关于推进古桥修缮和夜间照明的建议"
BODY = (
    "一、关于古桥修缮。年内对镇江桥、状元桥开展抢险加固，更换桥面条石260块，工程由县文物所组织实施，"
    "确保汛期前完成护岸。\n二、关于夜间照明。10月底前在6座古桥安装暖光灯带1800米，接入县城照明统一控制系统，"
    "每晚亮灯时间不少于4小时。\n三、下一步，我局将把古桥巡查列入文物安全月度检查，发现险情及时处置。"
)


def paper(name: str, text: str) -> Paper:
    """A document as tracking reads it."""
    return Paper(DocumentId(name), extract(Document(f"{name}.txt", "txt", text)))


def item(
    number: str | None = "24",
    title: str = TITLE,
    place: str = "彭泽县",
    session: str = "二",
    date: str = "2025年1月12日",
    name: str = "柯雨桐",
) -> Paper:
    """A suggestion."""
    head = f"{place}第十八届人民代表大会第{session}次会议代表建议\n第{number}号\n{title}\n领衔代表：{name}\n{date}\n"
    return paper(f"item-{number}", f"{head}多座古桥年久失修，入夜一片漆黑。\n建议：\n1.修缮古桥。\n2.安装夜间照明。\n")


def reply(
    number: str | None = "24",
    title: str | None = TITLE,
    place: str = "彭泽县",
    session: str = "二",
    date: str = "2025年6月11日",
    to: str = "柯雨桐",
    body: str = "人大",
    co: bool = False,
    again: bool = False,
    unit: str = "文化和旅游局",
    text: str = BODY,
    paper_number: str = "",
    name: str = "reply",
) -> Paper:
    """A reply, a co-handler's opinion, or a second reply."""
    what = "建议" if body == "人大" else "提案"
    sort = "会办意见" if co else "续复函" if again else "答复"
    of = f"第{number}号{what}" if number else f"《{title}》"
    head = f"{place}{unit}\n{paper_number}\n关于县{body}十八届{session}次会议{of}的{sort}\n"
    salute = "县住房和城乡建设局：\n" if co else f"{to}代表：\n"
    opening = f"您提出的《{title}》收悉。" if title else "您提出的建议收悉。"
    return paper(name, f"{head}{salute}{opening}现答复如下：\n{text}\n{place}{unit}\n{date}\n")


def between(one: Paper, other: Paper) -> Pair | None:
    """The only pair of two letters; they share a key where they have one, and their order doesn't matter."""
    found = pairs_between(one, other)
    assert found == pairs_between(other, one)
    assert len(found) <= 1
    assert not found or set(pair_keys(one)) & set(pair_keys(other)), "paired, but never compared"
    return found[0] if found else None


@pytest.mark.parametrize("case", [pytest.param(case, id=case["id"]) for case in CASES])
def test_a_reply_and_an_item_agree_or_differ(case: dict[str, Any]) -> None:
    asked, answer = item(**case["item"]), reply(**case["reply"])
    pair = between(asked, answer)
    assert (pair.kind.value if pair else None) == case["kind"], (case["reason"], pair)
    if pair:
        assert (pair.later, pair.earlier) == (answer.id, asked.id)
        assert pair.certainty.value == case["certainty"], (case["reason"], pair)
        assert "code" not in case or case["code"] in [reason.code for reason in pair.why]


def test_a_second_reply_continues_the_first_and_tells_that_it_does() -> None:
    first = reply(paper_number="彭文旅函〔2025〕17号", name="first")
    opening = "去年6月，我局以彭文旅函〔2025〕17号文作了答复，现将一年来的进展续复如下。\n状元桥已加固完毕。"
    second = reply(again=True, date="2026年5月8日", text=opening, name="second")
    pair = between(first, second)
    assert pair
    assert (pair.kind, pair.later, pair.earlier) == (PairKind.SECOND, "second", "first")
    assert {"second_reply", "cites_reply"} <= {reason.code for reason in pair.why}


def test_the_same_office_writing_again_without_saying_so_is_proposed_to_a_person() -> None:
    first = reply(name="first")
    later = reply(date="2026年5月8日", text="状元桥已加固完毕，灯带安装了1200米。", name="later")
    pair = between(first, later)
    assert pair
    assert (pair.kind, pair.certainty) == (PairKind.SECOND, Certainty.PROPOSED)


def test_two_offices_that_answer_one_item_for_their_parts_are_no_pair() -> None:
    lights = reply(unit="住房和城乡建设局", text="灯带由我局安装，10月底前亮灯。", date="2025年6月20日", name="lights")
    assert between(reply(name="bridges"), lights) is None
    assert between(item(), lights).kind is PairKind.ANSWERS  # type: ignore[union-attr]


def test_a_co_handlers_opinion_is_kept_with_the_reply() -> None:
    opinion = reply(co=True, unit="财政局", text="古桥修缮经费已列入预算。", name="opinion")
    pair = between(opinion, reply(name="lead"))
    assert pair
    assert (pair.kind, pair.later) == (PairKind.CO_REPLY, "opinion")


COPIES = [
    pytest.param({"text": BODY.split("\n")[0] + "\n" + BODY.split("\n")[1]}, id="an excerpt"),
    pytest.param({"text": BODY.replace("，", ",").replace("。", "。\n")}, id="another form, with other line breaks"),
    pytest.param({"title": None, "text": BODY.replace("条石", "石条")}, id="a scan with a slip"),
]


@pytest.mark.parametrize("changed", COPIES)
def test_the_same_letter_twice_is_one(changed: dict[str, Any]) -> None:
    pair = between(reply(name="full"), reply(**changed, name="zcopy"))
    assert pair
    assert (pair.kind, pair.certainty) == (PairKind.SAME, Certainty.SURE)
    assert pair.earlier == "full"


def test_one_text_sent_to_two_items_is_two_letters() -> None:
    assert between(reply(name="one"), reply(number="77", to="闵一舟", name="other")) is None


def test_a_plan_published_twice_is_one_and_next_years_is_another() -> None:
    text = "彭泽县{}年古桥保护行动计划\n一、工作目标\n{}\n二、重点任务\n" + BODY
    first = paper("a", text.format("2025", "到2025年底，6座古桥全部亮灯。"))
    again = paper("b", text.format("2025", "到2025年底，6座古桥全部亮灯。") + "\n（来源：县政府网站）")
    assert between(first, again).kind is PairKind.SAME  # type: ignore[union-attr]


def test_the_replies_of_the_samples_answer_what_they_should() -> None:
    wanted = yaml.safe_load((SAMPLES / "story.yaml").read_text(encoding="utf-8"))["answers"]
    papers = [Paper(DocumentId(file.stem), extract(read(file))) for file in sorted((SAMPLES / "sources").glob("*.txt"))]
    found = [pair for one, other in combinations(papers, 2) if (pair := between(one, other))]
    answers = {(pair.later, pair.earlier) for pair in found if pair.kind is PairKind.ANSWERS}
    assert answers == {(late, early) for late, items in wanted.items() for early in items}


@pytest.mark.parametrize(
    ("printed", "plain"),
    [("0024", "24"), ("A012", "12"), ("2024-007", "2024-7"), ("000", "0"), ("20240057", "20240057")],
)
def test_numbers_lose_zeros_and_letters(printed: str, plain: str) -> None:
    assert plain_number(printed) == plain


@given(st.integers(1, 99999), st.integers(0, 4))
def test_leading_zeros_never_matter(number: int, zeros: int) -> None:
    assert same_number(plain_number("0" * zeros + str(number)), str(number))


@pytest.mark.parametrize(
    ("printed", "bare"),
    [
        ("《关于增设公厕的建议》", "增设公厕"),
        ("案由：关于优化镇村公交服务的提案", "优化镇村公交服务"),
        ("关于推进“书香溧水”建设的建议", "推进书香溧水建设"),
        ("扩大蓝莓种植", "扩大蓝莓种植"),
    ],
)
def test_titles_are_compared_by_their_own_words(printed: str, bare: str) -> None:
    assert bare_subject(printed) == bare


def test_paper_numbers_are_alike_in_every_bracket() -> None:
    said = [paper_numbers(words) for words in ("彭水函〔2025〕7号", "彭水函[2025]7号", "彭水函（2025）第007号")]
    assert said == [("彭水函2025-7",)] * 3


@given(st.text("第号关于建议古桥0123456789届次会议省市县。，\n", max_size=300))
def test_keys_are_short_and_a_text_is_never_paired_with_itself_wrongly(text: str) -> None:
    one = paper("a", text)
    assert all(len(key) <= 96 for key in pair_keys(one))
    assert all(pair.kind is PairKind.SAME for pair in pairs_between(one, paper("b", text)))
