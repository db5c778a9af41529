"""Expands each rule of rules.txt over ten years with python-dateutil; prints nanoseconds for each occurrence."""
import sys
import time
from datetime import datetime

from dateutil.rrule import rrulestr

START = datetime(2026, 1, 5, 9)
END = datetime(2036, 1, 5, 9)


def expand(rule):
    count = 0
    for occurrence in rrulestr(rule, dtstart=START):
        if occurrence >= END:
            break
        count += 1
    return count


with open(sys.argv[1]) as rules:
    for line in rules:
        name, rule = line.split(None, 1)
        rule = rule.strip()
        each = expand(rule)
        done = 0
        begin = time.perf_counter()
        while time.perf_counter() - begin < 0.3:
            done += expand(rule)
        spent = time.perf_counter() - begin
        print(f"{name}\t{each}\t{spent * 1e9 / max(done, 1):.1f}")
