"""Every invariant of `hub check` finds the fault that it is there for: one without a planted fault fails here."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import CheckConstraint, select, text, update

from hub.accounts import queries
from hub.accounts import services as accounts
from hub.cli import boundaries, checks
from hub.core import clock
from hub.core.db import Base, db, writing
from hub.core.storage import StoredFile
from hub.notifications.models import OutboxMail
from hub.plan.measures import packed
from hub.plan.models import Reading

pytestmark = pytest.mark.xdist_group("world")
LAST = "(SELECT max(id) FROM person)"


def sql(*statements):
    """A fault as somebody leaves it who writes past the services."""

    def plant(_world):
        for statement in statements:
            db.session.execute(text(statement))

    return plant


def a_frozen_value_of_nothing(_world):
    db.session.execute(update(Reading).values(entries=packed([999_999_999])))


def a_row_without_its_file(world):
    lead = world.person("lead")
    given = {"institution_id": lead.institution_id, "owner_id": lead.id, "size": 1, "sha256": "0", "key": "00gone.pdf"}
    db.session.add(StoredFile(**given, name="gone.pdf", media_type="application/pdf"))
    db.session.flush()


def a_changed_file(world):
    a_row_without_its_file(world)
    kept = Path(world.app.config["VAR"]) / "files" / "00" / "00gone.pdf"
    kept.parent.mkdir(parents=True, exist_ok=True)
    kept.write_bytes(b"something else")


def a_stray_file(world):
    left = Path(world.app.config["VAR"]) / "files" / "00" / "00stray.pdf"
    left.parent.mkdir(parents=True, exist_ok=True)
    left.write_bytes(b"nobody's")
    os.utime(left, (clock.now().timestamp() - 7 * 86_400,) * 2)


def a_mail_of_no_deed(world):
    mail = {"institution_id": world.person("lead").institution_id, "address": "ana@hub.example", "kind": "notice"}
    db.session.add(OutboxMail(**mail, is_private=False, subject="Hello", message_id="<no.deed@hub.example>"))


def a_session_of_somebody_suspended(world):
    person = queries.person(world.person("technician").id)
    accounts.open_session(person)
    db.session.execute(text("UPDATE person SET status = 'suspended' WHERE id = :id"), {"id": person.id})


PLANTED = {
    "journal.chain": sql("UPDATE journal_head SET seq = seq + 1"),
    "files.present": a_row_without_its_file,
    "accounts.only-the-active-are-signed-in": a_session_of_somebody_suspended,
    "accounts.left-on-a-day": sql(f"UPDATE person SET left_on = '2026-01-05' WHERE id = {LAST}"),
    "outbox.sent-has-its-moment": sql("UPDATE outbox_mail SET stage = 'sent', sent_at = NULL"),
    "outbox.notice-goes-to-its-reader": sql(
        f"UPDATE notice SET dedupe = NULL, recipient_id = {LAST} WHERE mail_id IS NOT NULL"
    ),
    "directory.found-only-if-listed": sql("DELETE FROM directory_listed"),
    "workforce.files-only-while-needed": sql("UPDATE staff_import SET file_id = NULL"),
    "skills.places-within-capacity": sql("UPDATE skill_session SET capacity = 0"),
    "skills.confirmed-by-somebody": sql("UPDATE skill_place SET was_there = NULL"),
    "registration.mentee-owns-the-journey": sql(
        f"UPDATE mentoring SET mentee_id = {LAST} WHERE id = (SELECT max(id) FROM mentoring)"
    ),
    "fund.committed-within-budget": sql("UPDATE fund_round SET budget_pence = 1"),
    "fund.award-set-aside": sql("UPDATE fund_entry SET pence = pence + 1 WHERE kind = 'committed'"),
    "fund.paid-within-award": sql("UPDATE fund_claim SET paid_on = NULL, pence = 2000000000"),
    "fund.stage-has-its-step": sql("DELETE FROM fund_step"),
    "fund.asks-for-its-costs": sql("UPDATE fund_application SET asked_pence = asked_pence + 1"),
    "fund.nobody-scores-their-own": sql(
        "UPDATE fund_score SET person_id = applicant_id WHERE id = (SELECT max(id) FROM fund_score)"
    ),
    "attribution.one-version-in-force": sql(
        "UPDATE document_edition SET stage = 'published' WHERE stage = 'superseded'"
    ),
    "attribution.drafts-are-read-by-nobody": sql("UPDATE document_edition SET stage = 'draft', published_at = NULL"),
    "attribution.contributions-have-a-role": sql("DELETE FROM contribution_role"),
    "awards.announced-with-its-cycle": sql("UPDATE award_cycle SET stage = 'decided' WHERE stage = 'announced'"),
    "awards.withheld-has-no-winner": sql("UPDATE award_category SET withheld_because = 'No'"),
    "awards.judged-with-consent": sql("UPDATE award_nominee SET consents = NULL"),
    "awards.nobody-scores-their-own": sql(
        """UPDATE award_judgement SET person_id = (SELECT min(n.person_id) FROM award_nominee n
        WHERE n.nomination_id = award_judgement.nomination_id) WHERE verdict = 'scored'
        AND id IN (SELECT max(id) FROM award_judgement WHERE verdict = 'scored')"""
    ),
    "galleries.shown-only-if-public": sql("UPDATE directory_listed SET audience = 3"),
    "evidence.totals-equal-the-ledger": sql("UPDATE evidence_total SET n = n + 1"),
    "evidence.corrections-follow": sql("UPDATE evidence_entry SET revision = revision + 9, reason = 'Wrong'"),
    "evidence.versions-say-what-they-said": sql("UPDATE evidence_item_version SET text = text || '!'"),
    "evidence.travels-as-agreed": sql("UPDATE evidence_item SET about_somebody = true, scope = 'public'"),
    "evidence.out-of-use-is-not-shown": sql("UPDATE evidence_item SET withdrawn_at = added_at"),
    "registration.profiles-say-what-is-held": sql("UPDATE profile SET mentors = NOT mentors"),
    "charters.evidence-follows-corrections": sql(
        """UPDATE evidence_entry SET corrected_at = recorded_at, withdrawn_at = recorded_at
        WHERE id IN (SELECT entry_id FROM charter_point_entry)"""
    ),
    "plan.one-published": sql("DROP INDEX uq_plan_published", "UPDATE plan SET stage = 'published'"),
    "plan.green-has-evidence": sql("UPDATE plan_action SET accepted = 0, rag = 'green'"),
    "plan.evidence-counted": sql("UPDATE plan_action SET accepted = accepted + 1"),
    "plan.evidence-in-the-inbox": sql("DELETE FROM plan_placement"),
    "plan.frozen-from-what-is-there": a_frozen_value_of_nothing,
    "plan.versions-unchanged": sql("UPDATE plan_version SET sha256 = 'x'"),
    "plan.actions-go-somewhere": sql("DELETE FROM plan_successor"),
    "packs.say-what-was-frozen": sql("UPDATE pack_piece SET title = 'Something else'"),
    "packs.taken-back-is-stopped": sql("UPDATE pack_piece SET stopped_at = NULL, why = NULL"),
    "database.integrity": sql("UPDATE person SET unit_id = 999999"),
    "files.unchanged": a_changed_file,
    "files.no-strays": a_stray_file,
    "journal.every-stage": a_mail_of_no_deed,
    "evidence.ledger-equals-its-sources": sql("UPDATE skill_session SET stage = 'delivered', confirmed_at = NULL"),
}


@contextmanager
def written_past_everything(world) -> Iterator[None]:
    """The world with no CHECK of the database in the way, as it was afterwards."""
    assert world.people  # read before the block, which nobody else can enter
    with world.app.app_context(), writing():
        is_sqlite = db.engine.dialect.name == "sqlite"
        for statement in _off() if is_sqlite else _drops():
            db.session.execute(text(statement))
        try:
            yield
        finally:
            if is_sqlite:
                db.session.execute(text("PRAGMA ignore_check_constraints = OFF"))
            db.session.rollback()


def _off() -> list[str]:
    return ["PRAGMA ignore_check_constraints = ON", "PRAGMA defer_foreign_keys = ON"]


def _drops() -> Iterator[str]:
    for table in Base.metadata.sorted_tables:
        for constraint in table.constraints:
            if isinstance(constraint, CheckConstraint) and constraint.name:
                yield f'ALTER TABLE {table.name} DROP CONSTRAINT IF EXISTS "{constraint.name}"'


def test_the_demo_breaks_nothing(world):
    with world.at_home():
        assert checks.broken_data() == []


def test_every_invariant_has_a_planted_fault():
    named = {*checks.row_invariants(), *checks.OF_THE_WHOLE} - set(boundaries.invariants())
    assert named == set(PLANTED)


@pytest.mark.parametrize("name", PLANTED)
def test_the_planted_fault_is_found(world, name):
    asked = {**checks.row_invariants(), **checks.OF_THE_WHOLE}
    with written_past_everything(world):
        if name == "database.integrity" and db.engine.dialect.name != "sqlite":
            pytest.skip("PostgreSQL never lets go of a foreign key")
        PLANTED[name](world)
        db.session.flush()
        found = checks.findings({name: asked[name]})
    assert found != []
    assert all(finding.startswith(f"{name}: ") for finding in found)


# -- the boundaries of institutions ------------------------------------------------------------------------------------


def homes(key):
    """Whose institution decides where *key* leads: that table, and how to get there from the one that *key* is in."""
    table, steps = key.referred_table, [key]
    while "institution_id" not in table.c:
        steps.append(boundaries._home(table))
        table = steps[-1].referred_table
    return table, steps


def behind(row, steps):
    """The row at the end of *steps*, if there is one."""
    for key in steps:
        values = {part.column: row[part.parent.name] for part in key.elements}
        found = select(key.referred_table).where(*(column == value for column, value in values.items()))
        row = db.session.execute(found).mappings().first()
        if row is None:
            return None
    return row


def astray(table, key, stranger):
    """Whether the row behind a *key* of *table* is found once it is of another institution; None without one."""
    home, steps = homes(key)
    for found in db.session.execute(select(table).limit(50)).mappings():
        row = _pointing_somewhere(table, key, found)
        far, own = behind(row, steps), boundaries._home(table)
        if far is None or far == row or (own is not None and behind(row, homes(own)[1]) == far):
            continue
        db.session.execute(home.update().where(home.c.id == far["id"]).values(institution_id=stranger))
        sought = f"{boundaries._label(key)} of row {'-'.join(str(row[c.name]) for c in table.primary_key)} leads"
        return any(wrong.startswith(sought) for wrong in boundaries._astray(table))
    return None


def _pointing_somewhere(table, key, row):
    """*row*, its empty *key* filled with any row that it could lead to."""
    empty = [part for part in key.elements if row[part.parent.name] is None]
    others = select(key.referred_table).order_by(*key.referred_table.primary_key)
    if key.referred_table is table:
        taken = select(empty[0].parent).where(empty[0].parent.is_not(None)) if empty else ()
        others = others.where(table.c.id != row["id"], table.c.id.not_in(taken))
    target = db.session.execute(others.limit(1)).mappings().first()
    if not empty or target is None:
        return row
    values = {part.parent.name: target[part.column.name] for part in empty}
    same = [column == row[column.name] for column in table.primary_key]
    db.session.execute(table.update().where(*same).values(values))
    return {**row, **values}


NOT_IN_THE_DEMO = {  # empty tables
    "fund_declared_conflict.person_id",
    "fund_kept.learned_id",
    "fund_kept.unit_id",
    "plan_import.owner_id",
    "plan_import.plan_id",
}
CROSSINGS = [(table, key) for table in Base.metadata.sorted_tables for key in boundaries.crossings(table)]


def test_every_foreign_key_that_leads_to_another_institution_is_found(world):
    stranger, found = world.person("outsider").institution_id, {}
    for table, key in CROSSINGS:
        with written_past_everything(world):
            a_row_without_its_file(world)
            found[f"{table.name}.{boundaries._label(key)}"] = astray(table, key, stranger)
    assert [name for name, seen in found.items() if seen is False] == []
    assert {name for name, seen in found.items() if seen is None} == NOT_IN_THE_DEMO
