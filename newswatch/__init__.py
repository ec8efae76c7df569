"""The front door: the newswatch command, one file a command."""
