#ifndef HUDDLE_SYNC_JOBS_H
#define HUDDLE_SYNC_JOBS_H

#include "huddle/path.h"
#include "huddle/sync.h"
#include "plan.h"

/* One file read for one section. */
struct job {
	const struct path_file *file;
	const struct mapping *mapping;   /* NULL: nobody claims the file */
	const struct section *section;
	char hash[33];                   /* of the file's bytes */
	int64_t size;
	const char *id_column;           /* header of the id, for messages */
	const char *decided;             /* of its columns, see plan_decided() */
	struct file_report report;
	struct reject *rejects;
	size_t n_rejects, cap_rejects;
	bool skip;                       /* the same as last time, as its whole feed */
};

struct sync_run {
	struct store *store;
	struct arena *arena;
	const struct sync_options *options;
	struct sync_report *report;
	struct err *err;
	struct build *build;
	struct mapping *mappings;        /* the company's first, then the presets */
	int n_mappings;
	struct path_list files;
	struct job *jobs;                /* by kind, then file */
	size_t n_jobs, cap_jobs;
	size_t cap_warnings;
	bool own_mapping;                /* mappings[0] is a file the company wrote */
	int other_files;                 /* no CSV by their names */
	double shown_at;                 /* progress */
	int64_t added, updated, missing, rejected;
	bool read_all;                   /* nothing is taken as known */
	bool again;                      /* what was known is not: read all */
	bool nameless;                   /* a rejected row of this feed has no id to tell */
};

/* find.c: which file is what. */
bool find_jobs(struct sync_run *run);
void run_warn(struct sync_run *run, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/* load.c: one job through reader thread and database. */
/* same: rows of the feed that need not be read again; NULL: none. */
bool load_job(struct sync_run *run, struct job *job, int feed, struct same_rows *same);

/* progress.c */
void progress_rows(struct sync_run *run, const struct job *job, int64_t bytes);
void progress_stage(void *run, const char *what);
void progress_end(struct sync_run *run);

extern volatile int sync_interrupted;

#endif
