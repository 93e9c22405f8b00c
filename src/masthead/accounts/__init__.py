"""Publishers, their staff, people who sign in, and the one table of rights."""
