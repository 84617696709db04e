"""Answers that were recorded elsewhere, graded by the project's requirements; and one grader by itself."""
