"""The page where counts are brought in, corrected and taken back."""
