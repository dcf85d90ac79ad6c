"""What do people keep, and is it sound? One table, one module: a schema and `load()`."""
