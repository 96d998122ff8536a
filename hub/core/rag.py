"""How far an action of the plan is: red, amber, green, never by colour alone."""

from enum import StrEnum


class Rag(StrEnum):
    RED = "red"
    AMBER = "amber"
    GREEN = "green"

    @property
    def label(self) -> str:
        return RAG_WORDS[self]


RAG_WORDS = {Rag.RED: "Not started", Rag.AMBER: "In progress", Rag.GREEN: "Done"}
