#include "export.h"

#include "huddle/csv_cell.h"
#include "huddle/rates.h"
#include "jobs.h"
#include "restore.h"
#include "row_cells.h"
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* Facts as CSV: the source's words as they are, numbers and dates plain. */

struct writing {
	struct export_run *run;
	struct folder_file file;
	const struct written *out;
	const char *source; /* "salesforce/deals", quoted */
	int currency;       /* its column; -1: none */
	int64_t rows;
};

/* ---- cells ---- */

/* 2500000 millionths are 2.5: no more digits than there are. */
static void add_fraction(struct str *out, int64_t n, int digits)
{
	uint64_t scale = 1, value = n < 0 ? 0 - (uint64_t)n : (uint64_t)n;
	char rest[24];

	for (int i = 0; i < digits; i++)
		scale *= 10;
	str_addf(out, "%s%" PRIu64, n < 0 ? "-" : "", value / scale);
	int len = snprintf(rest, sizeof rest, "%0*" PRIu64, digits, value % scale);
	while (len && rest[len - 1] == '0')
		len--;
	if (len)
		str_addf(out, ".%.*s", len, rest);
}

static struct currency currency_of(const struct writing *w, const struct value *values)
{
	struct currency currency = {""};

	if (w->currency >= 0 && values[w->currency].type == VALUE_TEXT)
		slice_copy((struct slice){values[w->currency].p, values[w->currency].len},
		    currency.code, sizeof currency.code);
	return currency;
}

static void add_number(struct str *out, const struct writing *w, enum field_type type,
    const struct value *values, size_t i)
{
	char buf[MONEY_TEXT];
	int64_t n = values[i].n;

	switch (type) {
	case FIELD_AMOUNT:
		str_adds(out, money_plain(n, currency_of(w, values), buf));
		break;
	case FIELD_SHARE: /* millionths; as percents no reader has to guess */
		add_fraction(out, n, 4);
		str_addc(out, '%');
		break;
	case FIELD_RATE:
		add_fraction(out, n, RATE_DIGITS);
		break;
	case FIELD_BOOL:
		str_adds(out, n ? "yes" : "no");
		break;
	default:
		str_addf(out, "%" PRId64, n);
	}
}

static void add_cell(
    struct str *out, const struct writing *w, const struct value *values, size_t i)
{
	const struct export_column *c = &w->out->facts.columns[i];
	const struct value *v = &values[i];
	enum field_type type = c->what == EXPORT_FIELD ? c->field->type : FIELD_TEXT;

	if (v->type == VALUE_INT)
		add_number(
		    out, w, c->what == EXPORT_FIELD ? type : FIELD_NUMBER, values, i);
	else if (v->type == VALUE_TEXT && (type == FIELD_DAY || type == FIELD_INSTANT))
		str_add(out, v->p, v->len);
	else if (v->type == VALUE_TEXT)
		csv_harmless(out, (struct slice){v->p, v->len});
}

static bool add_row(void *arg, const struct value *values, struct err *err)
{
	struct writing *w = arg;
	struct export_run *run = w->run;

	(void)err;
	str_adds(&run->text, w->source);
	for (size_t i = 0; i < w->out->facts.count; i++) {
		str_addc(&run->text, ',');
		add_cell(&run->text, w, values, i);
	}
	str_adds(&run->text, "\r\n");
	if (!(++w->rows & 0xfff) && sync_stopped(run->err))
		return false;
	if (!(w->rows & 0xfff))
		export_progress(run, w->out->name, w->rows, w->out->feed->rows);
	return export_put(run, &w->file, false);
}

/* ---- a file ---- */

const char *export_header(struct arena *arena, const struct export_column *c)
{
	switch (c->what) {
	case EXPORT_PART_OF:
		return RESTORED_PART_OF;
	case EXPORT_MISSING:
		return RESTORED_MISSING;
	case EXPORT_CUSTOM:
		return arena_printf(arena, RESTORED_CUSTOM "%s", c->name);
	case EXPORT_FIELD:
		break;
	}
	return c->name;
}

static void add_header(struct export_run *run, const struct written *out)
{
	str_addf(&run->text, "\xef\xbb\xbf\"" RESTORED "%s\"",
	    fact_infos[out->feed->kind].name);
	for (size_t i = 0; i < out->facts.count; i++) {
		str_addc(&run->text, ',');
		csv_quote(&run->text,
		    slice_of(export_header(run->arena, &out->facts.columns[i])));
	}
	str_adds(&run->text, "\r\n");
}

static int currency_column(const struct export_table *table)
{
	for (size_t i = 0; i < table->count; i++)
		if (table->columns[i].what == EXPORT_FIELD &&
		    !strcmp(table->columns[i].field->name, "currency"))
			return (int)i;
	return -1;
}

static const char *quoted_source(struct arena *arena, const struct export_feed *feed)
{
	struct str out = STR_INIT;

	csv_harmless(
	    &out, slice_of(arena_printf(arena, "%s/%s", feed->source, feed->section)));
	const char *text = arena_dup(arena, out.p, out.len);
	str_release(&out);
	return text;
}

static bool write_feed(
    struct export_run *run, const struct export_feed *feed, const char *name)
{
	struct written *out = export_wrote(run, name);
	struct writing w = {.run = run, .out = out};

	out->feed = feed;
	if (!store_export_table(run->store, run->arena, feed, &out->facts, run->err) ||
	    !export_open(run, &w.file, name))
		return false;
	w.source = quoted_source(run->arena, feed);
	w.currency = currency_column(&out->facts);
	add_header(run, out);
	bool fine = store_export_rows(run->store, run->arena, feed, &out->facts, add_row,
	                &w, run->err) &&
	            export_put(run, &w.file, true);
	out->rows = w.rows;
	return folder_file_close(&w.file, fine, run->err);
}

/* ---- what files are called ---- */

static size_t feeds_of(const struct export_feeds *feeds, enum fact_kind kind)
{
	size_t n = 0;

	for (size_t i = 0; i < feeds->count; i++)
		n += feeds->items[i].kind == kind;
	return n;
}

static void add_plain(struct str *out, const char *text)
{
	for (; *text; text++)
		str_addc(
		    out, (*text >= 'a' && *text <= 'z') || (*text >= '0' && *text <= '9')
		             ? *text
		         : *text >= 'A' && *text <= 'Z' ? (char)(*text | 32)
		                                        : '-');
}

static bool taken(const struct export_run *run, const char *name)
{
	for (size_t i = 0; i < run->n_files; i++)
		if (!strcmp(run->files[i].name, name))
			return true;
	return false;
}

/* "deals", or "activities-salesforce-tasks" where several feeds have some. A sync
 * takes a day in the name for the file's. */
static const char *file_name(struct export_run *run, const struct export_feeds *feeds,
    const struct export_feed *feed)
{
	const char *kind = fact_infos[feed->kind].name, *dot = strchr(feed->section, '.');
	struct str base = STR_INIT;

	str_adds(&base, kind);
	if (feeds_of(feeds, feed->kind) > 1) {
		str_addc(&base, '-');
		add_plain(&base, feed->source);
		if (dot || strcmp(feed->section, kind) != 0)
			str_addc(&base, '-');
		if (dot || strcmp(feed->section, kind) != 0)
			add_plain(&base, dot ? dot + 1 : feed->section);
		if (day_of_name((struct slice){base.p, base.len}, run->options->today) !=
		    DAY_NONE) {
			str_clear(&base);
			str_adds(&base, kind);
		}
	}
	const char *name = arena_printf(run->arena, "%s/%s.csv", run->facts, base.p);
	for (int i = 2; taken(run, name); i++)
		name = arena_printf(run->arena, "%s/%s-n%d.csv", run->facts, base.p, i);
	str_release(&base);
	return name;
}

bool export_facts(struct export_run *run)
{
	struct export_feeds feeds;

	if (!store_export_feeds(run->store, run->arena, &feeds, run->err))
		return false;
	for (size_t i = 0; i < feeds.count; i++)
		if (!write_feed(
		        run, &feeds.items[i], file_name(run, &feeds, &feeds.items[i])))
			return false;
	return true;
}
