"""`python -m speclang`: the same as `specc`."""

import sys

from .cli.main import main

if __name__ == "__main__":
    sys.exit(main())
