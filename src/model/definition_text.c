#include "definition_inside.h"

#include "huddle/zone.h"
#include <stdlib.h>
#include <string.h>

/* The words of a definition's text: one reader a kind of value. */

static bool wrong(struct reading *r, const char *what)
{
	return err_set(r->err, r->place, "%s.%s: \"%.60s\" %s", r->item->section,
	    r->item->key, r->value, what);
}

static const char *trimmed(struct reading *r, struct slice word)
{
	word = slice_trim(word);
	return arena_dup(r->arena, word.p, word.len);
}

/* "a, b, c" into an array ended by NULL. */
static const char *const *words_of(struct reading *r)
{
	struct slice rest = slice_of(r->value), word;
	const char **out = arena_alloc(r->arena, (strlen(r->value) + 2) * sizeof *out);
	size_t n = 0;

	while (slice_cut(&rest, ',', &word))
		if (slice_trim(word).len)
			out[n++] = trimmed(r, word);
	out[n] = NULL;
	return out;
}

bool read_text(struct reading *r, void *to)
{
	*(const char **)to = r->value;
	return true;
}

bool read_words(struct reading *r, void *to)
{
	*(const char *const **)to = words_of(r);
	return true;
}

bool read_require(struct reading *r, void *to)
{
	const char *const *words = words_of(r);

	*(unsigned *)to = 0;
	for (; *words; words++) {
		int i = 0;

		while (i < REQUIREMENTS &&
		       strcmp(*words, requirement_name((enum requirement)i)) != 0)
			i++;
		if (i == REQUIREMENTS) {
			r->value = *words;
			return wrong(r, "can not be required; write budget_confirmed, "
			                "economic_buyer, compelling_event, demand_state, "
			                "fit_score or trigger_event");
		}
		*(unsigned *)to |= 1u << i;
	}
	return true;
}

static bool whole(const char *text, int64_t most, int64_t *out)
{
	char *end;

	*out = strtoll(text, &end, 10);
	return end > text && !*end && *out >= 0 && *out <= most;
}

bool read_count(struct reading *r, void *to)
{
	return whole(r->value, INT64_C(1000000000), to) || wrong(r, "is no whole number");
}

bool read_percent(struct reading *r, void *to)
{
	int64_t n;

	if (!whole(r->value, 100, &n))
		return wrong(r, "is no percentage from 0 to 100");
	*(int *)to = (int)n;
	return true;
}

bool read_points(struct reading *r, void *to)
{
	int64_t n;

	if (!whole(r->value, 100000, &n))
		return wrong(r, "are no points");
	*(int *)to = (int)n;
	return true;
}

/* 3.0 as 3000. */
bool read_ratio(struct reading *r, void *to)
{
	int64_t thousandths;

	if (!number_read(slice_of(r->value), DECIMAL_POINT, 3, &thousandths) ||
	    thousandths < 0 || thousandths > 1000000)
		return wrong(r, "is no number such as 3.0");
	*(int *)to = (int)thousandths;
	return true;
}

bool read_zone(struct reading *r, void *to)
{
	*(const struct zone **)to = zone_find(r->value);
	return *(const struct zone **)to ||
	       wrong(r, "is no time zone; write one such as America/New_York");
}

static bool clock_read(struct slice text, int *minutes)
{
	char buf[8];
	int hour, minute;
	char end;

	text = slice_trim(text);
	if (text.len > 5 ||
	    sscanf(slice_copy(text, buf, sizeof buf), "%2d:%2d%c", &hour, &minute,
	        &end) != 2 ||
	    hour < 0 || hour > 24 || minute < 0 || minute > 59 ||
	    (hour == 24 && minute > 0))
		return false;
	*minutes = hour * 60 + minute;
	return true;
}

bool read_hours(struct reading *r, void *to)
{
	struct work_hours *hours = to;
	struct slice rest = slice_of(r->value), from;

	if (!slice_cut(&rest, '-', &from) || !rest.p ||
	    !clock_read(from, &hours->opens) || !clock_read(rest, &hours->closes))
		return wrong(r, "are no hours; write 09:00-17:00");
	return hours->opens < hours->closes || wrong(r, "close before they open");
}

static bool day_range(struct slice text, unsigned *days)
{
	struct slice first;

	if (!slice_cut(&text, '-', &first))
		return false;
	int from = weekday_of_word(slice_trim(first));
	int to = text.p ? weekday_of_word(slice_trim(text)) : from;

	if (from < 0 || to < 0)
		return false;
	for (int d = from;; d = (d + 1) % 7) {
		*days |= 1u << d;
		if (d == to)
			return true;
	}
}

/* "mon-fri", "mon, tue, thu". */
bool read_days(struct reading *r, void *to)
{
	struct workdays *days = to;
	struct slice rest = slice_of(r->value), word;
	unsigned worked = 0;

	while (slice_cut(&rest, ',', &word))
		if (!day_range(slice_trim(word), &worked))
			return wrong(r, "are no days; write mon-fri or mon, tue, thu");
	days->weekend = ~worked & 0x7Fu;
	return true;
}

bool read_holidays(struct reading *r, void *to)
{
	struct workdays *days = to;
	const char *const *words = words_of(r);
	day_t day;

	days->n_holidays = 0;
	for (; *words; words++) {
		if (!day_parse(*words, &day)) {
			r->value = *words;
			return wrong(r, "is no day; write 2026-12-25");
		}
		if (!workdays_add_holiday(days, day))
			return wrong(r, "are more holidays than there is room for");
	}
	return true;
}

bool read_span(struct reading *r, void *to)
{
	static const char *const units[] = {[SPAN_BUSINESS_HOURS] = "bh",
	    [SPAN_BUSINESS_DAYS] = "bd",
	    [SPAN_HOURS] = "h",
	    [SPAN_DAYS] = "d"};
	struct span *span = to;
	char *end;
	long count = strtol(r->value, &end, 10);

	for (int u = 0; u < 4; u++)
		if (end > r->value && !strcmp(end, units[u]) && count > 0 &&
		    count <= 10000) {
			*span = (struct span){(int)count, (enum span_unit)u};
			return true;
		}
	return wrong(r, "is no span; write 4bh, 5bd, 48h or 2d");
}

/* "365d"; nothing else makes sense of a look back. */
bool read_span_days(struct reading *r, void *to)
{
	char *end;
	long count = strtol(r->value, &end, 10);

	if (end == r->value || strcmp(end, "d") != 0 || count < 1 || count > 36500)
		return wrong(r, "are no days; write 365d");
	*(int *)to = (int)count;
	return true;
}

bool read_model(struct reading *r, void *to)
{
	for (int i = 0; i < ATTRIBUTION_MODELS; i++)
		if (!strcmp(attribution_model_names[i], r->value)) {
			*(enum attribution_model *)to = (enum attribution_model)i;
			return true;
		}
	return wrong(r, "is no model; write first, last, linear, u, w, full or decay");
}

bool read_sourced(struct reading *r, void *to)
{
	for (int i = 0; i < SOURCED_BYS; i++)
		if (!strcmp(sourced_by_name((enum sourced_by)i), r->value)) {
			*(enum sourced_by *)to = (enum sourced_by)i;
			return true;
		}
	return wrong(r, "is none; write first-touch, lead-source or before-sales");
}

bool read_month(struct reading *r, void *to)
{
	*(int *)to = month_of_word(slice_of(r->value));
	return *(int *)to > 0 || wrong(r, "is no month; write february");
}

/* "4000000 USD 2026-Q4" */
bool read_number(struct reading *r, void *to)
{
	struct definition *d = to;
	struct slice rest = slice_of(r->value), amount, code;
	struct period period;

	if (!slice_cut(&rest, ' ', &amount) || !rest.p || !slice_cut(&rest, ' ', &code) ||
	    !rest.p || !currency_read(code, &d->currency) ||
	    !number_read(amount, DECIMAL_POINT, currency_digits(d->currency), &d->number))
		return wrong(r, "is no number; write 4000000 USD 2026-Q4");
	d->number_period = trimmed(r, rest);
	return period_parse(d->number_period, 0, 1, &period) ||
	       wrong(r, "has no period at its end; write 4000000 USD 2026-Q4");
}
