"""How the generated files of a project stand against its specs."""
