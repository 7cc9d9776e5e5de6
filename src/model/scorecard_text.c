#include "huddle/scorecard.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/*
 * A scorecard as lines of text, to be kept and read again to the same bits: fractions
 * are hexadecimal. Written and read by one program, so the order of the lines is the
 * form; a line that is not as expected refuses all.
 */

#define HEAD "scorecard 3" /* raised when a figure is counted otherwise */

void scorecard_format(struct str *out, const struct scorecard *card)
{
	const struct scorecard_input *in = card->in;

	str_addf(out, HEAD "\n%d %lld %lld %lld %s\n", in->left_out,
	    (long long)card->number, (long long)card->won, (long long)card->won_sourced,
	    in->currency.code);
	for (int m = 0; m < METRICS; m++)
		for (int i = 0; i < SCORE_MONTHS; i++) {
			const struct metric_value *v = &card->values[m][i];

			str_addf(out, "%a %lld %lld %a %d %d %s\n", v->value,
			    (long long)v->numerator, (long long)v->denominator, v->target,
			    v->has_target, v->met, v->why ? v->why : "");
		}
}

/* The next line without its end; NULL: there is none. */
static char *next_line(char **at)
{
	char *line = *at, *end = line ? strchr(line, '\n') : NULL;

	*at = end ? end + 1 : NULL;
	if (!end)
		return NULL;
	*end = '\0';
	return line;
}

static int64_t whole(char **at)
{
	return strtoll(*at, at, 10);
}

static bool parse_value(struct metric_value *v, char *line)
{
	if (!line)
		return false;
	v->value = strtod(line, &line);
	v->numerator = whole(&line);
	v->denominator = whole(&line);
	v->target = strtod(line, &line);
	v->has_target = whole(&line) != 0;
	v->met = whole(&line) != 0;
	if (*line != ' ')
		return false;
	v->why = line[1] ? line + 1 : NULL;
	return true;
}

bool scorecard_parse(struct scorecard *out, struct scorecard_input *in,
    struct arena *arena, struct slice text)
{
	char *at = arena_dup(arena, text.p ? text.p : "", text.len);
	const char *head = next_line(&at);
	char *line = next_line(&at);

	*out = (struct scorecard){.in = in};
	if (!head || strcmp(head, HEAD) != 0 || !line)
		return false;
	in->left_out = (int)whole(&line);
	out->number = whole(&line);
	out->won = whole(&line);
	out->won_sourced = whole(&line);
	if (*line != ' ')
		return false;
	slice_copy(slice_of(line + 1), in->currency.code, sizeof in->currency.code);
	for (int m = 0; m < METRICS; m++)
		for (int i = 0; i < SCORE_MONTHS; i++)
			if (!parse_value(&out->values[m][i], next_line(&at)))
				return false;
	return true;
}
