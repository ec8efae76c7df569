"""The subscribers' own pages: subscribe, confirm, preferences, unsubscribe. No JavaScript, no cookies."""
