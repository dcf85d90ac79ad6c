"""Read a CSV by its schema, or report each problem where it stands."""
