"""Two versions of a project, compared in meaning."""
