"""What is done to an institution's vocabulary of skills."""

import csv
from pathlib import Path

from sqlalchemy import insert, select

from hub.accounts.models import Institution
from hub.core.db import db
from hub.directory import index_store
from hub.directory.models import Skill, SkillGroup

SHIPPED = Path(__file__).parent.parent / "vocabulary.csv"


def load_vocabulary(institution: Institution) -> int:
    """Give the institution what it lacks of the shipped skills; what it has is left as it is. How many were new."""
    known = set(db.session.scalars(select(Skill.name).where(Skill.institution_id == institution.id)))
    with SHIPPED.open(encoding="utf-8", newline="") as file:
        rows = [
            {
                "institution_id": institution.id,
                "name": row["name"],
                "group": SkillGroup(row["group"]),
                "synonyms": [s for s in row["synonyms"].split(";") if s],
                "abbreviations": [a for a in row["abbreviations"].split(";") if a],
            }
            for row in csv.DictReader(file)
            if row["name"] not in known
        ]
    if rows:
        db.session.execute(insert(Skill), rows)
        index_store.change_vocabulary(institution.id)
    return len(rows)
