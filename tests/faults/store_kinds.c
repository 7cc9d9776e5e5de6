#include "store_kinds.h"

#include <stdio.h>
#include <string.h>

#include "huddle/store_meeting.h"
#include "huddle/store_safety.h"

/* What forms keep between two tries, so that the second is of the same record. */
enum { BATCH = 3, PAIR = 2, TEXT = 96 };
static struct kept {
	struct action one, batch[BATCH], gone, pair[PAIR];
	struct debrief debrief;
	struct snooze snooze;
	struct note note;
	struct decision decision;
	bool undoable; /* the last write is one that undo is meant for */
} kept;

static bool idle; /* the last write found nothing to do */

void kinds_begin(void)
{
	memset(&kept, 0, sizeof kept);
}

static struct kept marked[KINDS_MARKS];

void kinds_mark(int mark)
{
	marked[mark] = kept;
}

void kinds_back(int mark)
{
	kept = marked[mark];
}

bool kind_write(const struct kind *kind, struct store *store, const char *name,
    bool *nothing, struct err *err)
{
	idle = false;
	bool fine = kind->write(store, name, err);
	*nothing = fine && idle;
	return fine;
}

/* A text of the round: its name with an end of its own. */
struct text {
	char bytes[TEXT];
};

static struct text with(const char *before, const char *name, const char *end)
{
	struct text out;
	snprintf(out.bytes, sizeof out.bytes, "%s%s%s", before, name, end);
	return out;
}

static bool write_action(struct store *store, const char *name, struct err *err)
{
	bool conflict;
	kept.one.deal_id = kept.one.owner = kept.one.text = name;
	kept.one.due = DAY_NONE;
	return store_save_action(store, &kept.one, &conflict, err);
}

/* So many actions at once; texts are NAME/0, NAME/1 ... with `mark` before the
 * number, and behind the deal's name: those have a deal that is not carried over. */
static bool write_several(struct store *store, const char *name, const char *mark,
    struct action *actions, int count, struct err *err)
{
	struct text texts[BATCH], deal = with("", name, mark);
	bool conflict;
	for (int i = 0; i < count; i++) {
		char end[16];
		snprintf(end, sizeof end, "/%s%d", mark, i);
		texts[i] = with("", name, end);
		actions[i].deal_id = deal.bytes;
		actions[i].owner = name;
		actions[i].text = texts[i].bytes;
		actions[i].due = DAY_NONE;
	}
	return store_save_actions(store, actions, (size_t)count, &conflict, err);
}

static bool write_actions(struct store *store, const char *name, struct err *err)
{
	return write_several(store, name, "", kept.batch, BATCH, err);
}

static bool end_actions(struct store *store, const char *name, struct err *err)
{
	for (int i = 0; i < BATCH; i++)
		kept.batch[i].state = ACTION_DONE;
	return write_several(store, name, "", kept.batch, BATCH, err);
}

static bool write_desk(struct store *store, const char *name, struct err *err)
{
	return store_save_draft(store, DESK, DESK_FORM, name, err);
}

static bool write_draft(struct store *store, const char *name, struct err *err)
{
	return store_save_draft(store, name, "debrief", name, err);
}

/* Of another form; it is there until it is carried over with its deal. */
static bool write_begun(struct store *store, const char *name, struct err *err)
{
	return store_save_draft(store, name, "action", name, err);
}

static bool write_debrief(struct store *store, const char *name, struct err *err)
{
	bool conflict;
	kept.debrief.deal_id = name;
	for (int i = 0; i < DEBRIEF_FIELDS; i++)
		kept.debrief.value[i] = name;
	return store_save_debrief(store, &kept.debrief, &conflict, err);
}

static bool write_snooze(struct store *store, const char *name, struct err *err)
{
	bool conflict;
	kept.snooze.deal_id = kept.snooze.reason = name;
	kept.snooze.until = day_from_civil(2026, 12, 1);
	return store_save_snooze(store, &kept.snooze, false, &conflict, err);
}

static bool wake(struct store *store, const char *name, struct err *err)
{
	bool conflict;
	(void)name;
	return store_save_snooze(store, &kept.snooze, true, &conflict, err);
}

static bool pin(struct store *store, const char *name, struct err *err)
{
	return store_save_pin(store, name, true, err);
}

static bool unpin(struct store *store, const char *name, struct err *err)
{
	return store_save_pin(store, name, false, err);
}

static bool write_slice(struct store *store, const char *name, struct err *err)
{
	return store_save_slice(store, name, "owner:ana", err);
}

static bool drop_slice(struct store *store, const char *name, struct err *err)
{
	return store_save_slice(store, name, NULL, err);
}

static bool write_words(struct store *store, const char *name, struct err *err)
{
	return store_save_words(store, name, "one\ntwo", err);
}

static bool drop_words(struct store *store, const char *name, struct err *err)
{
	return store_save_words(store, name, NULL, err);
}

static bool write_note(struct store *store, const char *name, struct err *err)
{
	bool conflict;
	kept.note.deal_id = kept.note.about = kept.note.text = name;
	return store_save_note(store, &kept.note, &conflict, err);
}

static bool answer_note(struct store *store, const char *name, struct err *err)
{
	kept.note.answer = name;
	return write_note(store, name, err);
}

/* The review that is open; found false: none. `slice`: only the one of that name. */
static bool open_review(struct store *store, struct arena *arena, const char *slice,
    struct meeting *out, bool *found, struct err *err)
{
	if (!store_load_review(store, arena, 0, out, found, err))
		return false;
	*found = *found && !out->ended && (!slice || !strcmp(out->slice, slice));
	idle = !*found;
	return true;
}

static bool end_open(
    struct store *store, const char *slice, const char *people, struct err *err)
{
	struct arena arena = ARENA_INIT;
	struct meeting meeting;
	bool found, conflict, fine;
	fine = open_review(store, &arena, slice, &meeting, &found, err) &&
	       (!found || store_end_review(store, &meeting, people, &conflict, err));
	arena_release(&arena);
	return fine;
}

/* The one that a killed writer left open. */
static bool end_left(struct store *store, const char *name, struct err *err)
{
	(void)name;
	return end_open(store, NULL, NULL, err);
}

static bool end_review(struct store *store, const char *name, struct err *err)
{
	return end_open(store, name, "Ana, Tom", err);
}

/* Places without room between them, so that one move moves all behind it. */
static bool start_review(struct store *store, const char *name, struct err *err)
{
	struct text b = with("", name, "-b"), c = with("", name, "-c");
	struct agenda_item items[] = {
	    {.deal_id = name, .why = "first", .kind = AGENDA_RISK, .place = 100},
	    {.deal_id = b.bytes, .why = "second", .kind = AGENDA_RISK, .place = 101},
	    {.deal_id = c.bytes, .why = "third", .kind = AGENDA_RISK, .place = 102}};
	struct agenda agenda = {items, 3};
	struct meeting meeting = {.day = day_from_civil(2026, 11, 23),
	    .as_of = DAY_NONE,
	    .since = DAY_NONE,
	    .slice = name,
	    .people = "",
	    .minutes = REVIEW_MINUTES,
	    .per_deal = REVIEW_PER_DEAL};
	return store_start_review(store, &meeting, &agenda, err);
}

static bool on_agenda(struct store *store, const char *name, const char *end, int place,
    bool drop, struct err *err)
{
	struct arena arena = ARENA_INIT;
	struct text deal = with("", name, end);
	struct meeting meeting;
	bool found, fine;
	fine =
	    open_review(store, &arena, name, &meeting, &found, err) &&
	    (!found || store_put_agenda(store, meeting.id, deal.bytes, place, drop, err));
	arena_release(&arena);
	return fine;
}

static bool put_agenda(struct store *store, const char *name, struct err *err)
{
	return on_agenda(store, name, "-d", 0, false, err);
}

static bool move_agenda(struct store *store, const char *name, struct err *err)
{
	return on_agenda(store, name, "-c", 2, false, err);
}

static bool drop_agenda(struct store *store, const char *name, struct err *err)
{
	return on_agenda(store, name, "-d", 0, true, err);
}

static bool decide(struct store *store, const char *name, struct err *err)
{
	struct arena arena = ARENA_INIT;
	struct meeting meeting;
	bool found, conflict, fine;
	fine = open_review(store, &arena, name, &meeting, &found, err);
	if (fine && found) {
		kept.decision.review = meeting.id;
		kept.decision.deal_id = kept.decision.text = name;
		kept.decision.verdict = DECIDE_HOLD;
		fine = store_save_decision(store, &kept.decision, &conflict, err);
	}
	arena_release(&arena);
	return fine;
}

static bool relink(struct store *store, const char *name, struct err *err)
{
	struct text other = with("", name, "-new");
	struct relinked out;
	return store_relink(store, name, other.bytes, &out, err);
}

static bool write_gone(struct store *store, const char *name, struct err *err)
{
	struct text deal = with("", name, "-g"), owner = with("Gone ", name, ""),
	            text = with("ask Gone ", name, "");
	bool conflict;
	kept.gone.deal_id = deal.bytes;
	kept.gone.owner = owner.bytes;
	kept.gone.text = text.bytes;
	kept.gone.due = DAY_NONE;
	return store_save_action(store, &kept.gone, &conflict, err);
}

static bool erase(struct store *store, const char *name, struct err *err)
{
	struct arena arena = ARENA_INIT;
	struct text person = with("Gone ", name, "");
	struct erased out;
	bool fine = store_erase(store, &arena, person.bytes, &out, err);
	idle = fine && !out.places;
	arena_release(&arena);
	return fine;
}

static bool write_pair(struct store *store, const char *name, struct err *err)
{
	kept.undoable = write_several(store, name, "u", kept.pair, PAIR, err);
	return kept.undoable;
}

/* Only what this round wrote for it: else it would take something else back. */
static bool undo(struct store *store, const char *name, struct err *err)
{
	struct arena arena = ARENA_INIT;
	const char *what;
	(void)name;
	idle = !kept.undoable;
	bool fine = idle || store_undo(store, &arena, &what, err);
	arena_release(&arena);
	return fine;
}

#define COUNT(what) "SELECT count(*) FROM " what
#define THREE       "action WHERE text IN (?1 || '/0', ?1 || '/1', ?1 || '/2')"
#define TWO         "action WHERE text IN (?1 || '/u0', ?1 || '/u1')"
#define DRAFTED     "(SELECT count(*) FROM draft WHERE form = 'debrief' AND text = ?1)"
#define FILED       "(SELECT count(*) FROM debrief WHERE deal_id = ?1)"

/* Rows of the deal that are left behind, and those that say to be carried over. */
#define LEFT(table) "(SELECT count(*) FROM " table " WHERE deal_id = ?1 AND deleted = 0)"
#define CARRIED                                                                 \
	"(SELECT count(*) FROM change_log WHERE instr(what, ' of ' || ?1 || ' " \
	"carried'))"
#define RELINKED                                                                        \
	"SELECT CASE WHEN NOT " CARRIED                                                 \
	" THEN 0 WHEN " LEFT("action") " + " LEFT("debrief") " + " LEFT(                \
	    "note") " + " LEFT("agenda") " + " LEFT("decision") " + (SELECT count(*) "  \
	                                                        "FROM draft WHERE "     \
	                                                        "deal_id = ?1) THEN 2 " \
	                                                        "ELSE 1 END"

/* A name that stands in four places, and then in none. */
#define NAMED                                                                      \
	"SELECT CASE (SELECT count(*) FROM action WHERE owner = 'Gone ' || ?1) + " \
	"(SELECT count(*) FROM action WHERE text = 'ask Gone ' || ?1) + (SELECT "  \
	"count(*) FROM change_log WHERE instr(what, 'Gone ' || ?1 || '\"')) + "    \
	"(SELECT count(*) FROM change_log WHERE instr(new_row, 'Gone ' || ?1 || "  \
	"char(10))) WHEN 4 THEN 0 WHEN 0 THEN 1 ELSE 2 END"

/* A pair is gone, its two lines say so, and two more say by what. */
#define UNDONE                                                                          \
	"SELECT (SELECT count(*) FROM " TWO " AND deleted = 1) + (SELECT count(*) "     \
	"FROM change_log WHERE instr(what, 'action \"' || ?1 || '/u') AND (undone = 1 " \
	"OR undoes IS NOT NULL))"

const struct kind kinds[] = {
    {"action", write_action, COUNT("action WHERE text = ?1"), 1, KIND_FIRST},
    {"actions", write_actions, COUNT(THREE), BATCH, 0},
    {"actions-done", end_actions, COUNT(THREE " AND state = 'done'"), BATCH, 0},
    {"desk", write_desk, NULL, 0, KIND_LAST | KIND_UNLOGGED},
    {"draft", write_draft, "SELECT " DRAFTED " + " FILED, 1, KIND_FIRST | KIND_UNLOGGED},
    {"debrief", write_debrief, "SELECT " FILED " * (1 + " DRAFTED ")", 1, KIND_FIRST},
    {"draft-begun", write_begun, COUNT("draft WHERE form = 'action' AND text = ?1"), 1,
        KIND_UNLOGGED},
    {"snooze", write_snooze, COUNT("snooze WHERE deal_id = ?1"), 1, KIND_ONCE},
    {"wake", wake, COUNT("snooze WHERE deal_id = ?1 AND rev > 1 AND deleted = 1"), 1,
        KIND_ONCE},
    {"pin", pin, COUNT("pin WHERE deal_id = ?1"), 1, KIND_ONCE},
    {"unpin", unpin, COUNT("pin WHERE deal_id = ?1 AND rev > 1"), 1, KIND_ONCE},
    {"slice", write_slice, COUNT("slice WHERE name = ?1"), 1, KIND_ONCE},
    {"slice-drop", drop_slice, COUNT("slice WHERE name = ?1 AND deleted = 1"), 1,
        KIND_ONCE},
    {"words", write_words, COUNT("word_list WHERE name = ?1"), 1, KIND_ONCE},
    {"words-drop", drop_words, COUNT("word_list WHERE name = ?1 AND deleted = 1"), 1,
        KIND_ONCE},
    {"note", write_note, COUNT("note WHERE text = ?1"), 1, 0},
    {"note-answer", answer_note, COUNT("note WHERE answer = ?1"), 1, 0},
    {"review-left", end_left, NULL, 0, KIND_MEETING | KIND_ONCE},
    {"review-start", start_review,
        "SELECT (SELECT count(*) FROM review WHERE slice = ?1) + (SELECT count(*) FROM "
        "agenda WHERE deal_id IN (?1, ?1 || '-b', ?1 || '-c'))",
        4, KIND_MEETING | KIND_ONCE},
    {"agenda-put", put_agenda, COUNT("agenda WHERE deal_id = ?1 || '-d'"), 1,
        KIND_MEETING | KIND_ONCE},
    {"agenda-move", move_agenda,
        COUNT("agenda WHERE deal_id IN (?1 || '-b', ?1 || '-c', ?1 || '-d') AND rev > 1"),
        3, KIND_MEETING | KIND_ONCE},
    {"decision", decide, COUNT("decision WHERE deal_id = ?1"), 1,
        KIND_MEETING | KIND_ONCE},
    {"agenda-drop", drop_agenda,
        COUNT("agenda WHERE deal_id = ?1 || '-d' AND deleted = 1"), 1,
        KIND_MEETING | KIND_ONCE},
    {"review-end", end_review, COUNT("review WHERE slice = ?1 AND state = 'ended'"), 1,
        KIND_MEETING | KIND_ONCE},
    {"relink", relink, RELINKED, 1, KIND_ONCE},
    {"gone", write_gone, COUNT("action WHERE deal_id = ?1 || '-g'"), 1, 0},
    {"erase", erase, NAMED, 1, KIND_ONCE},
    {"pair", write_pair, COUNT(TWO), PAIR, 0},
    {"undo", undo, UNDONE, 6, KIND_ONCE},
    {0},
};

const struct kind *kind_find(const char *name)
{
	for (const struct kind *k = kinds; k->name; k++)
		if (!strcmp(k->name, name))
			return k;
	return NULL;
}
