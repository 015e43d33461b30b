"""A small archive held in memory reads as `zipfile` reads it, sound or damaged."""

import io
import random
import zipfile
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from thidua_cli.read.archive import HeldArchive


def archive_of(parts: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


def outcome(archive: zipfile.ZipFile, name: str) -> object:
    """What a part holds, or how reading it fails."""
    try:
        return archive.read(name)
    except Exception as error:
        return type(error), str(error)


PARTS = {"a.xml": b"<a/>" * 500, "thư mục/b.xml": b"<b/>" * 50, "empty.xml": b"", "c.bin": bytes(range(256))}


def test_parts_of_every_sort_read_as_zipfile_reads_them() -> None:
    for method in (zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED, zipfile.ZIP_BZIP2):
        content = archive_of(PARTS, method)
        with zipfile.ZipFile(io.BytesIO(content)) as plain:
            held = HeldArchive(content)
            assert {name: held.read(name) for name in held.namelist()} == PARTS
            assert held.read(held.getinfo("a.xml")) == plain.read("a.xml") == held.read("a.xml")


@given(st.randoms(use_true_random=False), st.integers(1, 4))
def test_damaged_parts_fail_or_read_as_zipfile_reads_them(chance: random.Random, damages: int) -> None:
    content = bytearray(archive_of(PARTS))
    for _ in range(damages):
        content[chance.randrange(len(content))] = chance.randrange(256)
    try:
        plain = zipfile.ZipFile(io.BytesIO(content))
    except Exception:
        return
    held = HeldArchive(bytes(content))
    for name in plain.namelist():
        # A part that goes on behind its claimed end is damaged, though `zipfile` is content with what stands before it.
        ours, theirs = outcome(held, name), outcome(plain, name)
        assert ours == theirs or isinstance(ours, tuple)


def test_a_part_that_claims_less_than_it_holds_is_not_decompressed_beyond_its_claim(tmp_path: Path) -> None:
    content = bytearray(archive_of({"a.xml": b"<a/>" * 500}))
    directory = content.rindex(b"PK\x01\x02")
    for at in (22, directory + 24):  # the size, in the part's own header and in the table of contents
        content[at : at + 4] = (8).to_bytes(4, "little")
    (tmp_path / "a.zip").write_bytes(content)
    with zipfile.ZipFile(tmp_path / "a.zip") as plain:
        assert outcome(HeldArchive(bytes(content)), "a.xml") == outcome(plain, "a.xml")
