"""The version of the compiler: part of every lock, so it stands where anything can read it at no cost."""

VERSION = "0.1.0"
