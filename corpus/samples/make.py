"""Prints the samples: `python -m corpus.samples.make [FOLDER]`.

Writes files/ and forms/ from sources/ and manifest.yaml. The same sources always give the same files: all clocks in
them are fixed.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import yaml

from corpus.samples import letters, ofd, offices, pages, prints

HERE = Path(__file__).parent
FORMS = ("docx", "pdf", "ofd", "html", "txt")


def read_manifest() -> dict[str, Any]:
    """manifest.yaml: `files`, `unreadable` and `forms`."""
    manifest: dict[str, Any] = yaml.safe_load((HERE / "manifest.yaml").read_text(encoding="utf-8"))
    return manifest


def write_sample(lines: tuple[letters.Line, ...], form: str, path: Path, options: dict[str, Any] | None = None) -> None:
    """One text in one form (docx, pdf, ofd, html, txt), with the options that manifest.yaml explains.

    ValueError: no such form.
    """
    chosen = options or {}
    if form == "docx":
        offices.write_docx(lines, path, chosen.get("numbering", False), chosen.get("footnote"), chosen.get("deleted"))
    elif form == "pdf":
        prints.write_pdf(lines, path, chosen.get("header"))
    elif form == "ofd":
        ofd.write_ofd(lines, path, chosen.get("header"))
    elif form == "html":
        pages.write_html(
            lines, path, chosen.get("page", "portal"), chosen.get("encoding", "utf-8"), chosen.get("published")
        )
    elif form == "txt":
        pages.write_txt(
            lines, path, chosen.get("encoding", "utf-8"), chosen.get("wrap"), chosen.get("newline") == "crlf"
        )
    else:
        raise ValueError(f"{path.name}: no such form: {form}")


def write_all(folder: Path) -> list[Path]:
    """Every file of the manifest below `folder`: files/ (the city's documents), forms/ (four letters in every form)."""
    manifest = read_manifest()
    written = []
    for entry in manifest["files"]:
        path = _in(folder / "files", entry["file"])
        write_sample(letters.read_source(entry["source"]), entry["form"], path, entry)
        written.append(path)
    for entry in manifest["unreadable"]:
        path = _in(folder / "files", entry["file"])
        if entry["reason"] == "encrypted":
            prints.write_pdf(letters.read_source(entry["source"]), path, password="jinchuan")
        else:
            prints.write_scan(path)
        written.append(path)
    for source in manifest["forms"]:
        for form in FORMS:
            path = _in(folder / "forms", f"{source}.{form}")
            write_sample(letters.read_source(source), form, path, {"numbering": True})
            written.append(path)
    return written


def _in(folder: Path, name: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    return folder / name


if __name__ == "__main__":
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else HERE
    print(f"{len(write_all(target))} files below {target}")
