"""What the server does at its start, and behind it while no viewer waits: checks, imports, drawing, compression."""
