"""The vocabulary as a file, as its list is exported."""

from collections.abc import Sequence
from dataclasses import dataclass

from hub.core.spreadsheets.tables import Problem, Record, Table
from hub.core.text import is_visible, one_line
from hub.directory.models import SkillGroup

LONGEST_NAME, MOST_NAMES = 80, 40
SKILLS = Table(
    whole="a vocabulary",
    asked="Name, Kind, Other names, Short forms",
    needed=("name", "group"),
    columns={
        "name": ("name",),
        "group": ("kind", "group"),
        "synonyms": ("other names", "synonyms"),
        "abbreviations": ("short forms", "abbreviations"),
    },
    most=20_000,
)
GROUPS = {str(group): group for group in SkillGroup} | {group.label.casefold(): group for group in SkillGroup}


@dataclass(frozen=True, slots=True)
class Line:
    """One skill of the file."""

    name: str
    group: SkillGroup
    synonyms: Sequence[str]
    abbreviations: Sequence[str]


def read(content: bytes) -> tuple[list[Line], list[Problem]]:
    """Every skill, and everything that is wrong.

    :raises UnreadableFile: if it is no such list at all
    """
    return SKILLS.read(content, _line)


def _line(record: Record) -> Line | str:
    name, kind = one_line(record["name"]), record["group"]
    group = GROUPS.get(kind.casefold())
    synonyms, abbreviations = (_names(record.get(column, "")) for column in ("synonyms", "abbreviations"))
    if not is_visible(name) or len(name) > LONGEST_NAME:
        return f"a skill needs a name of at most {LONGEST_NAME} characters."
    if group is None:
        return f"“{kind[:40]}” is no kind of skill. One is “{SkillGroup.IMAGING.label}”."
    if any(len(one) > LONGEST_NAME for one in synonyms + abbreviations) or (
        max(len(synonyms), len(abbreviations)) > MOST_NAMES
    ):
        return f"at most {MOST_NAMES} other names, each of at most {LONGEST_NAME} characters."
    return Line(name, group, synonyms, abbreviations)


def _names(text: str) -> list[str]:
    return list(dict.fromkeys(name for one in text.split(";") if (name := one_line(one)) and is_visible(name)))
