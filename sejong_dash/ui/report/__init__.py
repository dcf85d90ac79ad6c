"""The page where files are made for taking away."""
