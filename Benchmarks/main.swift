import RelatedNews

print("benchmarks: being built")
