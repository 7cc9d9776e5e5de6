#include "filter.h"

#include "huddle/text.h"
#include <stddef.h>
#include <string.h>

/* The keys that look at one text of a deal, and whether plain words look there. */
static const struct {
	const char *key;
	size_t offset;
	bool plain;
} texts[] = {
    {"name:", offsetof(struct deal, name), true},
    {"account:", offsetof(struct deal, account), true},
    {"owner:", offsetof(struct deal, owner), true},
    {"stage:", offsetof(struct deal, stage), true},
    {"team:", offsetof(struct deal, team), false},
};

enum { TEXTS = sizeof texts / sizeof *texts };

/* Cut `key` off the word, if it starts with it. */
static bool take_key(struct slice *word, const char *key)
{
	size_t len = strlen(key);
	if (word->len < len || !slice_is_nocase((struct slice){word->p, len}, key))
		return false;
	*word = (struct slice){word->p + len, word->len - len};
	return true;
}

static bool holds(const struct deal *deal, int text, struct slice word, bool loose)
{
	const char *const *value =
	    (const char *const *)((const char *)deal + texts[text].offset);
	struct slice whole = slice_of(*value);
	return text_contains(whole, word) || (loose && text_fuzzy(whole, word) > 0);
}

/* A period that can not be read narrows nothing, as while it is typed. */
static bool closes_in(
    const struct text_filter *filter, const struct deal *deal, struct slice word)
{
	struct period period;
	char text[32];
	slice_copy(word, text, sizeof text);
	return !period_parse(text, filter->today, filter->fiscal_start, &period) ||
	       period_has(period, deal->close_date);
}

static bool has_level(const struct deal *deal, struct slice word)
{
	return deal->risk.rated && word.len &&
	       text_contains(slice_of(risk_level_name(deal->risk.level)), word);
}

static bool word_passes(
    const struct text_filter *filter, const struct deal *deal, struct slice word)
{
	if (take_key(&word, "closing:"))
		return closes_in(filter, deal, word);
	if (take_key(&word, "risk:"))
		return has_level(deal, word);
	for (int i = 0; i < TEXTS; i++)
		if (take_key(&word, texts[i].key))
			return holds(deal, i, word, filter->loose);
	for (int i = 0; i < TEXTS; i++)
		if (texts[i].plain && holds(deal, i, word, filter->loose))
			return true;
	return false;
}

bool text_filter_passes(const struct text_filter *filter, const struct deal *deal)
{
	struct slice rest = slice_of(filter->text), word;
	while (rest.len && slice_cut(&rest, ' ', &word))
		if (word.len && !word_passes(filter, deal, word))
			return false;
	return true;
}
