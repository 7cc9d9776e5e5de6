#include <criterion/criterion.h>

#include "../../src/sync/progress.h"
#include "huddle/text.h"

/* What a sync says of how far it is. */

static struct str out;

static void fini(void)
{
	str_release(&out);
}

TestSuite(progress, .fini = fini);

static const char *text(const char *file, int64_t rows, struct progress_mark then,
    struct progress_mark now, int64_t all)
{
	str_clear(&out);
	progress_text(&out, file, rows, then, now, all);
	return str_text(&out);
}

Test(progress, rows_rate_and_time_left)
{
	struct progress_mark then = {10, 800000, 20000000}, now = {12, 1580000, 30000000};

	cr_assert_str_eq(text("CampaignMember.csv", 1204000, then, now, 100000000),
	    "CampaignMember.csv: 1,204,000 rows, 30 %, 390,000/s, 15 s left, then "
	    "indexing");
}

Test(progress, says_no_rate_before_there_is_one)
{
	struct progress_mark now = {3, 900, 50}, later = {4, 900, 50};

	cr_assert_str_eq(text("d.csv", 900, now, now, 200), "d.csv: 900 rows, 25 %");
	cr_assert_str_eq(text("d.csv", 900, now, later, 200), "d.csv: 900 rows, 25 %");
	cr_assert_str_eq(text("d.csv", 0, now, now, 0), "d.csv: 0 rows, 100 %");
}

Test(progress, time_left_in_words_of_its_size)
{
	static const struct {
		int64_t all;
		const char *left;
	} cases[] = {{1000, ", 1 s left"}, {2100, ", 2 s left"}, {100900, ", 100 s left"},
	    {101001, ", 2 min left"}, {6000000, ", 100 min left"},
	    {8201000, ", 2 h left"}};

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		const char *got = text("d.csv", 9, (struct progress_mark){0, 0, 0},
		    (struct progress_mark){1, 9, 1000}, cases[i].all);
		cr_expect(strstr(got, cases[i].left), "%s: %s", cases[i].left, got);
	}
}

/* Whatever the export is called, the numbers stay and the line is one. */
Test(progress, long_and_hostile_names)
{
	struct progress_mark then = {0, 0, 0}, now = {9, 40000000, 2000000000};
	const char *line = text("hubspot\x1b[2J\r\n-crm-exports-all-deals-of-the-whole-"
	                        "company-since-2019-\xff.csv",
	    40000000, then, now, 90000000000);

	cr_assert(utf8_valid(slice_of(line)) && !strpbrk(line, "\x1b\r\n"), "%s", line);
	cr_assert(text_width(slice_of(line)) <= PROGRESS_WIDTH, "%s", line);
	cr_assert(
	    strstr(line, ": 40,000,000 rows, 2 %, 4,400,000/s, 7 min left"), "%s", line);
}

/* A slow beginning is forgotten. */
Test(progress, rate_of_the_last_seconds)
{
	struct progress p = {0};
	struct progress_mark then = {0};

	cr_assert_eq(progress_mark(&p, (struct progress_mark){100, 1, 1}).rows, 1);
	for (int i = 1; i <= 1000; i++) {
		struct progress_mark now = {100 + i / 20.0, i, i};
		then = progress_mark(&p, now);
		cr_assert(i > 75 || then.rows == 1, "%d: %d", i, (int)then.rows);
	}
	cr_assert(then.time < 147 && then.time > 145.5, "%g", then.time);
}
