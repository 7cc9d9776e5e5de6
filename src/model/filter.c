#include "huddle/filter.h"

#include "huddle/text.h"
#include <stdlib.h>
#include <string.h>

static const char *const keys[FILTER_KEYS] = {
    [BY_OWNER] = "owner:",
    [BY_ACCOUNT] = "account:",
    [BY_STAGE] = "stage:",
    [BY_TEAM] = "team:",
    [BY_NAME] = "name:",
    [BY_MANAGER] = "manager:",
    [BY_SOURCE] = "source:",
    [BY_CAMPAIGN] = "campaign:",
    [BY_TYPE] = "type:",
    [BY_PIPELINE] = "pipeline:",
    [BY_CLOSING] = "closing:",
    [BY_RISK] = "risk:",
    [BY_QUALIFIED] = "qualified:",
};

static const char *fold(struct arena *arena, struct slice text)
{
	struct str folded = STR_INIT;

	text_fold(&folded, text);
	const char *kept = arena_dup(arena, str_text(&folded), folded.len);
	str_release(&folded);
	return kept;
}

/* Also while it is typed. */
static bool is_snoozed(const char *word)
{
	return *word && !strncmp("snoozed", word, strlen(word));
}

static bool read_risk(const char *word, enum risk_level *out)
{
	for (int level = RISK_LOW; level <= RISK_HIGH; level++)
		if (*word && strncmp(risk_level_name((enum risk_level)level), word,
		                 strlen(word)) == 0) {
			*out = (enum risk_level)level;
			return true;
		}
	return false;
}

/* The name of a custom field before a colon, cut off the word; len 0: there is none.
 * A name in quotes may hold blanks; "http://..." is no field. */
static struct slice take_field(struct slice *word)
{
	struct slice name = *word;
	size_t n = 0;

	if (word->len > 0 && word->p[0] == '"') {
		const char *end = memchr(word->p + 1, '"', word->len - 1);

		if (!end || end + 1 == word->p + word->len || end[1] != ':')
			return (struct slice){NULL, 0};
		name = (struct slice){word->p + 1, (size_t)(end - word->p) - 1};
		n = name.len + 2;
	} else {
		const char *colon = memchr(word->p, ':', word->len);

		if (!colon || colon - word->p < 2 ||
		    memchr(word->p, '"', (size_t)(colon - word->p)))
			return (struct slice){NULL, 0};
		n = name.len = (size_t)(colon - word->p);
	}
	if (n + 2 < word->len && word->p[n + 1] == '/' && word->p[n + 2] == '/')
		return (struct slice){NULL, 0};
	*word = (struct slice){word->p + n + 1, word->len - n - 1};
	return name;
}

/* The key that the word begins with is cut off it. */
static enum filter_key take_key(struct slice *word, struct slice *field)
{
	*field = (struct slice){NULL, 0};
	for (int key = BY_OWNER; key < FILTER_KEYS; key++) {
		size_t len = keys[key] ? strlen(keys[key]) : 0;

		if (len == 0 || word->len < len ||
		    !slice_is_nocase((struct slice){word->p, len}, keys[key]))
			continue;
		*word = (struct slice){word->p + len, word->len - len};
		return (enum filter_key)key;
	}
	*field = take_field(word);
	return field->len > 0 ? BY_CUSTOM : BY_ANY;
}

/* Without the quotes around it; the last may be missing while it is typed. */
static struct slice unquoted(struct slice word)
{
	if (word.len == 0 || word.p[0] != '"')
		return word;
	word = (struct slice){word.p + 1, word.len - 1};
	if (word.len > 0 && word.p[word.len - 1] == '"')
		word.len--;
	return word;
}

/* Up to the next blank that is in no quotes; false at the end. */
static bool cut_word(struct slice *rest, struct slice *out)
{
	bool quoted = false;
	size_t n = 0;

	if (!rest->p)
		return false;
	while (n < rest->len && (quoted || rest->p[n] != ' '))
		quoted ^= rest->p[n++] == '"';
	*out = (struct slice){rest->p, n};
	*rest = n < rest->len ? (struct slice){rest->p + n + 1, rest->len - n - 1}
	                      : (struct slice){NULL, 0};
	return true;
}

/* Names of fields are typed without blanks: "product_line" is "Product Line". */
static const char *fold_field(struct arena *arena, struct slice name)
{
	char *text = arena_dup(arena, name.p, name.len);

	for (char *c = text; *c; c++)
		if (*c == '_')
			*c = ' ';
	return fold(arena, slice_of(text));
}

/* What closing: and risk: ask for; returns why it can not be read, or NULL. */
static const char *read_term(
    struct filter_term *t, struct arena *arena, day_t today, int fiscal_start)
{
	if (t->key == BY_CLOSING &&
	    !period_parse(t->word, today, fiscal_start, &t->closing))
		return arena_printf(arena,
		    "\"%.40s\" is no period; write 2026-11, 2026-Q4, this-month or "
		    "this-quarter",
		    t->word);
	t->qualified = t->key == BY_QUALIFIED && *t->word == 'y';
	if (t->key == BY_QUALIFIED && strncmp("yes", t->word, strlen(t->word)) != 0 &&
	    strncmp("no", t->word, strlen(t->word)) != 0)
		return arena_printf(
		    arena, "\"%.40s\" is neither; write qualified:yes or no", t->word);
	t->asleep = t->key == BY_RISK && is_snoozed(t->word);
	if (t->key == BY_RISK && !t->asleep && !read_risk(t->word, &t->risk))
		return arena_printf(arena,
		    "\"%.40s\" is no risk; write high, watch, low or snoozed", t->word);
	return NULL;
}

static void add_term(
    struct filter *f, struct slice word, bool half_typed, day_t today, int fiscal_start)
{
	struct slice field;
	struct filter_term t = {.key = take_key(&word, &field)};

	word = unquoted(word);
	if (word.len == 0)
		return; /* "owner:" says nothing yet */
	if (t.key == BY_CUSTOM)
		t.field = fold_field(&f->arena, field);
	t.word = fold(&f->arena, word);
	t.problem = f->count < FILTER_WORDS
	                ? read_term(&t, &f->arena, today, fiscal_start)
	                : "more than 8 words; leave some out";
	if (t.problem && half_typed)
		return;
	if (!f->problem)
		f->problem = t.problem;
	if (f->count < FILTER_WORDS)
		f->terms[f->count++] = t;
}

void filter_set(
    struct filter *f, const char *text, bool typing, day_t today, int fiscal_start)
{
	char *copy = xstrdup(text);
	struct slice rest = slice_of(copy), word;

	filter_release(f);
	f->text = copy;
	while (cut_word(&rest, &word))
		add_term(f, word, typing && !rest.p, today, fiscal_start);
}

void filter_release(struct filter *f)
{
	free(f->text);
	arena_release(&f->arena);
	*f = (struct filter){0};
}

void filter_fold(struct filter_text *out, struct arena *arena, const struct deal *d)
{
	out->name = fold(arena, slice_of(d->name));
	out->account = fold(arena, slice_of(d->account));
	out->owner = fold(arena, slice_of(d->owner));
	out->stage = fold(arena, slice_of(d->stage));
	out->team = fold(arena, slice_of(d->team));
}

static bool letters_in_order(const char *text, const char *letters)
{
	for (; *letters; letters++) {
		text = strchr(text, *letters);
		if (!text)
			return false;
		text++;
	}
	return true;
}

static bool holds(const char *text, const char *word, bool loose)
{
	return strstr(text, word) || (loose && letters_in_order(text, word));
}

/* A field's name as it is in the mapping, against one that was typed. */
static bool field_is(const char *name, const char *folded)
{
	char text[128];

	slice_copy(slice_of(name), text, sizeof text);
	for (char *c = text; *c; c++)
		if (*c == '_')
			*c = ' ';
	return text_same(slice_of(text), slice_of(folded));
}

static bool custom_holds(const struct deal *d, const struct filter_term *t)
{
	for (int i = 0; i < d->n_custom; i++)
		if (field_is(d->custom[i].name, t->field) &&
		    text_contains(slice_of(d->custom[i].value), slice_of(t->word)))
			return true;
	return false;
}

static bool term_passes(const struct filter_term *t, const struct deal *d,
    const struct filter_text *text, bool loose)
{
	switch (t->key) {
	case BY_ANY:
		return holds(text->name, t->word, loose) ||
		       holds(text->account, t->word, loose) ||
		       holds(text->owner, t->word, loose) ||
		       holds(text->stage, t->word, loose);
	case BY_OWNER:
		return holds(text->owner, t->word, loose);
	case BY_ACCOUNT:
		return holds(text->account, t->word, loose);
	case BY_STAGE:
		return holds(text->stage, t->word, loose);
	case BY_TEAM:
		return holds(text->team, t->word, loose);
	case BY_NAME:
		return holds(text->name, t->word, loose);
	case BY_MANAGER:
		return text_contains(
		    slice_of(d->managers ? d->managers : d->manager), slice_of(t->word));
	case BY_SOURCE:
		return text_contains(slice_of(d->source), slice_of(t->word));
	case BY_CAMPAIGN:
		return text_contains(slice_of(d->campaign), slice_of(t->word));
	case BY_TYPE:
		return text_contains(slice_of(d->type), slice_of(t->word));
	case BY_PIPELINE:
		return text_contains(slice_of(d->pipeline), slice_of(t->word));
	case BY_QUALIFIED:
		return t->qualified ? d->qualified > 0 : d->qualified < 0;
	case BY_CUSTOM:
		return custom_holds(d, t);
	case BY_CLOSING:
		return period_has(t->closing, d->close_date);
	case BY_RISK:
		if (t->asleep)
			return d->asleep;
		return d->risk.rated && d->risk.level == t->risk;
	case FILTER_KEYS:
		break;
	}
	return true;
}

bool filter_passes(const struct filter *f, const struct deal *deal,
    const struct filter_text *text, bool loose)
{
	if (f->problem)
		return false;
	for (int i = 0; i < f->count; i++)
		if (!term_passes(&f->terms[i], deal, text, loose))
			return false;
	return true;
}

size_t filter_deals(
    const struct filter *f, struct deal **deals, size_t count, struct arena *arena)
{
	size_t kept = 0;

	for (size_t i = 0; i < count; i++) {
		struct filter_text text;

		filter_fold(&text, arena, deals[i]);
		if (filter_passes(f, deals[i], &text, false))
			deals[kept++] = deals[i];
	}
	return kept;
}

unsigned filter_wants(const struct filter *f)
{
	unsigned wants = 0;

	for (int i = 0; i < f->count; i++)
		wants |= f->terms[i].key == BY_CUSTOM      ? WITH_CUSTOM
		         : f->terms[i].key == BY_MANAGER   ? WITH_MANAGERS
		         : f->terms[i].key == BY_QUALIFIED ? WITH_QUALIFIED
		                                           : 0;
	return wants;
}

static bool any_has(const struct deal_list *deals, const char *field)
{
	for (size_t i = 0; i < deals->count; i++)
		for (int k = 0; k < deals->items[i].n_custom; k++)
			if (field_is(deals->items[i].custom[k].name, field))
				return true;
	return false;
}

void filter_check_fields(struct filter *f, const struct deal_list *deals)
{
	for (int i = 0; i < f->count && !f->problem; i++)
		if (f->terms[i].key == BY_CUSTOM && !any_has(deals, f->terms[i].field))
			f->problem = arena_printf(&f->arena,
			    "no deal has a field \"%.40s\"; a plain word with a colon "
			    "goes in "
			    "quotes",
			    f->terms[i].field);
}
