"""How a source fares: whether it answers, can be read, and yields what it used to; judged from what each look saw.

Nothing here asks a server or reads a clock: the spiders tell what they saw, the writer keeps what is concluded.
"""
