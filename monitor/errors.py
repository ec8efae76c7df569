"""The root of the errors that a person is meant to read."""


class NewswatchError(Exception):
    """Its text names what is wrong and how to mend it; `exit_code` is the command's."""

    exit_code = 1
