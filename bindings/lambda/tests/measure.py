"""Measures the function on a small Runtime API on loopback. It says nothing about how long AWS takes to start one.

usage: python bindings/lambda/tests/measure.py BINARY
"""

import os
import statistics
import sys
import time

from local import Function
from test_function import event

STARTS, CALLS = 11, 300


def main(binary):
    firsts, calls, peaks = [], [], []
    for _ in range(STARTS):
        function = Function(binary, {"COPYDOCTOR_TOPIC_ARN": ""})
        function.call(event())
        firsts.append(time.perf_counter() - function.begun)
        for number in range(CALLS):
            begun = time.perf_counter()
            function.call(event(copyJobId=f"{number:08X}-74D8-059D-1301-C5BE1D5C926E"))
            calls.append(time.perf_counter() - begun)
        peaks.append(function.memory())
        function.end()
    calls.sort()
    print(f"binary: {os.path.getsize(binary) / 1e6:.1f} MB")
    print(f"from start to first response: {1000 * statistics.median(firsts):.1f} ms (median of {STARTS})")
    middle, late = statistics.median(calls), calls[len(calls) * 99 // 100]
    print(f"further responses: {1000 * middle:.2f} ms (median), {1000 * late:.2f} ms (99 of 100), of {len(calls)}")
    print(f"memory: {max(peaks):.1f} MB at most")


if __name__ == "__main__":
    main(sys.argv[1])
