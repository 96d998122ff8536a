"""What of the staff list can wait for somebody, and where it is done."""

from hub.core.tasks import TaskKind

KINDS = {"workforce.decide": TaskKind("workforce.staff_import", "import_id", "Decide about the staff file")}
