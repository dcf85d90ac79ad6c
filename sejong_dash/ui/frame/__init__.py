"""What surrounds every page: its bars, and the choices that the address holds."""
