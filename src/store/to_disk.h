#ifndef HUDDLE_STORE_TO_DISK_H
#define HUDDLE_STORE_TO_DISK_H

#include <stdbool.h>

struct build;
struct err;

/* What is written of the facts so far goes to the disk while the build goes on. */
void to_disk_begin(struct build *b);
void to_disk_end(struct build *b); /* stops that */
bool to_disk_all(struct build *b, struct err *err); /* and it is safe there */

#endif
