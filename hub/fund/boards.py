"""What one panel member may see of a round, put together: their own progress, the order, and the line of the budget."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from hub.fund import queries
from hub.fund.models import Application, Outcome, PanelScore, Round, RoundStage, Stage
from hub.fund.ranking import TALK_ABOUT, Ranked, Way, by_rank, most_people, most_points, of_panel, ranked

Marks = dict[int, dict[int, dict[int, PanelScore]]]


@dataclass
class Board:
    """A round as *member* may see it: what is kept from them is in no list, count or total."""

    fund_round: Round
    member: Any
    applications: list[Application]
    marks: Marks
    funded_before: set[int]
    given_pence: int = 0  # and told already, where a round decides as applications come

    @cached_property
    def weights(self) -> dict[int, int]:
        return {c.id: c.weight for c in self.fund_round.criteria}

    def is_scored(self, application: Application) -> bool:
        return set(self.marks.get(application.id, {}).get(self.member.id, {})) >= set(self.weights)

    @property
    def scored(self) -> int:
        return sum(self.is_scored(a) for a in self.applications)

    @property
    def is_complete(self) -> bool:
        """Others' scores are shown only once all of one's own are in."""
        return bool(self.applications) and self.scored == len(self.applications)

    def next_unscored(self, after: Application | None = None) -> Application | None:
        left = [a for a in self.applications if not self.is_scored(a) and a is not after]
        return left[0] if left else None

    @property
    def ranking(self) -> list[Ranked]:
        rows = [(a, self._summary(a), self._cost(a)) for a in self.applications]
        return ranked(rows, self.fund_round.budget_pence - self.given_pence)

    @cached_property
    def ways(self) -> list[tuple[str, Way]]:
        """Ways to give what is left to those still undecided; none if it is enough for all of them or for nobody."""
        undecided = [a for a in self.applications if a.decision is None]
        order = ranked([(a, self._summary(a), self._cost(a)) for a in undecided], self.left_pence)
        if all(one.fits for one in order) or all(one.pence > self.left_pence for one in order):
            return []
        return [
            ("Down to the line", by_rank(order)),
            ("Most points", most_points(order, self.left_pence)),
            ("Most people", most_people(order, self.left_pence)),
        ]

    def _summary(self, application: Application) -> tuple[float, float] | None:
        return of_panel(self.marks.get(application.id, {}), self.weights)

    @staticmethod
    def _cost(application: Application) -> int:
        """What it was awarded, nothing if it was not, what it asks while undecided."""
        decision = application.decision
        if decision is None:
            return application.asked_pence or 0
        return decision.pence or 0 if decision.outcome == Outcome.AWARD else 0

    @property
    def awarded_pence(self) -> int:
        return self.given_pence + sum(a.decision.pence or 0 for a in self.applications if a.decision)

    @property
    def left_pence(self) -> int:
        return self.fund_round.budget_pence - self.awarded_pence

    @property
    def undecided(self) -> int:
        return sum(a.decision is None for a in self.applications)

    def others(self, application: Application, criterion_id: int) -> list[int]:
        """Other members' scores on one criterion, once one's own are in; before that nothing."""
        if not self.is_scored(application):
            return []
        by_member = self.marks.get(application.id, {})
        return [
            row.score
            for person_id, own in by_member.items()
            if person_id != self.member.id and (row := own.get(criterion_id)) and row.score
        ]

    def mine(self, application: Application, criterion_id: int) -> int | None:
        row = self.marks.get(application.id, {}).get(self.member.id, {}).get(criterion_id)
        return row.score if row else None

    def apart(self, application: Application, criterion_id: int) -> int:
        """How many points lie between the scores, if that many that the panel should talk about it."""
        others = self.others(application, criterion_id)
        mine = self.mine(application, criterion_id)
        all_marks = [*others, *([mine] if mine else [])]
        apart = max(all_marks) - min(all_marks) if len(all_marks) > 1 else 0
        return apart if apart >= TALK_ABOUT else 0

    def neighbours(self, application: Application) -> tuple[Application | None, Application | None, int]:
        """The one before, the one after, and its own place counted from 1."""
        at = next(i for i, a in enumerate(self.applications) if a.id == application.id)
        before = self.applications[at - 1] if at else None
        after = self.applications[at + 1] if at + 1 < len(self.applications) else None
        return before, after, at + 1


def board_for(fund_round: Round, member: Any) -> Board:
    judged = queries.judged(fund_round, member)
    is_over = fund_round.stage == RoundStage.RELEASED
    told = [] if is_over else [a for a in judged if a.decision and a.decision.released_at]
    applications = [a for a in judged if is_over or a.stage == Stage.WITH_PANEL]
    return Board(
        fund_round,
        member,
        applications,
        queries.scores([a.id for a in applications]),
        queries.has_been_funded([a.applicant_id for a in applications], fund_round.id),
        sum(a.awarded_pence or 0 for a in told),
    )
