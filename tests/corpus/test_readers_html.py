"""Saved pages of government sites."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from corpus.readers import read
from models.errors import UnreadableDocument

CASES_FOLDER = Path(__file__).resolve().parents[1] / "cases"
CASES = yaml.safe_load((CASES_FOLDER / "readers_pages.yaml").read_text(encoding="utf-8"))
LETTER = "某某代表：您提出的关于增设候车亭的建议收悉，年内新增候车亭十二座。"


def page(path: Path, source: str, encoding: str = "utf-8") -> Path:
    path.write_bytes(source.encode(encoding))
    return path


@pytest.mark.parametrize("case", [pytest.param(case, id=case["reason"]) for case in CASES])
def test_the_letter_is_read_with_every_line_and_without_the_site_s(case: dict[str, Any], tmp_path: Path) -> None:
    source = case["page"] if "<html" in case["page"] else f"<html><body>{case['page']}</body></html>"
    document = read(page(tmp_path / "a.html", source))
    assert document.text.split("\n") == case["lines"]
    if "title" in case:
        assert document.title == case["title"]
    if "published" in case:
        assert document.published == case["published"]


@pytest.mark.parametrize(
    ("charset", "encoding"),
    [
        pytest.param("utf-8", "utf-8", id="utf-8"),
        pytest.param("gb2312", "gb18030", id="gb2312"),
        pytest.param(None, "gb18030", id="no charset, gb18030"),
        pytest.param(None, "utf-8", id="no charset, utf-8"),
        pytest.param("gb2312", "utf-8", id="says gb2312, is utf-8"),
        pytest.param("utf-8", "gb18030", id="says utf-8, is gb18030"),
        pytest.param(None, "utf-16", id="utf-16 with its mark"),
    ],
)
def test_the_bytes_decide_about_the_charset(charset: str | None, encoding: str, tmp_path: Path) -> None:
    meta = f'<meta http-equiv="Content-Type" content="text/html; charset={charset}">' if charset else ""
    source = f"<html><head>{meta}</head><body><div id='zoom'><p>{LETTER}</p></div></body></html>"
    assert read(page(tmp_path / "a.html", source, encoding)).text == LETTER


def test_one_bad_byte_does_not_cost_the_page(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    head = b'<html><head><meta charset="gb2312"></head><body><div id="zoom"><p>'
    path.write_bytes(head + LETTER.encode("gb18030") + b"\xff" + "另".encode("gb18030") + b"</p></div></body></html>")
    assert LETTER in read(path).text


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("PubDate", "2023-04-18 10:02", date(2023, 4, 18)),
        ("publishdate", "20230418", date(2023, 4, 18)),
        ("PubDate", "2023年4月18日", date(2023, 4, 18)),
        ("PubDate", "2023-13-45", None),
        ("PubDate", "", None),
        ("Keywords", "2023-04-18", None),
    ],
)
def test_the_day_of_publication_is_told_or_unknown(
    name: str, content: str, expected: date | None, tmp_path: Path
) -> None:
    meta = f'<meta name="{name}" content="{content}">'
    source = f'<html><head>{meta}</head><body><div id="zoom"><p>{LETTER}</p></div></body></html>'
    assert read(page(tmp_path / "a.html", source)).published == expected


@pytest.mark.parametrize(
    ("shown", "expected"),
    [
        ("关于增设候车亭的答复_某县人民政府", "关于增设候车亭的答复"),
        ("某县政府网 - 关于增设候车亭的答复", "关于增设候车亭的答复"),
        ("关于增设候车亭的答复|某县交通局", "关于增设候车亭的答复"),
        ("关于2021-2023年候车亭建设的答复", "关于2021-2023年候车亭建设的答复"),
    ],
)
def test_the_title_is_told_without_the_site_s_name(shown: str, expected: str, tmp_path: Path) -> None:
    source = f"<html><head><title>{shown}</title></head><body><div id='zoom'><p>{LETTER}</p></div></body></html>"
    assert read(page(tmp_path / "a.html", source)).title == expected


@pytest.mark.parametrize("table", ["control_lines", "caption_lines"])
def test_patterns_of_the_site_s_own_lines_match_their_examples_and_no_near_miss(table: str, root: Path) -> None:
    entries = yaml.safe_load((root / "corpus" / "readers" / "pages.yaml").read_text(encoding="utf-8"))[table]
    for entry in entries:
        pattern = re.compile(entry["pattern"])
        assert [line for line in entry["examples"] if not pattern.fullmatch(line)] == []
        assert [line for line in entry["not_examples"] if pattern.fullmatch(line)] == []


def test_cells_that_claim_to_be_huge_cost_nothing(tmp_path: Path) -> None:
    row = "<tr><td colspan=1000 rowspan=1000>甲</td><td>乙</td></tr>"
    assert "甲" in read(page(tmp_path / "a.html", f"<html><body><table>{row * 2000}</table></body></html>")).text


def test_the_raised_number_of_a_footnote_is_left_out(tmp_path: Path) -> None:
    body = '<p>占21.3%<a href="#n1"><sup>1</sup></a>，建成3km<sup>2</sup>。</p><ol><li><p>增建公厕</p></li></ol>'
    source = f"<html><body><div id='zoom'>{body}</div></body></html>"
    assert read(page(tmp_path / "a.html", source)).text.split("\n") == ["占21.3%，建成3km2。", "1. 增建公厕"]


@pytest.mark.parametrize("depth", [200, 100_000])
def test_a_page_nested_deeply_is_read_or_refused(depth: int, tmp_path: Path) -> None:
    path = page(tmp_path / "a.html", "<html><body>" + "<div>" * depth + LETTER + "</div>" * depth + "</body></html>")
    if depth == 200:
        assert read(path).text == LETTER
    else:
        with pytest.raises(UnreadableDocument):
            read(path)
