"""The files that the rules read."""

from pathlib import Path

ROOT = Path(__file__).parents[2]


def files(*patterns: str, root: Path = ROOT) -> list[Path]:
    """The project's own files that match, caches left out, in order."""
    found = {path for pattern in patterns for path in root.glob(pattern) if path.is_file()}
    return sorted(path for path in found if "__pycache__" not in path.parts)


def read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def name(path: Path, root: Path = ROOT) -> str:
    return path.relative_to(root).as_posix()
