"""Measure agreement with one library, as often as asked: `measures.py LIBRARY` under the Python that has it.

The first line written is {"seconds", "cpu_seconds", "megabytes"} of loading the library. Each line read is a question
in JSON; each line written then is the same of the measuring alone, with what was found: the seconds that passed, those
of all its threads on a processor, and the peak of the process's memory meanwhile. Reading the question's file and
building what the library takes from it are not timed.

    alpha: {"file": .npy of integers, shape (annotators, units), negative = missing, "form": how the library gets it}
    gamma: {"file": .json of [[[start, end, label], …], …], one list per annotator, "fast": false}
"""

from __future__ import annotations

import json
import logging
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any


Found = dict[str, float]
Prepare = Callable[[dict[str, Any]], Callable[[], Found]]
"""Builds what a question is about; what it returns does the measuring."""

SAMPLES = 30
ALPHA, BETA, DELTA = 3, 1, 1


def annotator_alpha() -> Prepare:
    """This project's α: "whole" takes an array of integers, "holes" one of floats with NaN, "lists" rows with None."""
    import numpy as np

    from annotator.agreement import krippendorff_alpha

    def prepare(question: dict[str, Any]) -> Callable[[], Found]:
        codes = np.load(question["file"])
        forms: dict[str, Callable[[], Any]] = {
            "whole": lambda: codes,
            "holes": lambda: np.where(codes < 0, np.nan, codes),
            "lists": lambda: [[None if code < 0 else code for code in row] for row in codes.tolist()],
        }
        ratings = forms[question["form"]]()
        return lambda: {"value": float(krippendorff_alpha(ratings))}

    return prepare


def krippendorff() -> Prepare:
    """krippendorff's: "whole" takes an array of integers, "holes" one of floats with NaN."""
    import krippendorff as library
    import numpy as np

    def prepare(question: dict[str, Any]) -> Callable[[], Found]:
        codes = np.load(question["file"])
        ratings = codes if question["form"] == "whole" else np.where(codes < 0, np.nan, codes)
        return lambda: {"value": float(library.alpha(ratings, level_of_measurement="nominal"))}

    return prepare


def nltk() -> Prepare:
    """nltk's, which takes triples (annotator, unit, value); building its task from them is part of the time."""
    import numpy as np
    from nltk.metrics.agreement import AnnotationTask

    def prepare(question: dict[str, Any]) -> Callable[[], Found]:
        rows = np.load(question["file"]).tolist()
        triples = [(who, unit, code) for who, row in enumerate(rows) for unit, code in enumerate(row) if code >= 0]
        return lambda: {"value": float(AnnotationTask(triples).alpha())}

    return prepare


def annotator_gamma() -> Prepare:
    """This project's γ."""
    from annotator.agreement.gammas import gamma

    def prepare(question: dict[str, Any]) -> Callable[[], Found]:
        annotators = [[tuple(unit) for unit in units] for units in json.loads(Path(question["file"]).read_bytes())]

        def measure() -> Found:
            found = gamma(annotators, alpha=ALPHA, beta=BETA, delta=DELTA, samples=SAMPLES)
            return {"value": float(found), "observed": float(found.observed or 0)}

        return measure

    return prepare


def pygamma() -> Prepare:
    """pygamma-agreement's γ, exact or in its fast mode."""
    import numpy as np
    from pyannote.core import Segment
    from pygamma_agreement import CombinedCategoricalDissimilarity, Continuum

    logging.disable(logging.CRITICAL)
    dissimilarity = CombinedCategoricalDissimilarity(alpha=ALPHA, beta=BETA, delta_empty=DELTA)

    def prepare(question: dict[str, Any]) -> Callable[[], Found]:
        continuum = Continuum()
        for number, units in enumerate(json.loads(Path(question["file"]).read_bytes())):
            continuum.add_annotator(str(number))
            for start, end, label in units:
                continuum.add(str(number), Segment(start, end), label)

        def measure() -> Found:
            np.random.seed(0)  # the generator that the library draws from
            found = continuum.compute_gamma(dissimilarity, n_samples=SAMPLES, fast=question["fast"])
            return {"value": float(found.gamma), "observed": float(found.observed_disorder)}

        return measure

    return prepare


LIBRARIES = {library.__name__: library for library in (annotator_alpha, krippendorff, nltk, annotator_gamma, pygamma)}


def timed(action: Callable[[], Any]) -> tuple[Any, Found]:
    """What an action returns, and its cost."""
    Path("/proc/self/clear_refs").write_text("5", "ascii")  # the peak starts anew
    start, cpu_start = time.perf_counter(), time.process_time()
    result = action()
    seconds, cpu_seconds = time.perf_counter() - start, time.process_time() - cpu_start
    status = Path("/proc/self/status").read_text("ascii")
    megabytes = int(status.partition("VmHWM:")[2].split()[0]) / 1024
    return result, {"seconds": seconds, "cpu_seconds": cpu_seconds, "megabytes": megabytes}


def main() -> None:
    """Answer until there is no further question."""
    # Solvers print; only answers may reach whoever asks.
    answers = os.fdopen(os.dup(1), "w", buffering=1)
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    prepare, cost = timed(LIBRARIES[sys.argv[1]])
    print(json.dumps(cost), file=answers)
    for line in sys.stdin:
        found, cost = timed(prepare(json.loads(line)))
        print(json.dumps(cost | found), file=answers)


if __name__ == "__main__":
    main()
