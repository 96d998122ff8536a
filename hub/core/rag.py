"""How far an action of the plan is: red, amber, green, never by colour alone."""

from hub.core.named import Named


class Rag(Named):
    RED = "red", "Not started"
    AMBER = "amber", "In progress"
    GREEN = "green", "Done"
