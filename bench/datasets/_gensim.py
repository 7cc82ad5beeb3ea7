"""Trains gensim's skip-gram with two workers; prints the words a second.

    python3 bench/datasets/_gensim.py text.txt options.json
"""
import json
import sys
import time

from gensim.models import Word2Vec

texts = [line.split() for line in open(sys.argv[1], encoding="utf-8")]
options = json.loads(sys.argv[2])
model = Word2Vec(
    vector_size=options["dimensions"],
    window=options["window"],
    min_count=options["minCount"],
    sample=options["subsample"],
    negative=options["negatives"],
    ns_exponent=0.5,
    alpha=options["learningRate"],
    sg=1,
    hs=0,
    workers=2,
)
model.build_vocab(texts)
start = time.perf_counter()
model.train(texts, total_examples=model.corpus_count, epochs=options["epochs"])
seconds = time.perf_counter() - start
print(sum(map(len, texts)) * options["epochs"] / seconds)
