#!/usr/bin/env python3
"""Times scikit-learn and sparse_dot_topn on a whole archive, beside `related-news rebuild`.

Usage: whole_archive.py ARTICLES.jsonl
Needs: pip install numpy scipy scikit-learn sparse-dot-topn

Prints seconds for importing, reading, vectorising and the top 11 (10 and the article itself) with two
threads, for TfidfVectorizer's defaults and for sublinear tf with English stop words.
"""
import json, sys, time

start = time.perf_counter()
from sklearn.feature_extraction.text import TfidfVectorizer
from sparse_dot_topn import sp_matmul_topn

imported = time.perf_counter()
rows = [json.loads(line) for line in open(sys.argv[1], encoding="utf-8")]
texts = [row.get("title", "") + "\n" + row.get("body", "") for row in rows]
read = time.perf_counter()
print(f"import={imported - start:.2f} read={read - imported:.2f}")
settings = {"defaults": {}, "sublinear-stop": {"sublinear_tf": True, "stop_words": "english"}}
for name, options in settings.items():
    start = time.perf_counter()
    vectors = TfidfVectorizer(**options).fit_transform(texts)
    middle = time.perf_counter()
    sp_matmul_topn(vectors, vectors.T.tocsr(), top_n=11, n_threads=2)
    end = time.perf_counter()
    print(f"{name} vectorise={middle - start:.2f} top11={end - middle:.2f} sum={end - start:.2f}")
