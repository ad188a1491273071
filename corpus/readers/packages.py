"""Zip packages (docx, ofd): checked for bombs before anything is unpacked."""

from __future__ import annotations

import zipfile
import zlib
from pathlib import Path

from corpus.readers.limits import MIB, Limits
from models.errors import Unreadable, UnreadableDocument

# Small parts of office files squeeze better than 100:1 quite honestly (empty styles, settings).
_RATIO_FLOOR = 8 * MIB
_DOCTYPES = tuple("<!DOCTYPE".encode(code) for code in ("ascii", "utf-16-le", "utf-16-be"))
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, OSError)


def member_names(path: Path, limits: Limits) -> list[str]:
    """The names of a package's members, its size and shape checked.

    Raises DAMAGED (cut or broken), ENCRYPTED (zip password), TOO_LARGE (beyond the limits' members, bytes or ratio).
    """
    try:
        with zipfile.ZipFile(path) as package:
            _check(package.infolist(), path, limits)
            return package.namelist()
    except _BROKEN as error:
        raise UnreadableDocument(path.name, Unreadable.DAMAGED, f"broken zip: {error}") from error


def _check(members: list[zipfile.ZipInfo], path: Path, limits: Limits) -> None:
    if len(members) > limits.members:
        raise UnreadableDocument(
            path.name, Unreadable.TOO_LARGE, f"里面有 {len(members)} 个文件，上限 {limits.members} 个"
        )
    if any(member.flag_bits & 1 for member in members):
        raise UnreadableDocument(path.name, Unreadable.ENCRYPTED, "zip with a password")
    unpacked = sum(member.file_size for member in members)
    if unpacked > limits.unpacked:
        raise UnreadableDocument(path.name, Unreadable.TOO_LARGE, f"解开有 {unpacked:,} 字节，上限 {limits.unpacked:,}")
    for member in members:
        if member.file_size > max(_RATIO_FLOOR, limits.ratio * member.compress_size):
            raise UnreadableDocument(
                path.name, Unreadable.TOO_LARGE, f"{member.filename} 解开会大出 {limits.ratio} 倍以上"
            )


def xml_parts(path: Path, limits: Limits) -> dict[str, bytes]:
    """The XML parts of an office package by name, none of them with a DOCTYPE (OOXML forbids it, so it means harm).

    Raises what `member_names` raises, DOCTYPE, and DAMAGED where a part's checksum fails.
    """
    parts: dict[str, bytes] = {}
    try:
        with zipfile.ZipFile(path) as package:
            _check(package.infolist(), path, limits)
            for name in package.namelist():
                if name.lower().endswith((".xml", ".rels")):
                    parts[name] = package.read(name)
    except _BROKEN as error:
        raise UnreadableDocument(path.name, Unreadable.DAMAGED, f"broken zip: {error}") from error
    for name, data in parts.items():
        if any(doctype in data for doctype in _DOCTYPES):
            raise UnreadableDocument(path.name, Unreadable.DOCTYPE, name)
    return parts
