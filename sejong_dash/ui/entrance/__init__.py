"""What stands between a viewer and the pages: the sign-in, where files may come in, what is said when a page has failed."""
