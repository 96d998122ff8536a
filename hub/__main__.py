"""``python -m hub <command>``: the one command line."""

from hub.cli import main

main()
