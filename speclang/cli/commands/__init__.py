"""One file per command: `arguments(parser)` and `run(args, console) -> int`."""
