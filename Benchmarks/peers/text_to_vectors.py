#!/usr/bin/env python3
"""Times scikit-learn's TfidfVectorizer on the text that `benchmarks run` analyses.

Usage: text_to_vectors.py FILE.jsonl [FILE.jsonl...]        Needs: pip install scikit-learn
One process, sublinear tf, English stop words; each article is its title and body. Prints the best of
three: bytes of text, seconds on the clock and of the processor, megabytes a second.
"""
import json
import sys
import time

from sklearn.feature_extraction.text import TfidfVectorizer

texts = []
for path in sys.argv[1:]:
    for line in open(path, encoding="utf-8"):
        record = json.loads(line)
        texts.append((record.get("title") or "") + "\n" + (record.get("body") or ""))
size = sum(len(text.encode()) - 1 for text in texts)
best = None
for _ in range(3):
    wall, processor = time.perf_counter(), time.process_time()
    vectors = TfidfVectorizer(sublinear_tf=True, stop_words="english").fit_transform(texts)
    used = time.process_time() - processor
    if best is None or used < best[1]:
        best = (time.perf_counter() - wall, used)
print(
    f"scikit-learn articles={len(texts)} bytes={size} terms={vectors.shape[1]} weights={vectors.nnz} "
    f"seconds={best[0]:.3f} cpu_seconds={best[1]:.3f} megabytes_per_second={size / best[1] / 1e6:.1f}"
)
