#!/usr/bin/env python3
"""Times pytrec_eval on a large run, which `related-news evaluate --run` can read too.

Usage: evaluation.py FOLDER        Needs: pip install pytrec-eval-terrier
Writes FOLDER/run.txt (10,000 queries with 1,000 results each) and FOLDER/qrels.txt, seeded, then reads
and judges them. Prints bytes of the run, mean average precision, seconds on the clock and of the
processor.
"""
import os
import random
import sys
import time

import pytrec_eval

folder = sys.argv[1]
os.makedirs(folder, exist_ok=True)
run_path, qrels_path = (os.path.join(folder, name) for name in ("run.txt", "qrels.txt"))
numbers = random.Random(7)
with open(run_path, "w") as run, open(qrels_path, "w") as qrels:
    for query in range(10_000):
        documents = numbers.sample(range(1_000_000), 1_050)
        for rank, document in enumerate(documents[:1_000], start=1):
            run.write(f"q{query} Q0 doc{document} {rank} {1_000 / rank:.6f} seeded\n")
        for document in documents[::21]:
            qrels.write(f"q{query} 0 doc{document} {numbers.randrange(3)}\n")

wall, processor = time.perf_counter(), time.process_time()
with open(run_path) as run, open(qrels_path) as qrels:
    evaluator = pytrec_eval.RelevanceEvaluator(pytrec_eval.parse_qrel(qrels), {"map"})
    values = evaluator.evaluate(pytrec_eval.parse_run(run))
mean = sum(value["map"] for value in values.values()) / len(values)
print(
    f"pytrec_eval queries={len(values)} bytes={os.path.getsize(run_path)} map={mean:.4f} "
    f"seconds={time.perf_counter() - wall:.1f} cpu_seconds={time.process_time() - processor:.1f}"
)
