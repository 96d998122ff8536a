"""What is wrong with a PDF for somebody who listens to it, found by two checkers that know nothing of each other."""

import io
import tempfile
from collections.abc import Iterator
from typing import Any

import outloud
import page
import pikepdf

_ACTS = {"/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/GoToR", "/GoToE", "/Movie", "/Sound", "/Rendition"}
# Guesses of outloud that are no faults here, each for its reason.
_GUESSES = {
    "LNK-010",  # an address in somebody's words stays words: nothing that is typed becomes a link
    "PAG-001",  # the same words in many rows are taken for a running head
    "TAG-002",  # the head of a table comes again on each page as an artifact, as PDF/UA wants it: it is read once
}


def page_faults(pdf: bytes) -> list[str]:
    """What *page* finds against PDF/UA-1."""
    report = page.validate_pdf_bytes(pdf, profile=page.ValidationProfile.PDF_UA_1)
    return [f"{fault.rule_id}: {fault.message}" for fault in report.failures]


def outloud_faults(pdf: bytes) -> list[str]:
    """What *outloud* finds against PDF/UA-1 and WCAG, as an error or as something to look at again."""
    with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
        file.write(pdf)
        file.flush()
        told = outloud.check(file.name)
    grave = [f for f in told.findings if f.severity in {"error", "warning"} and f.rule not in _GUESSES]
    found = [f"{f.rule}: {f.message} {f.evidence or ''}" for f in grave]
    crashed = [f"{run.rule} {run.status}: {run.reason}" for run in told.runs if run.status == "crashed"]
    return [*found, *crashed, *([told.error] if told.error else [])]


def reader_faults(pdf: bytes) -> list[str]:
    """What a reader's programme would miss, or do that paper cannot."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        root = document.Root
        found = [] if str(root.get("/Lang", "")) == "en-GB" else ["the language is not said to be en-GB"]
        if not bool(root.get("/ViewerPreferences", {}).get("/DisplayDocTitle", False)):
            found.append("the window is not titled with the title")
        with document.open_outline() as outline:
            found += [] if outline.root else ["there are no bookmarks"]
        return found + [f"it would act: {act}" for act in _acts(document)]


def title_of(pdf: bytes) -> str:
    with pikepdf.open(io.BytesIO(pdf)) as document, document.open_metadata() as metadata:
        return str(metadata["dc:title"])


def untagged(pdf: bytes) -> bytes:
    """*pdf* as a careless tool would leave it: the same to the eye, silent to the ear."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        del document.Root.StructTreeRoot, document.Root.MarkInfo
        out = io.BytesIO()
        document.save(out)
        return out.getvalue()


def with_script(pdf: bytes) -> bytes:
    """*pdf* with a script that runs when it is opened."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        document.Root.OpenAction = document.make_indirect(
            pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.launchURL('')")
        )
        out = io.BytesIO()
        document.save(out)
        return out.getvalue()


def _acts(document: pikepdf.Pdf) -> Iterator[str]:
    """Scripts, launches, files from elsewhere, addresses that open by themselves."""
    if "/OpenAction" in document.Root and str(document.Root.OpenAction).find("/URI") >= 0:
        yield "/OpenAction"
    for one in document.objects:
        yield from _acts_of(one)


def _acts_of(one: Any) -> Iterator[str]:
    if not isinstance(one, pikepdf.Dictionary | pikepdf.Stream):
        return
    if str(one.get("/S", "")) in _ACTS or "/JS" in one:
        yield str(one.get("/S", "/JS"))
    if "/EmbeddedFiles" in one or str(one.get("/FS", "")) == "/URL" or "/AA" in one:
        yield "a file, an address or an action of its own"
