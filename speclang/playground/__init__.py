"""Floor 14: a spec in the browser, and what becomes of it: a server for this machine only, and the page that it serves."""
