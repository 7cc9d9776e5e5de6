#include "huddle/deal.h"

#include <ctype.h>
#include <string.h>

static const char *const names[] = {
    [FORECAST_NONE] = "",
    [FORECAST_OMITTED] = "Omitted",
    [FORECAST_PIPELINE] = "Pipeline",
    [FORECAST_BEST_CASE] = "Best Case",
    [FORECAST_MOST_LIKELY] = "Most Likely",
    [FORECAST_COMMIT] = "Commit",
    [FORECAST_CLOSED] = "Closed",
};

/*
 * The words of Salesforce (API names and labels), HubSpot, Dynamics and Zoho,
 * written without case, blanks and marks: "Best Case", "BestCase" and
 * "BEST_CASE" are one word.
 */
static const struct {
	const char *word;
	enum forecast forecast;
} words[] = {
    {"omitted", FORECAST_OMITTED},
    {"omit", FORECAST_OMITTED},
    {"notforecasted", FORECAST_OMITTED},
    {"pipeline", FORECAST_PIPELINE},
    {"bestcase", FORECAST_BEST_CASE},
    {"upside", FORECAST_BEST_CASE},
    {"mostlikely", FORECAST_MOST_LIKELY},
    {"probable", FORECAST_MOST_LIKELY},
    {"commit", FORECAST_COMMIT},
    {"committed", FORECAST_COMMIT},
    {"forecast", FORECAST_COMMIT}, /* Salesforce's API name of Commit */
    {"closed", FORECAST_CLOSED},
    {"closedwon", FORECAST_CLOSED},
    {"won", FORECAST_CLOSED},
};

const char *forecast_name(enum forecast forecast)
{
	return names[forecast];
}

enum forecast forecast_read(struct slice text)
{
	char word[24];
	size_t len = 0;
	for (size_t i = 0; i < text.len; i++) {
		unsigned char c = (unsigned char)text.p[i];
		if (c >= 0x80 || len + 1 == sizeof word)
			return FORECAST_NONE;
		if (isalpha(c))
			word[len++] = (char)tolower(c);
	}
	word[len] = '\0';
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (!strcmp(word, words[i].word))
			return words[i].forecast;
	return FORECAST_NONE;
}
