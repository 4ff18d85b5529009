"""Files that are not taken, each with the reason it is given."""

from __future__ import annotations

import io
import struct
import zipfile

from rounds.challenges.attachments import errors
from tests.rounds.challenges.attachments.samples import (
    HTML,
    MAINS,
    OLE,
    SVG,
    image,
    odf,
    ooxml,
    package,
    packed,
    pdf,
    png_claiming,
)

Case = tuple[str, bytes, type[errors.FileRefused]]

MEGABYTE = 1024 * 1024
MACRO_MAIN = "application/vnd.ms-word.document.macroEnabled.main+xml"
_DOC = ooxml()


def _renamed_entry(old: bytes, new: bytes) -> bytes:
    """Return a document in which an entry's name, of the same length, leads elsewhere."""
    assert len(old) == len(new)
    return ooxml(more={old.decode(): b"x"}).replace(old, new)


def _twice() -> bytes:
    made = io.BytesIO(_DOC)
    with zipfile.ZipFile(made, "a") as writer:
        writer.writestr("WORD/document.xml", b"<other/>")
    return made.getvalue()


def _encrypted_entry() -> bytes:
    data = bytearray(_DOC)
    directory = data.index(b"PK\x01\x02")
    data[6] |= 1
    data[directory + 8] |= 1
    return bytes(data)


def _size_that_lies() -> bytes:
    data = bytearray(ooxml(more={"word/big.xml": b"a" * 5000}))
    at = data.index(b"word/big.xml", data.index(b"PK\x01\x02")) - 46
    data[at + 24 : at + 28] = struct.pack("<I", 100)
    return bytes(data)


_HUGE = ooxml(more={f"word/{n}.xml": b"\0" * (8 * MEGABYTE) for n in range(2)})
_MANY = package({f"{n}.xml": b"" for n in range(2500)})
_WIDE = ooxml(more={f"{n}": bytes(range(256)) * 4 + b"0" * 400_000 for n in range(300)})
_GIF_BOMB = (
    b"GIF89a\xff\xff\xff\xff\x80\0\0" + bytes(6) + b"\x2c\0\0\0\0\xff\xff\xff\xff\0\x02\x01\0\0;"
)
_NOISE = bytes((n * 7919) % 251 for n in range(3000))

KINDS: list[Case] = [
    ("ohjelma.exe", b"MZ" + bytes(100), errors.UnknownKind),
    ("lasku.pdf.exe", pdf(), errors.UnknownKind),
    ("sivu.html", HTML, errors.UnknownKind),
    ("sivu.xhtml", HTML, errors.UnknownKind),
    ("skripti.js", b"alert(1)", errors.UnknownKind),
    ("kirje.eml", b"From: a", errors.UnknownKind),
    ("paketti.zip", package({"a": b"b"}), errors.UnknownKind),
    ("kuva.heic", b"\0\0\0\x18ftypheic", errors.UnknownKind),
    ("kuva.bmp", b"BM" + bytes(60), errors.UnknownKind),
    ("kuva.tiff", b"II*\0", errors.UnknownKind),
    ("taulu.csv", b"=cmd|' /C calc'!A0", errors.UnknownKind),
    ("ilman_paatetta", pdf(), errors.UnknownKind),
    (".pdf", pdf(), errors.UnknownKind),
    ("pdf", pdf(), errors.UnknownKind),
    ("piirros.svg", SVG, errors.Svg),
    ("piirros.SVGZ", SVG, errors.Svg),
    ("vanha.doc", OLE, errors.OldOffice),
    ("vanha.XLS", OLE, errors.OldOffice),
    ("makrot.docm", ooxml(), errors.Macros),
    ("makrot.xlsb", ooxml("xlsx"), errors.Macros),
    ("tyhja.pdf", b"", errors.EmptyFile),
    ("tyhja.png", b"", errors.EmptyFile),
    ("tyhja.docx", b"", errors.EmptyFile),
    ("suuri.pdf", pdf(before=b" " * (10 * MEGABYTE)), errors.TooLarge),
]
LIES: list[Case] = [
    ("piirros.png", SVG, errors.NotWhatItSays),
    ("piirros.pdf", SVG, errors.NotWhatItSays),
    ("sivu.png", HTML, errors.NotWhatItSays),
    ("sivu.docx", HTML, errors.NotWhatItSays),
    ("sivu.pdf", HTML + pdf(), errors.NotWhatItSays),
    ("kuva.png", image("JPEG"), errors.NotWhatItSays),
    ("kuva.jpg", image("PNG"), errors.NotWhatItSays),
    ("kuva.webp", b"RIFF\x10\0\0\0WAVEfmt ", errors.Broken),
    ("kuva.gif", pdf(), errors.NotWhatItSays),
    ("teksti.docx", pdf(), errors.NotWhatItSays),
    ("teksti.docx", ooxml("xlsx"), errors.NotWhatItSays),
    ("teksti.docx", package({"a.txt": b"b"}), errors.NotWhatItSays),
    ("teksti.docx", odf("odt"), errors.NotWhatItSays),
    ("teksti.odt", ooxml(), errors.NotWhatItSays),
    ("teksti.odt", odf("ods"), errors.NotWhatItSays),
    ("esitys.pptx", _NOISE, errors.NotWhatItSays),
    ("kuva.png", b"\0" * 5000, errors.NotWhatItSays),
    ("raportti.pdf", _NOISE, errors.NotWhatItSays),
    ("raportti.pdf", b"\n" + pdf(), errors.NotWhatItSays),
    ("gifzip.docx", image("GIF") + _DOC, errors.NotWhatItSays),
]
PDFS: list[Case] = [
    ("raportti.pdf", pdf(b"/OpenAction << /S /JavaScript /JS (app.alert(1)) >>"), errors.ActivePdf),
    ("raportti.pdf", pdf(b"/OpenAction << /S /J#61vaScript /JS (x) >>"), errors.ActivePdf),
    ("raportti.pdf", pdf(b"/AA << /O << /S /Launch /F (calc.exe) >> >>"), errors.ActivePdf),
    ("raportti.pdf", pdf(b"/Names << /EmbeddedFiles 3 0 R >>"), errors.ActivePdf),
    ("raportti.pdf", pdf(b"/RichMedia 3 0 R"), errors.ActivePdf),
    ("raportti.pdf", pdf(before=packed(b"<< /S /JavaScript >>")), errors.ActivePdf),
    ("raportti.pdf", pdf(before=packed(b"<< /S /L#61unch >>", b"/X (obj)")), errors.ActivePdf),
    ("raportti.pdf", pdf(before=packed(b"1 " * MEGABYTE * 60)), errors.Broken),
    ("raportti.pdf", pdf(b"/Encrypt 9 0 R"), errors.Locked),
    ("raportti.pdf", pdf()[:-10], errors.Broken),
    ("raportti.pdf", pdf()[: len(pdf()) // 2], errors.Broken),
    ("raportti.pdf", pdf(after=HTML), errors.Broken),
    ("raportti.pdf", pdf(after=b"\n") + _DOC, errors.Broken),
    ("raportti.pdf", b"%PDF-1.7", errors.Broken),
]
PICTURES: list[Case] = [
    ("kuva.png", image("PNG")[:60], errors.Broken),
    ("kuva.jpg", image("JPEG", (400, 300))[:-200], errors.Broken),
    ("kuva.gif", image("GIF")[:20], errors.Broken),
    ("kuva.webp", image("WEBP")[:30], errors.Broken),
    ("kuva.png", b"\x89PNG\r\n\x1a\n" + SVG, errors.Broken),
    ("kuva.jpg", b"\xff\xd8\xff" + HTML, errors.Broken),
    ("kuva.gif", b"GIF89a/*" + b"*/=1;alert(1)//", errors.Broken),
    ("pommi.png", png_claiming(60_000, 60_000), errors.TooManyPixels),
    ("pommi.png", png_claiming(9_000, 9_000), errors.TooManyPixels),
    ("pommi.png", png_claiming(2**31 - 1, 1), errors.TooManyPixels),
    ("pommi.gif", _GIF_BOMB, errors.TooManyPixels),
    ("kuva.png", png_claiming(100, 100), errors.Broken),
    ("kuva.png", png_claiming(0, 0), errors.Broken),
]
DOCUMENTS: list[Case] = [
    ("teksti.docx", OLE, errors.Locked),
    ("teksti.docx", _encrypted_entry(), errors.Locked),
    (
        "teksti.odt",
        odf(more={"META-INF/manifest.xml": b"<manifest:encryption-data/>"}),
        errors.Locked,
    ),
    ("teksti.docx", ooxml(more={"word/vbaProject.bin": b"x"}), errors.Macros),
    ("teksti.docx", ooxml(more={"word/VBAPROJECT.BIN": b"x"}), errors.Macros),
    ("teksti.docx", ooxml(more={"word/activeX/activeX1.xml": b"x"}), errors.Macros),
    ("teksti.docx", ooxml(main=MACRO_MAIN), errors.Macros),
    ("teksti.odt", odf(more={"Basic/Standard/Module1.xml": b"x"}), errors.Macros),
    ("teksti.odt", odf(more={"Scripts/python/x.py": b"x"}), errors.Macros),
    ("teksti.docx", _renamed_entry(b"aaaa/evil.xml", b"../../ev.xml1"), errors.Broken),
    ("teksti.docx", _renamed_entry(b"aaaa/evil.xml", b"/etc/evil.xml"), errors.Broken),
    ("teksti.docx", _renamed_entry(b"aaaa/evil.xml", b"..\\evil12.xml"), errors.Broken),
    ("teksti.docx", _renamed_entry(b"aaaa/evil.xml", b"C:/x/evil.xml"), errors.Broken),
    ("teksti.docx", _renamed_entry(b"aaaa/evil.xml", b"a.exe\0/il.xml"), errors.Broken),
    ("teksti.docx", _twice(), errors.Broken),
    ("teksti.docx", _size_that_lies(), errors.Broken),
    ("teksti.docx", _DOC[:-30], errors.Broken),
    ("teksti.docx", _DOC[:100], errors.Broken),
    ("teksti.docx", _DOC + HTML, errors.Broken),
    ("teksti.docx", b"PK\x03\x04" + _NOISE, errors.Broken),
    ("teksti.xlsx", ooxml("xlsx", main=MAINS["docx"]), errors.NotWhatItSays),
    ("pommi.docx", _HUGE, errors.Bomb),
    ("pommi.docx", _MANY, errors.Bomb),
    ("pommi.docx", _WIDE, errors.Bomb),
]
ALL = [*KINDS, *LIES, *PDFS, *PICTURES, *DOCUMENTS]

# As a browser could send them, and what they are called afterwards.
NAMES: list[tuple[str, str]] = [
    ("../../etc/passwd.pdf", "passwd.pdf"),
    ("..\\..\\windows\\win.pdf", "win.pdf"),
    ("C:\\Users\\maija\\raportti.pdf", "raportti.pdf"),
    ("/abs/olute.pdf", "olute.pdf"),
    ("rapo\x00rtti.pdf", "raportti.pdf"),
    ("rapo\nrt\rti.pdf", "rapo rt ti.pdf"),
    ("ra\x1b[31mpo.pdf", "ra[31mpo.pdf"),
    ("kuva\u202efdp.pdf", "kuvafdp.pdf"),
    ("\u200b\u2066nimi\u2069.pdf", "nimi.pdf"),
    ("\ufeffnimi.pdf", "nimi.pdf"),
    ('a"b<c>d|e?f*g.pdf', "a_b_c_d_e_f_g.pdf"),
    ("%2e%2e%2fx.pdf", "_2e_2e_2fx.pdf"),
    ("$(rm -rf).pdf", "_(rm -rf).pdf"),
    ("a;b`c`.pdf", "a_b_c_.pdf"),
    ("CON.pdf", "_CON.pdf"),
    ("lpt1.tar.pdf", "_lpt1.tar.pdf"),
    ("...pdf.pdf", "pdf.pdf"),
    ("loppu. .pdf", "loppu.pdf"),
    ("  väli   lyönti  .PDF", "väli lyönti.pdf"),
    ("ä\u0308iti.pdf", "ä\u0308iti.pdf"),
    ("a\u0308iti.pdf", "äiti.pdf"),
    ("n" * 500 + ".pdf", "n" * 116 + ".pdf"),
    ("lasku.exe.pdf", "lasku.exe.pdf"),
    ("Ärsyttävä Öljy.Pdf", "Ärsyttävä Öljy.pdf"),
    ("\u202e.pdf", "pdf"),
    ("😀.pdf", "😀.pdf"),
]
