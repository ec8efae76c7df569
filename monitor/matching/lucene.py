"""luqum's parser, made without a word on stderr and without a file beside it.

Its tables fit the Python that its authors used. With another one (3.13 strips docstrings, which hold the grammar) it
makes new ones at every start, says so, and writes into the folder it is installed in, which may not be ours.
"""

from functools import partial

import ply.yacc

_yacc = ply.yacc.yacc
ply.yacc.yacc = partial(_yacc, debug=False, write_tables=False, errorlog=ply.yacc.NullLogger())
try:
    from luqum.thread import parse
finally:
    ply.yacc.yacc = _yacc

__all__ = ["parse"]
