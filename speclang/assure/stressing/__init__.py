"""Cases as other users would write them: how they are run, what their answers come to, and drafts of texts that no rule can make."""
