"""The demo: a small network of invented news sites, an inbox, and two rounds of the real thing."""
