"""Hostile and broken files, each made by a function and each with the one reason that reading must end in.

`python tests/documents/specimens.py FOLDER` writes them all. None is large: what unpacks to much is small itself.
"""

from __future__ import annotations

import io
import random
import struct
import sys
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

LETTER = "关于加快修缮古渡口的答复\n某某代表：\n您提出的建议收悉。现答复如下：\n我局将于明年6月底前修好两处码头。\n"
PAGE = "<!doctype html><html><head><title>答复</title></head><body><p>我局将修好码头。</p></body></html>"

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/></Types>'
)
_ROOT_RELS = (
    '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    f'<Relationship Id="rId1" Type="{REL}/officeDocument" Target="word/document.xml"/></Relationships>'
)


@dataclass(frozen=True)
class Specimen:
    """A file's name, what is in it, and the reason it can't be read (the value of models.errors.Unreadable)."""

    name: str
    reason: str
    content: Callable[[], bytes]


def document_xml(body: str, head: str = '<?xml version="1.0" encoding="UTF-8"?>') -> str:
    """A document part with this body."""
    return f'{head}<w:document xmlns:w="{W}" xmlns:r="{REL}"><w:body>{body}</w:body></w:document>'


def package(parts: dict[str, str | bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip of these parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", compression) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


def word(document: str | bytes | None = None, **others: str | bytes) -> bytes:
    """A small .docx; `others` are further parts of the word/ folder (numbering=..., styles=..., footnotes=...)."""
    if document is None:
        document = document_xml("".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in LETTER.split("\n")))
    relations = "".join(
        f'<Relationship Id="r{name}" Type="{REL}/{name}" Target="{name}.xml"/>' for name in others if "/" not in name
    )
    rels = f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{relations}</Relationships>'
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": _TYPES, "_rels/.rels": _ROOT_RELS, "word/document.xml": document,
        "word/_rels/document.xml.rels": rels,
    }  # fmt: skip
    return package(parts | {f"word/{name}.xml": data for name, data in others.items()})


def pdf(stream: bytes, extra: bytes = b"", resources: bytes = b"") -> bytes:
    """A one-page PDF with this content stream, and further objects from number 5 on."""
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<<" + resources + b">>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream),
    ]  # fmt: skip
    out = io.BytesIO(b"%PDF-1.5\n")
    out.seek(0, 2)
    places = []
    for number, content in enumerate(objects, 1):
        places.append(out.tell())
        out.write(b"%d 0 obj%s endobj\n" % (number, content))
    if extra:
        places.append(out.tell())
        out.write(b"5 0 obj" + extra + b" endobj\n")
    table = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(places) + 1))
    out.write(b"".join(b"%010d 00000 n \n" % place for place in places))
    out.write(b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(places) + 1, table))
    return out.getvalue()


def scan() -> bytes:
    """A page that is one picture."""
    grey = zlib.compress(bytes(200) * 280)
    image = (
        b"<</Type/XObject/Subtype/Image/Width 200/Height 280/ColorSpace/DeviceGray/BitsPerComponent 8"
        b"/Filter/FlateDecode/Length %d>>stream\n%s\nendstream" % (len(grey), grey)
    )
    return pdf(b"q 595 0 0 842 0 0 cm /I Do Q", image, b"/XObject<</I 5 0 R>>")


def locked_pdf() -> bytes:
    """A PDF that asks for a password."""
    from reportlab.lib.pdfencrypt import StandardEncryption
    from reportlab.pdfgen.canvas import Canvas

    out = io.BytesIO()
    canvas = Canvas(out, encrypt=StandardEncryption("geheim", ownerPassword="owner"))
    canvas.drawString(72, 720, "secret")
    canvas.save()
    return out.getvalue()


def container(*streams: str) -> bytes:
    """The outside of an Office 97 container with streams of these names."""
    names = b"".join(name.encode("utf-16-le").ljust(128, b"\0") for name in streams)
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + names


def rubbish(length: int = 4096) -> bytes:
    """Bytes that are nothing."""
    return random.Random(7).randbytes(length)


def _zip_with_password() -> bytes:
    data = bytearray(word())
    for mark, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = data.find(mark)
        while place >= 0:
            data[place + flags] |= 1
            place = data.find(mark, place + 4)
    return bytes(data)


def _lying_zip() -> bytes:
    """A member that says it is a hundred gigabytes long."""
    data = bytearray(word())
    place = data.find(b"PK\x01\x02")
    data[place + 24 : place + 28] = struct.pack("<I", 0xFFFFFFF0)
    return bytes(data)


def _corrupt_member() -> bytes:
    data = bytearray(word())
    name = b"word/document.xml"
    place = data.find(name) + len(name)
    data[place + 12 : place + 24] = b"\xff" * 12
    return bytes(data)


_BOMB_XML = document_xml("<w:p><w:r><w:t>" + "年" * 12_000_000 + "</w:t></w:r></w:p>")
_LAUGHS = (
    '<!DOCTYPE x [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True))
    + "]>"
)
_EXTERNAL = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]>'
_PARAMETER = '<!DOCTYPE x [<!ENTITY % p SYSTEM "http://localhost:1/x.dtd"> %p;]>'
_DELETED = "<w:del><w:r><w:delText>删去</w:delText></w:r></w:del>"
_ONE = "<w:p><w:r><w:t>&i;</w:t></w:r></w:p>"
_GB_PAGE = PAGE.replace("<head>", '<head><meta charset="gb2312">').encode("gb18030")

SPECIMENS = (
    Specimen("zero.txt", "empty", lambda: b""),
    Specimen("zero.docx", "empty", lambda: b""),
    Specimen("zero.pdf", "empty", lambda: b""),
    Specimen("blanks.txt", "no_text", lambda: "\u3000\n \r\n\t".encode()),
    Specimen("only-a-mark.txt", "no_text", lambda: b"\xef\xbb\xbf"),
    Specimen("invisible.txt", "no_text", lambda: "\u200b\u2060\ufeff\n".encode()),
    Specimen("rubbish.txt", "binary", rubbish),
    Specimen("rubbish-even.txt", "binary", lambda: random.Random(1).randbytes(4000)),
    Specimen("zeros.txt", "binary", lambda: bytes(500)),
    Specimen("nul-in-text.txt", "binary", lambda: LETTER.encode() + b"\0" * 50),
    Specimen("rubbish.html", "binary", rubbish),
    Specimen("rubbish.unknown", "binary", rubbish),
    Specimen("rubbish.docx", "damaged", rubbish),
    Specimen("rubbish.pdf", "damaged", rubbish),
    Specimen("program.txt", "mislabelled", lambda: b"MZ" + rubbish()),
    Specimen("page.txt", "mislabelled", lambda: PAGE.encode()),
    Specimen("page.pdf", "mislabelled", lambda: PAGE.encode()),
    Specimen("page.docx", "mislabelled", lambda: _GB_PAGE),
    Specimen("text.docx", "mislabelled", lambda: LETTER.encode("gb18030")),
    Specimen("text.pdf", "mislabelled", lambda: LETTER.encode()),
    Specimen("text.html", "mislabelled", lambda: LETTER.encode()),
    Specimen("word.pdf", "mislabelled", word),
    Specimen("word.txt", "mislabelled", word),
    Specimen("word.doc", "mislabelled", word),
    Specimen("pdf.docx", "mislabelled", lambda: pdf(b"")),
    Specimen("pdf.txt", "mislabelled", lambda: pdf(b"")),
    Specimen("word97.docx", "mislabelled", lambda: container("Root Entry", "WordDocument")),
    Specimen("sheet.docx", "mislabelled", lambda: package({"[Content_Types].xml": _TYPES, "xl/workbook.xml": "<x/>"})),
    Specimen("zip.docx", "mislabelled", lambda: package({"readme.md": "nothing"})),
    Specimen("cut-zip.txt", "mislabelled", lambda: word()[:300]),
    Specimen("rtf.docx", "mislabelled", lambda: b"{\\rtf1\\ansi letter}"),
    Specimen("rtf.doc", "mislabelled", lambda: b"{\\rtf1\\ansi letter}"),
    Specimen("picture.pdf", "mislabelled", lambda: b"\x89PNG\r\n\x1a\n" + bytes(60)),
    Specimen("letter.doc", "damaged", lambda: container("Root Entry", "WordDocument")),
    Specimen("letter.wps", "damaged", lambda: container("Root Entry", "WordDocument")),
    Specimen("works.wps", "unsupported", lambda: container("Root Entry", "MatOST")),
    Specimen("table.xls", "unsupported", lambda: container("Root Entry", "Workbook")),
    Specimen("table.xlsx", "unsupported", lambda: package({"xl/workbook.xml": "<x/>"})),
    Specimen("letter.ofd", "damaged", lambda: package({"OFD.xml": "<x/>"})),
    Specimen("letter.rtf", "unsupported", lambda: b"{\\rtf1\\ansi letter}"),
    Specimen("letters.zip", "unsupported", lambda: package({"a.txt": LETTER})),
    Specimen("letters.rar", "unsupported", lambda: b"Rar!\x1a\x07\x00" + bytes(20)),
    Specimen("seal.png", "unsupported", lambda: b"\x89PNG\r\n\x1a\n" + bytes(60)),
    Specimen("photo.jpg", "unsupported", lambda: b"\xff\xd8\xff\xe0" + rubbish(200)),
    Specimen("page.mht", "unsupported", lambda: b"MIME-Version: 1.0\nContent-Type: multipart/related\n\nx"),
    Specimen("container.bin", "unsupported", lambda: container("Root Entry")),
    Specimen("cut-early.docx", "damaged", lambda: word()[:200]),
    Specimen("cut-late.docx", "damaged", lambda: word()[:-30]),
    Specimen("lying.docx", "too_large", _lying_zip),
    Specimen("corrupt-member.docx", "damaged", _corrupt_member),
    Specimen("no-document.docx", "damaged", lambda: package({"[Content_Types].xml": _TYPES, "word/x.xml": "<x/>"})),
    Specimen("broken-xml.docx", "damaged", lambda: word(document_xml("<w:p><w:r>"))),
    Specimen("deep-xml.docx", "damaged", lambda: word(document_xml("<w:p>" * 5000 + "</w:p>" * 5000))),
    Specimen("other-root.docx", "damaged", lambda: word("<x/>")),
    Specimen("no-words.docx", "no_text", lambda: word(document_xml("<w:p/>"))),
    Specimen("all-deleted.docx", "no_text", lambda: word(document_xml(f"<w:p>{_DELETED}</w:p>"))),
    Specimen("picture.docx", "scanned", lambda: word(document_xml("<w:p/>"), image="<x/>")),
    Specimen("entities.docx", "doctype", lambda: word(document_xml(_ONE, _LAUGHS))),
    Specimen("external-entity.docx", "doctype", lambda: word(document_xml(_ONE.replace("&i;", "&e;"), _EXTERNAL))),
    Specimen("parameter-entity.docx", "doctype", lambda: word(document_xml("<w:p/>", _PARAMETER))),
    Specimen("empty-doctype.docx", "doctype", lambda: word(document_xml("<w:p/>", "<!DOCTYPE x>"))),
    Specimen("doctype-utf16.docx", "doctype", lambda: word(document_xml(_ONE, "<!DOCTYPE x>").encode("utf-16"))),
    Specimen("doctype-in-styles.docx", "doctype", lambda: word(styles="<!DOCTYPE x []><x/>")),
    Specimen("doctype-in-rels.docx", "doctype", lambda: _rels_with_doctype()),
    Specimen("password.docx", "encrypted", lambda: container("Root Entry", "EncryptionInfo", "EncryptedPackage")),
    Specimen("zip-password.docx", "encrypted", _zip_with_password),
    Specimen("bomb.docx", "too_large", lambda: word(_BOMB_XML)),
    Specimen("many-members.docx", "too_large", lambda: word(**{f"a/{number}": "<x/>" for number in range(2100)})),
    Specimen("password.pdf", "encrypted", locked_pdf),
    Specimen("cut.pdf", "damaged", lambda: pdf(b"BT ET")[:150]),
    Specimen("only-head.pdf", "damaged", lambda: b"%PDF-1.7\n"),
    Specimen("head-and-rubbish.pdf", "damaged", lambda: b"%PDF-1.4\n" + rubbish()),
    Specimen("scan.pdf", "scanned", scan),
    Specimen("blank.pdf", "no_text", lambda: pdf(b"")),
    Specimen("script-alone.html", "no_text", lambda: b"<html><body><script>var a = 1;</script></body></html>"),
    Specimen("hidden.html", "no_text", lambda: "<html><body><p style='display:none'>看不见</p></body></html>".encode()),
)  # fmt: skip


def _rels_with_doctype() -> bytes:
    return package(
        {
            "[Content_Types].xml": _TYPES,
            "_rels/.rels": "<!DOCTYPE x>" + _ROOT_RELS[21:],
            "word/document.xml": document_xml("<w:p/>"),
        }
    )


def main() -> None:
    """Write every specimen into the folder named on the command line."""
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    for specimen in SPECIMENS:
        (folder / specimen.name).write_bytes(specimen.content())


if __name__ == "__main__":
    main()
