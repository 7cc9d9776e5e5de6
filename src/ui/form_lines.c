#include <stdlib.h>

#include "form_inside.h"
#include "huddle/text.h"

struct lines {
	struct form_line *items;
	int count, cap;
};

static void add_line(struct lines *lines, size_t from, size_t to)
{
	if (lines->count == lines->cap) {
		lines->cap = lines->cap ? lines->cap * 2 : 8;
		lines->items =
		    xrealloc(lines->items, (size_t)lines->cap * sizeof *lines->items);
	}
	lines->items[lines->count++] = (struct form_line){from, to};
}

/* The end of the line that starts at `from`: behind the last blank that fits,
 * else where the columns end; `to` is never before the next cluster, so that
 * lines always get on. */
static size_t line_end(const struct str *text, size_t from, int columns)
{
	size_t at = from, blank = 0;
	int used = 0;
	while (at < text->len && text->p[at] != '\n') {
		int wide = 1;
		size_t n = text_cluster(text->p + at, text->len - at, &wide);
		if (used + wide > columns && at > from)
			return blank ? blank : at;
		if (text->p[at] == ' ')
			blank = at + 1;
		used += wide;
		at += n;
	}
	return at;
}

int form_lines(const struct str *text, int columns, struct form_line **out)
{
	struct lines lines = {0};
	size_t at = 0;
	while (at < text->len) {
		size_t end = line_end(text, at, columns);
		add_line(&lines, at, end);
		at = end;
		if (at < text->len && text->p[at] == '\n' && ++at == text->len)
			add_line(&lines, at, at);
	}
	if (!lines.count)
		add_line(&lines, 0, 0);
	*out = lines.items;
	return lines.count;
}

int form_line_at(const struct form_line *lines, int count, size_t at)
{
	int line = 0;
	while (line + 1 < count && lines[line + 1].from <= at)
		line++;
	return line;
}
