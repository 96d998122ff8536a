"""What of the galleries can wait for somebody, and where it is done."""

from hub.core.tasks import TaskKind

KINDS = {
    "galleries.answer": TaskKind("galleries.portrait", "portrait_id", "Say whether you want to be shown in"),
    "galleries.approve": TaskKind("galleries.portrait", "portrait_id", "Read what is written about you in"),
    "galleries.take_down": TaskKind("galleries.take_down", "printing_id", "Take printed cards down:"),
}
