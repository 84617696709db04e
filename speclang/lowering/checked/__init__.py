"""What is found in a plan once it is made: what its cases do not try apart, and what they can not show."""
