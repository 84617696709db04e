"""How a prompt looks: one file per dialect, found by its name; `template` is a project's own."""
