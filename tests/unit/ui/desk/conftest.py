"""The desk's tests read files in their own process, but where they are marked `apart`."""

from reading_here import reading_here

__all__ = ["reading_here"]
