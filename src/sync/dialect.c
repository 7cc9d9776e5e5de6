#include "dialect.h"

#include <ctype.h>
#include <string.h>

#define LOOK  20 /* rows among which the table must begin */
#define AFTER 10 /* rows after the header that must agree with it */

static const char delimiters[] = ",;\t|";

struct line {
	struct slice text; /* one row, without its line end */
	bool blank;
};

/* The first rows, split by quote parity. */
struct lines {
	struct line at[LOOK + AFTER];
	size_t count;
};

struct cells {
	size_t width, filled;
	bool first; /* is the first cell filled? */
};

struct layout {
	char delimiter;
	size_t header; /* index of a line */
	size_t width;
	int rank; /* how far the lines after the header bear it out */
};

static bool is_blank(struct slice text)
{
	for (size_t i = 0; i < text.len; i++) {
		if (text.p[i] != ' ' && text.p[i] != '\t')
			return false;
	}
	return true;
}

static size_t row_len(struct slice rest)
{
	bool quoted = false;
	for (size_t i = 0; i < rest.len; i++) {
		char c = rest.p[i];
		if (c == '"')
			quoted = !quoted;
		else if (!quoted && (c == '\n' || c == '\r'))
			return i;
	}
	return rest.len;
}

static size_t line_end_len(struct slice rest, size_t at)
{
	if (at >= rest.len)
		return 0;
	return rest.p[at] == '\r' && at + 1 < rest.len && rest.p[at + 1] == '\n' ? 2 : 1;
}

static struct lines split(struct slice head, bool whole)
{
	struct lines lines = {.count = 0};
	while (head.len && lines.count < LOOK + AFTER) {
		size_t len = row_len(head), end = line_end_len(head, len);
		/* A row cut off by the end of what we see says nothing, unless
		 * it is all there is. */
		if (!end && !whole && lines.count)
			break;
		struct slice text = {head.p, len};
		lines.at[lines.count++] = (struct line){text, is_blank(text)};
		head.p += len + end;
		head.len -= len + end;
	}
	return lines;
}

static struct cells count_cells(struct slice row, char delimiter)
{
	struct cells cells = {.width = 1};
	bool quoted = false, filled = false;
	for (size_t i = 0; i <= row.len; i++) {
		char c = i < row.len ? row.p[i] : delimiter;
		if (c == '"') {
			quoted = !quoted;
		} else if (i == row.len || (c == delimiter && !quoted)) {
			cells.filled += filled;
			cells.first |= filled && cells.width == 1;
			cells.width += i < row.len;
			filled = false;
		} else if (c != ' ' && c != '\t') {
			filled = true;
		}
	}
	return cells;
}

/* A lone title, or one padded to the width of a spreadsheet's table. */
static bool is_title(struct cells cells, size_t width)
{
	return cells.first && cells.filled == 1 &&
	       (cells.width == 1 || (width >= 3 && cells.width == width));
}

/* Lines right below the header of the same width; *all when none differs. */
static size_t agreeing(
    const struct lines *lines, size_t header, char delimiter, size_t width, bool *all)
{
	size_t same = 0;
	*all = true;
	for (size_t i = header + 1; i < lines->count && i <= header + AFTER; i++) {
		if (lines->at[i].blank)
			break;
		size_t w = count_cells(lines->at[i].text, delimiter).width;
		same += w == width;
		*all &= w == width;
	}
	return same;
}

/*
 * Where does the table begin below title lines? 0 when there are none for
 * certain: better to name a missing column than to swallow a header.
 */
static size_t table_start(const struct lines *lines, size_t first, char delimiter)
{
	size_t header = first;
	struct cells cells = {0};
	for (; header < lines->count && header < LOOK; header++) {
		cells = count_cells(lines->at[header].text, delimiter);
		if (cells.filled >= 2)
			break;
	}
	if (header == first || header == lines->count || header == LOOK)
		return first;
	bool gap = false, all;
	for (size_t i = first; i < header; i++) {
		struct cells above = count_cells(lines->at[i].text, delimiter);
		gap |= above.filled == 0;
		if (above.filled && !is_title(above, cells.width))
			return first;
	}
	size_t same = agreeing(lines, header, delimiter, cells.width, &all);
	bool sure = gap || (cells.width >= 3 && same >= 2);
	return all && sure ? header : first;
}

static struct layout lay_out(const struct lines *lines, size_t first, char delimiter)
{
	struct layout layout = {delimiter, table_start(lines, first, delimiter), 1, 0};
	if (layout.header >= lines->count)
		return layout;
	layout.width = count_cells(lines->at[layout.header].text, delimiter).width;
	size_t below = 0, same = 0;
	for (size_t i = layout.header + 1; i < lines->count; i++) {
		if (lines->at[i].blank)
			continue;
		below++;
		same += count_cells(lines->at[i].text, delimiter).width == layout.width;
	}
	if (layout.width == 1)
		layout.rank = 0;
	else if (layout.header != first)
		layout.rank = 2;
	else
		layout.rank = same * 2 >= below ? 3 : 1;
	return layout;
}

static struct layout best_layout(const struct lines *lines, size_t first)
{
	struct layout best = lay_out(lines, first, delimiters[0]);
	for (const char *d = delimiters + 1; *d; d++) {
		struct layout next = lay_out(lines, first, *d);
		if (next.rank > best.rank ||
		    (next.rank == best.rank && next.width > best.width))
			best = next;
	}
	return best;
}

/* Excel's own "sep=;" line: the delimiter, 0 when the line is none. */
static char sep_line(struct slice text)
{
	bool quoted = text.len && text.p[0] == '"';
	struct slice rest = {text.p + quoted, text.len - quoted};
	if (rest.len < 5 || !slice_is_nocase((struct slice){rest.p, 4}, "sep="))
		return 0;
	char c = rest.p[4];
	rest = (struct slice){rest.p + 5, rest.len - 5};
	if (quoted && !slice_starts(rest, "\""))
		return 0;
	rest = (struct slice){rest.p + quoted, rest.len - quoted};
	bool fits =
	    c == '\t' || (c > ' ' && c < 0x7f && c != '"' && !isalnum((unsigned char)c));
	return fits && is_blank(rest) ? c : 0;
}

static int64_t count_line_ends(const char *p, const char *end)
{
	int64_t n = 0;
	for (; p < end; p++)
		n += *p == '\n' || (*p == '\r' && (p + 1 == end || p[1] != '\n'));
	return n;
}

/* Blank lines, and the BOMs of files joined end to end. */
static struct slice skip_blank(struct slice text, int64_t *skipped)
{
	for (;;) {
		if (slice_starts(text, "\xef\xbb\xbf")) {
			text = (struct slice){text.p + 3, text.len - 3};
			continue;
		}
		size_t len = row_len(text), end = line_end_len(text, len);
		if (!end || !is_blank((struct slice){text.p, len}))
			return text;
		text = (struct slice){text.p + len + end, text.len - len - end};
		++*skipped;
	}
}

struct dialect dialect_decide(struct slice head, bool whole)
{
	struct dialect dialect = {.skipped = 0};
	struct slice text = skip_blank(head, &dialect.skipped);
	struct lines lines = split(text, whole);
	char sep = lines.count ? sep_line(lines.at[0].text) : 0;
	struct layout layout = sep ? lay_out(&lines, 1, sep) : best_layout(&lines, 0);
	const char *start = text.p;
	if (layout.header < lines.count) {
		start = lines.at[layout.header].text.p;
	} else if (sep) {
		size_t len = lines.at[0].text.len;
		start += len + line_end_len(text, len);
	}
	dialect.delimiter = layout.delimiter;
	dialect.header = (size_t)(start - head.p);
	dialect.lines = count_line_ends(head.p, start);
	dialect.skipped += (int64_t)layout.header;
	return dialect;
}

static bool starts_nocase(struct slice s, const char *prefix)
{
	size_t len = strlen(prefix);
	return s.len >= len && slice_is_nocase((struct slice){s.p, len}, prefix);
}

bool dialect_footer(struct slice cell)
{
	static const char *const starts[] = {
	    "Grand Totals (",
	    "Grand Total (",
	    "Confidential Information - Do Not Distribute",
	    "Copyright (c) ",
	    "Copyright \xc2\xa9 ",
	    "Generated By",
	    "As of ",
	};
	cell = slice_trim(cell);
	for (size_t i = 0; i < sizeof starts / sizeof *starts; i++) {
		if (starts_nocase(cell, starts[i]))
			return true;
	}
	return slice_is_nocase(cell, "Grand Total") ||
	       slice_is_nocase(cell, "Grand Totals");
}

void dialect_header(struct str *out, struct slice cell)
{
	static const struct {
		const char *curly;
		char straight;
	} quotes[] = {
	    {"\xe2\x80\x98", '\''},
	    {"\xe2\x80\x99", '\''},
	    {"\xe2\x80\x9a", '\''},
	    {"\xe2\x80\x9b", '\''},
	    {"\xe2\x80\x9c", '"'},
	    {"\xe2\x80\x9d", '"'},
	    {"\xe2\x80\x9e", '"'},
	    {"\xe2\x80\x9f", '"'},
	};
	if (slice_starts(cell, "\xef\xbb\xbf"))
		cell = (struct slice){cell.p + 3, cell.len - 3};
	cell = slice_trim(cell);
	while (cell.len) {
		size_t step = 1;
		char c = cell.p[0];
		for (size_t i = 0; c == '\xe2' && i < sizeof quotes / sizeof *quotes;
		     i++) {
			if (slice_starts(cell, quotes[i].curly)) {
				c = quotes[i].straight;
				step = 3;
			}
		}
		str_addc(out, c);
		cell.p += step;
		cell.len -= step;
	}
}
