"""Starting the hub for real: database, demo, scheduler, server."""

import gc
import logging
import signal
import subprocess
import sys
import threading

import waitress
from flask import Flask

from hub import jobs
from hub.cli import demo
from hub.core import schema
from hub.core.db import db

log = logging.getLogger(__name__)


def run(app: Flask, *, host: str, port: int) -> None:
    """Serve until stopped. A production installation starts with what it has; any other begins with the demo."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    with app.app_context():
        schema.upgrade()
        if not app.config["PRODUCTION"]:
            if not demo.is_there():
                print("Loading the demo institution, once: about two minutes.", flush=True)
                subprocess.run(
                    [sys.executable, "-m", "hub", "demo", "--quiet"], check=True
                )  # so that its memory ends with it
            db.session.rollback()  # see what was loaded since this transaction began
            print(demo.sign_ins(), flush=True)
    jobs.start(app)
    print(f"The hub answers on http://{host}:{port}", flush=True)
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    gc.collect()
    gc.freeze()  # what is loaded by now stays: no request is held up by looking through it again
    waitress.serve(
        app,
        host=host,
        port=port,
        threads=8,
        channel_timeout=60,
        ident="hub",
        clear_untrusted_proxy_headers=not app.config["PROXIES"],  # who stands behind ours is for the application to say
    )


def schedule_only(app: Flask) -> None:
    """Run the scheduled work until told to stop."""
    app.config["SCHEDULER"] = True
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    jobs.start(app)
    stop.wait()
