"""``check --deploy`` names each unsafe setting with what to do; on the worst a production hub does not start."""

import os
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from config import own_key
from hub.accounts.models import Role
from hub.cli import demo_people, deployment
from hub.core import settings
from hub.core.clock import now
from hub.jobs.models import JobRun, Outcome
from tests import factories as make
from tests.rules.tree import ROOT
from tests.support.processes import run

KEY = "3f9d51c8a7e24b60" * 4
PLANTED = {
    "settings.production": [{"PRODUCTION": False}],
    "settings.secret-key": [
        {"SECRET_KEY": "too short"},
        {"SECRET_KEY": "change-me, please, before anybody uses this"},
        {"SECRET_KEY": "0123012301230123" * 4},
        {"SECRET_KEY": ""},
    ],
    "settings.debug": [{"DEBUG": True}],
    "settings.hosts": [{"TRUSTED_HOSTS": hosts} for hosts in ([], ["*"], ["hub.example", "*.example"], [".example"])],
    "settings.base-url": [{"BASE_URL": "http://hub.example"}],
    "settings.proxies": [{"PROXIES": 0}],
    "settings.mail": [{"MAIL_URL": "folder:"}],
    "settings.mail-from": [{"MAIL_FROM": "Technicians’ Hub <hub@localhost.localdomain>"}],
    "settings.folder": [{"VAR": ROOT / "not-there-yet"}],
    "settings.database": [
        {"SQLALCHEMY_DATABASE_URI": f"postgresql+psycopg://{rest}"}
        for rest in (
            "hub@db.example/hub?sslmode=require",
            "hub:secret@db.example/hub",
            "db.example/hub",
            "/hub?host=db",
        )
    ],
}
OPEN_TO_OTHERS = {"settings.folder-open": 0o755, "settings.secret-key-file": 0o700}


@pytest.fixture
def safe(tmp_path):
    """Settings that nothing is wrong with."""
    tmp_path.chmod(0o700)
    (tmp_path / "secret_key").write_text(KEY, encoding="ascii")
    (tmp_path / "secret_key").chmod(0o600)
    return {
        "PRODUCTION": True,
        "SECRET_KEY": KEY,
        "VAR": tmp_path,
        "DEBUG": False,
        "TRUSTED_HOSTS": ["hub.example", "127.0.0.1", "localhost"],
        "BASE_URL": "https://hub.example",
        "PROXIES": 1,
        "MAIL_URL": "smtp://hub:secret@mail.example:587",
        "MAIL_FROM": "Technicians’ Hub <hub@hub.example>",
        "SQLALCHEMY_DATABASE_URI": "postgresql+psycopg://hub:secret@db.example/hub?sslmode=verify-full",
    }


def names(warnings):
    assert all(": " in warning and warning.endswith(".") for warning in warnings)
    return [warning.split(":")[0] for warning in warnings]


@pytest.mark.parametrize(
    "url", ["sqlite:////srv/hub/hub.sqlite3", "postgresql+psycopg://hub@/hub?host=/run/postgresql", None]
)
def test_safe_settings_are_not_warned_of(safe, url):
    assert settings.warnings(safe | ({"SQLALCHEMY_DATABASE_URI": url} if url else {})) == []


@pytest.mark.parametrize(("name", "planted"), [(name, one) for name, many in PLANTED.items() for one in many])
def test_each_unsafe_setting_is_named(safe, name, planted):
    assert names(settings.warnings(safe | planted)) == [name]


@pytest.mark.parametrize("name", OPEN_TO_OTHERS)
def test_a_folder_or_key_that_others_can_read_is_named(safe, name):
    safe["VAR"].chmod(OPEN_TO_OTHERS[name])
    if name == "settings.secret-key-file":
        (safe["VAR"] / "secret_key").chmod(0o640)
    assert names(settings.warnings(safe)) == [name]


def test_every_warning_has_been_seen():
    assert set(settings.UNSAFE) == {*PLANTED, *OPEN_TO_OTHERS}


# -- what is in the database -------------------------------------------------------------------------------------------


def found_in_database():
    return [name for name, (is_so, _advice) in deployment.OF_THE_DATABASE.items() if is_so()]


def test_an_installation_that_runs_its_jobs_is_not_warned_of(app, db, monkeypatch):
    monkeypatch.setitem(app.config, "SCHEDULER", False)
    assert found_in_database() == ["jobs.none-run"]
    moment = now() - timedelta(minutes=5)
    db.session.add(JobRun(job="any", due_at=moment, leased_until=moment, finished_at=moment, outcome=Outcome.DONE))
    db.session.flush()
    assert found_in_database() == []


def test_demo_people_and_an_administrator_with_a_password_alone_are_named(app, db, monkeypatch):
    monkeypatch.setitem(app.config, "SCHEDULER", True)
    uni = make.institution(email_domain=demo_people.DOMAIN)
    assert found_in_database() == ["people.demo"]
    make.person(uni, roles=(Role.ADMINISTRATOR,))
    assert found_in_database() == ["people.demo", "people.second-step"]


# -- refusing to start -------------------------------------------------------------------------------------------------

TRAPS = {
    "settings.secret-key": {"HUB_SECRET_KEY": "only-for-tests"},
    "settings.debug": {"FLASK_DEBUG": "1"},
    "settings.hosts": {"HUB_BASE_URL": "https://*"},
}
SERVING = {
    "run": ("hub", "run", "--port", "1"),
    "jobs": ("hub", "jobs"),
    "another server": ("waitress", "--listen=127.0.0.1:1", "--call", "hub:create_app"),
}


def start(tmp_path, words, **environment):
    given = {"HUB_VAR": str(tmp_path), "HUB_SECRET_KEY": KEY, "HUB_BASE_URL": "https://hub.example", "DATABASE_URL": ""}
    return run(*words, environment=os.environ | given | environment)


def test_every_trap_is_set():
    assert set(TRAPS) == {name for name, unsafe in settings.UNSAFE.items() if unsafe.fatal}


@pytest.mark.parametrize(
    ("how", "trap"),
    [*((how, "settings.secret-key") for how in SERVING), *(("run", trap) for trap in sorted(TRAPS)[:2])],
)
def test_production_refuses_to_start_in_one_line(tmp_path, how, trap):
    done = start(tmp_path, SERVING[how], HUB_PRODUCTION="1", **TRAPS[trap])
    assert (done.returncode, done.stdout) == (2, "")
    (line,) = done.stderr.splitlines()
    assert line.startswith(f"The hub does not start. {trap}: ")


def test_a_check_says_all_that_is_wrong_instead(tmp_path):
    traps = {name: value for trap in TRAPS.values() for name, value in trap.items()}
    done = start(tmp_path, ("hub", "check"), HUB_PRODUCTION="1", **traps)
    assert done.returncode == 1
    assert {line.split(":")[0] for line in done.stdout.splitlines()} >= set(TRAPS)


def test_all_that_start_at_once_for_the_first_time_have_the_same_key(tmp_path):
    for n in range(20):
        with ThreadPoolExecutor(8) as pool:
            keys = list(pool.map(own_key, [tmp_path / str(n)] * 8))
        assert len(keys[0]) == 64
        assert set(keys) == {keys[0]}
        (kept,) = (tmp_path / str(n)).iterdir()
        assert kept.stat().st_mode & 0o777 == 0o600
