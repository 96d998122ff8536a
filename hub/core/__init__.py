"""What every feature stands on: tables, the unit of work, permissions, forms, lists, files, the journal."""
