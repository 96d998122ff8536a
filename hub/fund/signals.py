"""Facts that the fund announces."""

from blinker import Namespace

_signals = Namespace()

application_awarded = _signals.signal(
    "fund-application-awarded",
    doc="""An award was released to its applicant. *sender* is the ``Application``, already flushed, with
    ``awarded_pence``; ``actor`` is the ``Person`` who released it.""",
)

award_given_back = _signals.signal(
    "fund-award-given-back",
    doc="""Its applicant withdrew after the award. *sender* is the ``Application``, already flushed;
    ``actor`` did it.""",
)

report_accepted = _signals.signal(
    "fund-report-accepted",
    doc="""The report after the activity was accepted. *sender* is the ``Application``, already flushed;
    ``actor`` is the lead who read it.""",
)

promise_kept = _signals.signal(
    "fund-promise-kept",
    doc="""A session was held, and confirmed, of what a report promised to share. *sender* is the ``FundReport`` with
    its application and applicant, already flushed; ``actor`` is who confirmed last, or nobody.""",
)

application_let_go = _signals.signal(
    "fund-application-let-go",
    doc="""An application was kept long enough, and is about to become anonymous: whatever holds its words or its people
    lets go of them, too. *sender* is the ``Application``; ``report_id`` is that of its report, or nothing, and
    ``follow_up_ids`` are those of the questions months later.""",
)

follow_up_answered = _signals.signal(
    "fund-follow-up-answered",
    doc="""Somebody said what is different months after a funded activity. *sender* is the ``FollowUp`` with its
    application and applicant, already flushed; ``actor`` is the applicant.""",
)
