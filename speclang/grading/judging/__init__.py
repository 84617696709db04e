"""What a judge is asked, what it says, and how far that agrees with people: pure, without a model."""
