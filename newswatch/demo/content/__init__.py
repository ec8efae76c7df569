"""The demo's invented news, one Markdown file an article, and the watchlist that goes with it."""
