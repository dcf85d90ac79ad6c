"""The way of a file to the counts: it is read, shown as it was understood, and corrected."""
