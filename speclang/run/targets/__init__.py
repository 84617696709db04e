"""What can be asked: one file for each kind of target, found by its name.

A file has `SUMMARY`, a line for people, and `made(context) -> Target`, which raises `Unusable`. A new kind is a new file here.
"""
