"""What is left until answers and briefs are flows."""
