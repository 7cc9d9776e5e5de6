#include <criterion/criterion.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "huddle/ini.h"

static struct arena arena;
static struct err err;
static struct ini ini;

static bool parse(const char *text)
{
	err = (struct err)ERR_INIT;
	return ini_parse(&ini, &arena, "c.ini", text, strlen(text), &err);
}

static void release(void)
{
	arena_release(&arena);
}

TestSuite(ini, .fini = release);

Test(ini, keeps_order_sections_and_lines)
{
	cr_assert(parse("\xEF\xBB\xBF"
	                "top = 1\r\n"
	                "; a comment\r\n"
	                "[deals]   ; why\r\n"
	                "  id   =  Topic + Created On  \r\n"
	                "\r\n"
	                "id=again\r\n"
	                "[ deals ]\n"
	                "empty =\n"
	                "# end"));
	static const struct ini_item want[] = {
	    {"", "top", "1", 1},
	    {"deals", NULL, "", 3},
	    {"deals", "id", "Topic + Created On", 4},
	    {"deals", "id", "again", 6},
	    {"deals", NULL, "", 7},
	    {"deals", "empty", "", 8},
	};
	cr_assert_eq(ini.count, sizeof want / sizeof *want);
	for (size_t i = 0; i < ini.count; i++) {
		cr_assert_str_eq(ini.items[i].section, want[i].section);
		cr_assert_str_eq(ini.items[i].value, want[i].value);
		cr_assert_eq(ini.items[i].line, want[i].line);
		cr_assert_eq(!ini.items[i].key, !want[i].key);
		if (want[i].key)
			cr_assert_str_eq(ini.items[i].key, want[i].key);
	}
	cr_assert_str_eq(ini_get(&ini, "deals", "id"), "again");
	cr_assert_null(ini_get(&ini, "deals", "top"));
	cr_assert_null(ini_get(&ini, "nowhere", "id"));
}

static const struct {
	const char *line, *value;
} values[] = {
    {"k = v ; comment", "v"},
    {"k = v\t# comment", "v"},
    {"k = v;w #x", "v;w"},
    {"k = a#b", "a#b"},
    {"k = ; comment only", ""},
    {"k = ;", ";"},
    {"k = ;  ", ";"},
    {"k=;", ";"},
    {"k = \"a ; b\" ; c", "\"a ; b\""},
    {"k = \" blanks \"", "\" blanks \""},
    {"k = \"say \"\"x ; y\"\" \" ; c", "\"say \"\"x ; y\"\" \""},
    {"k = \"A + B\" + C ; d", "\"A + B\" + C"},
    {"k = A + \"B = ; C\"", "A + \"B = ; C\""},
    {"k = 5\" pipe ; c", "5\" pipe"},
    {"k = a = b", "a = b"},
    {"k = Email Sent: email, Call Log: call", "Email Sent: email, Call Log: call"},
    {"k = Status: Deleted, Test    ; leave out", "Status: Deleted, Test"},
    {"k = caf\xC3\xA9", "caf\xC3\xA9"},
};

Test(ini, values_lose_comments_but_not_quotes)
{
	for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
		cr_assert(parse(values[i].line), "%s: %s", values[i].line, err.text);
		cr_assert_eq(ini.count, 1);
		cr_assert_str_eq(ini.items[0].key, "k");
		cr_expect_str_eq(ini.items[0].value, values[i].value, "%s gave %s",
		    values[i].line, ini.items[0].value);
	}
}

Test(ini, keys_may_be_quoted)
{
	cr_assert(parse("\"Closed; = \"\"won\"\"\" = won 5"));
	cr_assert_str_eq(ini.items[0].key, "Closed; = \"won\"");
	cr_assert_str_eq(ini.items[0].value, "won 5");
	cr_assert_str_eq(ini_unquote(&arena, "\" a \"\"b\"\" \""), " a \"b\" ");
	cr_assert_str_eq(ini_unquote(&arena, "plain"), "plain");
	cr_assert_str_eq(ini_unquote(&arena, "\""), "\"");
	cr_assert_str_eq(ini_unquote(&arena, "\"\""), "");
	cr_assert_str_eq(ini_unquote(&arena, ""), "");
}

static const struct {
	const char *text, *place, *says;
} wrong[] = {
    {"a = 1\njunk\n", "c.ini:2", "neither"},
    {"Stage #1 = open", "c.ini:1", "neither"},
    {"[deals", "c.ini:1", "]"},
    {"[]", "c.ini:1", "no name"},
    {"[ ]", "c.ini:1", "no name"},
    {"[a] junk", "c.ini:1", "]"},
    {"\n\n= x", "c.ini:3", "before the ="},
    {"k = \"open ; x", "c.ini:1", "not closed"},
    {"a = 1\nb = \xFF", "c.ini:2", "UTF-8"},
    {"a = 1\n; in a comment \xC0\xAF", "c.ini:2", "UTF-8"},
};

Test(ini, mistakes_name_their_line)
{
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
		cr_assert_not(parse(wrong[i].text), "%s", wrong[i].text);
		cr_expect_str_eq(
		    err.place, wrong[i].place, "%s: %s", wrong[i].text, err.place);
		cr_expect_not_null(
		    strstr(err.text, wrong[i].says), "%s: %s", wrong[i].text, err.text);
	}
	cr_assert_not(ini_parse(&ini, &arena, "c.ini", "a = 1\nb\0 = 2", 12, &err));
	cr_assert_str_eq(err.place, "c.ini:2");
	char *large = calloc(1, (1 << 20) + 1);
	memset(large, '\n', (1 << 20) + 1);
	cr_assert_not(ini_parse(&ini, &arena, "c.ini", large, (1 << 20) + 1, &err));
	cr_assert(ini_parse(&ini, &arena, "c.ini", large, 1 << 20, &err));
	free(large);
	cr_assert(ini_parse(&ini, &arena, "c.ini", NULL, 0, &err));
	cr_assert_eq(ini.count, 0);
}

Test(ini, a_missing_file_is_named)
{
	cr_assert_not(ini_read_file(&ini, &arena, "/nowhere/at/all.ini", &err));
	cr_assert_str_eq(err.place, "/nowhere/at/all.ini");
}

/* Any bytes: no crash, and every item is text without its line's ends. */
Test(ini, random_text_is_safe)
{
	static const char letters[] = "abk=;#\"[] \t\r\n+,:.\xC3\xA9\xFF";
	uint64_t seed = 99;
	for (int round = 0; round < 50000; round++) {
		seed = seed * 6364136223846793005u + 1442695040888963407u;
		size_t len = (seed >> 40) % 30;
		char *text = malloc(len + 1);
		for (size_t i = 0; i < len; i++) {
			seed = seed * 6364136223846793005u + 1442695040888963407u;
			text[i] = letters[(seed >> 40) % (sizeof letters - 1)];
		}
		if (ini_parse(&ini, &arena, "r", text, len, &err)) {
			for (size_t i = 0; i < ini.count; i++)
				cr_assert_null(strpbrk(ini.items[i].value, "\n"));
		} else {
			cr_assert(err.text[0] && strchr(err.place, ':'));
		}
		free(text);
		arena_release(&arena);
	}
}
