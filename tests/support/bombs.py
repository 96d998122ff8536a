"""Files that want to hurt whoever opens them: too large inside, with programs, of two kinds at once, with bad names."""

import io
import struct
import zipfile
import zlib
from functools import cache

import pikepdf
from pikepdf import Array, Dictionary, Name
from PIL import Image

from hub.core.storage import LARGEST

WORD, SHEET = "word/document.xml", "xl/workbook.xml"
EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
ENTITIES = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]><x>&e;</x>'
BILLION = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha">' + b"".join(
    b'<!ENTITY %c "%s">' % (n + 1, b"&%c;" % n * 10) for n in range(ord("a"), ord("j"))
) + b"]><x>&j;</x>"  # fmt: skip
TEMPLATE = b'<Relationships><Relationship Type="attachedTemplate" Target="http://192.0.2.1/x" TargetMode="External"/>'
BAD_NAMES = {
    "two endings": "a.pdf.html",
    "dots and backslashes": "..\\..\\x.pdf",
    "dots and slashes": "../../../tmp/x.pdf",
    "a path from the root": "/etc/x.pdf",
    "a drive": "C:\\x.pdf",
    "three hundred letters": "x" * 300 + ".pdf",
    "turned round": "invoice\u202efdp.exe",
    "nothing but a dot": ".",
    "a line break": 'a"\r\nSet-Cookie: b=c.pdf',
}


def packed(members: dict[str, bytes | str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


def pdf(**root: pikepdf.Object) -> bytes:
    out = io.BytesIO()
    with pikepdf.new() as made:
        made.add_blank_page()
        for key, value in root.items():
            made.Root[f"/{key}"] = value
        made.save(out)
    return out.getvalue()


def _locked() -> bytes:
    out = io.BytesIO()
    with pikepdf.new() as made:
        made.add_blank_page()
        made.save(out, encryption=pikepdf.Encryption(owner="a", user="b"))
    return out.getvalue()


def _with_attachment() -> bytes:
    out = io.BytesIO()
    with pikepdf.new() as made:
        made.add_blank_page()
        made.attachments["run.exe"] = b"MZ"
        made.save(out)
    return out.getvalue()


def _of_many_objects(count: int) -> bytes:
    body = b"%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n"
    return body + b"".join(b"%d 0 obj<<>>endobj\n" % n for n in range(3, count)) + b"trailer<</Root 1 0 R>>\n%%EOF"


def _picture(side: int) -> bytes:
    """A PNG that is that many pixels wide and high, of one colour: small until it is decoded."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    squeezed, line = zlib.compressobj(9), bytes(side // 8 + 2)
    rows = b"".join(squeezed.compress(line) for _ in range(side)) + squeezed.flush()
    header = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def _jpeg() -> bytes:
    out = io.BytesIO()
    Image.effect_noise((200, 200), 50).save(out, "JPEG")
    return out.getvalue()


def _program() -> Dictionary:
    return Dictionary(S=Name.JavaScript, JS="app.alert(1)")


@cache
def bombs() -> dict[str, tuple[str, bytes]]:
    """Name of the danger → (file name, content)."""
    zeros = packed({"zeros": bytes(200 * 1024 * 1024)})
    return {
        "900 million pixels": ("a.png", _picture(30_000)),
        "a zip that unpacks to 200 MB": ("a.zip", zeros),
        "a document that unpacks to 200 MB": ("a.docx", packed({WORD: b"<x/>", "word/media/x": bytes(200 << 20)})),
        "a sheet that unpacks to 190 MB": ("a.xlsx", packed({SHEET: b"<x/>", "xl/styles.xml": b" " * (190 << 20)})),
        "a zip in a zip": ("a.docx", packed({WORD: b"<x/>", "inner.zip": zeros})),
        "a document that asks for a file": ("a.docx", packed({WORD: ENTITIES, "[Content_Types].xml": ENTITIES})),
        "a document of a billion words": ("a.docx", packed({WORD: BILLION, "[Content_Types].xml": BILLION})),
        "a sheet of a billion words": ("a.xlsx", packed({SHEET: BILLION, "[Content_Types].xml": BILLION})),
        "a document with macros": ("a.docx", packed({WORD: b"<x/>", "word/vbaProject.bin": b"x"})),
        "a template from elsewhere": ("a.docx", packed({WORD: b"<x/>", "word/_rels/settings.xml.rels": TEMPLATE})),
        "members with bad names": ("a.docx", packed({WORD: b"<x/>", "../../x": b"x", "/etc/x": b"x"})),
        "a program in a PDF": ("a.pdf", pdf(OpenAction=_program())),
        "a program by name in a PDF": ("a.pdf", pdf(Names=Dictionary(JavaScript=Array(["x", _program()])))),
        "a PDF that launches": ("a.pdf", pdf(OpenAction=Dictionary(S=Name.Launch, F="calc.exe"))),
        "a PDF with a file inside": ("a.pdf", _with_attachment()),
        "a PDF of 100,000 objects": ("a.pdf", _of_many_objects(100_000)),
        "a PDF with a password": ("a.pdf", _locked()),
        "half a JPEG": ("a.jpg", _jpeg()[:4000]),
        "a GIF that is a script": ("a.gif", b"GIF89a/*" + bytes(20) + b"*/=1;alert(1)"),
        "a PDF that is a page": ("a.html", pdf() + b"<html><script>alert(1)</script>"),
        "a picture that is a page": ("a.html", _jpeg() + b"<html><script>alert(1)</script>"),
        "a drawing with a program": ("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"),
        "a page called a picture": ("a.png", b"<html><script>alert(1)</script>"),
        "what scanners look for": ("a.com", EICAR),
        "what scanners look for, packed": ("a.docx", packed({WORD: b"<x/>", "x.com": EICAR})),
        "nothing": ("a.pdf", b""),
        "one byte too many": ("a.pdf", pdf() + b"%" * (LARGEST + 1 - len(pdf()))),
        "no ending": ("letter", pdf()),
        **{f"a name with {what}": (name, pdf()) for what, name in BAD_NAMES.items()},
    }  # fmt: skip
