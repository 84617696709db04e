"""The terminal part of `specc watch`: what happens in the folder, keys, the view. The only owner of watchfiles."""
