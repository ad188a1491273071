"""`duban evaluate`: how right the readings are, against annotated documents."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from flows.cli_common import Format, Shown, console, write_json

if TYPE_CHECKING:
    from models.scores import Change, Evaluation, Floors, Part

_NAMED = 6  # how many figures that would fall are named in one sentence


class Split(StrEnum):
    """Which documents may be chosen, as `corpus.gold.records.Split` has it."""

    TRAIN = "train"
    DEV = "dev"
    HELDOUT = "heldout"


def evaluate(
    folder: Annotated[
        Path | None,
        typer.Argument(metavar="DIR", help="标注好的文件夹（NAME.txt 加 NAME.gold.json）。", show_default="自带的语料"),
    ] = None,
    split: Annotated[Split | None, typer.Option("--split", help="只算这一部分。", show_default="各部分都算")] = None,
    errors: Annotated[bool, typer.Option("--errors", help="列出差错的句子、规则。")] = False,
    pin: Annotated[bool, typer.Option("--pin", help="钉住结果，作为底线。")] = False,
    allow_lower: Annotated[
        str | None,
        typer.Option("--allow-lower", metavar="REASON", help="允许降低底线的理由。"),
    ] = None,
    stories: Annotated[
        bool, typer.Option("--stories", help="量跟踪：成套文件里的佐证、状态、诉求覆盖、进展。")
    ] = False,
    report: Annotated[
        Path | None, typer.Option("--report", metavar="FILE", help="把结果写成一页说明（Markdown）。")
    ] = None,
    format: Format = Shown.TABLE,
) -> None:
    """拿标注好的文件量一量读得准不准：各类的查准率、查全率、F1，各项读对的比例，比钉住时好了还是差了。

    留出（heldout）的文件只报总数，从不列差错。
    """
    _check(folder, split, pin, allow_lower, report)
    from corpus.gold.records import GOLD
    from flows.evaluate import GoldUnreadable, evaluate
    from models.scores import Part

    if stories and report:
        raise typer.BadParameter("--report 只写读得准不准那一页", param_hint="--stories")
    place = folder or (GOLD / "stories" if stories else GOLD)
    measure = _of_stories if stories else evaluate
    try:
        found = measure(place, Part(split.value) if split else None)
    except GoldUnreadable as error:
        raise typer.BadParameter(str(error), param_hint="DIR") from None
    _show(found, errors, format)
    if pin:
        found = replace(found, pinned=_pin(found, place, allow_lower or ""))
    if report:
        _write(found, report)


def _of_stories(folder: Path, only: Part | None) -> Evaluation:
    from flows.evaluate_stories import evaluate_stories

    return evaluate_stories(folder, only)


def _check(folder: Path | None, split: Split | None, pin: bool, reason: str | None, report: Path | None) -> None:
    if folder and not folder.is_dir():
        raise typer.BadParameter(f"找不到文件夹 {folder}", param_hint="DIR")
    if split and (pin or report):
        raise typer.BadParameter("--pin 和 --report 要各部分都算", param_hint="--split")
    if reason is not None and not (pin and reason.strip()):
        raise typer.BadParameter("要和 --pin 一起用，并写明理由", param_hint="--allow-lower")


def _show(found: Evaluation, errors: bool, format: Shown) -> None:
    from outputs.accuracy import evaluation_record, show_evaluation, show_mistakes

    if format is Shown.JSON:
        write_json(evaluation_record(found, errors))
        return
    show_evaluation(console(), found)
    if errors:
        show_mistakes(console(), found)


def _pin(found: Evaluation, folder: Path, reason: str) -> Floors:
    from flows.evaluate import FloorsLowered, GoldUnreadable, pin

    try:
        floors = pin(found, folder, reason)
    except FloorsLowered as error:
        told = "；".join(map(_fall, error.changes[:_NAMED])) + ("…" if len(error.changes) > _NAMED else "")
        sentence = f'会降低 {len(error.changes)} 项底线：{told}。确要降低，用 --allow-lower "理由"'
        raise typer.BadParameter(sentence, param_hint="--pin") from None
    except GoldUnreadable as error:
        raise typer.BadParameter(str(error), param_hint="--pin") from None
    except OSError as error:
        raise typer.BadParameter(f"写不了 {folder}（{error.strerror}）", param_hint="--pin") from None
    typer.echo(f"已钉住：{folder / 'floors.yaml'}", err=True)
    return floors


def _fall(change: Change) -> str:
    """A figure that would fall: 留出 commitments 95.1 → 94.0."""
    from outputs.phrases import phrase

    before, after = (f"{score.f1 * 100:.1f}" if score else "无" for score in (change.before, change.after))
    return f"{phrase(change.part)} {change.name} {before} → {after}"


def _write(found: Evaluation, path: Path) -> None:
    from outputs.accuracy_page import accuracy_page

    try:
        path.write_text(accuracy_page(found), encoding="utf-8")
    except OSError as error:
        raise typer.BadParameter(f"写不了 {path}（{error.strerror}）", param_hint="--report") from None
    typer.echo(f"已写到 {path}。", err=True)
