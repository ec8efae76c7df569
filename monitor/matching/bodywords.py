"""Small lists of words that stand beside the name of an organization, or make another of it."""

from monitor.matching.wordlists import words

LOW_IN_TITLES = words(
    """a an the and or but nor for of in on at to by as if so yet up off out via vs per with from over into onto upon
    amid after than that about under through against between before during until while without within toward towards
    among across along around behind beyond"""
)
"""Words that a headline may leave without a capital."""
