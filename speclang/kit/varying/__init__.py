"""What a user writes, written as other users would: messages in bits, chance from a seed, and axes, one file each."""
