"""What is kept between two runs: settings, questions, feedback, gaps, practice notes."""
