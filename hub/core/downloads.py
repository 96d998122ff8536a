"""Documents on their way to whoever asked for them."""

from collections.abc import Iterator
from tempfile import SpooledTemporaryFile
from typing import IO, cast

from flask import Response
from werkzeug.http import dump_options_header

PDF, ZIP, TEXT = "application/pdf", "application/zip", "text/plain; charset=utf-8"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def file_name(name: str, ending: str) -> str:
    """*name* without what some file system does not take."""
    safe = "".join(c for c in name if c.isalnum() or c in " -'’&,").strip()
    return f"{safe or 'Document'}.{ending}"


def spool() -> IO[bytes]:
    """A file in memory that moves to the disk when it grows."""
    return cast("IO[bytes]", SpooledTemporaryFile(max_size=1_000_000))


def streamed(file: IO[bytes], media_type: str) -> Response:
    """All of *file* from its beginning; closed at its end, and with the answer even if nobody has read it."""
    response = Response(_blocks(file), content_type=media_type)
    response.call_on_close(file.close)
    return response


def _blocks(file: IO[bytes]) -> Iterator[bytes]:
    with file:
        file.seek(0)
        yield from iter(lambda: file.read(65_536), b"")


def download(content: bytes | IO[bytes], media_type: str, name: str) -> Response:
    """*content* as a file called *name*."""
    if isinstance(content, bytes):
        response = Response(content, content_type=media_type)
    else:
        response = streamed(content, media_type)
    response.headers["Content-Disposition"] = dump_options_header("attachment", {"filename": name})
    return response
