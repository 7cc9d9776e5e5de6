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
	struct file_report report;
	struct reject *rejects;
	size_t n_rejects, cap_rejects;
	const char *returned;            /* rejects corrected: the file they stood in */
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
	int64_t added, updated, missing, rejected, settled;
	bool nameless;                   /* a rejected row of this feed has no id to tell */
};

/* find.c: which file is what. find_jobs() is find_files(), then find_claims() of
 * the header of each. */
bool find_jobs(struct sync_run *run);
bool find_files(struct sync_run *run);   /* mappings and files, each once */
/* Add a job for every section that wants the file; false: none does. */
bool find_claims(struct sync_run *run, const struct path_file *file,
	const struct slice *header, size_t n_header);
void find_unused(struct sync_run *run); /* warn of sections that got no file */
/* Why the file need not be opened; NULL: it may be a table. */
const char *find_no_table(const struct path_file *file);
void run_warn(struct sync_run *run, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/* load.c: one job through reader thread and database. */
bool load_job(struct sync_run *run, struct job *job, int feed);

/* progress.c */
void progress_rows(struct sync_run *run, const struct job *job, int64_t bytes);
void progress_stage(void *run, const char *what);
void progress_end(struct sync_run *run);

extern volatile int sync_interrupted;

#endif
