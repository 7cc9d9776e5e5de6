#include "huddle/store_meeting.h"
#include "sql.h"

#include <string.h>

/*
 * Words to complete from. Without facts they come from the records alone; each
 * kind has the text for both cases, because the facts schema is then not there.
 */
enum { WORDS_MAX = 5000 };

#define TOP " GROUP BY word ORDER BY sum(n) DESC, word LIMIT $1"
#define OWNERS                                                                          \
	"SELECT owner AS word, count(*) AS n FROM main.action WHERE deleted = 0 GROUP " \
	"BY owner"
#define COMPETITORS                                                  \
	"SELECT competitor AS word, count(*) AS n FROM main.debrief" \
	" WHERE deleted = 0 AND competitor IS NOT NULL GROUP BY competitor"

#define ABOUTS                                                                           \
	"SELECT about AS word, count(*) AS n FROM main.note WHERE deleted = 0 GROUP BY " \
	"about"

static const struct {
	const char *records, *facts;
	const char *list; /* that RevOps keeps: its words come first; NULL: none */
} queries[] = {
    [WORDS_PEOPLE] = {"SELECT word FROM (" OWNERS ") AS w" TOP,
        "SELECT word FROM (" OWNERS " UNION ALL SELECT name, 0 FROM facts.person"
        " WHERE name IS NOT NULL AND missing IS NULL AND coalesce(active, 1) <> 0) AS "
        "w" TOP,
        NULL},
    [WORDS_COMPETITORS] = {"SELECT word FROM (" COMPETITORS ") AS w" TOP,
        "SELECT word FROM (" COMPETITORS
        " UNION ALL SELECT competitor, count(*) FROM facts.deal"
        " WHERE competitor IS NOT NULL GROUP BY competitor) AS w" TOP,
        "competitors"},
    [WORDS_MESSAGES] = {"SELECT word FROM (" ABOUTS ") AS w" TOP,
        "SELECT word FROM (" ABOUTS ") AS w" TOP, "messages"},
    [WORDS_OBJECTORS] = {NULL,
        "SELECT c.name AS word FROM facts.deal d JOIN facts.committee m ON m.deal = d.id"
        " JOIN facts.contact c ON c.id = m.contact WHERE d.source_id = $2"
        " AND m.missing IS NULL AND c.name IS NOT NULL GROUP BY c.name"
        " ORDER BY max(coalesce(m.is_primary, 0)) DESC, c.name LIMIT $1",
        NULL},
};

struct words {
	const char **items;
	size_t count, cap, listed; /* listed: of the list, at the front */
};

/* Queries give each word once; only the list's may come again. */
static void add_word(struct words *words, struct arena *arena, const char *word)
{
	bool known = !*word;

	for (size_t i = 0; i < words->listed && !known; i++)
		known = !strcmp(words->items[i], word);
	if (known)
		return;
	words->items = arena_grow(
	    arena, words->items, &words->cap, words->count + 1, sizeof *words->items);
	words->items[words->count++] = word;
}

static bool add_listed(struct words *words, struct store *store, struct arena *arena,
    const char *list, struct err *err)
{
	const char *const *listed = NULL;

	if (!list)
		return true;
	if (!store_load_word_list(store, arena, list, &listed, err))
		return false;
	for (; listed && *listed; listed++)
		add_word(words, arena, *listed);
	words->listed = words->count;
	return true;
}

bool store_load_words(struct store *store, struct arena *arena, enum word_kind kind,
    const char *deal_id, const char ***out, size_t *count, struct err *err)
{
	struct sql q;
	struct words words = {0};
	const char *text =
	    store->generation ? queries[kind].facts : queries[kind].records;
	*out = NULL;
	*count = 0;
	if (!text || (kind == WORDS_OBJECTORS && !deal_id))
		return true;
	if (!add_listed(&words, store, arena, queries[kind].list, err))
		return false;
	if (sql_begin(&q, store, text, err)) {
		sql_int(&q, 1, WORDS_MAX);
		if (kind == WORDS_OBJECTORS)
			sql_text(&q, 2, deal_id);
		while (sql_row(&q))
			add_word(&words, arena, sql_dup(&q, 0, arena));
	}
	*out = words.items;
	*count = words.count;
	return sql_done(&q);
}
