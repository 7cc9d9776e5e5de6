#include "huddle/filter.h"

#include "huddle/text.h"
#include <stdlib.h>
#include <string.h>

static const char *const keys[FILTER_KEYS] = {
    [BY_OWNER] = "owner:",
    [BY_ACCOUNT] = "account:",
    [BY_STAGE] = "stage:",
    [BY_TEAM] = "team:",
    [BY_NAME] = "name:",
    [BY_CLOSING] = "closing:",
    [BY_RISK] = "risk:",
};

static const char *fold(struct arena *arena, struct slice text)
{
	struct str folded = STR_INIT;

	text_fold(&folded, text);
	const char *kept = arena_dup(arena, str_text(&folded), folded.len);
	str_release(&folded);
	return kept;
}

/* Also while it is typed. */
static bool is_snoozed(const char *word)
{
	return *word && !strncmp("snoozed", word, strlen(word));
}

static bool read_risk(const char *word, enum risk_level *out)
{
	for (int level = RISK_LOW; level <= RISK_HIGH; level++)
		if (*word && strncmp(risk_level_name((enum risk_level)level), word,
		                 strlen(word)) == 0) {
			*out = (enum risk_level)level;
			return true;
		}
	return false;
}

/* The key that the word begins with is cut off it. */
static enum filter_key take_key(struct slice *word)
{
	for (int key = BY_OWNER; key < FILTER_KEYS; key++) {
		size_t len = strlen(keys[key]);

		if (word->len < len ||
		    !slice_is_nocase((struct slice){word->p, len}, keys[key]))
			continue;
		*word = (struct slice){word->p + len, word->len - len};
		return (enum filter_key)key;
	}
	return BY_ANY;
}

/* What closing: and risk: ask for; returns why it can not be read, or NULL. */
static const char *read_term(
    struct filter_term *t, struct arena *arena, day_t today, int fiscal_start)
{
	if (t->key == BY_CLOSING &&
	    !period_parse(t->word, today, fiscal_start, &t->closing))
		return arena_printf(arena,
		    "\"%.40s\" is no period; write 2026-11, 2026-Q4, this-month or "
		    "this-quarter",
		    t->word);
	t->asleep = t->key == BY_RISK && is_snoozed(t->word);
	if (t->key == BY_RISK && !t->asleep && !read_risk(t->word, &t->risk))
		return arena_printf(arena,
		    "\"%.40s\" is no risk; write high, watch, low or snoozed", t->word);
	return NULL;
}

static void add_term(
    struct filter *f, struct slice word, bool half_typed, day_t today, int fiscal_start)
{
	struct filter_term t = {.key = take_key(&word)};

	if (word.len == 0)
		return; /* "owner:" says nothing yet */
	t.word = fold(&f->arena, word);
	t.problem = f->count < FILTER_WORDS
	                ? read_term(&t, &f->arena, today, fiscal_start)
	                : "more than 8 words; leave some out";
	if (t.problem && half_typed)
		return;
	if (!f->problem)
		f->problem = t.problem;
	if (f->count < FILTER_WORDS)
		f->terms[f->count++] = t;
}

void filter_set(
    struct filter *f, const char *text, bool typing, day_t today, int fiscal_start)
{
	char *copy = xstrdup(text);
	struct slice rest = slice_of(copy), word;

	filter_release(f);
	f->text = copy;
	while (slice_cut(&rest, ' ', &word))
		add_term(f, word, typing && !rest.p, today, fiscal_start);
}

void filter_release(struct filter *f)
{
	free(f->text);
	arena_release(&f->arena);
	*f = (struct filter){0};
}

void filter_fold(struct filter_text *out, struct arena *arena, const struct deal *d)
{
	out->name = fold(arena, slice_of(d->name));
	out->account = fold(arena, slice_of(d->account));
	out->owner = fold(arena, slice_of(d->owner));
	out->stage = fold(arena, slice_of(d->stage));
	out->team = fold(arena, slice_of(d->team));
}

static bool letters_in_order(const char *text, const char *letters)
{
	for (; *letters; letters++) {
		text = strchr(text, *letters);
		if (!text)
			return false;
		text++;
	}
	return true;
}

static bool holds(const char *text, const char *word, bool loose)
{
	return strstr(text, word) || (loose && letters_in_order(text, word));
}

static bool term_passes(const struct filter_term *t, const struct deal *d,
    const struct filter_text *text, bool loose)
{
	switch (t->key) {
	case BY_ANY:
		return holds(text->name, t->word, loose) ||
		       holds(text->account, t->word, loose) ||
		       holds(text->owner, t->word, loose) ||
		       holds(text->stage, t->word, loose);
	case BY_OWNER:
		return holds(text->owner, t->word, loose);
	case BY_ACCOUNT:
		return holds(text->account, t->word, loose);
	case BY_STAGE:
		return holds(text->stage, t->word, loose);
	case BY_TEAM:
		return holds(text->team, t->word, loose);
	case BY_NAME:
		return holds(text->name, t->word, loose);
	case BY_CLOSING:
		return period_has(t->closing, d->close_date);
	case BY_RISK:
		if (t->asleep)
			return d->asleep;
		return d->risk.rated && d->risk.level == t->risk;
	case FILTER_KEYS:
		break;
	}
	return true;
}

bool filter_passes(const struct filter *f, const struct deal *deal,
    const struct filter_text *text, bool loose)
{
	if (f->problem)
		return false;
	for (int i = 0; i < f->count; i++)
		if (!term_passes(&f->terms[i], deal, text, loose))
			return false;
	return true;
}
