"""`python -m benchmarks.specs DIR [--show N]`: the pass rate by family, one line each, the total last."""

from __future__ import annotations

import argparse
from pathlib import Path

from benchmarks.specs.cases import Answer, Case, passes, read_cases
from benchmarks.specs.families import FAMILIES

HERE = Path(__file__).resolve().parents[2]
DEFAULT = HERE.parent / "shared" / "specs" / "recognizers"


def main() -> int:
    """Prints `Family passed/total`; 2 when the folder holds no case file."""
    options = _options()
    files = sorted(options.folder.glob("*.json"))
    if not files:
        print(f"no case files (*.json) in {options.folder}")
        return 2
    passed = total = 0
    for path in files:
        score = score_file(path, options.show)
        if score is None:
            print(f"{path.stem} skipped: no adapter for this family")
            continue
        print(f"{path.stem} {score[0]}/{score[1]}")
        passed, total = passed + score[0], total + score[1]
    print(f"Total {passed}/{total}")
    return 0


def score_file(path: Path, show: int = 0) -> tuple[int, int] | None:
    """Cases passed and counted of one file; None where its family has no adapter."""
    family = FAMILIES.get(path.stem)
    if family is None:
        return None
    cases = read_cases(path)
    passed = 0
    for case in cases:
        answers = family.adapter(case)
        if passes(case, answers, family.agrees):
            passed += 1
        elif show > 0:
            show -= 1
            print(_failure(case, answers))
    return passed, len(cases)


def _failure(case: Case, answers: list[Answer]) -> str:
    said = [(case.text[answer.start : answer.end], str(answer.said)) for answer in answers]
    wanted = [(item["Text"], item.get("Resolution") or item.get("Value")) for item in case.results]
    return f"  {case.text!r} ({case.day})\n    wanted {wanted}\n    said   {said}"


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.specs", description=__doc__)
    parser.add_argument("folder", type=Path, nargs="?", default=DEFAULT, help="a folder of case files, FAMILY.json")
    parser.add_argument("--show", type=int, default=0, metavar="N", help="print up to N failures of each family")
    return parser.parse_args()


if __name__ == "__main__":
    raise SystemExit(main())
