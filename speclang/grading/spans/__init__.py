"""Conversations as OpenTelemetry records them: read, put in order, told as steps, and written."""
