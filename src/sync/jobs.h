#ifndef HUDDLE_SYNC_JOBS_H
#define HUDDLE_SYNC_JOBS_H

#include "huddle/path.h"
#include "huddle/sync.h"
#include "plan.h"
#include "progress.h"
#include "stop.h"

/* One file read for one section. */
struct job {
	const struct path_file *file;
	const struct mapping *mapping;   /* NULL: nobody claims the file */
	const struct section *section;
	const struct lookup *lookup;     /* the file is one of its table; no section */
	const char *read_by;             /* hash of the mapping and what it looks up */
	char hash[33];                   /* of the file's bytes */
	int64_t size;
	const char *id_column;           /* header of the id, for messages */
	struct file_report report;
	struct reject *rejects;
	size_t n_rejects, cap_rejects;
	const char *returned;            /* rejects corrected: the file they stood in */
	day_t as_of;                     /* the day it speaks of */
	bool dated;                      /* its name says so */
	bool known;                      /* these bytes were read before */
	bool skip;                       /* so were those of its whole lot */
	bool left_out;                   /* a warning says why */
	int64_t absent;                  /* rows of our own that are in no export any more */
	day_t facts_day;                 /* of the newer facts that left it out */
	int64_t kind_before;             /* rows of its kind before the group */
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
	struct file_look *looks;         /* of each of them */
	struct job *jobs;                /* by kind, feed, day, then file */
	size_t n_jobs, cap_jobs;
	size_t cap_warnings;
	bool own_mapping;                /* mappings[0] is a file the company wrote */
	int other_files;                 /* no CSV by their names */
	struct progress progress;
	int64_t added, updated, missing, rejected, settled;
	bool read_all;                   /* nothing is taken as known */
	bool careful;                    /* see build_be_careful() */
	bool again;                      /* what was known is not: read all */
	const struct path_file *past_syncs, *past_changes, *past_feeds; /* of our own; NULL */
	int record_files;                /* of our own, for `huddle import` */
	int groups;                      /* days loaded */
	day_t facts_day;                 /* of the newest feed that is read again */
	bool nameless;                   /* a rejected row of this feed has no id to tell */
};

/* find.c: which file is what. find_jobs() is find_files(), then find_claims() of
 * the header of each. */
bool find_jobs(struct sync_run *run);
bool find_files(struct sync_run *run);   /* mappings and files, each once */
/* Add a job for every section that wants the file; false: none does, or err says what
 * is wrong with its first row, which is only looked at in a file of our own. */
bool find_claims(struct sync_run *run, const struct path_file *file,
	const struct slice *header, size_t n_header, const struct reader_row *first);
void find_unused(struct sync_run *run); /* warn of sections that got no file */
/* Why the file need not be opened; NULL: it may be a table. */
const char *find_no_table(const struct path_file *file);
void run_warn(struct sync_run *run, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/* as_of.c: the day each job speaks of. */
void job_days(struct sync_run *run);
void job_days_returned(struct sync_run *run); /* once it is known what is loaded */
day_t day_of_name(struct slice name, day_t today); /* DAY_NONE: it tells none */

/* skip.c: what is not to be loaded, and why; *all: nothing is. */
bool jobs_compare(struct sync_run *run); /* with what is known of their files */
bool jobs_skip(struct sync_run *run, bool *all);
bool job_same_feed(const struct job *a, const struct job *b);
/* Jobs of one feed and one day stand together, a lot: [first, end). */
size_t job_lot_end(const struct sync_run *run, size_t first);

/* lookup_jobs.c: what fields are looked up in. All jobs have the hashes of their
 * files: say of each by what it is read. */
void lookups_read_by(struct sync_run *run);
/* The tables of that day; whoever makes a plan has those. */
bool lookups_open(struct sync_run *run, day_t day);
void lookups_warn(struct sync_run *run); /* of tables that fit nothing */
void lookups_close(struct sync_run *run);
/* Refused when the feed was looked up before, and now would not be. */
bool lookups_kept(struct sync_run *run, const struct job *job, const char *decided);
bool job_loads(const struct job *job, day_t day);

/* rates.c: the rates that mappings give. */
bool rates_changed(struct sync_run *run, bool *any);
bool rates_load(struct sync_run *run);

/* Is the file read as a table at all? Named ones are. */
bool find_is_export(const struct path_file *file);
void look_first(struct sync_run *run); /* look_first.c: fills in run->looks */

/* What is known of the file's bytes. */
struct file_look *job_look(const struct sync_run *run, const struct path_file *file);

/* load.c: one job through reader thread and database. */
/* same: rows of the feed that need not be read again; NULL: none. */
bool load_job(struct sync_run *run, struct job *job, int feed, struct same_rows *same);

/* progress.c */
void progress_rows(struct sync_run *run, const struct job *job, int64_t bytes);
void progress_stage(void *run, const char *what);
void progress_end(struct sync_run *run);

#endif
