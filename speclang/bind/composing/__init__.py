"""How files, policies and features are put together: uses, includes with arguments, changes of what is included."""
