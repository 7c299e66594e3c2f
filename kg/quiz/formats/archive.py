"""This module writes zip files of which the same content gives the same bytes: sorted names, one date, one mode."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from typing import Final

ONE_DATE: Final = (1980, 1, 1, 0, 0, 0)  # the first that a zip file can hold; a quiz has no date of its own


def zipped(files: Mapping[str, bytes], *, first: tuple[str, ...] = ()) -> bytes:
    """A zip file; `first` are names that must come before the others."""
    out = io.BytesIO()
    names = [*first, *sorted(set(files) - set(first))]
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in names:
            entry = zipfile.ZipInfo(name, ONE_DATE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, files[name])
    return out.getvalue()


def dated_anew(data: bytes, *, replace: Mapping[str, tuple[re.Pattern[bytes], bytes]] | None = None) -> bytes:
    """A zip file that a library dated by the clock, with the one date; `replace` mends times inside its files."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    for name, (pattern, by) in (replace or {}).items():
        files[name] = pattern.sub(by, files[name])
    return zipped(files, first=tuple(files))
