"""Old binary workbooks (.xls) that were cut short."""

import struct

import pytest

from .examine import examine

_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


def compound_file(directory: bytes) -> bytes:
    """Return the smallest compound file: header, one sector of allocations, and what there is of the directory."""
    versions = struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6)
    sectors = struct.pack("<9I", 0, 1, 1, 0, 4096, _END, 0, _END, 0)
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + versions + bytes(6) + sectors
    allocations = struct.pack("<128I", _FAT, _END, *[_FREE] * 126)
    return header + struct.pack("<109I", 0, *[_FREE] * 108) + allocations + directory


@pytest.mark.parametrize("length", [0, 127, 128, 512])
def test_an_old_workbook_without_its_sheets_is_refused(length: int) -> None:
    assert examine(compound_file(bytes(length)), ".xls") == ["F001"]


@pytest.mark.parametrize("length", [1, 64, 300])
def test_an_old_workbook_cut_inside_an_entry_of_its_directory_is_refused(length: int) -> None:
    assert examine(compound_file(bytes(length)), ".xls") == ["F001"]
