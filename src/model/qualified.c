#include "huddle/qualified.h"

#include "huddle/text.h"
#include <string.h>

/* What a deal lacks for the definition. */

static bool says_no(struct slice text, bool number)
{
	static const char *const words[] = {
	    "no", "none", "unknown", "false", "n/a", "-", "not known", "tbd"};

	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (text_same(text, slice_of(words[i])))
			return true;
	return !number && slice_is(text, "0");
}

static bool given(const struct evidence *e, enum requirement r)
{
	struct slice text = slice_trim(slice_of(e->field[r]));

	return text.len > 0 && !says_no(text, r == REQUIRE_FIT);
}

/* "acme.com" is the domain itself or ends one, student and partner are words of the
 * deal's type, its name, or the account's name and industry. */
static bool disqualifies(const char *word, const struct deal *d, const struct evidence *e)
{
	size_t len = strlen(word), domain = strlen(e->domain);

	if (strchr(word, '.'))
		return domain >= len &&
		       text_same(slice_of(e->domain + domain - len), slice_of(word)) &&
		       (domain == len || e->domain[domain - len - 1] == '.');
	return text_contains(slice_of(d->type), slice_of(word)) ||
	       text_contains(slice_of(d->name), slice_of(word)) ||
	       text_contains(slice_of(d->account), slice_of(word)) ||
	       text_contains(slice_of(e->industry), slice_of(word));
}

static bool listed(const char *const *words, const char *word)
{
	for (; *words; words++)
		if (text_same(slice_of(*words), slice_of(word)))
			return true;
	return false;
}

struct judging {
	struct arena *arena;
	const struct definition *definition;
	unsigned captured;
	size_t cap;
};

static void lacks(struct judging *j, struct qualified_deal *q, const char *what)
{
	q->missing = arena_grow(
	    j->arena, q->missing, &j->cap, q->n_missing + 1, sizeof *q->missing);
	q->missing[q->n_missing++] = what;
}

static void judge_account(
    struct judging *j, struct qualified_deal *q, const struct evidence *e)
{
	const struct definition *d = j->definition;

	if (d->min_employees > 0 && e->employees < 0)
		lacks(j, q, "employees");
	else if (e->employees < d->min_employees)
		lacks(j, q,
		    arena_printf(j->arena, "employees %lld of %lld",
		        (long long)e->employees, (long long)d->min_employees));
	if (*d->industries && !listed(d->industries, e->industry))
		lacks(j, q,
		    *e->industry ? arena_printf(j->arena, "industry %s", e->industry)
		                 : "industry");
	for (const char *const *word = d->disqualify; *word; word++)
		if (disqualifies(*word, q->deal, e))
			lacks(j, q, arena_printf(j->arena, "disqualified by %s", *word));
}

static void judge(struct judging *j, struct qualified_deal *q, const struct evidence *e)
{
	j->cap = 0;
	for (int r = 0; r < REQUIREMENTS; r++)
		if ((j->definition->require & 1u << r) && !given(e, (enum requirement)r))
			lacks(j, q, requirement_name((enum requirement)r));
	judge_account(j, q, e);
}

void qualified_account(struct arena *arena, const struct definition *definition,
    const struct deal *deal, const struct evidence *evidence, const char ***missing,
    size_t *count)
{
	struct judging j = {arena, definition, 0, 0};
	struct qualified_deal q = {.deal = deal};

	judge_account(&j, &q, evidence);
	*missing = q.missing;
	*count = q.n_missing;
}

bool qualified_passes(struct arena *arena, const struct definition *definition,
    const struct deal *deal, const struct evidence *evidence)
{
	struct judging j = {arena, definition, 0, 0};
	struct qualified_deal q = {.deal = deal};

	judge(&j, &q, evidence);
	return q.n_missing == 0;
}

void qualified_make(struct qualified *out, struct arena *arena,
    const struct definition *definition, const struct deal_list *deals,
    const struct evidence *evidence, unsigned captured)
{
	struct judging j = {arena, definition, captured, 0};

	*out = (struct qualified){
	    .deals = arena_alloc(arena, (deals->count + 1) * sizeof *out->deals),
	    .not_captured = definition->require & ~captured};
	for (size_t i = 0; i < deals->count; i++) {
		if (deals->items[i].status != DEAL_OPEN)
			continue;
		struct qualified_deal *q = &out->deals[out->count++];

		*q = (struct qualified_deal){.deal = &deals->items[i]};
		judge(&j, q, &evidence[i]);
		out->passing += q->n_missing == 0;
	}
}

bool definition_demands(const struct definition *d)
{
	return d->require || d->min_employees > 0 || *d->industries || *d->disqualify;
}

const struct qualified_deal *qualified_find(const struct qualified *q, int64_t key)
{
	size_t low = 0, high = q->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (q->deals[middle].deal->key < key)
			low = middle + 1;
		else
			high = middle;
	}
	return low < q->count && q->deals[low].deal->key == key ? &q->deals[low] : NULL;
}
