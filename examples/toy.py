"""Classifies texts by a list of words: a model of 15 lines that needs nothing but Python.

    deno task explain --model "command: python3 examples/toy.py" "a good film, but a bad end"
"""
import json
import re
import sys

WEIGHTS = {"good": 1.5, "fine": 1.0, "great": 2.0, "bad": -1.5, "poor": -1.0, "awful": -2.0}

for line in sys.stdin:
    scores = []
    for text in json.loads(line)["texts"]:
        score = sum(WEIGHTS.get(word, 0) for word in re.findall(r"\w+", text.lower()))
        scores.append([score, -score])
    print(json.dumps({"classes": ["positive", "negative"], "scores": scores}), flush=True)
