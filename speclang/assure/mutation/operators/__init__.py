"""What can be changed in a clause: one file per operator, called by its name.

Each has a `SUMMARY` and `changes(requirement, kind)`. An operator says `ASKS_THE_SAME` where what it leaves asks for the same, less firmly.
"""
