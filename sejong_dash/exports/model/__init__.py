"""What a figure says, for every kind of file, without the drawing library's checks."""
