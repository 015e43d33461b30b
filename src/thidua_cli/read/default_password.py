"""Workbooks that Excel encrypts without asking anybody for a password: with one of its own, which everybody knows.

Excel saves a workbook like that whose structure is protected or that is marked for reading only, and opens it without a
question. Source of the password: MS-OFFCRYPTO 2.4.2.3.
"""

from __future__ import annotations

import io
from typing import Final

from thidua_cli.late_pattern import late_pattern
from thidua_cli.read.compound_file import stream_of
from thidua_cli.read.limits import FILE_BYTES, OLD_ENCRYPTED_BYTES

_PASSWORD: Final = "VelvetSweatshop"
_INFO: Final = "EncryptionInfo"
_MOST_INFO_BYTES: Final = 1 << 16
_SPINS: Final = late_pattern(rb'spinCount="([0-9]{1,20})"')
_MOST_SPINS: Final = 500_000
"""How often a password is hashed; Excel writes 100,000."""


def decrypted(content: bytes) -> bytes | None:
    """Return an encrypted workbook as it was before; None where it has another password, or nobody can tell."""
    info = stream_of(content, (_INFO,))
    if not _is_harmless(info) or len(content) > (FILE_BYTES if info else OLD_ENCRYPTED_BYTES):
        return None
    from msoffcrypto import OfficeFile  # late: few workbooks are encrypted

    target = io.BytesIO()
    try:
        workbook = OfficeFile(io.BytesIO(content))
        if info:
            workbook.load_key(password=_PASSWORD, verify_password=True)
        else:
            workbook.load_key(password=_PASSWORD)  # of an .xls it is always verified
        workbook.decrypt(target)
    except Exception:  # of a damaged file the library raises anything; the caller says that it is locked
        return None
    return target.getvalue()


def _is_harmless(info: bytes) -> bool:
    """Say whether what stands about the encryption may be parsed: no document type, no endless hashing."""
    spins = _SPINS.findall(info)
    return len(info) <= _MOST_INFO_BYTES and b"<!" not in info and all(int(number) <= _MOST_SPINS for number in spins)
