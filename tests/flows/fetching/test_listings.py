"""A column is fetched politely, only what changed, and with a reason for whatever couldn't be had."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from flows.fetching.book import Harvest
from models import fetched
from models.store import Store

NOW = datetime(2026, 5, 20, 18, 0, tzinfo=UTC)
Visit = Callable[..., Harvest]
INDEX = "/jyta/index.html"


def reasons(harvest: Harvest) -> dict[str, str]:
    """Why things couldn't be had, by the end of their address."""
    return {one.file.rpartition("/")[2]: f"{one.reason.value} {one.detail}".strip() for one in harvest.refused}


def test_list_pages_articles_and_attachments_land_in_the_inbox(site: Any, visit: Visit) -> None:
    one, two, three = (site.article(number) for number in (1, 2, 3))
    site.listing(INDEX, [one, two], "index_1.html")
    site.listing("/jyta/index_1.html", [three])
    site.put("/jyta/附件.pdf".encode().decode("latin-1"), b"%PDF-1.4 a")
    site.put(three, '<p>见附件</p><a href="P0202.pdf">关于停车的答复.pdf</a>')
    site.pages["/jyta/P0202.pdf"] = type(site.pages[one])(b"%PDF-1.4 b", headers={"Content-Type": "application/pdf"})
    found = visit()
    assert found.refused == ()
    assert sorted(file.name for file in found.files) == sorted(
        ["t20260212_1001.html", "t20260312_1002.html", "t20260412_1003.html", "关于停车的答复.pdf"]
    )
    assert all(file.source.startswith(site.url) and file.path.is_file() for file in found.files)
    assert found.fresh == 4


def test_nothing_is_asked_while_an_answer_is_awaited_and_a_name_is_given(site: Any, visit: Visit) -> None:
    site.listing(INDEX, [site.article(number) for number in range(1, 8)])
    visit()
    assert site.most_open == 1
    assert {headers["User-Agent"] for _, headers in site.asked} == {"duban"}


def test_an_unchanged_night_brings_nothing_and_costs_no_bodies(site: Any, visit: Visit) -> None:
    site.listing(INDEX, [site.article(1), site.article(2)])
    first = visit()
    site.asked.clear()
    second = visit(NOW + timedelta(days=1))
    assert (second.fresh, second.files, second.refused) == (0, first.files, ())
    assert all("If-None-Match" in headers for path, headers in site.asked if path != "/robots.txt")


def test_a_changed_page_is_new_bytes_under_the_same_name(site: Any, visit: Visit) -> None:
    site.listing(INDEX, [site.article(1)])
    (before,) = visit().files
    site.article(1, "完成时间推迟到2027年底。")
    after = visit(NOW + timedelta(days=1))
    assert after.fresh == 1
    assert after.files[0].source == before.source
    assert after.files[0].path != before.path
    assert before.path.is_file()


def test_a_vanished_page_is_noted_and_its_file_stays(site: Any, visit: Visit, store: Store) -> None:
    kept, gone = site.article(1), site.article(2)
    site.listing(INDEX, [kept, gone])
    visit()
    del site.pages[gone]
    site.listing(INDEX, [kept])
    later = visit(NOW + timedelta(days=8))  # the weekly look at everything
    assert later.gone == 1
    assert len(later.files) == 2
    with store.reading() as connection:
        assert [row.address for row in fetched.gone_since(connection)] == [site.url + gone]
    site.article(2)
    site.listing(INDEX, [kept, gone])
    visit(NOW + timedelta(days=16))
    with store.reading() as connection:
        assert fetched.gone_since(connection) == []


def test_a_known_article_is_asked_for_after_a_tenth_of_its_quiet_time(site: Any, visit: Visit) -> None:
    path = site.article(1)
    site.listing(INDEX, [path])
    for days in (0, 100):
        visit(NOW + timedelta(days=days), recheck_share=0.1)
    site.asked.clear()
    for days in (105, 109, 111):
        visit(NOW + timedelta(days=days), recheck_share=0.1)
    assert site.paths().count(path) == 1


def test_after_a_clock_that_ran_ahead_things_are_asked_for_again(site: Any, visit: Visit) -> None:
    path = site.article(1)
    site.listing(INDEX, [path])
    visit(NOW + timedelta(days=3650), recheck_share=1)
    site.asked.clear()
    visit(NOW, recheck_share=1)
    assert path in site.paths()


def test_robots_txt_is_obeyed_and_said(site: Any, visit: Visit) -> None:
    site.pages["/robots.txt"] = _reply(site, b"User-agent: *\nDisallow: /jyta/t202602\n")
    site.listing(INDEX, [site.article(1), site.article(2)])
    found = visit()
    assert [file.name for file in found.files] == ["t20260312_1002.html"]
    assert reasons(found) == {"t20260212_1001.html": "unsafe 网站的 robots.txt 不让取"}
    assert not any("1001" in path for path in site.paths())


def test_a_site_that_cannot_say_its_rules_is_left_alone(site: Any, visit: Visit) -> None:
    site.pages["/robots.txt"] = _reply(site, b"", 503)
    site.listing(INDEX, [site.article(1)])
    assert reasons(visit()) == {"index.html": "unreachable HTTP 503"}
    assert site.paths() == []


def test_a_busy_page_is_tried_again(site: Any, visit: Visit) -> None:
    path = site.article(1)
    fine = site.pages[path]
    site.pages[path] = type(fine)(b"", 503, {"Retry-After": "1"}, times=1, then=fine)
    site.listing(INDEX, [path])
    found = visit()
    assert (found.refused, len(found.files)) == ((), 1)


@pytest.mark.parametrize(
    ("fault", "reason"),
    [
        ({"status": 404}, "unreachable HTTP 404"),
        ({"status": 403}, "unreachable HTTP 403"),
        ({"status": 500}, "unreachable HTTP 500"),
        ({"wait": 1.0}, "unreachable 0.5 秒没有回应"),
        (
            {"status": 302, "headers": {"Location": "http://other.invalid/a.html"}},
            "unsafe 转到了别的网站 other.invalid",
        ),
        ({"status": 302, "headers": {"Location": "/jyta/t20260212_1001.html"}}, "unreachable 转来转去没有尽头"),
        ({"claims": 50_000, "body": b"<html>cut"}, "unreachable 连接断开：RemoteProtocolError"),
    ],
    ids=["404", "403", "500", "timeout", "another site", "circle", "cut"],
)
def test_one_bad_article_costs_only_itself(site: Any, visit: Visit, fault: dict[str, Any], reason: str) -> None:
    bad, good = site.article(1), site.article(2)
    site.pages[bad] = _reply(site, **fault)
    site.listing(INDEX, [bad, good])
    found = visit()
    assert [file.name for file in found.files] == ["t20260312_1002.html"]
    assert reasons(found) == {"t20260212_1001.html": reason}


def test_a_redirect_within_the_site_is_followed_and_links_count_from_there(site: Any, visit: Visit) -> None:
    path = site.article(1)
    site.pages[path] = _reply(site, status=301, headers={"Location": "/new/place/a.html"})
    site.put("/new/place/a.html", '<p>答复见附件</p><a href="b.docx">附件</a>')
    site.pages["/new/place/b.docx"] = _reply(site, b"PK docx")
    site.listing(INDEX, [path])
    for night in range(2):
        found = visit(NOW + timedelta(days=night))
        assert sorted(file.name for file in found.files) == ["b.docx", "t20260212_1001.html"]
        assert found.refused == ()


def test_200_megabytes_are_refused_before_they_are_read(site: Any, visit: Visit) -> None:
    path = site.article(1)
    site.put(path, '<a href="big.pdf">附件</a>')
    site.pages["/jyta/big.pdf"] = _reply(site, b"%PDF" + b"x" * 5000, claims=200 * 1024 * 1024)
    site.listing(INDEX, [path])
    found = visit()
    assert reasons(found) == {"big.pdf": "too_large 200 MB，上限 100 MB"}
    assert len(found.files) == 1


def test_a_body_that_never_ends_is_cut_off_and_leaves_nothing(site: Any, visit: Visit, inbox: Any) -> None:
    path = site.article(1)
    site.put(path, '<a href="slow.pdf">附件</a>')
    site.pages["/jyta/slow.pdf"] = _reply(site, b"x" * 2000, drip=0.05)
    site.listing(INDEX, [path])
    found = visit(timeout_seconds=0.1, tries=1)
    assert reasons(found) == {"slow.pdf": "unreachable 2 秒还没有传完"}
    assert list(inbox.folder.glob("*.part")) == []


@pytest.mark.parametrize("code", ["gb18030", "utf-8", "utf-16"])
def test_pages_in_any_code_are_read(site: Any, visit: Visit, code: str) -> None:
    path = site.article(1, code=code)
    listing = (
        f'<html><head><meta charset="iso-8859-1"></head><ul><li><a href="{path}">关于码头的答复</a></li></ul></html>'
    )
    site.put(INDEX, listing, code)
    assert len(visit().files) == 1


def test_a_list_page_with_broken_bytes_still_gives_its_links(site: Any, visit: Visit) -> None:
    path = site.article(1)
    half = "关于修整码头的".encode("gb18030") + "答复汇编".encode() + b"\xc3\x28\x00\xff"
    site.put(INDEX, b"<html><body>" + half * 30 + f'<a href="{path}">'.encode() + half + b"</a>")
    assert len(visit().files) == 1


def test_paging_that_repeats_itself_ends(site: Any, visit: Visit) -> None:
    articles = [site.article(1), site.article(2)]
    site.made = lambda path: _listed(site, path, articles)
    found = visit()
    assert len(site.paths()) == 4  # two list pages, two articles
    assert found.refused == ()


def test_paging_without_end_is_stopped_and_said(site: Any, visit: Visit) -> None:
    def made(path: str) -> Any:
        if path.startswith("/jyta/t"):
            return _reply(site, b"<p>a</p>")
        number = int(path.partition("?p=")[2] or 0)
        body = f'<a href="t20260112_{7000 + number}.html">x</a><a href="index.html?p={number + 1}">next</a>'
        return _reply(site, body.encode())

    site.made = made
    found = visit(most_pages=6)
    assert len(found.files) == 6
    assert reasons(found) == {"index.html?p=6": "unreachable 列表翻了 6 页还没有完，不再往下翻"}


def test_old_list_pages_are_left_for_the_weekly_walk(site: Any, visit: Visit) -> None:
    names = ["index.html", *(f"index_{number}.html" for number in range(1, 7))]
    for number, name in enumerate(names):
        following = names[number + 1] if number + 1 < len(names) else None
        site.listing(f"/jyta/{name}", [site.article(number + 1)], following)
    lists = {f"/jyta/{name}" for name in names}
    visit()
    walked = []
    for days in (1, 2, 8):
        site.asked.clear()
        visit(NOW + timedelta(days=days))
        walked.append(len(lists & set(site.paths())))
    assert walked == [2, 2, 7]


def test_a_script_that_writes_the_page_links_is_understood(site: Any, visit: Visit) -> None:
    script = '<script>createPageHTML(2, {}, "index", "html");</script>'
    site.listing(INDEX, [site.article(1)], extra=script.format(0))
    site.listing("/jyta/index_1.html", [site.article(2)], extra=script.format(1))
    assert len(visit().files) == 2


def test_a_column_that_names_no_article_is_no_silence(site: Any, visit: Visit) -> None:
    site.put(INDEX, "<html><body><div id='app'></div></body></html>")
    assert "没有认出文章" in reasons(visit())["index.html"]


def test_a_site_that_stops_answering_is_left_for_the_next_night(site: Any, visit: Visit) -> None:
    articles = [site.article(number) for number in range(1, 9)]
    site.listing(INDEX, articles)
    for path in articles[1:]:
        site.pages[path] = _reply(site, b"", 503)
    found = visit(tries=1)
    assert len([path for path in site.paths() if path in articles]) == 6
    assert reasons(found)["index.html"] == "unreachable 网站没有回应；其余的下次再取"
    for number in range(1, 9):
        site.article(number)
    assert len(visit(NOW + timedelta(days=1)).files) == 8


def test_a_site_that_is_not_there_is_one_failure(visit: Visit) -> None:
    found = visit(url="http://127.0.0.1:9/jyta/index.html")
    assert [one.detail for one in found.refused] == ["连接断开：ConnectError"]


def _reply(site: Any, body: bytes = b"", status: int = 200, **more: Any) -> Any:
    site.put("/made", b"")
    return type(site.pages.pop("/made"))(body, status, **more)


def _listed(site: Any, path: str, articles: list[str]) -> Any:
    number = int(path.partition("?p=")[2] or 0)
    links = "".join(f'<a href="{one}">关于码头的答复</a>' for one in articles)
    return _reply(site, f'{links}<a href="index.html?p={number + 1}">下一页</a>'.encode())
