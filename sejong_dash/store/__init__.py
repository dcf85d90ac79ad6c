"""What is written down and kept? Everything else in the project only reads the tables."""
