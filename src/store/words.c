#include "sql.h"

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

static const struct {
	const char *records, *facts;
} queries[] = {
    [WORDS_PEOPLE] = {"SELECT word FROM (" OWNERS ") AS w" TOP,
        "SELECT word FROM (" OWNERS " UNION ALL SELECT name, 0 FROM facts.person"
        " WHERE name IS NOT NULL AND missing IS NULL AND coalesce(active, 1) <> 0) AS "
        "w" TOP},
    [WORDS_COMPETITORS] = {"SELECT word FROM (" COMPETITORS ") AS w" TOP,
        "SELECT word FROM (" COMPETITORS
        " UNION ALL SELECT competitor, count(*) FROM facts.deal"
        " WHERE competitor IS NOT NULL GROUP BY competitor) AS w" TOP},
    [WORDS_OBJECTORS] = {NULL,
        "SELECT c.name AS word FROM facts.deal d JOIN facts.committee m ON m.deal = d.id"
        " JOIN facts.contact c ON c.id = m.contact WHERE d.source_id = $2"
        " AND m.missing IS NULL AND c.name IS NOT NULL GROUP BY c.name"
        " ORDER BY max(coalesce(m.is_primary, 0)) DESC, c.name LIMIT $1"},
};

bool store_load_words(struct store *store, struct arena *arena, enum word_kind kind,
    const char *deal_id, const char ***out, size_t *count, struct err *err)
{
	struct sql q;
	size_t cap = 0;
	const char *text =
	    store->generation ? queries[kind].facts : queries[kind].records;
	*out = NULL;
	*count = 0;
	if (!text || (kind == WORDS_OBJECTORS && !deal_id))
		return true;
	if (sql_begin(&q, store, text, err)) {
		sql_int(&q, 1, WORDS_MAX);
		if (kind == WORDS_OBJECTORS)
			sql_text(&q, 2, deal_id);
		while (sql_row(&q)) {
			const char *word = sql_dup(&q, 0, arena);
			if (!*word)
				continue;
			*out = arena_grow(arena, *out, &cap, *count + 1, sizeof(**out));
			(*out)[(*count)++] = word;
		}
	}
	return sql_done(&q);
}
