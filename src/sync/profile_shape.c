#include "profile.h"

#include <string.h>

/* The shape of a date as people write shapes: YYYY-MM-DD HH:mm. */

size_t digits_at(struct slice s, size_t i)
{
	size_t n = 0;

	while (i + n < s.len && s.p[i + n] >= '0' && s.p[i + n] <= '9')
		n++;
	return n;
}

static struct slice word_at(struct slice s, size_t i)
{
	return date_word((struct slice){s.p + i, s.len - i});
}

static bool names_month(struct slice s)
{
	for (size_t i = 0, n; i < s.len; i += n ? n : 1) {
		n = word_at(s, i).len;
		if (month_of_word((struct slice){s.p + i, n}))
			return true;
	}
	return false;
}

/* The shape of a date, as it is worked out from left to right. */
struct shaping {
	struct str *out;
	struct slice s;
	enum date_order order;
	bool named, day; /* has a month's name; its day stood already */
	int parts, clock;
};

static void add_times(struct str *out, char letter, size_t n)
{
	while (n--)
		str_addc(out, letter);
}

static void shape_day(struct shaping *w, size_t digits)
{
	static const char iso[] = "YMD", mdy[] = "MDY", dmy[] = "DMY";
	bool year_first = digits_at(w->s, 0) == 4;
	const char *letters = year_first ? iso : w->order == DATES_DMY ? dmy : mdy;
	char letter = letters[w->parts];

	if (digits == 4)
		letter = 'Y';
	else if (w->named) {
		letter = w->day ? 'Y' : 'D';
		w->day = true;
	}
	add_times(w->out, letter, letter == 'Y' ? digits : year_first ? 2 : 1);
	w->parts++;
}

static void shape_clock(struct shaping *w, size_t at, size_t digits)
{
	static const char letters[] = "Hms";
	char before = w->s.p[at - 1];

	if (before == '.' || (before == ',' && w->clock > 2))
		str_addc(w->out, 'f');
	else if (before == '+' || before == '-')
		str_adds(w->out, digits == 4 ? "hhmm" : "hh");
	else
		add_times(w->out, w->clock < 3 ? letters[w->clock] : 'm',
		    w->clock ? digits : 2);
	w->clock++;
}

static void shape_word(struct shaping *w, struct slice word)
{
	if (month_of_word(word)) {
		str_adds(w->out, "Mon");
		w->parts++;
	} else if (weekday_of_word(word) >= 0) {
		str_adds(w->out, "Day");
	} else if (slice_is_nocase(word, "am") || slice_is_nocase(word, "pm")) {
		str_adds(w->out, "AM");
	} else {
		str_add(w->out, word.p, word.len);
	}
}

void profile_shape(struct str *out, struct slice s, enum date_order order)
{
	struct shaping w = {.out = out, .s = s, .order = order, .named = names_month(s)};

	for (size_t i = 0; i < s.len;) {
		size_t digits = digits_at(s, i), letters = word_at(s, i).len;
		if (digits && w.parts < 3)
			shape_day(&w, digits);
		else if (digits)
			shape_clock(&w, i, digits);
		else if (letters)
			shape_word(&w, (struct slice){s.p + i, letters});
		else if ((unsigned char)s.p[i] < 0x80)
			str_addc(out, s.p[i]);
		i += digits ? digits : letters ? letters : 1;
	}
}
