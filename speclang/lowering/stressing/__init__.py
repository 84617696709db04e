"""Cases as other users would write them: texts that somebody wrote, what has to stay, and the matrix of variants."""
