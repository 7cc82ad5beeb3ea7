"""Serves a pipeline of scikit-learn: one that joblib.dump wrote, or one that is trained here on a few reviews.

    --model "command: python3 examples/sklearn_pipeline.py yours.joblib"
"""
import json
import sys

import joblib
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline

if len(sys.argv) > 1:
    model = joblib.load(sys.argv[1])
else:
    good = ["A fine engine and a smooth gear box", "I love this engine", "Best gear I know"]
    bad = ["The engine broke after a week", "Poor gear and a loud engine", "Never buy this"]
    model = make_pipeline(TfidfVectorizer(), LogisticRegression())
    model.fit(good + bad, ["good"] * 3 + ["bad"] * 3)

for line in sys.stdin:
    probabilities = model.predict_proba(json.loads(line)["texts"]).tolist()
    answer = {"classes": list(map(str, model.classes_)), "probabilities": probabilities}
    print(json.dumps(answer), flush=True)
