"""What a round's last minute costs."""

import re
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from tests.bench.harness import Measured, row

APPLICATIONS, TOGETHER, MINUTE = 1_000, 16, 60.0


@row("fund-last-minute", target=1)
def last_minute() -> Measured:
    """A thousand people who have the page open press “Send” in the round's last second: the seconds until all are in.

    Sixteen at a time through one process. None may be lost, or told that it came too late.
    """
    from hub.accounts import services as accounts  # noqa: PLC0415 -- the application is imported only where a row needs it
    from hub.accounts.queries import person  # noqa: PLC0415 -- as above
    from hub.cli.checks import broken_rows  # noqa: PLC0415 -- as above
    from hub.core import clock  # noqa: PLC0415 -- as above
    from hub.core.db import db  # noqa: PLC0415 -- as above
    from hub.core.unit import unit_of_work  # noqa: PLC0415 -- as above
    from tests.fund import last_minute as everybody  # noqa: PLC0415 -- as above
    from tests.support.running import looking_at  # noqa: PLC0415 -- as above

    def send(form: tuple[Any, str, dict[str, str]]) -> int:
        client, path, values = form
        with clock.held(everybody.CLOSES):
            return client.post(path, data=values).status_code

    with tempfile.TemporaryDirectory() as folder:
        with looking_at(f"sqlite:///{folder}/hub.sqlite3", Path(folder)) as app:
            with unit_of_work("bench.drafts"):
                drafts = everybody.prepare(APPLICATIONS)
            with clock.held(everybody.CLOSES), unit_of_work("bench.sessions"):
                tokens = [accounts.open_session(person(applicant)) for _, applicant in drafts]
        with clock.held(everybody.CLOSES):
            forms = [_form(app, token, draft) for token, (draft, _) in zip(tokens, drafts, strict=True)]
        begun = time.process_time()
        with ThreadPoolExecutor(TOGETHER) as pool:
            answers = list(pool.map(send, forms))
        took = time.process_time() - begun
        with app.app_context():
            came_in, wrong = everybody.came_in(), broken_rows()
            db.session.remove()
            db.engine.dispose()
    if set(answers) != {302} or came_in != (APPLICATIONS,) * 3 or wrong:
        raise RuntimeError(f"{answers.count(302)} of {APPLICATIONS} came in: {came_in} {wrong[:3]}")
    return Measured(took, MINUTE, {"unit": "s", "applications": APPLICATIONS, "a_second": APPLICATIONS / took})


def _form(app: Any, token: str, application_id: int) -> tuple[Any, str, dict[str, str]]:
    """The page on which somebody checks their answers, ready to be sent."""
    client, path = app.test_client(), f"/fund/applications/{application_id}/check"
    with client.session_transaction() as session:
        session["_user_id"], session["_fresh"] = token, True
    main = client.get(path).get_data(as_text=True).split("<main")[1]
    return client, path, dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', main))
