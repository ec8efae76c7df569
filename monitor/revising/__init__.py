"""What became of an article's text since it was first read."""
