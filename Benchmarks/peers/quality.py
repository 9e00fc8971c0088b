#!/usr/bin/env python3
"""How good the usual tools are on the judged sets, for the table in README.

Usage: quality.py [../shared/data]
Needs: pip install numpy scipy scikit-learn

Prints nDCG@5 and nDCG@10 on digitalgov and Pearson's r on lee50 for: Lucene's More Like This (its
formula and default parameters: minimum term frequency 2, minimum document frequency 5, the 25 terms
of highest tf·idf, ranked by BM25), BM25 with the whole article as query, and scikit-learn's
TfidfVectorizer with and without sublinear tf and English stop words.
"""
import json, pathlib, sys
import numpy as np, scipy.sparse as sp
from sklearn.feature_extraction.text import CountVectorizer, TfidfVectorizer

data = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else "../shared/data")


def articles(name):
    rows = [json.loads(line) for line in open(data / name / "articles.jsonl", encoding="utf-8")]
    return [r["id"] for r in rows], [r.get("title", "") + "\n" + r.get("body", "") for r in rows]


def bm25(texts, terms=None, min_tf=1, min_df=1, k1=1.2, b=0.75):
    """Scores of every article (rows: queries); `terms`: only that many of highest tf·idf."""
    tf = CountVectorizer(stop_words=None).fit_transform(texts).astype(np.float64).tocsr()
    n = tf.shape[0]
    df = np.bincount(tf.indices, minlength=tf.shape[1])
    idf = np.log(1 + (n - df + 0.5) / (df + 0.5))
    length = np.asarray(tf.sum(1)).ravel()
    weights = tf.copy()
    rows = np.repeat(np.arange(n), np.diff(tf.indptr))
    norm = k1 * (1 - b + b * length[rows] / length.mean())
    weights.data = tf.data * (k1 + 1) / (tf.data + norm) * idf[tf.indices]
    query = tf.copy()
    if terms:
        for i in range(n):
            part = slice(tf.indptr[i], tf.indptr[i + 1])
            score = tf.data[part] * (np.log((n + 1) / (df[tf.indices[part]] + 1)) + 1)
            score[(tf.data[part] < min_tf) | (df[tf.indices[part]] < min_df)] = 0
            keep = np.zeros(score.size)
            best = np.argsort(-score, kind="stable")[:terms]
            keep[best[score[best] > 0]] = 1
            query.data[part] = keep
    return (query @ weights.T).toarray()


def cosine(texts, **options):
    vectors = TfidfVectorizer(**options).fit_transform(texts)
    return (vectors @ vectors.T).toarray()


def ndcg(ids, scores, k):
    place = {d: i for i, d in enumerate(ids)}
    grades = {}
    for line in open(data / "digitalgov" / "qrels.txt"):
        q, _, d, g = line.split()
        grades.setdefault(q, {})[d] = int(g)
    values = []
    for q, judged in grades.items():
        if not any(g > 0 for g in judged.values()):
            continue
        s = scores[place[q]].copy()
        s[place[q]] = -1
        best = np.argsort(-s, kind="stable")[:k]
        gain = sum(judged.get(ids[d], 0) / np.log2(r + 2) for r, d in enumerate(best) if s[d] > 0)
        ideal = sorted(judged.values(), reverse=True)[:k]
        values.append(gain / sum(g / np.log2(r + 2) for r, g in enumerate(ideal)))
    return float(np.mean(values))


def pearson(ids, scores):
    place = {d: i for i, d in enumerate(ids)}
    x, y = [], []
    for line in open(data / "lee50" / "pairs.tsv"):
        fields = line.rstrip("\n").split("\t")
        if len(fields) < 3 or fields[0] not in place:
            continue
        a, b = place[fields[0]], place[fields[1]]
        x.append((scores[a, b] + scores[b, a]) / 2)
        y.append(float(fields[2]))
    return float(np.corrcoef(x, y)[0, 1])


systems = {
    "More Like This, defaults": lambda t: bm25(t, terms=25, min_tf=2, min_df=5),
    "BM25, the whole article": bm25,
    "TfidfVectorizer, defaults": cosine,
    "TfidfVectorizer, sublinear, stop words": lambda t: cosine(
        t, sublinear_tf=True, stop_words="english"),
}
news, pairs = articles("digitalgov"), articles("lee50")
print("system\tnDCG@5\tnDCG@10\tlee50 r")
for name, system in systems.items():
    scores = system(news[1])
    print(f"{name}\t{ndcg(news[0], scores, 5):.4f}\t{ndcg(news[0], scores, 10):.4f}"
          f"\t{pearson(pairs[0], system(pairs[1])):.4f}")
