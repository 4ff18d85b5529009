"""Files made in memory: whole ones of every kind, and the ways in which files can be wrong."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping

from PIL import Image

OOXML = "application/vnd.openxmlformats-officedocument."
MAINS = {
    "docx": f"{OOXML}wordprocessingml.document.main+xml",
    "xlsx": f"{OOXML}spreadsheetml.sheet.main+xml",
    "pptx": f"{OOXML}presentationml.presentation.main+xml",
}
ODF = {
    "odt": "application/vnd.oasis.opendocument.text",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "odp": "application/vnd.oasis.opendocument.presentation",
}
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
HTML = b"<!DOCTYPE html><script>alert(1)</script>"


def pdf(extra: bytes = b"", *, before: bytes = b"", after: bytes = b"\n") -> bytes:
    """Return a small PDF with `extra` in its catalog and `before` among its objects."""
    catalog = b"1 0 obj\n<< /Type /Catalog /Pages 2 0 R " + extra + b" >>\nendobj\n"
    pages = b"2 0 obj\n<< /Type /Pages /Kids [] /Count 0 >>\nendobj\n"
    body = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n" + catalog + pages + before
    trailer = b"trailer\n<< /Root 1 0 R /Size 3 >>\nstartxref\n%d\n%%%%EOF" % len(body)
    return body + b"xref\n0 1\n0000000000 65535 f \n" + trailer + after


def packed(
    objects: bytes, head: bytes = b"/Type /ObjStm /N 1 /First 4 /Filter /FlateDecode"
) -> bytes:
    """Return objects in a packed stream, as PDF writers have them since 1.5."""
    data = zlib.compress(b"5 0 " + objects)
    return (
        b"4 0 obj\n<< %b /Length %d >>\nstream\n" % (head, len(data))
        + data
        + b"\nendstream\nendobj\n"
    )


def image(kind: str = "PNG", size: tuple[int, int] = (40, 30), **options: object) -> bytes:
    made = io.BytesIO()
    Image.new("RGB", size, "teal").save(made, kind, **options)
    return made.getvalue()


def png_claiming(width: int, height: int) -> bytes:
    """Return a PNG whose head claims a size and whose data is next to nothing."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack("!I", len(data)) + kind + data + struct.pack("!I", zlib.crc32(kind + data))
        )

    head = struct.pack("!IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(bytes(100)))
        + chunk(b"IEND", b"")
    )


def package(entries: Mapping[str, bytes], *, stored: tuple[str, ...] = ("mimetype",)) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as writer:
        for name, data in entries.items():
            kind = zipfile.ZIP_STORED if name in stored else zipfile.ZIP_DEFLATED
            writer.writestr(zipfile.ZipInfo(name), data, kind)
    return made.getvalue()


def ooxml(
    extension: str = "docx", more: Mapping[str, bytes] | None = None, main: str = ""
) -> bytes:
    types = f'<Types><Override ContentType="{main or MAINS[extension]}"/></Types>'
    return package(
        {"[Content_Types].xml": types.encode(), "word/document.xml": b"<w/>", **(more or {})}
    )


def odf(extension: str = "odt", more: Mapping[str, bytes] | None = None) -> bytes:
    return package(
        {
            "mimetype": ODF[extension].encode(),
            "content.xml": b"<office:document-content/>",
            "META-INF/manifest.xml": b"<manifest:manifest/>",
            **(more or {}),
        }
    )


WHOLE = {
    "pdf": pdf(),
    "png": image("PNG"),
    "jpg": image("JPEG"),
    "jpeg": image("JPEG"),
    "webp": image("WEBP"),
    "gif": image("GIF"),
    **{extension: ooxml(extension) for extension in MAINS},
    **{extension: odf(extension) for extension in ODF},
}
