"""Serves a model in llama.cpp's form on loopback: `python -m speclang.run.embedded WEIGHTS THREADS`; 0 threads leave it to the engine.

In: the file of the weights. Out: on standard output, the address under which the model answers, once it does; it serves until it is
ended. A process of its own, since what an engine does to its process is nobody's business here.
"""

import os
import sys
import threading

_CONTEXT = 8192
"""How many tokens a conversation may have: as many as the model that comes from the package registry was made for."""


def main() -> None:
    """Load the weights, say where they answer, and go on until somebody ends the process."""
    import xllamacpp

    parameters = xllamacpp.CommonParams()
    parameters.model.path = sys.argv[1]
    parameters.n_ctx = _CONTEXT
    parameters.n_parallel = 1
    parameters.ui = False
    parameters.verbosity = -1
    if threads := int(sys.argv[2]):
        parameters.cpuparams.n_threads = threads
        parameters.cpuparams_batch.n_threads = threads
    try:
        server = xllamacpp.Server(parameters)
    except RuntimeError:
        sys.exit(1)
    print(server.listening_address, flush=True)  # noqa: T201 — the parent reads where to ask
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    threading.Event().wait()


if __name__ == "__main__":
    main()
