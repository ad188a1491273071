"""Searches that are kept: whose they are, what is new to whom, deleted and taken back; on both databases."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from models import saved
from models.errors import WrongSearch
from models.preferences import Preference, prefer, preferred
from models.saved import OFFICE, SavedSearch, SearchId
from models.saved_tables import SavedPage
from models.store import Store

LATE = (("unit", "交通"), ("status", "overdue"))
PARKING = (("q", "停车位"), ("unit", "交通"))


def keep(store: Store, now: datetime, name: str = "停车", owner: str = "王五", **more: Any) -> SavedSearch:
    given: dict[str, Any] = {"parameters": PARKING, "hits": ["a" * 16], "shared": False} | more
    parameters, hits, shared = given["parameters"], given["hits"], given["shared"]
    return saved.save(store, name, parameters, hits, owner=owner, shared=shared, now=now)


def test_a_search_is_kept_with_its_filters_in_order(store: Store, now: datetime) -> None:
    made = keep(store, now, name="  停车  位 ")
    assert saved.list_saved(store, "王五") == [made]
    assert (made.name, made.query, made.parameters) == ("停车 位", "停车位", PARKING)


def test_only_the_owner_sees_it_unless_it_is_shared(store: Store, now: datetime) -> None:
    own, shared = keep(store, now), keep(store, now, name="公用", shared=True)
    office = keep(store, now, owner=OFFICE, shared=True)
    assert {one.id for one in saved.list_saved(store, "李四")} == {shared.id, office.id}
    assert {one.id for one in saved.list_saved(store)} == {own.id, shared.id, office.id}
    assert own.is_open_to("王五")
    assert not own.is_open_to("李四")


def test_what_was_there_when_it_was_saved_is_new_to_nobody(store: Store, now: datetime) -> None:
    made = keep(store, now)
    assert saved.seen(store, made.id, "李四") == saved.seen(store, made.id) == {"a" * 16}


def test_what_one_has_seen_is_still_new_to_another(store: Store, now: datetime) -> None:
    made = keep(store, now)
    assert saved.note_seen(store, made.id, "王五", ["b" * 16, "c" * 16]) == 2
    assert saved.note_seen(store, made.id, "王五", ["b" * 16]) == 0
    assert saved.seen(store, made.id, "王五") == {"a" * 16, "b" * 16, "c" * 16}
    assert saved.seen(store, made.id, "李四") == {"a" * 16}


def test_a_deleted_search_comes_back_with_what_was_seen_of_it(store: Store, now: datetime) -> None:
    made = keep(store, now)
    saved.note_seen(store, made.id, "王五", ["b" * 16])
    saved.delete(store, made.id, now)
    assert saved.list_saved(store) == []
    assert [one.id for one in saved.deleted_lately(store, "王五", now)] == [made.id]
    assert saved.deleted_lately(store, "王五", now + timedelta(days=31)) == []
    saved.restore(store, made.id)
    assert saved.list_saved(store, "王五") == [made]
    assert "b" * 16 in saved.seen(store, made.id, "王五")


def test_a_name_is_taken_by_its_owner_alone_and_free_again_when_deleted(store: Store, now: datetime) -> None:
    first = keep(store, now)
    keep(store, now, owner="李四")
    with pytest.raises(WrongSearch, match="停车"):
        keep(store, now)
    saved.delete(store, first.id, now)
    keep(store, now)
    with pytest.raises(WrongSearch, match="停车"):
        saved.restore(store, first.id)


@pytest.mark.parametrize(
    ("name", "parameters"),
    [("", PARKING), (" ", PARKING), ("长" * 61, PARKING), ("空", ()), ("标点", (("q", "，。"),))],
)
def test_a_search_without_a_name_or_words_is_not_kept(name: str, parameters: Any, store: Store, now: datetime) -> None:
    with pytest.raises(WrongSearch):
        keep(store, now, name=name, parameters=parameters)
    assert saved.list_saved(store) == []


def test_nobody_keeps_more_than_he_can_look_through(
    store: Store, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("models.saved.MOST", 2)
    keep(store, now, name="一")
    keep(store, now, name="二")
    with pytest.raises(WrongSearch, match="2"):
        keep(store, now, name="三")


def test_a_number_that_was_never_given_is_no_search(store: Store) -> None:
    assert saved.saved_search(store, 7) is None
    assert saved.seen(store, SearchId(7), "王五") == set()


def test_a_list_of_the_ledger_is_kept_apart_from_searches(store: Store, now: datetime) -> None:
    keep(store, now)
    made = saved.save(store, "停车", LATE, (), owner="王五", shared=False, now=now, page=SavedPage.LEDGER)
    assert saved.list_saved(store, "王五", SavedPage.LEDGER) == [made]
    assert made not in saved.list_saved(store)
    assert saved.saved_search(store, made.id) == made
    with pytest.raises(WrongSearch, match="已经有一个叫“停车”的台账"):
        saved.save(store, "停车", LATE, (), owner="王五", shared=False, now=now, page=SavedPage.LEDGER)
    with pytest.raises(WrongSearch, match="整个台账"):
        saved.save(store, "全部", (), (), owner="王五", shared=False, now=now, page=SavedPage.LEDGER)


def test_a_look_is_taken_back_alone(store: Store, now: datetime) -> None:
    made, later = keep(store, now), now + timedelta(minutes=5)
    saved.note_seen(store, made.id, "王五", ["b" * 16], now)
    saved.note_seen(store, made.id, "王五", ["c" * 16, "d" * 16], later)
    assert saved.last_looks(store, "王五", now) == {made.id: (later, 2)}
    assert saved.last_looks(store, "李四", now) == {}
    assert saved.forget_look(store, made.id, "李四", later) == 0
    assert saved.forget_look(store, made.id, "王五", later) == 2
    assert saved.seen(store, made.id, "王五") == {"a" * 16, "b" * 16}
    assert saved.last_looks(store, "王五", now) == {made.id: (now, 1)}


def test_what_somebody_likes_is_his_own_and_can_be_let_go(store: Store) -> None:
    columns = (("col", "text"), ("col", "status"))
    assert prefer(store, "王五", Preference.COLUMNS, columns) == ()
    assert preferred(store, "王五", Preference.COLUMNS) == columns
    assert preferred(store, "王五", Preference.FIRST_LIST) == preferred(store, "李四", Preference.COLUMNS) == ()
    assert prefer(store, "王五", Preference.COLUMNS, ()) == columns
    assert preferred(store, "王五", Preference.COLUMNS) == ()
