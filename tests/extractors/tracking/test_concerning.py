"""What the heads of two papers tell of their places, before either is read."""

from __future__ import annotations

import pytest

from extractors.tracking.jurisdiction import may_concern
from models.documents import Identity, Kind


def head(region: str | None, code: str | None, kind: Kind = Kind.REPLY, unit: str | None = None) -> Identity:
    return Identity(kind, region=region, region_code=code, lead_unit=unit)


@pytest.mark.parametrize(
    ("theirs", "may"),
    [
        (head("敦化市", "222403"), True),
        (head("延边朝鲜族自治州敦化市", None), True),
        (head("珲春市", "222404"), False),
        (head("珲春市", None), False),
        (head("珲春市", "222404", Kind.NEWS), True),  # its body may open with 敦化
        (head("吉林省", "220000", unit="吉林省水利厅"), True),  # a promise may name it
        (head(None, None), True),
    ],
)
def test_a_letter_of_another_place_is_known_by_its_head(theirs: Identity, may: bool) -> None:
    assert may_concern(head("敦化市", "222403"), theirs) is may


def test_where_no_list_knows_a_place_only_a_listed_one_is_surely_another() -> None:
    assert may_concern(head("柳河新区", None), head("柳湖新区", None))
    assert not may_concern(head("柳河新区", None), head("敦化市", "222403"))


def test_a_ministry_may_speak_of_any_place() -> None:
    assert may_concern(head(None, None, unit="水利部"), head("敦化市", "222403"))
