"""`python -m tracksync`."""

import sys

from tracksync.cli.entry import main

if __name__ == "__main__":
    sys.exit(main())
