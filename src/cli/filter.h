#ifndef HUDDLE_CLI_FILTER_H
#define HUDDLE_CLI_FILTER_H

#include "huddle/deal.h"

/*
 * --filter for lists that are printed, by the rules of / in the review: all
 * words must hold; a word is looked for in name, account, owner and stage, or
 * in one of them: owner:ana account:acme stage:neg team:west name:renewal
 * closing:2026-11 risk:high. loose: letters in order are enough for a word.
 */
struct text_filter {
	const char *text;
	day_t today;
	int fiscal_start;
	bool loose;
};

bool text_filter_passes(const struct text_filter *filter, const struct deal *deal);

#endif
