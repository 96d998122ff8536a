"""What it costs that a page is guarded: the same page by the same application with its guards taken away."""

from copy import copy
from typing import Any

from flask import Flask

from tests.bench.harness import Measured, cpu, paired, row

PEOPLE = 1_000
ENDPOINT, PATH = "directory.search", "/people/?q=workshop"


@row("guards", target=1.15)
def guards() -> Measured:
    """Permission checks, session rows, CSP and the journal's hooks together, on the directory page."""
    from tests.bench.population import institution_of  # noqa: PLC0415 -- the application is imported only where needed
    from tests.bench.reading import reader  # noqa: PLC0415 -- as above

    hub = institution_of(PEOPLE)
    guarded = reader(hub.app, PATH, hub.token)
    bare = reader(_without_guards(hub), PATH, hub.token)
    ours, limit = paired(cpu(guarded, 20), cpu(bare, 20), rounds=15)
    return Measured(ours, limit, {"bytes": len(guarded()), "bytes unguarded": len(bare())})


def _without_guards(hub: Any) -> Flask:
    """The hub as it would be if everybody were believed; in this process only, and only to be measured."""
    from hub import accounts, create_app  # noqa: PLC0415 -- as above
    from hub.accounts import queries, reading  # noqa: PLC0415 -- as above
    from hub.core import web  # noqa: PLC0415 -- as above

    app = create_app(type("Settings", (), dict(hub.app.config)))
    with app.app_context():
        somebody = queries.session_of(hub.token).person
    app.login_manager = copy(web.login_manager)
    app.login_manager.user_loader(lambda _token: somebody)
    app.view_functions[ENDPOINT] = app.view_functions[ENDPOINT].__wrapped__  # without allowed(…)
    taken = {web._begin, web._harden, accounts._ask_for_second_step, accounts._note_seen, reading.notice, reading.write}
    for hooks in (app.before_request_funcs, app.after_request_funcs, app.teardown_request_funcs):
        hooks[None] = [hook for hook in hooks[None] if hook not in taken]
    return app
