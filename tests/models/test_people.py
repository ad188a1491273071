"""Accounts, passwords, logins, tokens: who gets in, for how long, and who no longer."""

from __future__ import annotations

import time
from datetime import datetime, timedelta
from pathlib import Path
from statistics import median

import pytest
import sqlalchemy as sa
import yaml

from models.account_tables import old_passwords, sessions, users
from models.accounts import (
    add_user,
    disable,
    enable,
    first_user,
    has_users,
    is_password_old,
    list_users,
    new_setup_token,
    set_password,
    set_role,
    user_named,
)
from models.errors import LoginRefused, WrongAccount
from models.logins import (
    Limits,
    api_token_of,
    list_api_tokens,
    log_in,
    log_out,
    new_api_token,
    revoke_api_token,
    session_of,
)
from models.passwords import Policy, check_choice, hash_password, is_right
from models.people import Scope, User, UserRole
from models.store import Store

CASES = yaml.safe_load((Path(__file__).parent.parent / "cases" / "passwords.yaml").read_text(encoding="utf-8"))
PASSWORD, OTHER = "Lanshi-7-dengta", "Haimian-9-qiaotou"
HERE = "10.0.0.7"


@pytest.fixture
def wangwu(store: Store, now: datetime) -> User:
    """A reviewer."""
    return add_user(store, "王五", UserRole.REVIEWER, PASSWORD, policy=Policy.DENGBAO2, now=now)


def fails(store: Store, name: str, now: datetime, address: str = HERE, password: str = "wrong") -> LoginRefused:
    with pytest.raises(LoginRefused) as refused:
        log_in(store, name, password, address=address, now=now)
    return refused.value


@pytest.mark.parametrize("policy", list(Policy))
@pytest.mark.parametrize("case", CASES, ids=[case["text"] or "empty" for case in CASES])
def test_a_password_may_be_chosen_or_is_refused_with_the_reason(case: dict[str, str | None], policy: Policy) -> None:
    expected = case[policy.value]
    if expected is None:
        check_choice(case["text"] or "", "wangwu", policy)
        return
    with pytest.raises(WrongAccount, match=expected):
        check_choice(case["text"] or "", "wangwu", policy)


def test_there_are_cases_enough_for_both_presets() -> None:
    assert len(CASES) >= 40
    for policy in Policy:
        assert sum(case[policy.value] is None for case in CASES) >= 4


def test_a_password_that_is_too_long_is_refused() -> None:
    with pytest.raises(WrongAccount, match="最多"):
        check_choice("Aa1-" + "石桥" * 100, "wangwu", Policy.ASVS)


def test_passwords_are_kept_as_argon2id_with_the_parameters_that_owasp_names() -> None:
    kept = hash_password(PASSWORD)
    assert kept.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert is_right(kept, PASSWORD)
    assert not is_right(kept, PASSWORD + "x")
    assert not is_right(None, "nobody's")
    assert not is_right("not a hash", PASSWORD)


def test_a_password_is_the_same_however_its_letters_are_composed() -> None:
    assert is_right(hash_password("Cafe\u0301-石桥-77"), "Caf\u00e9-石桥-77")


def test_there_is_no_account_to_begin_with(store: Store) -> None:
    assert not has_users(store)
    assert list_users(store) == []


def test_a_name_is_taken_in_any_case_and_width(store: Store, wangwu: User, now: datetime) -> None:
    add_user(store, "Li.Si", UserRole.VIEWER, PASSWORD, policy=Policy.DENGBAO2, now=now)
    for name in ("王五", "li.si", "ＬＩ.ＳＩ".replace("Ｌ", "L").replace("Ｉ", "I").replace("Ｓ", "S")):
        with pytest.raises(WrongAccount, match="已经有"):
            add_user(store, name, UserRole.VIEWER, PASSWORD, policy=Policy.DENGBAO2, now=now)
    assert user_named(store, "LI.si").name == "Li.Si"


@pytest.mark.parametrize("name", ["", "王", "a b", "<script>", "a" * 33, "a\nb", "../x", "王五\0", "=cmd"])
def test_a_name_that_cannot_be_one_is_refused(name: str, store: Store, now: datetime) -> None:
    with pytest.raises(WrongAccount, match="用户名要"):
        add_user(store, name, UserRole.VIEWER, PASSWORD, policy=Policy.DENGBAO2, now=now)


def test_the_first_token_makes_one_administrator_once(store: Store, now: datetime) -> None:
    old = new_setup_token(store, now=now)
    token = new_setup_token(store, now=now)

    def first(given: str, name: str = "甲乙", later: timedelta = timedelta(minutes=1)) -> User:
        return first_user(store, given, name, PASSWORD, policy=Policy.DENGBAO2, now=now + later)

    for wrong in ("", "guess", old):
        with pytest.raises(WrongAccount, match="口令不对"):
            first(wrong)
    with pytest.raises(WrongAccount, match="口令不对"):
        first(token, later=timedelta(minutes=31))
    assert first(token).role is UserRole.ADMIN
    with pytest.raises(WrongAccount, match="口令不对"):
        first(token, "丙丁")
    with pytest.raises(WrongAccount, match="口令不对"):
        first(new_setup_token(store, now=now), "丙丁")
    assert len(list_users(store)) == 1


def test_the_last_administrator_stays(store: Store, wangwu: User, now: datetime) -> None:
    add_user(store, "甲乙", UserRole.ADMIN, PASSWORD, policy=Policy.DENGBAO2, now=now)
    with pytest.raises(WrongAccount, match="管理员"):
        disable(store, "甲乙", now=now)
    with pytest.raises(WrongAccount, match="管理员"):
        set_role(store, "甲乙", UserRole.VIEWER)
    set_role(store, "王五", UserRole.ADMIN)
    assert disable(store, "甲乙", now=now).disabled == now


def test_the_last_five_passwords_are_not_taken_again(store: Store, wangwu: User, now: datetime) -> None:
    used = [PASSWORD, *(f"Haimian-{n}-qiaotou" for n in range(11, 16))]
    for password in used[1:]:
        set_password(store, "王五", password, policy=Policy.DENGBAO2, now=now)
    for password in used[1:]:
        with pytest.raises(WrongAccount, match="最近 5 次"):
            set_password(store, "王五", password, policy=Policy.DENGBAO2, now=now)
    set_password(store, "王五", used[0], policy=Policy.DENGBAO2, now=now)


def test_a_password_is_old_after_ninety_days_where_the_preset_says_so(wangwu: User, now: datetime) -> None:
    assert not is_password_old(wangwu, Policy.DENGBAO2, now + timedelta(days=90))
    assert is_password_old(wangwu, Policy.DENGBAO2, now + timedelta(days=90, seconds=1))
    assert not is_password_old(wangwu, Policy.ASVS, now + timedelta(days=900))


def test_logging_in_gives_a_session_that_the_browser_alone_can_name(store: Store, wangwu: User, now: datetime) -> None:
    token, session = log_in(store, "王五", PASSWORD, address=HERE, now=now)
    assert session.user.name == "王五"
    assert session_of(store, token, limits=Limits(), now=now) == session
    assert session_of(store, session.digest, limits=Limits(), now=now) is None
    assert session_of(store, "", limits=Limits(), now=now) is None
    with store.reading() as connection:
        assert token not in str(connection.execute(sa.select(sessions)).all())


def test_a_session_ends_after_fifteen_idle_minutes_and_after_ten_hours(
    store: Store, wangwu: User, now: datetime
) -> None:
    token, _ = log_in(store, "王五", PASSWORD, address=HERE, now=now)
    at = now
    while at - now < timedelta(hours=10):
        at += timedelta(minutes=14)
        alive = session_of(store, token, limits=Limits(), now=at)
        assert (alive is not None) == (at - now <= timedelta(hours=10))
    token, _ = log_in(store, "王五", PASSWORD, address=HERE, now=at)
    assert session_of(store, token, limits=Limits(), now=at + timedelta(minutes=15, seconds=1)) is None


def test_logging_out_ends_the_session_here(store: Store, wangwu: User, now: datetime) -> None:
    token, session = log_in(store, "王五", PASSWORD, address=HERE, now=now)
    log_out(store, session)
    assert session_of(store, token, limits=Limits(), now=now) is None


def test_a_new_password_ends_every_other_session(store: Store, wangwu: User, now: datetime) -> None:
    here, session = log_in(store, "王五", PASSWORD, address=HERE, now=now)
    there, _ = log_in(store, "王五", PASSWORD, address="10.0.0.8", now=now)
    set_password(store, "王五", OTHER, policy=Policy.DENGBAO2, now=now, keep=[session.digest])
    assert session_of(store, here, limits=Limits(), now=now) is not None
    assert session_of(store, there, limits=Limits(), now=now) is None
    fails(store, "王五", now, password=PASSWORD)


def test_a_disabled_account_is_out_at_once_and_back_when_enabled(store: Store, wangwu: User, now: datetime) -> None:
    add_user(store, "甲乙", UserRole.ADMIN, PASSWORD, policy=Policy.DENGBAO2, now=now)
    token, _ = log_in(store, "王五", PASSWORD, address=HERE, now=now)
    key, _ = new_api_token(store, wangwu, "大屏", Scope.READ, expires=now + timedelta(days=1), now=now)
    disable(store, "王五", now=now)
    assert session_of(store, token, limits=Limits(), now=now) is None
    assert api_token_of(store, key, now=now) is None
    fails(store, "王五", now, password=PASSWORD)
    enable(store, "王五")
    assert session_of(store, token, limits=Limits(), now=now) is None
    log_in(store, "王五", PASSWORD, address=HERE, now=now)


def test_five_failures_lock_an_account_for_five_minutes_then_ten(store: Store, wangwu: User, now: datetime) -> None:
    at = now
    for minutes in (5, 10, 20, 40, 60, 60):
        for _ in range(5):
            assert not fails(store, "王五", at).locked
        assert fails(store, "王五", at + timedelta(minutes=minutes, seconds=-1), password=PASSWORD).locked
        at += timedelta(minutes=minutes)
    log_in(store, "王五", PASSWORD, address=HERE, now=at)
    assert not fails(store, "王五", at).locked, "a right password clears the count"


def test_no_account_takes_more_than_a_hundred_guesses_an_hour(store: Store, wangwu: User, now: datetime) -> None:
    tried = 0
    for second in range(0, 3600, 45):
        at = now + timedelta(seconds=second)
        tried += not fails(store, "王五", at, address=f"10.1.{second // 250}.{second % 250}").locked
    assert 20 <= tried <= 40  # of 80: five, then waiting 5, 10, 20, 40 minutes


def test_a_lock_keeps_nobody_out_who_is_in(store: Store, wangwu: User, now: datetime) -> None:
    token, _ = log_in(store, "王五", PASSWORD, address=HERE, now=now)
    for _ in range(6):
        fails(store, "王五", now, address="10.9.9.9")
    assert session_of(store, token, limits=Limits(), now=now) is not None


def test_one_address_that_tries_many_names_is_locked_too(store: Store, wangwu: User, now: datetime) -> None:
    for number in range(30):
        assert not fails(store, f"somebody{number}", now).locked
    assert fails(store, "王五", now, password=PASSWORD).locked
    log_in(store, "王五", PASSWORD, address="10.0.0.8", now=now)


def test_an_unknown_name_gets_the_same_words_and_the_same_lock(store: Store, wangwu: User, now: datetime) -> None:
    known = [str(fails(store, "王五", now)) for _ in range(6)]
    unknown = [str(fails(store, "没有此人", now)) for _ in range(6)]
    assert known == unknown
    assert fails(store, "没有此人", now).locked
    assert fails(store, "没有此人", now).known is None


def test_an_unknown_name_takes_as_long(store: Store, wangwu: User, now: datetime) -> None:
    def seconds(name: str) -> float:
        taken = []
        for number in range(9):
            begun = time.perf_counter()
            fails(store, name, now + timedelta(hours=3 * number), address=f"10.0.1.{number}")
            taken.append(time.perf_counter() - begun)
        return median(taken)

    seconds("王五")  # warm
    assert seconds("没有此人") == pytest.approx(seconds("王五"), rel=0.35)  # 0.2 on a quiet machine


def test_what_failed_long_ago_is_forgotten(store: Store, wangwu: User, now: datetime) -> None:
    for _ in range(4):
        fails(store, "王五", now)
    fails(store, "王五", now + timedelta(hours=25))
    assert not fails(store, "王五", now + timedelta(hours=25)).locked


def test_a_programs_key_reaches_as_far_as_its_scope(store: Store, wangwu: User, now: datetime) -> None:
    until = now + timedelta(days=90)
    read, _ = new_api_token(store, wangwu, "大屏", Scope.READ, expires=until, now=now)
    write, made = new_api_token(store, wangwu, "接口", Scope.WRITE, expires=until, now=now)

    def role(key: str, at: datetime = now) -> UserRole | None:
        found = api_token_of(store, key, now=at)
        return found.role if found else None

    assert (role(read), role(write)) == (UserRole.VIEWER, UserRole.REVIEWER)
    assert (role("duban_guess"), role(""), role(read, until)) == (None, None, None)
    revoke_api_token(store, made.id, now=now)
    assert role(write) is None
    assert [one.revoked for one in list_api_tokens(store, wangwu)] == [None, now]
    with pytest.raises(WrongAccount):
        revoke_api_token(store, made.id, now=now)
    set_role(store, "王五", UserRole.NONE)
    assert role(read) is UserRole.NONE


def test_no_secret_is_kept_as_it_is(store: Store, wangwu: User, now: datetime) -> None:
    token, _ = log_in(store, "王五", PASSWORD, address=HERE, now=now)
    key, _ = new_api_token(store, wangwu, "大屏", Scope.READ, expires=now + timedelta(days=1), now=now)
    first = new_setup_token(store, now=now)
    fails(store, "王五", now, password="typed-by-mistake-7X")
    set_password(store, "王五", OTHER, policy=Policy.DENGBAO2, now=now)
    with store.reading() as connection:
        kept = str([connection.execute(sa.select(table)).all() for table in users.metadata.sorted_tables])
    for secret in (token, key, first, PASSWORD, OTHER, "typed-by-mistake-7X"):
        assert secret not in kept


def test_old_passwords_are_kept_as_digests(store: Store, wangwu: User, now: datetime) -> None:
    set_password(store, "王五", OTHER, policy=Policy.DENGBAO2, now=now)
    with store.reading() as connection:
        assert connection.execute(sa.select(old_passwords.c.password)).scalar_one().startswith("$argon2id$")
