"""What follows from the tables? Arithmetic: table in, table out."""
