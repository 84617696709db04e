"""Bytes that have reached the disk: what a power cut does not take back."""
