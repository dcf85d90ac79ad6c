"""What storing counts would change, the form that signs it, and the changes that were made."""
