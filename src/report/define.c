#include "huddle/report_define.h"

#include "huddle/text.h"
#include "huddle/totals.h"
#include "json.h"
#include "print.h"
#include <stdlib.h>
#include <string.h>

/* The definition both teams agreed on, and the pipeline by it. */

static void put_signatures(
    struct str *out, const struct report *report, const struct definition_report *d)
{
	char day[DAY_TEXT];

	for (int r = ROLE_CMO; r <= ROLE_VP_SALES; r++) {
		const char *by = d->version->signed_by[r];

		if (by)
			put_line(out, report, 0, 2, "Signed by the %s, %s, on %s",
			    role_of_title((enum role_of)r), by,
			    day_short(day_of_instant(d->version->signed_at[r]),
			        report->today, day));
	}
	if (d->doubt)
		put_line(out, report, 0, 2, "Now: %s", d->doubt);
}

static void put_version(
    struct str *out, const struct report *report, const struct definition_report *d)
{
	const struct definition_version *v = d->version;
	char day[DAY_TEXT], due[DAY_TEXT];

	if (!v->id) {
		put_line(out, report, 0, 2,
		    "No definition is loaded: nothing is demanded of a deal. huddle "
		    "define "
		    "export FILE.ini writes one to begin with.");
		return;
	}
	put_line(out, report, 0, 2, "Definition %lld of %s, by %s%s%s; due for review %s",
	    (long long)v->id, day_short(day_of_instant(v->at), report->today, day), v->by,
	    *v->note ? ": " : "", v->note,
	    day_short(definition_due(v), report->today, due));
	put_signatures(out, report, d);
}

void report_definition(
    struct str *out, const struct report *report, const struct definition_report *d)
{
	struct slice rest = slice_of(d->version->text), line;

	put_version(out, report, d);
	if (!d->version->id)
		return;
	put_blank(out);
	while (slice_cut(&rest, '\n', &line)) {
		char *text = xmalloc(line.len + 1);

		memcpy(text, line.p, line.len);
		text[line.len] = '\0';
		if (rest.p || *text)
			put_cut(out, report, 2, "%s", text);
		free(text);
	}
}

static void put_head_json(cJSON *root, const struct definition_report *d)
{
	cJSON *signed_by = json_array();

	json_number(root, "version", d->version->id);
	for (int r = ROLE_CMO; r <= ROLE_VP_SALES; r++)
		if (d->version->signed_by[r])
			json_push(signed_by, json_string(d->version->signed_by[r]));
	json_put(root, "signed_by", signed_by);
	json_day(root, "due", definition_due(d->version));
	json_text(root, "doubt", d->doubt);
}

void report_definition_json(struct str *out, const struct definition_report *d)
{
	cJSON *root = json_object();

	put_head_json(root, d);
	json_text(root, "note", d->version->note);
	json_text(root, "by", d->version->by);
	json_instant(root, "at", d->version->id ? d->version->at : INSTANT_NONE);
	json_text(root, "text", d->version->text);
	json_print(out, root);
	str_addc(out, '\n');
}

void report_definition_diff(struct str *out, const struct report *report,
    const struct definition_change *changes, size_t count)
{
	if (!count)
		put_line(out, report, 0, 2, "No key differs.");
	for (size_t i = 0; i < count; i++)
		put_line(out, report, 2, 2, "%s: %s %s %s", changes[i].key,
		    *changes[i].old_value ? changes[i].old_value : "(not there)",
		    report->ascii ? "->" : "\u2192",
		    *changes[i].new_value ? changes[i].new_value : "(not there)");
}

void report_definition_diff_json(
    struct str *out, const struct definition_change *changes, size_t count)
{
	cJSON *root = json_object(), *array = json_array();

	for (size_t i = 0; i < count; i++) {
		cJSON *value = json_object();

		json_text(value, "key", changes[i].key);
		json_text(value, "old", changes[i].old_value);
		json_text(value, "new", changes[i].new_value);
		json_push(array, value);
	}
	json_put(root, "changes", array);
	json_print(out, root);
	str_addc(out, '\n');
}

/* Open deals, or those of them that pass, by currency. */
struct sums {
	struct deal_total items[DEAL_TOTALS];
	size_t n;
};

static void sum_up(struct sums *out, const struct qualified *q, bool passing)
{
	const struct deal **deals = xcalloc(q->count + 1, sizeof *deals);
	bool overflow = false;
	size_t n = 0;

	for (size_t i = 0; i < q->count; i++)
		if (!passing || q->deals[i].n_missing == 0)
			deals[n++] = q->deals[i].deal;
	out->n = deal_totals(deals, n, out->items, &overflow);
	free(deals);
}

static void add_sums(struct str *out, const struct sums *s)
{
	char money[MONEY_TEXT];

	for (size_t i = 0; i < s->n; i++)
		if (s->items[i].amount != MONEY_NONE)
			str_addf(out, "%s%s", out->len ? " + " : "",
			    money_format(
			        s->items[i].amount, s->items[i].currency, money));
	if (!out->len)
		str_adds(out, "nothing");
}

static void put_sums(struct str *out, const struct report *report, const char *what,
    const struct qualified *q, bool passing)
{
	struct str text = STR_INIT;
	struct sums *sums = xcalloc(1, sizeof *sums);
	size_t n = passing ? q->passing : q->count;

	sum_up(sums, q, passing);
	add_sums(&text, sums);
	put_line(out, report, 0, 2, "%s: %s of %zu deal%s", what, str_text(&text), n,
	    n == 1 ? "" : "s");
	str_release(&text);
	free(sums);
}

void report_qualified_effect(struct str *out, const struct report *report,
    const struct qualified *before, const struct qualified *after)
{
	put_sums(out, report, "Qualified now", before, true);
	put_sums(out, report, "Qualified by it", after, true);
}

/* How often a thing is missing; "employees 12 of 50" counts as employees, "industry
 * Retail" as industry. */
struct tally {
	const char *what;
	size_t len;
	int n;
};
enum { TALLIES = 64 };

static size_t what_len(const char *missing)
{
	bool of_account =
	    !strncmp(missing, "employees ", 10) || !strncmp(missing, "industry ", 9);

	return of_account ? (size_t)(strchr(missing, ' ') - missing) : strlen(missing);
}

static int compare_tallies(const void *a, const void *b)
{
	const struct tally *x = a, *y = b;

	return x->n != y->n ? y->n - x->n : strcmp(x->what, y->what);
}

static size_t tally_up(struct tally out[TALLIES], const struct qualified *q)
{
	size_t n = 0;

	for (size_t i = 0; i < q->count; i++)
		for (size_t m = 0; m < q->deals[i].n_missing; m++) {
			const char *what = q->deals[i].missing[m];
			size_t len = what_len(what), t = 0;

			while (t < n && (out[t].len != len ||
			                    strncmp(out[t].what, what, len) != 0))
				t++;
			if (t == TALLIES)
				continue;
			if (t == n)
				out[n++] = (struct tally){what, len, 0};
			out[t].n++;
		}
	if (n)
		qsort(out, n, sizeof *out, compare_tallies);
	return n;
}

static void put_tallies(
    struct str *out, const struct report *report, const struct qualified *q)
{
	struct tally tallies[TALLIES];
	size_t n = tally_up(tallies, q);
	struct str text = STR_INIT;

	for (size_t i = 0; i < n; i++)
		str_addf(&text, "%s%.*s %d", i ? ", " : "", (int)tallies[i].len,
		    tallies[i].what, tallies[i].n);
	if (n)
		put_line(out, report, 0, 2, "Missing most: %s", str_text(&text));
	str_clear(&text);
	for (int r = 0; r < REQUIREMENTS; r++)
		if (q->not_captured & 1u << r)
			str_addf(&text, "%s%s", text.len ? ", " : "",
			    requirement_name((enum requirement)r));
	if (text.len)
		put_line(out, report, 0, 2,
		    "No export holds %s, so that no deal can have it; a mapping that "
		    "reads "
		    "it is what is missing",
		    str_text(&text));
	str_release(&text);
}

static int compare_worth(const void *a, const void *b)
{
	const struct qualified_deal *const *x = a, *const *y = b;
	struct worth v = deal_worth((*x)->deal), w = deal_worth((*y)->deal);

	if (v.amount != w.amount)
		return v.amount > w.amount ? -1 : 1;
	return strcmp((*x)->deal->id, (*y)->deal->id);
}

static void put_lacking(
    struct str *out, const struct report *report, const struct qualified *q)
{
	enum { SHOWN = 30 };
	static const struct column columns[] = {
	    {.title = "Deal", .most = 32, .least = 16},
	    {.title = "Amount", .right = true}, {.title = "Owner", .most = 18},
	    {.title = "Lacks", .most = 72, .least = 20}};
	const struct qualified_deal **lacking = xcalloc(q->count + 1, sizeof *lacking);
	struct table table = table_of(report, columns, 4);
	struct str text = STR_INIT;
	size_t n = 0;

	for (size_t i = 0; i < q->count; i++)
		if (q->deals[i].n_missing)
			lacking[n++] = &q->deals[i];
	if (n)
		qsort(lacking, n, sizeof(void *), compare_worth);
	for (size_t i = 0; i < n && i < SHOWN; i++) {
		const struct deal *d = lacking[i]->deal;
		char money[MONEY_TEXT];

		str_clear(&text);
		for (size_t m = 0; m < lacking[i]->n_missing; m++)
			str_addf(&text, "%s%s", m ? ", " : "", lacking[i]->missing[m]);
		table_cell(&table, deal_label(d, report->ascii));
		table_cell(&table, d->amount == MONEY_NONE
		                       ? "?"
		                       : money_brief(d->amount, d->currency, money));
		table_cell(&table, d->owner);
		table_cell(&table, str_text(&text));
	}
	if (n) {
		put_blank(out);
		table_print(&table, out, 0);
	}
	if (n > SHOWN)
		put_line(out, report, 0, 2, "and %zu more; --json has all", n - SHOWN);
	str_release(&text);
	free(lacking);
}

void report_qualified(struct str *out, const struct report *report,
    const struct definition_report *d, const struct qualified *q)
{
	put_version(out, report, d);
	put_sums(out, report, "Claimed", q, false);
	put_sums(out, report, "Qualified", q, true);
	put_tallies(out, report, q);
	put_lacking(out, report, q);
}

static cJSON *sums_json(const struct qualified *q, bool passing)
{
	struct sums *sums = xcalloc(1, sizeof *sums);
	cJSON *array = json_array();

	sum_up(sums, q, passing);
	for (size_t i = 0; i < sums->n; i++) {
		cJSON *value = json_object();

		json_text(value, "currency", sums->items[i].currency.code);
		json_money(
		    value, "amount", sums->items[i].amount, sums->items[i].currency);
		json_number(value, "count", sums->items[i].count);
		json_push(array, value);
	}
	free(sums);
	return array;
}

void report_qualified_json(struct str *out, const struct report *report,
    const struct definition_report *d, const struct qualified *q)
{
	cJSON *root = json_object(), *deals = json_array(), *none = json_array();

	put_head_json(root, d);
	json_day(root, "as_of", report->as_of);
	json_put(root, "claimed", sums_json(q, false));
	json_put(root, "qualified", sums_json(q, true));
	for (int r = 0; r < REQUIREMENTS; r++)
		if (q->not_captured & 1u << r)
			json_push(
			    none, json_string(requirement_name((enum requirement)r)));
	json_put(root, "not_captured", none);
	for (size_t i = 0; i < q->count; i++) {
		cJSON *value = json_object(), *missing = json_array();

		json_text(value, "id", q->deals[i].deal->id);
		json_bool(value, "passes", q->deals[i].n_missing == 0);
		for (size_t m = 0; m < q->deals[i].n_missing; m++)
			json_push(missing, json_string(q->deals[i].missing[m]));
		json_put(value, "missing", missing);
		json_push(deals, value);
	}
	json_put(root, "deals", deals);
	json_print(out, root);
	str_addc(out, '\n');
}
