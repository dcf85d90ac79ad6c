"""What does a stranger's file say, and what is wrong with it?"""
