"""Trains scikit-learn's two simplest text classifiers on one table and measures them on another.

    python3 bench/core/sklearn_baselines.py train.csv test.csv

The tables have the columns label and text. Prints one JSON object: for each classifier its accuracy,
its macro-F1 and the seconds it took to train, the choice of its penalty included.
"""
import csv
import json
import sys
import time

from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import accuracy_score, f1_score
from sklearn.model_selection import GridSearchCV
from sklearn.pipeline import make_pipeline
from sklearn.svm import LinearSVC

csv.field_size_limit(10**9)


def read(path):
    rows = list(csv.DictReader(open(path, newline="", encoding="utf-8")))
    return [row["text"] for row in rows], [row["label"] for row in rows]


texts, labels = read(sys.argv[1])
test_texts, test_labels = read(sys.argv[2])
words = make_pipeline(
    TfidfVectorizer(token_pattern=r"(?u)\b\w+\b", ngram_range=(1, 2), sublinear_tf=True),
    LogisticRegression(solver="liblinear", max_iter=1000),
)
models = {
    "words": GridSearchCV(words, {"logisticregression__C": [1, 10, 100, 1000]}, cv=3),
    "characters": make_pipeline(
        TfidfVectorizer(analyzer="char", ngram_range=(2, 5), sublinear_tf=True), LinearSVC(C=1)
    ),
}
found = {}
for name, model in models.items():
    start = time.perf_counter()
    model.fit(texts, labels)
    seconds = time.perf_counter() - start
    predicted = model.predict(test_texts)
    found[name] = {
        "accuracy": accuracy_score(test_labels, predicted),
        "macroF1": f1_score(test_labels, predicted, average="macro"),
        "seconds": seconds,
    }
print(json.dumps(found))
