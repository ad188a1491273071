"""What the README says exists; what exists is in the README or the page that it links to."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
import typer

from flows.cli import app
from outputs import phrases  # noqa: F401  the wording must at least load

COMMAND = typer.main.get_command(app)


def pages(root: Path) -> str:
    """README and the pages it links to, as one text."""
    readme = (root / "README.md").read_text(encoding="utf-8")
    linked = re.findall(r"\]\((docs/[\w.-]+\.md)\)", readme)
    return "\n".join([readme, *((root / page).read_text(encoding="utf-8") for page in linked)])


def commands() -> list[tuple[str, object]]:
    """Every command of the command line with its click object."""
    found = getattr(COMMAND, "commands", {})
    return sorted(found.items())


@pytest.mark.parametrize(("name", "command"), commands(), ids=[name for name, _ in commands()])
def test_every_command_and_option_is_documented(name: str, command: object, root: Path) -> None:
    text = pages(root)
    assert f"duban {name}" in text, f"`duban {name}` is in no page"
    for parameter in getattr(command, "params", []):
        for option in parameter.opts:
            if option.startswith("--") and option != "--help":
                assert option in text, f"`duban {name} {option}` is in no page"
    assert getattr(command, "help", None), f"`duban {name}` has no help text"


def test_every_command_that_the_pages_name_exists(root: Path) -> None:
    known = {name for name, _ in commands()}
    named = set(re.findall(r"(?:^|[\s`/])duban ([a-z]+)", pages(root)))
    assert named <= known, f"named but not there: {sorted(named - known)}"


def test_every_make_target_that_the_pages_name_exists(root: Path) -> None:
    targets = set(re.findall(r"^([a-z]+):", (root / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    named = set(re.findall(r"`make ([a-z]+)", pages(root)))
    assert named <= targets


def test_every_link_between_the_pages_leads_somewhere(root: Path) -> None:
    for page in [root / "README.md", root / "CONTRIBUTING.md", *(root / "docs").glob("*.md")]:
        for target in re.findall(r"\]\(([^)#]+)\)", page.read_text(encoding="utf-8")):
            if "://" not in target:
                assert (page.parent / target).exists(), f"{page.name} links to {target}"


def test_help_needs_none_of_the_heavy_libraries() -> None:
    heavy = [
        "prefect",
        "spacy",
        "jieba",
        "sklearn",
        "sqlalchemy",
        "trafilatura",
        "docx",
        "openpyxl",
        "pdfplumber",
        "pydantic",
    ]
    code = f"import sys, flows.cli; print([name for name in {heavy!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
