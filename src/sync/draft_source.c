#include "draft.h"

#include "huddle/text.h"
#include <ctype.h>
#include <string.h>

/* The settings of a drafted mapping: what its columns say of dates and numbers. */

/* The votes of the columns that feed a date or a number. */
struct votes {
	const struct looked *mdy_file, *dmy_file, *either_file, *point_file, *comma_file;
	size_t mdy, dmy, either, point, comma; /* columns */
	const struct profile *undecided;
	const char *unclear; /* a time whose zone has several meanings */
	struct currency sign;
	bool currency, mixed, salesforce;
};

static void vote_dates(struct votes *v, const struct looked *f, size_t column)
{
	const struct profile *p = &f->columns[column];

	if (p->bad_date.why && !v->unclear)
		v->unclear = p->bad_date.value;
	if (p->mdy && !v->mdy_file) {
		v->mdy_file = f;
		v->mdy = column;
	}
	if (p->dmy && !v->dmy_file) {
		v->dmy_file = f;
		v->dmy = column;
	}
	if (profile_ambiguous(p, DATES_UNKNOWN) && !v->either_file) {
		v->either_file = f;
		v->either = column;
		v->undecided = p;
	}
}

static void vote_numbers(struct votes *v, const struct looked *f, size_t column)
{
	const struct profile *p = &f->columns[column];

	if (p->points && !v->point_file) {
		v->point_file = f;
		v->point = column;
	}
	if (p->commas && !v->comma_file) {
		v->comma_file = f;
		v->comma = column;
	}
	if (p->signs) {
		v->mixed |= *v->sign.code && !currency_eq(v->sign, p->sign);
		v->sign = p->sign;
	}
}

static bool salesforce_ids(const struct profile *p)
{
	for (int i = 0; i < p->n_distinct && i < DISTINCT_MAX; i++) {
		struct slice s = slice_of(p->distinct[i]);
		for (size_t j = 0; j < s.len; j++)
			if (!isalnum((unsigned char)s.p[j]))
				return false;
		if ((s.len != 15 && s.len != 18) || !slice_starts(s, "00"))
			return false;
	}
	return p->n_distinct > 0;
}

static void vote(struct votes *v, const struct draft_section *s)
{
	const struct looked *f = s->files[0];

	for (int i = 0; i < s->n_fields; i++) {
		const struct draft_field *field = &s->fields[i];
		if (!field->n_columns)
			continue;
		size_t column = (size_t)field->columns[0];
		enum field_type type = field->field->type;
		if (type == FIELD_DAY || type == FIELD_INSTANT)
			vote_dates(v, f, column);
		else if (type == FIELD_AMOUNT || type == FIELD_NUMBER)
			vote_numbers(v, f, column);
		v->currency |= !strcmp(field->field->name, "currency");
		v->salesforce |= !strcmp(field->field->name, "id") &&
		                 salesforce_ids(&f->columns[column]);
	}
}

void draft_plain(struct str *out, const char *text)
{
	display_safe(out, slice_of(text));
}

static void say_dates(const struct draft *d, const struct votes *v)
{
	const struct looked *f = v->mdy_file ? v->mdy_file : v->dmy_file;

	if (v->mdy_file && v->dmy_file) {
		str_adds(d->out, "; dates   = mdy\n"
		                 "; Some columns are month first, others day first: give "
		                 "those files a\n"
		                 "; mapping of their own.\n");
	} else if (f) {
		str_addf(d->out, "dates     = %s ; ", v->mdy_file ? "mdy" : "dmy");
		draft_plain(d->out, f->header[v->mdy_file ? v->mdy : v->dmy].p);
		str_adds(d->out, " of ");
		draft_plain(d->out, f->file->name);
		str_addf(
		    d->out, " can only be %s first\n", v->mdy_file ? "month" : "day");
	} else if (v->either_file) {
		str_adds(d->out, "; dates   = mdy\n; DECIDE: ");
		draft_plain(d->out, v->undecided->either_value);
		str_adds(d->out, " in ");
		draft_plain(d->out, v->either_file->header[v->either].p);
		str_adds(d->out, " of ");
		draft_plain(d->out, v->either_file->file->name);
		str_adds(d->out, " may be month or day first,\n; and no row tells. Write "
		                 "mdy or dmy, and "
		                 "remove the ; in front.\n");
	} else {
		str_adds(d->out, "dates     = auto ; none is ambiguous\n");
	}
}

static void say_decimal(const struct draft *d, const struct votes *v)
{
	const struct looked *f = v->point_file ? v->point_file : v->comma_file;

	if (!f || (v->point_file && v->comma_file)) {
		str_addf(d->out, "decimal   = auto ; %s\n",
		    f ? "columns differ, and each tells its own"
		      : "no amount has a fraction");
		return;
	}
	str_addf(d->out, "decimal   = %s ; as in ", v->point_file ? "point" : "comma");
	draft_plain(d->out, f->header[v->point_file ? v->point : v->comma].p);
	str_adds(d->out, " of ");
	draft_plain(d->out, f->file->name);
	str_addc(d->out, '\n');
}

static void say_zone(const struct draft *d, const struct votes *v)
{
	str_adds(
	    d->out, "; timezone = America/Chicago ; of times without a zone [UTC]\n");
	if (!v->unclear)
		return;
	str_adds(d->out, "; DECIDE: the zone of ");
	draft_plain(d->out, v->unclear);
	str_adds(d->out, " has several meanings or none that is\n"
	                 "; known: write the timezone it is, or export with offsets\n"
	                 "; such as +05:30.\n");
}

static void say_source(const struct draft *d, const struct votes *v)
{
	str_adds(d->out,
	    "; A mapping drafted from the files. Read it through, then try it with\n"
	    ";   huddle sync --dry-run --source THIS-FILE PATH...\n"
	    "; What a line holds is said in huddle(1) under MAPPING FILES.\n\n"
	    "[source]\n"
	    "name      = draft ; change it: the facts remember it\n");
	say_dates(d, v);
	say_decimal(d, v);
	if (v->currency)
		str_adds(d->out, "; currency = USD ; a column tells it\n");
	else if (*v->sign.code && !v->mixed)
		str_addf(d->out,
		    "currency  = %s ; the sign that amounts are written with\n",
		    v->sign.code);
	else
		str_adds(d->out, "; currency = USD ; DECIDE: no column tells it\n");
	say_zone(d, v);
	if (v->salesforce)
		str_adds(d->out, "ids       = salesforce ; 15 letters become 18\n");
}

void draft_source(const struct draft *d)
{
	struct votes votes = {0};

	for (size_t i = 0; i < d->n_sections; i++)
		vote(&votes, &d->sections[i]);
	say_source(d, &votes);
}
