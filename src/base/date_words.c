#include <string.h>
#include <strings.h>

#include "date_inside.h"
#include "huddle/date.h"
#include "huddle/text.h"

/*
 * The names in dates. Months are known in the languages that CRM exports come
 * in, without accents, in full; a name may be cut to its first three or four
 * letters where those begin one month only. What people cut otherwise stands
 * there as well.
 */
struct name {
	const char *text;
	int number;
};

/* clang-format off */
static const struct name months[] = {
	{"january", 1}, {"januar", 1}, {"januari", 1}, {"janvier", 1},
	{"janner", 1}, {"janeiro", 1}, {"enero", 1}, {"gennaio", 1},
	{"february", 2}, {"februar", 2}, {"februari", 2}, {"fevrier", 2},
	{"fevereiro", 2}, {"febrero", 2}, {"febbraio", 2},
	{"march", 3}, {"marz", 3}, {"mrz", 3}, {"maart", 3},
	{"mrt", 3}, {"mars", 3}, {"marzo", 3}, {"marco", 3},
	{"april", 4}, {"avril", 4}, {"abril", 4}, {"aprile", 4},
	{"may", 5}, {"mai", 5}, {"mei", 5}, {"mayo", 5},
	{"maio", 5}, {"maggio", 5},
	{"june", 6}, {"juni", 6}, {"juin", 6}, {"junio", 6},
	{"junho", 6}, {"giugno", 6},
	{"july", 7}, {"juli", 7}, {"juillet", 7}, {"julio", 7},
	{"julho", 7}, {"luglio", 7},
	{"august", 8}, {"augustus", 8}, {"aout", 8}, {"agosto", 8},
	{"september", 9}, {"septembre", 9}, {"septiembre", 9}, {"setiembre", 9},
	{"setembro", 9}, {"settembre", 9},
	{"october", 10}, {"oktober", 10}, {"octobre", 10}, {"octubre", 10},
	{"outubro", 10}, {"ottobre", 10},
	{"november", 11}, {"novembre", 11}, {"noviembre", 11}, {"novembro", 11},
	{"december", 12}, {"dezember", 12}, {"decembre", 12}, {"diciembre", 12},
	{"dezembro", 12}, {"dicembre", 12},
	{NULL, 0},
};

static const struct name weekdays[] = {
	{"monday", 1}, {"tuesday", 2}, {"wednesday", 3}, {"thursday", 4},
	{"friday", 5}, {"saturday", 6}, {"sunday", 7}, {NULL, 0},
};
/* clang-format on */

/* A blank, NBSP (C2 A0) or the narrow NBSP (E2 80 AF) that ICU puts before PM. */
size_t date_blank(struct slice s)
{
	if (s.len >= 1 && *s.p == ' ')
		return 1;
	if (s.len >= 2 && !memcmp(s.p, "\xC2\xA0", 2))
		return 2;
	return s.len >= 3 && !memcmp(s.p, "\xE2\x80\xAF", 3) ? 3 : 0;
}

struct slice date_word(struct slice s)
{
	size_t i = 0;
	for (; i < s.len; i++) {
		bool letter = (unsigned char)((s.p[i] | 0x20) - 'a') < 26;
		bool other = (unsigned char)s.p[i] >= 0x80 &&
		             !date_blank((struct slice){s.p + i, s.len - i});
		if (!letter && !other)
			break;
	}
	return (struct slice){.p = s.p, .len = i};
}

/* The whole name, or its first letters. */
static bool is_name(struct slice word, const char *name)
{
	if (!word.len || (*word.p | 0x20) != *name)
		return false;
	size_t whole = strlen(name);
	bool start = word.len < whole && (word.len == 3 || word.len == 4);
	return (word.len == whole || start) && !strncasecmp(name, word.p, word.len);
}

/* 0: none, or more than one. */
static int number_of(struct slice word, const struct name *names)
{
	int found = 0;
	for (; names->text; names++) {
		if (names->number == found || !is_name(word, names->text))
			continue;
		if (found)
			return 0;
		found = names->number;
	}
	return found;
}

static bool is_ascii(struct slice word)
{
	for (size_t i = 0; i < word.len; i++)
		if ((unsigned char)word.p[i] >= 0x80)
			return false;
	return true;
}

int month_of_word(struct slice word)
{
	if (is_ascii(word))
		return number_of(word, months);
	struct str plain = STR_INIT;
	text_to_ascii(&plain, word);
	int month = number_of((struct slice){plain.p, plain.len}, months);
	str_release(&plain);
	return month;
}

int weekday_of_word(struct slice word)
{
	return number_of(word, weekdays) - 1;
}
