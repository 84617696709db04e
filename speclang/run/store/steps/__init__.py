"""The steps of the store from one form to the next, in order; a step that was released is never changed again."""
