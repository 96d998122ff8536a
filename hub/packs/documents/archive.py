"""A pack with its attached files in one archive, and a list of SHA-256 that any checking tool reads."""

import hashlib
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import PurePath
from typing import IO

from hub.core import storage
from hub.core.downloads import spool
from hub.packs.models import PackPiece
from hub.packs.queries import Gone

DOCUMENT, SUMS = "pack.pdf", "SHA256SUMS"


def as_archive(pdf: bytes, pieces: Sequence[PackPiece], gone: Mapping[int, Gone]) -> IO[bytes]:
    """*pdf* and the file of every piece that may be sent, under its number; on the disk once it is large."""
    sums = [f"{hashlib.sha256(pdf).hexdigest()}  {DOCUMENT}"]
    archive = spool()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_STORED) as packed:
        packed.writestr(DOCUMENT, pdf)
        for piece in pieces:
            file = piece.version.file if piece.version and piece.id not in gone else None
            if file is not None:
                name = f"files/{piece.n:03} {PurePath(file.name).name}"
                packed.write(storage.path_of(file), name)
                sums.append(f"{file.sha256}  {name}")
        packed.writestr(SUMS, "\n".join(sums) + "\n")
    return archive
