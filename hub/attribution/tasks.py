"""What attribution puts on “my tasks”, and where each is done."""

from hub.core.tasks import TaskKind

KINDS = {"attribution.read": TaskKind("attribution.document", "document_id", "Read and confirm")}
