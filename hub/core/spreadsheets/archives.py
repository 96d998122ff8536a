"""Office files as what they are, zip archives of XML, opened so that a hostile one does no harm."""

import io
import lzma
import posixpath
import struct
import xml.etree.ElementTree as ET
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO

from hub.core.spreadsheets.errors import UnreadableFile

MAX_UNZIPPED = 60 * 1024 * 1024
MAX_PART = 16 * 1024 * 1024
MAX_MARKS = 1_500_000  # tags and attributes of one part: what a tree in memory costs
MAX_DEPTH = 64
DAMAGED = "The file is damaged and cannot be opened; open it in its own program, save it again and send that."
BROKEN_ZIP = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, EOFError, OSError, ValueError,
    KeyError, IndexError, OverflowError, NotImplementedError,
)  # fmt: skip

Part = IO[bytes]


class Hostile(Exception):
    """A part that no office program writes: with a document type, or nested without end."""


class _Builder(ET.TreeBuilder):
    """A tree whose names carry no namespace, so that strict and ordinary files read alike."""

    def __init__(self) -> None:
        super().__init__()
        self.depth = 0

    def doctype(self, *_: str | None) -> None:
        raise Hostile

    def start(self, tag: str, attrs: dict[str, str], /) -> ET.Element:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise Hostile
        return super().start(tag.rpartition("}")[2], {key.rpartition("}")[2]: attrs[key] for key in attrs})

    def end(self, tag: str, /) -> ET.Element:
        self.depth -= 1
        return super().end(tag.rpartition("}")[2])


class Archive:
    """A zip whose declared size is already known to be bearable."""

    def __init__(self, content: bytes, *, most: int = MAX_UNZIPPED) -> None:
        """:raises UnreadableFile: if it is no zip, has a password, or unpacks to more than *most* bytes."""
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(content))
            self.members = self._zip.infolist()
        except BROKEN_ZIP as error:
            raise UnreadableFile(DAMAGED) from error
        if sum(member.file_size for member in self.members) > most:
            raise UnreadableFile(f"The file unpacks to more than {most // 1024**2} MB, which is too large to be read.")
        if any(member.flag_bits & 0x1 for member in self.members):
            raise UnreadableFile("The file is protected by a password; remove the password and send it again.")
        self.names = {member.filename for member in self.members}

    def bytes(self, name: str) -> bytes:
        """:raises UnreadableFile: if the part is missing or damaged."""
        try:
            with self._zip.open(name) as part:
                return part.read(MAX_PART + 1)  # never without a limit: what a part declares need not be true
        except (*BROKEN_ZIP, RuntimeError) as error:
            raise UnreadableFile(DAMAGED) from error

    @contextmanager
    def stream(self, name: str) -> Iterator[Part]:
        """The part bit by bit, for one that is too large to be held; never more than it declares.

        :raises UnreadableFile: if it is missing or damaged
        """
        try:
            with self._zip.open(name) as part:
                yield part
        except (*BROKEN_ZIP, RuntimeError) as error:
            raise UnreadableFile(DAMAGED) from error

    def xml(self, name: str) -> ET.Element:
        """The part as a tree of names without their namespaces.

        :raises UnreadableFile: if the part is missing, damaged, hostile or too large
        """
        raw = self.bytes(name)
        if len(raw) > MAX_PART or raw.count(b"<") + raw.count(b"=") > MAX_MARKS:
            raise UnreadableFile("The file holds far more than such files do and cannot be read.")
        parser = ET.XMLParser(target=_Builder())  # noqa: S314  a document type is refused, so no entity can be declared
        try:
            parser.feed(raw)
            root: ET.Element = parser.close()
        except (ET.ParseError, Hostile, ValueError, LookupError) as error:
            raise UnreadableFile(DAMAGED) from error
        return root

    def targets(self, part: str) -> dict[str, tuple[str, str]]:
        """Relationships of a part: id -> (kind, path inside the archive)."""
        folder, _, name = part.rpartition("/")
        relations = posixpath.join(folder, "_rels", f"{name}.rels")
        if relations not in self.names:
            return {}
        return {
            relation.get("Id", ""): (
                relation.get("Type", "").rpartition("/")[2],
                posixpath.normpath(posixpath.join("/", folder, relation.get("Target", ""))).lstrip("/"),
            )
            for relation in self.xml(relations).iter("Relationship")
        }

    def main_part(self, usual: str) -> str:
        """The part that holds the document, whatever the program called it."""
        if usual in self.names:
            return usual
        return next((path for kind, path in self.targets("").values() if kind == "officeDocument"), usual)
