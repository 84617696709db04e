"""`python -m speclang`: the same as `specc`."""

import sys

from .cli.entry import run

if __name__ == "__main__":
    sys.exit(run())
