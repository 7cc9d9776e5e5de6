#ifndef HUDDLE_REPORT_SYNC_H
#define HUDDLE_REPORT_SYNC_H

#include "huddle/explain.h"
#include "huddle/provenance.h"
#include "huddle/report.h"

/* Where the numbers come from, printed: status, sources, rejects, one sync. */
struct status {
	const struct store_info *info;
	const struct sync_list *syncs;
	const char *path, *person;
	bool read_only;
};
void report_status(struct str *out, const struct report *report, const struct status *status);
void report_status_json(struct str *out, const struct report *report, const struct status *status);
/* All syncs, newest first. */
void report_syncs(struct str *out, const struct report *report, const struct sync_list *list);
void report_syncs_json(
	struct str *out, const struct report *report, const struct sync_list *list);
/* One of them, and what it saw move. */
struct sync_moves {
	const struct sync_info *sync;
	bool first; /* nothing was known before it */
	struct move_list moves;
};
void report_moves(struct str *out, const struct report *report, const struct sync_moves *moves);
void report_moves_json(
	struct str *out, const struct report *report, const struct sync_moves *moves);
void report_sources(struct str *out, const struct report *report, const struct source_list *list);
void report_sources_json(
	struct str *out, const struct report *report, const struct source_list *list);
void report_rejects(struct str *out, const struct report *report, const struct reject_list *list);
/* `written`: the files that they were exported to, ended by NULL; or NULL. */
void report_rejects_json(struct str *out, const struct report *report,
	const struct reject_list *list, const char *const *written);
void report_sync(struct str *out, const struct report *report, const struct sync_report *sync);
/* err NULL: it went well. */
void report_sync_json(struct str *out, const struct sync_report *sync, const struct err *err);
void report_explain(
	struct str *out, const struct report *report, const struct explanation *explanation);
void report_explain_json(struct str *out, const struct explanation *explanation);

#endif
