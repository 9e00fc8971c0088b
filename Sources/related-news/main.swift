import RelatedNews

print("related-news: the commands are being built")
