"""目标: the numbers to be reached with what came of them; each leads to its sentence."""

from __future__ import annotations

import html
import re
from datetime import date
from typing import Any

import pytest

from models.filters import Filter
from models.followed import progress_of
from models.quantities import Role
from models.queries import list_quantities

DAY = date(2026, 3, 2)


def board(office: Any, **asked: object) -> list[dict[str, Any]]:
    return office.as_("viewer").get("/targets.json", params={"size": 200, **asked}).json()["targets"]  # type: ignore[no-any-return]


def test_the_board_has_every_target_and_every_later_number(office: Any) -> None:
    found = board(office)
    assert {one["id"] for one in found} == {
        row.id for row in list_quantities(office.store, Filter(roles=(Role.TARGET,)))
    }
    shown = {(one["id"], later["id"]) for one in found for later in one["actual"]}
    assert shown == {(row.target_id, row.actual_id) for row in progress_of(office.store, DAY)}
    for one in found:
        days = [later["day"] for later in one["actual"] if later["day"]]
        assert days == sorted(days)


def test_targets_are_narrowed_by_unit_indicator_place_and_what_is_known(sqlite_office: Any) -> None:
    whole = board(sqlite_office)
    followed = board(sqlite_office, followed="yes")
    assert [one["id"] for one in followed] == [one["id"] for one in whole if one["actual"]]
    assert len(board(sqlite_office, followed="no")) == len(whole) - len(followed) > 0
    one = next(one for one in followed if one["indicator"] and one["unit_name"])
    named = board(sqlite_office, indicator=one["indicator"][:4])
    assert one["id"] in {other["id"] for other in named}
    assert all(one["indicator"][:4] in (other["indicator"] or "") + other["unit_text"] for other in named)
    of_unit = board(sqlite_office, unit=one["unit_name"])
    assert {other["id"] for other in of_unit} == {o["id"] for o in whole if one["unit_name"] in (o["unit_name"] or "")}
    assert "没有符合" in sqlite_office.as_("viewer").get("/targets?place=没有这个地方").text


def test_a_day_leaves_out_what_became_known_later(sqlite_office: Any) -> None:
    days = sorted(later["day"] for one in board(sqlite_office) for later in one["actual"] if later["day"])
    early = [later["day"] for one in board(sqlite_office, asof=days[0]) for later in one["actual"] if later["day"]]
    assert set(early) == {days[0]}


def test_every_number_leads_to_its_sentence(sqlite_office: Any) -> None:
    browser = sqlite_office.as_("viewer")
    page = browser.get("/targets?followed=yes").text
    found = re.findall(r'<a class="figure" href="(/documents/[^"]+)">([^<]+)</a>', page)
    assert len(found) >= 4
    for to, words in found[:6]:
        address = html.unescape(to)
        start, end = (int(one) for one in re.findall(r"span=(\d+)-(\d+)", address)[0])
        text = sqlite_office.store.text(re.findall(r"/documents/(\w+)", address)[0])
        assert html.unescape(words).endswith(text[start:end])
        assert browser.get(address).status_code == 200


@pytest.mark.parametrize("query", ["indicator=%25", "indicator=_", "unit='", "followed=perhaps", "page=99999"])
def test_odd_addresses_are_answered(query: str, sqlite_office: Any) -> None:
    assert sqlite_office.as_("viewer").get(f"/targets?{query}").status_code in (200, 303)
