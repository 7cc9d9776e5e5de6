#include "huddle/themes.h"

#include "huddle/text.h"
#include <stdlib.h>
#include <string.h>

static const struct {
	const char *name, *title, *one;
} kinds[THEME_KINDS] = {
    [THEME_REASONS] = {"reasons", "Reasons", "reason"},
    [THEME_COMPETITORS] = {"competitors", "Competitors", "competitor"},
    [THEME_MESSAGES] = {"messages", "Messages that missed", "message"},
    [THEME_OBJECTORS] = {"objectors", "Who objected", "objector"},
    [THEME_CAMPAIGNS] = {"campaigns", "Campaigns that touched them", "campaign"},
    [THEME_CRM_REASONS] = {"crm_reasons", "What the CRM says", "reason"},
};

const char *theme_kind_name(enum theme_kind kind)
{
	return kinds[kind].name;
}

const char *theme_kind_title(enum theme_kind kind)
{
	return kinds[kind].title;
}

const char *theme_kind_one(enum theme_kind kind)
{
	return kinds[kind].one;
}

day_t deal_closed_on(const struct deal *deal)
{
	return deal->closed != DAY_NONE ? deal->closed : deal->close_date;
}

const struct topic *theme_find(const struct topic_list *list, const char *name)
{
	for (size_t i = 0; i < list->count; i++)
		if (text_same(slice_of(list->items[i].name), slice_of(name)))
			return &list->items[i];
	return NULL;
}

double theme_win_rate(const struct topic *theme)
{
	int decided = theme->won + theme->lost;
	return decided ? (double)theme->won / decided : -1;
}

/* A deal counts once. */
static void add_to(struct topic *theme, struct arena *arena, const struct deal *deal)
{
	if (theme->n_deals && theme->deals[theme->n_deals - 1] == deal)
		return;
	theme->deals = arena_grow(
	    arena, theme->deals, &theme->cap, theme->n_deals + 1, sizeof *theme->deals);
	theme->deals[theme->n_deals++] = deal;
	theme->lost += deal->status == DEAL_LOST;
	theme->won += deal->status == DEAL_WON;
}

static uint64_t hash_of(struct slice text)
{
	uint64_t hash = 1469598103934665603u; /* FNV-1a */

	for (size_t i = 0; i < text.len; i++)
		hash = (hash ^ (unsigned char)text.p[i]) * 1099511628211u;
	return hash;
}

/* The slot of this very spelling, or the empty one where it belongs. */
static struct topic_slot *slot_of(const struct topic_list *list, struct slice name)
{
	size_t i = (size_t)hash_of(name) & (list->n_slots - 1);

	while (list->slots[i].text && !slice_is(name, list->slots[i].text))
		i = (i + 1) & (list->n_slots - 1);
	return &list->slots[i];
}

/* Never more than half full. */
static void make_room(struct topic_list *list, struct arena *arena)
{
	struct topic_list old = *list;

	if (list->used * 2 < list->n_slots)
		return;
	list->n_slots = old.n_slots ? old.n_slots * 2 : 64;
	list->slots = arena_alloc(arena, list->n_slots * sizeof *list->slots);
	memset(list->slots, 0, list->n_slots * sizeof *list->slots);
	for (size_t i = 0; i < old.n_slots; i++)
		if (old.slots[i].text)
			*slot_of(list, slice_of(old.slots[i].text)) = old.slots[i];
}

/* The topic of a name, whatever its case, which is written as it came first. Of
 * campaigns a quarter names some hundred a hundred thousand times: a spelling that was
 * seen is found by its hash. */
static struct topic *topic_of(
    struct topic_list *list, struct arena *arena, struct slice name)
{
	make_room(list, arena);
	struct topic_slot *slot = slot_of(list, name);
	if (!slot->text) {
		char *text = arena_dup(arena, name.p, name.len);
		const struct topic *known = theme_find(list, text);
		if (!known) {
			list->items = arena_grow(arena, list->items, &list->cap,
			    list->count + 1, sizeof *list->items);
			known = &list->items[list->count];
			list->items[list->count++] = (struct topic){.name = text};
		}
		*slot = (struct topic_slot){text, (size_t)(known - list->items)};
		list->used++;
	}
	return &list->items[slot->topic];
}

/* The deal counts once for a name. */
static void count(struct topic_list *list, struct arena *arena, struct slice name,
    const struct deal *deal)
{
	name = slice_trim(name);
	if (name.len)
		add_to(topic_of(list, arena, name), arena, deal);
}

/* Indexes of what hangs on a deal, by its id. */
struct by_deal {
	const char *id;
	size_t index;
};

static int compare_by_deal(const void *a, const void *b)
{
	const struct by_deal *x = a, *y = b;
	int ids = strcmp(x->id, y->id);
	return ids ? ids : x->index < y->index ? -1 : x->index > y->index;
}

static size_t first_of(const struct by_deal *items, size_t count, const char *id)
{
	size_t low = 0, high = count;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (strcmp(items[middle].id, id) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

struct index {
	struct by_deal *debriefs, *touches;
	const struct themes_input *in;
};

static void sort(struct by_deal *items, size_t count)
{
	if (count)
		qsort(items, count, sizeof *items, compare_by_deal);
}

static struct index index_make(struct arena *arena, const struct themes_input *in)
{
	size_t debriefs = in->debriefs->count;
	struct index out = {
	    .debriefs = arena_alloc(arena, (debriefs + 1) * sizeof *out.debriefs),
	    .touches = arena_alloc(arena, (in->n_touches + 1) * sizeof *out.touches),
	    .in = in};
	for (size_t i = 0; i < debriefs; i++)
		out.debriefs[i] =
		    (struct by_deal){in->debriefs->items[i].debrief.deal_id, i};
	for (size_t i = 0; i < in->n_touches; i++)
		out.touches[i] = (struct by_deal){in->touches[i].deal_id, i};
	sort(out.debriefs, debriefs);
	sort(out.touches, in->n_touches);
	return out;
}

static const struct debrief_item *debrief_of(
    const struct index *index, const struct deal *deal)
{
	size_t n = index->in->debriefs->count, i = first_of(index->debriefs, n, deal->id);
	if (i == n || strcmp(index->debriefs[i].id, deal->id))
		return NULL;
	return &index->in->debriefs->items[index->debriefs[i].index];
}

static void count_competitor(struct themes *out, struct arena *arena,
    const struct deal *deal, const struct debrief_item *item)
{
	const char *named = item ? item->debrief.value[B_COMPETITOR] : "";
	bool lost_to =
	    item ? !strcmp(item->debrief.value[B_OUTCOME], OUTCOME_COMPETITOR) : true;
	if (deal->status == DEAL_LOST && !lost_to)
		return;
	count(&out->of[THEME_COMPETITORS], arena,
	    slice_of(*named ? named : deal->competitor), deal);
}

static void count_debrief(struct themes *out, struct arena *arena,
    const struct deal *deal, const struct debrief *d, const char *role)
{
	count(&out->of[THEME_REASONS], arena, slice_of(d->value[B_REASON]), deal);
	count(&out->of[THEME_MESSAGES], arena, slice_of(d->value[B_MESSAGE]), deal);
	count(&out->of[THEME_OBJECTORS], arena,
	    slice_of(*role ? role : d->value[B_OBJECTOR]), deal);
}

static void count_deal(struct themes *out, struct arena *arena, const struct index *index,
    const struct deal *deal)
{
	const struct debrief_item *item = debrief_of(index, deal);
	size_t n = index->in->n_touches;
	bool lost = deal->status == DEAL_LOST;
	out->lost += lost;
	out->won += !lost;
	out->debriefed += lost && item;
	if (lost && !item)
		add_to(&out->missing, arena, deal);
	count_competitor(out, arena, deal, item);
	if (lost && item)
		count_debrief(out, arena, deal, &item->debrief, item->objector_role);
	if (lost)
		count(&out->of[THEME_CRM_REASONS], arena, slice_of(deal->lost_reason),
		    deal);
	for (size_t i = first_of(index->touches, n, deal->id);
	     i < n && !strcmp(index->touches[i].id, deal->id); i++)
		count(&out->of[THEME_CAMPAIGNS], arena,
		    slice_of(index->in->touches[index->touches[i].index].campaign), deal);
}

static int compare_themes(const void *a, const void *b)
{
	const struct topic *x = a, *y = b;
	if (x->lost != y->lost)
		return y->lost - x->lost;
	if (x->won != y->won)
		return y->won - x->won;
	return strcmp(x->name, y->name);
}

void themes_make(struct themes *out, struct arena *arena, const struct themes_input *in)
{
	struct index index = index_make(arena, in);
	*out = (struct themes){.period = in->period, .missing = {.name = ""}};
	for (size_t i = 0; i < in->n_deals; i++) {
		const struct deal *deal = &in->deals[i];
		day_t day = deal_closed_on(deal);
		if (deal->status != DEAL_OPEN && day != DAY_NONE &&
		    period_has(in->period, day))
			count_deal(out, arena, &index, deal);
	}
	for (int k = 0; k < THEME_KINDS; k++)
		if (out->of[k].count)
			qsort(out->of[k].items, out->of[k].count,
			    sizeof *out->of[k].items, compare_themes);
}

bool note_check(const struct note *note, struct err *err)
{
	if (!slice_trim(slice_of(note->about)).len)
		return err_set(err, "note",
		    "it is about nothing; name the message or campaign it is about");
	if (!slice_trim(slice_of(note->text)).len)
		return err_set(err, "note", "it has no text; say what the buyer said");
	return true;
}

static struct message *message_of(struct message *items, size_t *count, const char *about)
{
	for (size_t i = 0; i < *count; i++)
		if (text_same(slice_of(items[i].about), slice_of(about)))
			return &items[i];
	items[*count] =
	    (struct message){.about = about, .first_open = DAY_NONE, .changed = DAY_NONE};
	return &items[(*count)++];
}

static int compare_messages(const void *a, const void *b)
{
	const struct message *x = a, *y = b;
	return strcmp(x->about, y->about);
}

void messages_of(struct message **out, size_t *count, struct arena *arena,
    const struct note_list *notes, day_t today)
{
	*out = arena_alloc(arena, (notes->count + 1) * sizeof **out);
	*count = 0;
	for (size_t i = 0; i < notes->count; i++) {
		const struct note *n = &notes->items[i];
		struct message *m = message_of(*out, count, n->about);
		day_t changed = n->answered_at == INSTANT_NONE
		                    ? DAY_NONE
		                    : day_of_instant(n->answered_at);
		m->notes++;
		m->unanswered += !*n->answer;
		if (*n->answer && (m->changed == DAY_NONE || changed > m->changed))
			m->changed = changed;
	}
	for (size_t i = 0; i < notes->count; i++) {
		const struct note *n = &notes->items[i];
		struct message *m = message_of(*out, count, n->about);
		day_t day = day_of_instant(n->at);
		bool since = m->changed == DAY_NONE || day > m->changed || !*n->answer;
		if (since && (m->first_open == DAY_NONE || day < m->first_open))
			m->first_open = day;
	}
	for (size_t i = 0; i < *count; i++) {
		struct message *m = &(*out)[i];
		day_t stands = m->changed != DAY_NONE ? m->changed : m->first_open;
		m->stale =
		    m->first_open != DAY_NONE && today - stands >= MESSAGE_STALE_DAYS;
	}
	if (*count)
		qsort(*out, *count, sizeof **out, compare_messages);
}
