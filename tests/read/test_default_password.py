"""Workbooks that are locked with Excel's own password are read like plain ones; any other password is F002."""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from msoffcrypto.format.ooxml import OOXMLFile

from tests.read.test_formats import FIXTURES, rows
from thidua_cli import pipeline
from thidua_cli.read.compound_file import workbook_stream
from thidua_cli.read.default_password import decrypted

DEFAULT = "VelvetSweatshop"
_FILE_PASS, _WRITE_ACCESS, _SHEET = 0x2F, 0x5C, 0x85
_PLAIN = (0x809, _FILE_PASS, 0x194, 0x195, 0xE1, 0x138, 0x196)
"""Records whose content is never encrypted (MS-XLS 2.2.10)."""


def locked(path: Path, password: str) -> bytes:
    target = BytesIO()
    with path.open("rb") as plain:
        OOXMLFile(plain).encrypt(password, target)
    return target.getvalue()


def stream_cipher(key: bytes) -> Iterator[int]:
    """Yield the bytes of RC4."""
    box, swap = list(range(256)), 0
    for place in range(256):
        swap = (swap + box[place] + key[place % len(key)]) % 256
        box[place], box[swap] = box[swap], box[place]
    place = swap = 0
    while True:
        place = (place + 1) % 256
        swap = (swap + box[place]) % 256
        box[place], box[swap] = box[swap], box[place]
        yield box[(box[place] + box[swap]) % 256]


def block_cipher(password: str, salt: bytes, block: int) -> Iterator[int]:
    """Return the cipher of one block of 1,024 bytes (MS-OFFCRYPTO 2.3.6.2)."""
    first = hashlib.md5(password.encode("utf-16-le")).digest()[:5]
    second = hashlib.md5((first + salt) * 16).digest()[:5]
    return stream_cipher(hashlib.md5(second + struct.pack("<I", block)).digest())


def old_and_locked(path: Path, password: str) -> bytes:
    """Return an .xls with its records encrypted by RC4; the name of who wrote it makes room for how."""
    content = path.read_bytes()
    plain = workbook_stream(content)
    salt, verifier, cipher = bytes(range(16)), bytes(range(16, 32)), block_cipher(password, bytes(range(16)), 0)
    proof = bytes(byte ^ next(cipher) for byte in verifier + hashlib.md5(verifier).digest())
    keys = b"".join(
        bytes(next(stream) for _ in range(1024))
        for stream in (block_cipher(password, salt, block) for block in range(len(plain) // 1024 + 1))
    )
    records, offset = bytearray(), 0
    while offset + 4 <= len(plain):
        kind, length = struct.unpack_from("<HH", plain, offset)
        body = plain[offset + 4 : offset + 4 + length]
        if kind == _WRITE_ACCESS:
            how = struct.pack("<HHHHH", _FILE_PASS, 54, 1, 1, 1) + salt + proof
            records += how + struct.pack("<HH", _WRITE_ACCESS, length - 58)
            body = body[58:]
        else:
            records += plain[offset : offset + 4]
        kept = len(body) if kind in _PLAIN else 4 if kind == _SHEET else 0
        start = len(records)
        records += body[:kept] + bytes(byte ^ keys[place] for place, byte in enumerate(body[kept:], start=start + kept))
        offset += 4 + length
    records += plain[len(records) :]
    start = content.find(plain[:512])
    assert content[start : start + len(plain)] == plain
    return content[:start] + bytes(records) + content[start + len(plain) :]


@pytest.mark.parametrize("name", ["bieu.xlsx", "bieu.xls"])
def test_a_workbook_that_nobody_gave_a_password_is_read(name: str, tmp_path: Path) -> None:
    plain, path = FIXTURES / "mau-08.xlsx", tmp_path / name
    path.write_bytes(locked(plain, DEFAULT))
    reading, expected = pipeline.read([str(path)]), pipeline.read([str(plain)])
    assert rows(reading) == rows(expected) != []
    assert [finding.message() for finding in reading.findings] == [finding.message() for finding in expected.findings]


def test_an_old_workbook_that_nobody_gave_a_password_is_read(tmp_path: Path) -> None:
    plain, path = FIXTURES / "mau-08.xls", tmp_path / "bieu.xls"
    path.write_bytes(old_and_locked(plain, DEFAULT))
    reading, expected = pipeline.read([str(path)]), pipeline.read([str(plain)])
    assert rows(reading) == rows(expected) != []
    assert [finding.message() for finding in reading.findings] == [finding.message() for finding in expected.findings]


def test_a_password_of_ones_own_keeps_the_workbook_locked(tmp_path: Path) -> None:
    new, old = tmp_path / "moi.xlsx", tmp_path / "cu.xls"
    new.write_bytes(locked(FIXTURES / "mau-08.xlsx", "bi-mat"))
    old.write_bytes(old_and_locked(FIXTURES / "mau-08.xls", "bi-mat"))
    assert [finding.kind.code for finding in pipeline.read([str(new), str(old)]).findings] == ["F002", "F002"]


def test_what_stands_about_the_encryption_may_not_ask_for_endless_hashing_or_a_document_type(tmp_path: Path) -> None:
    content = locked(FIXTURES / "mau-08.xlsx", DEFAULT)
    assert decrypted(content) is not None
    assert content.count(b'spinCount="100000"') == 1
    assert decrypted(content.replace(b'spinCount="100000"', b'spinCount="999999"')) is None
    assert decrypted(content.replace(b"<?xml", b"<!xml")) is None
    assert decrypted(content[: len(content) // 2]) is None
