"""What is due to be told: schedule, delivery."""
