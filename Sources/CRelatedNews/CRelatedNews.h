// What is in the C libraries of a program, but in no Swift module of them.
#ifndef RELATED_NEWS_H
#define RELATED_NEWS_H

#ifdef __linux__
// The settings of glibc's allocator.
#include <malloc.h>
#endif

// zlib's functions as zlib.h has them, which need not be there; without an address in a program that
// zlib is not linked into.
int inflateInit2_(void *stream, int window, const char *version, int size) __attribute__((weak));
int inflate(void *stream, int flush) __attribute__((weak));
int inflateReset(void *stream) __attribute__((weak));
int inflateEnd(void *stream) __attribute__((weak));

static inline void *linkedInflateInit2(void) { return (void *)inflateInit2_; }
static inline void *linkedInflate(void) { return (void *)inflate; }
static inline void *linkedInflateReset(void) { return (void *)inflateReset; }
static inline void *linkedInflateEnd(void) { return (void *)inflateEnd; }

#endif
