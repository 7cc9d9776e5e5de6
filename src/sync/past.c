#include "huddle/build_past.h"
#include "huddle/money.h"
#include "huddle/store_export.h"
#include "restore.h"
#include "table_file.h"

/* The syncs before, and what they saw change, out of files of our own. */

/* Far more syncs than anybody does, and far from where numbers end. */
#define NUMBER_MOST INT64_C(1000000000000)

static int64_t number_at(const struct table_file *f, size_t column, struct err *err)
{
	int64_t n = 0;

	if (!number_read(f->values[column], DECIMAL_POINT, 0, &n) || n < 0 ||
	    n > NUMBER_MOST)
		err_set(err, f->place,
		    "column %s is no number of a sync or of rows; export again",
		    f->table->columns[column].name);
	return n;
}

static const char *text_at(
    struct sync_run *run, const struct table_file *f, size_t column)
{
	return arena_dup(run->arena, f->values[column].p, f->values[column].len);
}

static bool is_day(const struct table_file *f, size_t column, struct err *err)
{
	char buf[INSTANT_TEXT];
	day_t day;

	return (f->values[column].len < sizeof buf &&
	           day_parse(
	               slice_copy(
	                   (struct slice){f->values[column].p,
	                       f->values[column].len < 10 ? f->values[column].len : 10},
	                   buf, sizeof buf),
	               &day)) ||
	       err_set(err, f->place, "column %s is no date; export again",
	           f->table->columns[column].name);
}

static bool put_sync(struct sync_run *run, const struct table_file *f)
{
	struct past_sync sync = {.id = number_at(f, 0, run->err),
	    .as_of = text_at(run, f, 1),
	    .at = text_at(run, f, 2),
	    .added = number_at(f, 3, run->err),
	    .updated = number_at(f, 4, run->err),
	    .missing = number_at(f, 5, run->err),
	    .rejected = number_at(f, 6, run->err)};

	return !*run->err->text && is_day(f, 1, run->err) && is_day(f, 2, run->err) &&
	       build_past_sync(run->build, &sync, run->err);
}

static bool put_change(struct sync_run *run, const struct table_file *f)
{
	struct arena texts = ARENA_INIT;
	bool known;
	struct past_change change = {.deal_id = f->values[0],
	    .sync = number_at(f, 1, run->err),
	    .at = arena_dup(&texts, f->values[2].p, f->values[2].len),
	    .field = arena_dup(&texts, f->values[3].p, f->values[3].len),
	    .old = arena_dup(&texts, f->values[4].p, f->values[4].len),
	    .new = arena_dup(&texts, f->values[5].p, f->values[5].len)};

	bool fine = !*run->err->text && is_day(f, 2, run->err) &&
	            build_past_change(run->build, &change, &known, run->err);
	arena_release(&texts);
	return fine;
}

static bool put_feed(struct sync_run *run, const struct table_file *f)
{
	struct past_feed feed = {.source = text_at(run, f, 0),
	    .section = text_at(run, f, 1),
	    .as_of = text_at(run, f, 3),
	    .captured = text_at(run, f, 4)};

	if (!fact_kind_find(text_at(run, f, 2), &feed.kind))
		return err_set(run->err, f->place,
		    "column kind, \"%.60s\" is no kind of facts; export again",
		    text_at(run, f, 2));
	return is_day(f, 3, run->err) && build_past_feed(run->build, &feed, run->err);
}

static bool each_row(struct sync_run *run, const struct path_file *file,
    const struct record_table *table,
    bool (*put)(struct sync_run *run, const struct table_file *f))
{
	struct table_file f;
	enum reader_result result = READER_END;
	bool fine = true;

	if (!file)
		return true;
	if (!table_open(&f, file->path, file->name, RESTORED_PAST, table, run->err))
		return false;
	while (fine && !sync_stopped(run->err) &&
	       (result = table_next(&f, run->err)) == READER_ROW)
		fine = put(run, &f);
	table_close(&f);
	return fine && result == READER_END && !*run->err->text;
}

bool past_begin(struct sync_run *run)
{
	if (!run->past_syncs && !run->past_changes && !run->past_feeds)
		return true;
	if (build_past_wanted(run->build))
		return each_row(run, run->past_syncs, &past_sync_table, put_sync);
	if (run->groups)
		return true;
	run_warn(run, "what earlier syncs saw change is put back only where nothing was "
	              "synced yet; "
	              "left out");
	run->past_syncs = run->past_changes = run->past_feeds = NULL;
	return true;
}

/* Deals and feeds are known now. */
bool past_end(struct sync_run *run)
{
	return !build_past_wanted(run->build) ||
	       (each_row(run, run->past_changes, &past_change_table, put_change) &&
	           each_row(run, run->past_feeds, &past_feed_table, put_feed));
}
