/*
 * Writes files shaped like Salesforce's weekly Data Export: every field quoted, "" for null, LF.
 * The big company has a gigabyte of text, so fields are formatted by hand into one large buffer.
 */
#include "gen.h"
#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum { BUFFER_SIZE = 1 << 20, FIELD_MAX = 4096 };

static const char *const id_prefixes[] = {
    [ID_ACCOUNT] = "001",
    [ID_CONTACT] = "003",
    [ID_USER] = "005",
    [ID_DEAL] = "006",
    [ID_HISTORY] = "008",
    [ID_ROLE] = "00K",
    [ID_LEAD] = "00Q",
    [ID_TASK] = "00T",
    [ID_EVENT] = "00U",
    [ID_MEMBER] = "00v",
    [ID_CAMPAIGN] = "701",
    [ID_QUOTA] = "0J9",
    [ID_COMPETITOR] = "00J",
    [ID_USER_ROLE] = "00E",
    [ID_PROFILE] = "00e",
    [ID_EMAIL] = "02s",
};

static void check(struct csv *c, bool ok)
{
	if (!ok)
		die(c->path, strerror(errno),
		    "give --out a folder that can be written, on a disk with room");
}

static void flush(struct csv *c)
{
	check(c, fwrite(c->buf, 1, c->len, c->file) == c->len);
	c->len = 0;
}

/* The buffer's end, with room for one more short field. */
static char *room(struct csv *c)
{
	if (BUFFER_SIZE - c->len < FIELD_MAX)
		flush(c);
	return c->buf + c->len;
}

static void put(struct csv *c, const char *bytes, size_t n)
{
	char *p = room(c);

	*p++ = '"';
	memcpy(p, bytes, n);
	memcpy(p + n, "\",", 2);
	c->len += n + 3;
	c->column++;
}

void csv_open(struct csv *c, const char *dir, const char *name, const char *header)
{
	int n = snprintf(c->path, sizeof(c->path), "%s/%s.csv", dir, name);

	if (n < 0 || (size_t)n >= sizeof(c->path))
		die(name, "the path is too long", "give --out a shorter one");
	c->file = fopen(c->path, "wb");
	check(c, c->file != NULL);
	setvbuf(c->file, NULL, _IONBF, 0); /* the buffer below is the only one */
	c->buf = malloc(BUFFER_SIZE);
	check(c, c->buf != NULL);
	c->len = 0;
	c->column = 0;
	for (const char *p = header; *p;) {
		size_t len = strcspn(p, ",");

		put(c, p, len);
		p += len + (p[len] == ',');
	}
	c->columns = c->column;
	csv_end(c);
}

void csv_close(struct csv *c)
{
	flush(c);
	check(c, fclose(c->file) == 0);
	free(c->buf);
}

/* Ends a row: the comma after its last field becomes the line end. */
void csv_end(struct csv *c)
{
	if (c->column != c->columns)
		die(c->path, "a row has more or fewer fields than the header",
		    "mend the generator");
	c->buf[c->len - 1] = '\n';
	c->column = 0;
}

void csv_texts(struct csv *c, const char *const *parts, uint32_t count)
{
	char *start = room(c), *p = start;

	*p++ = '"';
	for (uint32_t i = 0; i < count; i++) {
		for (const char *s = parts[i]; *s && p - start < FIELD_MAX - 8; s++) {
			if (*s == '"')
				*p++ = '"';
			*p++ = *s;
		}
	}
	*p++ = '"';
	*p++ = ',';
	c->len += (size_t)(p - start);
	c->column++;
}

void csv_text(struct csv *c, const char *text)
{
	csv_texts(c, &text, 1);
}

void csv_empty(struct csv *c, uint32_t count)
{
	while (count--)
		put(c, "", 0);
}

void csv_bool(struct csv *c, bool value)
{
	put(c, value ? "1" : "0", 1);
}

static char *decimal(char *end, uint64_t value)
{
	do
		*--end = (char)('0' + value % 10);
	while (value /= 10);
	return end;
}

void csv_int(struct csv *c, int64_t value)
{
	char text[24], *end = text + sizeof(text);
	char *p = decimal(end, (uint64_t)(value < 0 ? -value : value));

	if (value < 0)
		*--p = '-';
	put(c, p, (size_t)(end - p));
}

/* Plain, as the export writes it: no grouping, and no decimals where there are no cents. */
void csv_money(struct csv *c, int64_t cents)
{
	char text[24], *end = text + sizeof(text), *p = end;

	if (cents % 100) {
		*--p = (char)('0' + cents % 10);
		*--p = (char)('0' + cents / 10 % 10);
		*--p = '.';
	}
	p = decimal(p, (uint64_t)(cents / 100));
	put(c, p, (size_t)(end - p));
}

static void two(char *p, int32_t value)
{
	p[0] = (char)('0' + value / 10);
	p[1] = (char)('0' + value % 10);
}

static void stamp(struct csv *c, int32_t day, int32_t second)
{
	struct civil d = day_to_civil(day);
	char text[] = "0000-00-00 00:00:00";

	two(text, d.year / 100);
	two(text + 2, d.year % 100);
	two(text + 5, d.month);
	two(text + 8, d.day);
	two(text + 11, second / 3600);
	two(text + 14, second / 60 % 60);
	two(text + 17, second % 60);
	put(c, text, 19);
}

/* Day 0 and instant 0 stand for "none". */
void csv_day(struct csv *c, int32_t day)
{
	if (day)
		stamp(c, day, 0);
	else
		csv_empty(c, 1);
}

void csv_time(struct csv *c, int64_t instant)
{
	if (instant)
		stamp(c, time_day(instant), (int32_t)(instant % DAY));
	else
		csv_empty(c, 1);
}

/*
 * 15 characters, then three that say which of each five are capitals, so that the id survives
 * tools that ignore case (Salesforce's own rule). Digits ascend in ASCII order, so ids sort by age.
 */
void csv_id(struct csv *c, enum kind kind, uint32_t index)
{
	static const char digit[] =
	    "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
	static const char sums[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345";
	char id[18] = "000Qm00000";
	uint32_t n = index + 238328; /* four digits deep, as ids of a grown company are */

	if (index == NONE) {
		csv_no_id(c);
		return;
	}
	memcpy(id, id_prefixes[kind], 3);
	for (int i = 14; i >= 9; i--, n /= 62)
		id[i] = digit[n % 62];
	for (int chunk = 0; chunk < 3; chunk++) {
		unsigned bits = 0;

		for (int i = 0; i < 5; i++) {
			char ch = id[chunk * 5 + i];

			bits |= (unsigned)(ch >= 'A' && ch <= 'Z') << i;
		}
		id[15 + chunk] = sums[bits];
	}
	put(c, id, 18);
}

/* An empty lookup, the way half of the real columns write it. */
void csv_no_id(struct csv *c)
{
	put(c, "000000000000000AAA", 18);
}

/* CreatedDate, CreatedById, LastModifiedDate, LastModifiedById, SystemModstamp */
void csv_stamps(struct csv *c, int64_t created, uint32_t by, int64_t modified)
{
	csv_time(c, created);
	csv_id(c, ID_USER, by);
	csv_time(c, modified);
	csv_id(c, ID_USER, by);
	csv_time(c, modified);
}
