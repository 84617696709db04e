"""The file of the cases as other users would write them."""
