#!/usr/bin/env python3
"""Times tantivy's more_like_this with 25 terms on articles that `benchmarks generate` wrote.

Usage: more_like_this.py FILE.jsonl [--queries 1000] [--limit 10]        Needs: pip install tantivy
Indexes title and body in memory, then asks for articles like every so-manieth one, by its document
address. Prints p50 and p99 in milliseconds, on the clock and of the
processor (which a busy machine does not change).
"""
import argparse
import json
import time

import tantivy

arguments = argparse.ArgumentParser()
arguments.add_argument("file")
arguments.add_argument("--queries", type=int, default=1000)
arguments.add_argument("--limit", type=int, default=10)
options = arguments.parse_args()

builder = tantivy.SchemaBuilder()
builder.add_text_field("text", stored=True, tokenizer_name="en_stem")
schema = builder.build()
index = tantivy.Index(schema)
writer = index.writer(200_000_000, 1)
count = 0
for line in open(options.file, encoding="utf-8"):
    record = json.loads(line)
    writer.add_document(
        tantivy.Document(text=(record.get("title") or "") + "\n" + (record.get("body") or ""))
    )
    count += 1
writer.commit()
writer.wait_merging_threads()
index.reload()
searcher = index.searcher()
every = searcher.search(tantivy.Query.all_query(), limit=count)
addresses = [address for _, address in every.hits]
times = []
used = []
for i in range(options.queries):
    address = addresses[i * 7919 % count]
    processor, start = time.process_time(), time.perf_counter()
    query = tantivy.Query.more_like_this_query(address, max_query_terms=25)
    searcher.search(query, limit=options.limit + 1)
    times.append((time.perf_counter() - start) * 1e3)
    used.append((time.process_time() - processor) * 1e3)
times.sort()
used.sort()
print(
    f"tantivy articles={count} queries={len(times)} p50_ms={times[len(times) // 2]:.3f} "
    f"p99_ms={times[int(len(times) * 0.99)]:.3f} max_ms={times[-1]:.3f} "
    f"cpu_p50_ms={used[len(used) // 2]:.3f} cpu_p99_ms={used[int(len(used) * 0.99)]:.3f}"
)
