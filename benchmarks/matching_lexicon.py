"""What share of misspellings the lexicon takes for words, and what share of the words it knows.

python -m benchmarks.matching_lexicon
"""

import argparse
import sys
import time
from collections import defaultdict

from benchmarks import data
from monitor.matching.folding import fold
from monitor.matching.lexicon import Lexicon

MOST_WRONG, LEAST_RIGHT = 0.01, 0.94


def main() -> int:
    """Prints the shares by list; 1 where too many slips, or too few words, of the largest list are known."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="no difference: it takes a second")
    parser.parse_args()
    start = time.perf_counter()
    lexicon = Lexicon.shipped()
    assert "word" in lexicon
    print(f"the words stand in {time.perf_counter() - start:.3f} s")
    pairs = defaultdict(list)
    for name, wrong, right in data.misspellings():
        if wrong.isalpha() and right.isalpha() and len(right) >= 5:
            pairs[name].append((fold(wrong), fold(right)))
    shares = {}
    for name, listed in pairs.items():
        wrong = sum(lexicon.is_english(slip) for slip, _ in listed) / len(listed)
        named = sum(slip in lexicon and not lexicon.is_english(slip) for slip, _ in listed) / len(listed)
        right = sum(word in lexicon for _, word in listed) / len(listed)
        shares[name] = wrong, right
        shown = f"{wrong:.3f} are words, {named:.3f} only names; {right:.3f} of the words known"
        print(f"{name:16} {len(listed):6} slips: {shown}")
    return int(shares["codespell"][0] > MOST_WRONG or shares["codespell"][1] < LEAST_RIGHT)


if __name__ == "__main__":
    sys.exit(main())
