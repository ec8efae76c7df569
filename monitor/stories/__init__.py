"""When two articles tell the same story: copies of one text, and one event told by several outlets."""
