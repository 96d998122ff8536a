"""From a file to its preview: every action that was understood, what was guessed, and what was left out."""

from hub.core.spreadsheets.errors import UnreadableFile
from hub.plan.importing import actions, records, sections
from hub.plan.importing.draft import ColumnReading, Preview
from hub.plan.importing.grid import Table, refuse_oversized
from hub.plan.importing.records import Record
from hub.plan.importing.sections import Section

NO_TABLE = (
    "No table with the columns of an action plan was found; one row must name them, for example "
    "Theme, Objective, Owner, Deadline."
)
NO_TABLE_BUT_LISTS = "The file has no table of a plan; each line of the lists below a theme was taken for an action."


def of_tables(tables: list[Table]) -> Preview:
    """:raises UnreadableFile: if there is no plan in the tables, or far too much of it."""
    refuse_oversized(tables)
    found = sections.read(tables)
    if not found:
        raise UnreadableFile(NO_TABLE)
    preview = Preview()
    read = [(section, *records.read(section)) for section in found]
    again = actions.told_again([(section, each) for section, each, _ in read])
    for section, each, left_out in read:
        _add(preview, section, each, left_out, again=section.headings.key in again)
    if not preview.actions:
        raise UnreadableFile("The table has the headings of an action plan, but no action stands below them.")
    actions.number(preview)
    return preview


def _add(preview: Preview, section: Section, read: list[Record], left_out: list[str], *, again: bool) -> None:
    if not read:
        return
    if section.listed:
        preview.warnings.append(NO_TABLE_BUT_LISTS)
    else:
        _tell_columns(preview, section)
    preview.warnings.extend(left_out)
    actions.add(preview, section, read, again=again)


def _tell_columns(preview: Preview, section: Section) -> None:
    for text, meaning in zip(section.headings.texts, section.headings.meanings, strict=True):
        if text or meaning:
            preview.columns.append(ColumnReading(text, meaning.partition(":")[0], section.name))
    unread = [f"“{text}”" for text in section.headings.unread]
    if unread:
        what = f"the column {unread[0]} was" if len(unread) == 1 else f"the columns {', '.join(unread)} were"
        preview.warnings.append(f"{section.name}: {what} not understood, left out.")
