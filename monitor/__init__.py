"""What a news story is: leads, articles, matching, stories and the store that keeps them."""
