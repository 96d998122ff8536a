"""Records become drafts of actions: themes, dates, status and promises read out of their texts."""

import re
from collections import Counter
from datetime import date

from hub.plan.importing import dates, promises, stated, status, themes, words
from hub.plan.importing.cleaning import shortened
from hub.plan.importing.draft import ActionDraft, Preview, TargetDraft
from hub.plan.importing.periods import Period
from hub.plan.importing.promises import Promises
from hub.plan.importing.records import Record
from hub.plan.importing.sections import Section

LONGEST_TEXT = 10_000
STATUS_WORDS = 4
NUMBERED = re.compile(r"([A-Z]{0,2}\d{1,3}(?:\.\d{1,3})*[a-z]?)[.):]?\s+(?=\S)")
ENOUGH_NUMBERED = 0.6
LETTERED = re.compile(r"([A-Z]{1,2})[-. ]?[0-9].*", re.IGNORECASE)
LONGEST_TICK = 2
FILLED = (
    "themes", "details", "impact", "owner", "delivery", "working_group", "resource", "start", "due", "rag", "progress",
    "milestones", "targets",
)  # fmt: skip
DATING = ("start", "due", "milestones")
LETTERS = {
    "visibility": "V",
    "recognition": "R",
    "career_development": "C",
    "sustainability": "S",
    "evaluating_impact": "E",
}
LETTER_WITHOUT_THEME = "A"


def told_again(read: list[tuple[Section, list[Record]]]) -> set[tuple[str, ...]]:
    """The headings below which at least half of the rows tell again, with its reference, of an action told before.

    So a table of statuses is known for one, even where an action was reworded only in the plan itself.
    """
    first: dict[str, tuple[tuple[str, ...], str]] = {}
    rows: Counter[tuple[str, ...]] = Counter()
    known: Counter[tuple[str, ...]] = Counter()
    for section, records in read:
        kind = section.headings.key
        for record in records:
            ref, objective = (record.texts.get(name, "") for name in ("ref", "objective"))
            before, told = first.setdefault(ref, (kind, objective)) if ref else (kind, "")
            rows[kind] += 1
            known[kind] += before != kind and told.startswith(objective)
    return {kind for kind, count in rows.items() if known[kind] * 2 >= count}


def add(preview: Preview, section: Section, read: list[Record], *, again: bool) -> None:
    """Appends the actions of a section and the warnings they give rise to; *again*: it tells of those told before."""
    if not section.headings.columns("ref"):
        _take_numbers(read)
    by_letter = _letters_are_themes(read)
    coloured = None if section.headings.columns("rag") else _coloured_column(section, read)
    for record in read:
        _cut_long(preview, record)
        action = ActionDraft(source=record.place, guesses=record.guesses)
        _set_texts(action, section, record)
        before = _told_before(preview, action, again=again)
        if before is None or not before.themes:
            _set_themes(preview, action, record, by_letter=by_letter)
        _set_dates(action, record, section)
        _set_status(preview, action, record, section, coloured)
        _set_promises(action, record, section)
        _set_periods(action, record, section)
        if before is None:
            _set_day_by_words(action, record)
            preview.actions.append(action)
        else:
            _add_what_is_new(before, action)


def number(preview: Preview) -> None:
    """Gives each action a reference of its own: the file's, else its theme's letter and a number."""
    taken = Counter(action.ref.casefold() for action in preview.actions if action.ref)
    used: set[str] = set()
    for action in preview.actions:
        if action.ref and action.ref.casefold() in used:
            action.guesses.append(f"The reference {action.ref} stands in the file more than once.")
            action.ref = _free(f"{action.ref}-", 2, used | set(taken))
        elif not action.ref:
            letter = LETTERS[action.themes[0]] if action.themes else LETTER_WITHOUT_THEME
            action.ref = _free(letter, 1, used | set(taken))
        used.add(action.ref.casefold())


def _free(start: str, count: int, taken: set[str]) -> str:
    while f"{start}{count}".casefold() in taken:
        count += 1
    return f"{start}{count}"


def _take_numbers(read: list[Record]) -> None:
    """Where most objectives begin with a number, it is their reference."""
    matches = [NUMBERED.match(record.texts.get("objective", "")) for record in read]
    if sum(1 for match in matches if match) < max(2, ENOUGH_NUMBERED * len(read)):
        return
    for record, match in zip(read, matches, strict=True):
        if match:
            record.texts["ref"] = match[1]
            record.texts["objective"] = record.texts["objective"][match.end() :]


def _cut_long(preview: Preview, record: Record) -> None:
    for name, text in record.texts.items():
        if len(text) > LONGEST_TEXT:
            record.texts[name] = text[:LONGEST_TEXT]
            preview.warnings.append(
                f"{record.place}: a cell holds more than {LONGEST_TEXT:,} characters, the rest is left out."
            )


def _set_texts(action: ActionDraft, section: Section, record: Record) -> None:
    texts = record.texts
    action.ref = _reference(texts.get("ref", ""))
    action.objective = " ".join(texts.get("objective", "").split())
    action.details = texts.get("details", "")
    action.impact = texts.get("impact", "")
    action.owner = "; ".join(texts.get("owner", "").split("\n"))
    action.delivery = " ".join(texts.get("delivery", "").split())
    action.working_group = " ".join(texts.get("working group", "").split())
    action.resource = " ".join(texts.get("resource", "").split())
    action.progress = texts.get("progress", "")
    if section.theme_explains:
        action.objective = " ".join(record.theme.text.split())
    if not action.objective:
        name = next((name for name in ("details", "impact", "progress") if texts.get(name)), "")
        action.objective = " ".join(texts.get(name, "").split())
        action.guesses.append("The row has no objective; the first text of the row stands in its place.")


def _reference(text: str) -> str:
    """“3.” and “a)” without the mark that ends a number in a list."""
    ref = " ".join(text.split()).rstrip(".:")
    return ref if "(" in ref else ref.rstrip(".):")


def _set_themes(preview: Preview, action: ActionDraft, record: Record, *, by_letter: bool) -> None:
    if record.ticked:
        action.themes = record.ticked
        return
    if not record.theme.text and by_letter:
        action.themes = [words.THEME_LETTERS[LETTERED.sub(r"\1", action.ref).casefold()]]
        action.guesses.append(f"Theme understood from the letter of the reference, {action.ref}.")
        return
    text = record.theme.text
    reading = themes.read(text)
    action.themes = reading.themes
    if not reading.themes:
        why = f"“{shortened(text)}” is no theme of the Technician Commitment" if text else "no theme found"
        preview.warnings.append(f"{record.place}: {why}, left empty.")
    elif not reading.sure or not _is_plain(text, reading.themes):
        names = ", ".join(words.THEMES[theme][0] for theme in reading.themes)
        action.guesses.append(f"Theme “{shortened(text)}” understood as {names}.")


def _is_plain(text: str, found: list[str]) -> bool:
    """Whether the theme's name stands there as it is usually written."""
    plain = " ".join(text.casefold().split())
    names = words.THEMES[found[0]]
    return names[0] in plain or plain in names or len(found) > 1


def _set_dates(action: ActionDraft, record: Record, section: Section) -> None:
    start, due = record.texts.get("start", ""), record.texts.get("due", "")
    begins = dates.read_cell(start, starts=True, begins=section.begins)
    ends = dates.read_cell(due, begins=section.begins)
    action.start, action.due = begins.start or ends.start, ends.due
    for name, text, reading in (("Start", start, begins), ("Due", due, ends)):
        if reading.unread:
            action.guesses.append(f"{name} “{shortened(text)}” is no date, left empty.")
        elif reading.rough:
            day = action.start if name == "Start" else action.due
            action.guesses.append(f"{name} “{shortened(text)}” understood as {_written(day)}.")


def _written(day: date | None) -> str:
    return f"{day.day} {day:%B %Y}" if day else "no date"


def _set_promises(action: ActionDraft, record: Record, section: Section) -> None:
    """Milestones and targets of their columns and of the prose, which is not asked where both have a column.

    The last of them is the due date where no column gives one.
    """
    due = record.texts.get("due", "")
    parts = [_column_of_milestones(action, record), _column_of_targets(action, record)]
    if not (section.headings.columns("milestones") and section.headings.columns("targets")):
        parts.insert(0, promises.read(action.impact, about=action.objective, due=action.due))
    if len(dates.find(due)) > 1:
        parts.append(promises.read(due, about=action.objective))
    for part in parts:
        action.milestones.extend(part.milestones)
        action.targets.extend(part.targets)
    last = max((part.last_due for part in parts if part.last_due), default=None)
    if action.due is None and not due and last:
        action.due = last
        action.guesses.append(f"Due is the last date of its milestones and targets, {_written(last)}.")


def _column_of_milestones(action: ActionDraft, record: Record) -> Promises:
    text = record.texts.get("milestones", "")
    found = stated.milestones(text)
    return promises.read(text, about=action.objective, keep_undated=True) if found is None else Promises(found)


def _column_of_targets(action: ActionDraft, record: Record) -> Promises:
    text = record.texts.get("targets", "")
    found = stated.targets(text)
    if found is None:
        return promises.read(text, about=action.objective, due=action.due)
    action.measures.extend(stated.measures(text))
    return Promises(targets=found)


def _set_periods(action: ActionDraft, record: Record, section: Section) -> None:
    """Columns of years or quarters: what is ticked or shaded says from when to when, what is written is a milestone."""
    marked: list[tuple[str, Period]] = []
    cells = {column: record.cell(column) for column in section.headings.period_columns}
    by_shade = 0 < sum(1 for cell in cells.values() if cell.shade) < len(cells)
    for column, name in section.headings.period_columns.items():
        period = dates.whole(name) or (dates.of_plan_years(name, section.begins) if section.begins else None)
        text = cells[column].text
        if text.casefold() in words.NO_TICK and not (by_shade and cells[column].shade):
            continue
        if text.isdecimal() and text != "1":
            action.targets.append(TargetDraft(int(text[:15]), period.last if period else None, action.objective))
        elif len(text) > LONGEST_TICK and text.casefold() not in words.TICKS:
            read = promises.read(text, about=action.objective, due=period.last if period else None, keep_undated=True)
            action.milestones.extend(read.milestones)
            action.targets.extend(read.targets)
        if period is not None:
            marked.append((name, period))
        else:
            action.guesses.append(f"Filled in under “{name}”, but nothing says when the plan begins.")
    if marked and action.start is None and action.due is None:
        action.start, action.due = marked[0][1].first, marked[-1][1].last
        names = " to ".join(dict.fromkeys(f"“{name}”" for name, _ in (marked[0], marked[-1])))
        action.guesses.append(f"Start and due are those of the columns filled in, {names}.")


def _set_day_by_words(action: ActionDraft, record: Record) -> None:
    """Where nothing is written on when, and nothing promised has a date, the objective itself may say so."""
    if action.due or action.start or any(record.texts.get(name) for name in DATING):
        return
    found = [each for each in dates.find(action.objective) if each.lead & dates.YEAR_FOLLOWS or _ends(action, each)]
    if not found:
        return
    name = "Start" if found[-1].opens else "Due"
    setattr(action, name.casefold(), found[-1].day)
    action.guesses.append(f"{name} is the date in the objective, {_written(found[-1].day)}.")


def _ends(action: ActionDraft, found: dates.Found) -> bool:
    return not action.objective[found.end :].strip(" ).")


def _told_before(preview: Preview, action: ActionDraft, *, again: bool) -> ActionDraft | None:
    """The same action in a table above, as where a second table adds its status."""
    same = next((each for each in preview.actions if action.ref and each.ref == action.ref), None)
    return same if same and (again or same.objective.startswith(action.objective)) else None


def _add_what_is_new(before: ActionDraft, action: ActionDraft) -> None:
    """Fills what was empty; where the objective was told with its details, it ends where the other one does."""
    rest = before.objective.removeprefix(action.objective).strip()
    if rest != before.objective and not before.details and not rest[:1].islower():
        before.objective, before.details = action.objective, rest
    for name in FILLED:
        setattr(before, name, getattr(before, name) or getattr(action, name))
    before.guesses.extend(action.guesses)


def _letters_are_themes(read: list[Record]) -> bool:
    """Whether the references begin with the letters of several themes: V1, V2, R1."""
    found = [LETTERED.fullmatch(record.texts.get("ref", "")) for record in read]
    told = {words.THEME_LETTERS.get(match[1].casefold()) if match else None for match in found}
    return None not in told and len(told) > 1


def _set_status(preview: Preview, action: ActionDraft, record: Record, section: Section, coloured: int | None) -> None:
    text = record.texts.get("rag", "")
    if text and section.headings.rag_is_share:
        text = status.as_share(text)
    reading = status.read(text)
    action.rag = reading.rag
    if len(text.split()) > STATUS_WORDS and not action.progress:
        action.progress = text
    if text and reading.rag and not reading.sure:
        action.guesses.append(f"Status “{shortened(text)}” understood as {reading.rag}.")
    if action.rag is None:
        _set_status_by_colour(action, record, [coloured] if coloured is not None else section.headings.columns("rag"))
    if text.casefold().strip() not in words.NO_DATE and action.rag is None:
        preview.warnings.append(f"{record.place}: the status “{shortened(text)}” was not understood, left empty.")


def _set_status_by_colour(action: ActionDraft, record: Record, columns: list[int]) -> None:
    for column in columns:
        action.rag = status.of_shade(record.cell(column).shade)
        if action.rag:
            action.guesses.append(f"Status {action.rag} understood from the colour of the cell.")
            return


def _coloured_column(section: Section, read: list[Record]) -> int | None:
    """The column whose fills show a status: not the theme's, and with at least two of the three colours."""
    best, most = None, 0
    for column, meaning in enumerate(section.headings.meanings):
        if meaning.startswith(("theme", "period")):
            continue
        shades = [record.cell(column).shade for record in read]
        found = [rag for rag in map(status.of_shade, shades) if rag]
        if len(set(found)) > 1 and len(found) > most:
            best, most = column, len(found)
    return best
