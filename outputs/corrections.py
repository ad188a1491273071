"""What people corrected, as cases for the tests: whoever clicks “wrong” writes down how it is to be read.

The two lists have the form of the tables in tests/cases: a sentence in the named part of a letter and the label that it
should get; a promise, a passage of a later paper, and the relation that it should have.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from models.documents import Kind, Zone
from outputs.phrases import phrase

if TYPE_CHECKING:
    from models.corrected import Corrected, Judged

_WHERE = {Zone.ANSWER: "asked", Zone.DONE: "done", Zone.PLANNED: "planned", Zone.CLOSING: "closing"}
_PAPERS = {Kind.NEWS: "news", Kind.PLAN: "plan", Kind.REGULATION: "rules"}
_HEAD = """\
# 人更正过的读法和认定过的佐证，一行一个，可以拿去作规则的测试句（tests/cases 的格式）。
# 里面是文件的原话：拿出这台机器以前，先看有没有不该外传的。
"""


def corrections(readings: Iterable[Corrected], passages: Iterable[Judged]) -> str:
    """All of it as YAML: `commitments`, `links`."""
    told = [*_listed("commitments", map(_reading, readings)), *_listed("links", map(_passage, passages))]
    return _HEAD + "\n".join(told) + "\n"


def _listed(name: str, cases: Iterable[dict[str, object]]) -> list[str]:
    lines = [f"- {_flow(case)}" for case in cases]
    return [f"{name}:", *lines] if lines else [f"{name}: []"]


def _reading(one: Corrected) -> dict[str, object]:
    commitment, right = one.row.commitment, one.right
    promised = right.get("promise", "yes") != "no"
    return {
        "id": str(one.row.id),
        "where": _WHERE.get(one.zone, "plain") if one.zone else "plain",
        "text": commitment.span.text,
        "expected": f"C.{right.get('strength', commitment.strength.value)}" if promised else "N",
        **{name: right[name] for name in ("deadline", "responsible") if name in right},
        "read": f"C.{commitment.strength.value}",
        "rule": commitment.rule,
        "reason": one.decision.why or phrase(one.decision.kind),
        "by": one.decision.who,
    }


def _passage(one: Judged) -> dict[str, object]:
    link = one.evidence.link
    right = one.decision.kind.value == "confirm_link"
    return {
        "id": str(one.evidence.id),
        "promise": one.row.commitment.span.text,
        "paper": _PAPERS.get(one.evidence.document.identity.kind, "report"),
        "evidence": link.span.text,
        "relation": link.relation.value if right else None,
        "read": f"{link.relation.value}, {link.certainty.value}",
        "reason": one.decision.why or phrase(one.decision.kind),
        "by": one.decision.who,
    }


def _flow(case: dict[str, object]) -> str:
    import yaml

    return str(yaml.safe_dump(case, default_flow_style=True, allow_unicode=True, sort_keys=False, width=10**9)).strip()
