"""Serves a pipeline of scikit-learn, here one that is trained on a few reviews as it starts.

    deno task explain --model "command: python3 examples/sklearn_pipeline.py" "a smooth engine"
"""
import json
import sys

from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline

good = ["A fine engine and a smooth gear box", "I love this engine", "Best gear I know"]
bad = ["The engine broke after a week", "Poor gear and a loud engine", "Never buy this"]
model = make_pipeline(TfidfVectorizer(), LogisticRegression())  # or joblib.load("yours.joblib")
model.fit(good + bad, ["good"] * 3 + ["bad"] * 3)

for line in sys.stdin:
    probabilities = model.predict_proba(json.loads(line)["texts"]).tolist()
    answer = {"classes": list(map(str, model.classes_)), "probabilities": probabilities}
    print(json.dumps(answer), flush=True)
