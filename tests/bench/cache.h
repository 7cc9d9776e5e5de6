#ifndef BENCH_CACHE_H
#define BENCH_CACHE_H

/*
 * Empty the page cache, so that the next start reads from the disk. All of it
 * where we may; else the files of `folder` and the program itself, which leaves
 * the shared libraries warm. Returns which: "all" or "files".
 */
const char *cache_drop(const char *folder, const char *program);

#endif
