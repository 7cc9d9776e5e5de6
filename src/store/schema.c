#include "sql.h"

/* The tables keep the lines they are best read in. */
/* clang-format off */

/*
 * Records: what people write. Every change of a row adds a line to change_log
 * in the same transaction; old_row and new_row are the row as "column = value"
 * lines, which is what undo puts back.
 */
static const char schema_records[] =
    "CREATE TABLE generation("
    " id INTEGER PRIMARY KEY," /* the sync that made it; the current one is the
				* newest that is not dropped */
    " file TEXT NOT NULL,"     /* beside this file */
    " as_of TEXT NOT NULL, made_at TEXT NOT NULL, made_by TEXT NOT NULL,"
    " dropped INTEGER NOT NULL DEFAULT 0) STRICT;" /* 1: undone */

    "CREATE TABLE action("
    " id INTEGER PRIMARY KEY, rev INTEGER NOT NULL, deal_id TEXT NOT NULL,"
    " team TEXT NOT NULL, owner TEXT NOT NULL, text TEXT NOT NULL, due TEXT,"
    " state TEXT NOT NULL, reason TEXT, created_at TEXT NOT NULL,"
    " created_by TEXT NOT NULL, deleted INTEGER NOT NULL DEFAULT 0) STRICT;"
    "CREATE INDEX action_deal ON action(deal_id);"

    "CREATE TABLE debrief("
    " deal_id TEXT PRIMARY KEY, rev INTEGER NOT NULL, outcome TEXT, competitor TEXT,"
    " reason TEXT, reason_2 TEXT, message TEXT, objector TEXT, evidence TEXT,"
    " win_back TEXT, note TEXT, filed_by TEXT NOT NULL, filed_at TEXT NOT NULL,"
    " deleted INTEGER NOT NULL DEFAULT 0) STRICT;"

    "CREATE TABLE draft("
    " deal_id TEXT NOT NULL, form TEXT NOT NULL, person TEXT NOT NULL,"
    " text TEXT NOT NULL, saved_at TEXT NOT NULL,"
    " PRIMARY KEY(deal_id, form, person)) STRICT;"

    "CREATE TABLE change_log("
    " seq INTEGER PRIMARY KEY, op_id TEXT NOT NULL UNIQUE, at TEXT NOT NULL,"
    " person TEXT NOT NULL, what TEXT NOT NULL, deal_id TEXT, table_name TEXT NOT NULL,"
    " row_key TEXT NOT NULL, old_row TEXT, new_row TEXT,"
    " undoes INTEGER, undone INTEGER NOT NULL DEFAULT 0) STRICT;"
    "CREATE INDEX change_log_person ON change_log(person, seq);"

    "CREATE TABLE setting(key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;";

/* What each later version of the records adds; a file of an older one gets it when
 * it is opened for writing. */
static const char records_2[] =
    "CREATE TABLE snooze("
    " deal_id TEXT PRIMARY KEY, rev INTEGER NOT NULL, until TEXT NOT NULL,"
    " reason TEXT NOT NULL, created_by TEXT NOT NULL, created_at TEXT NOT NULL,"
    " deleted INTEGER NOT NULL DEFAULT 0) STRICT;";

/* The meeting. `place` orders an agenda; made_in and ended_in are the newest review
 * when an action was made and when it ended, which tells how often it was carried
 * over. What a debrief's choices are called changed; reasons stay as they were. */
static const char records_3[] =
    "ALTER TABLE action ADD COLUMN made_in INTEGER;"
    "ALTER TABLE action ADD COLUMN ended_in INTEGER;"
    "ALTER TABLE change_log ADD COLUMN batch TEXT;" /* op_id of the first of several
						     * writes that are one step */
    "CREATE INDEX change_log_row ON change_log(table_name, row_key, seq);"
    "UPDATE debrief SET outcome = 'no-decision' WHERE outcome = 'no decision';"
    "UPDATE debrief SET outcome = 'disqualified' WHERE outcome = 'disqualified by us';"
    "UPDATE debrief SET evidence = 'rep' WHERE evidence = 'rep says';"
    "UPDATE debrief SET evidence = 'buyer' WHERE evidence = 'buyer said';"
#define OF_DRAFTS(old, new) \
	"UPDATE draft SET text = substr(replace(char(10) || text, char(10) || '" old \
	"', char(10) || '" new "'), 2) WHERE form = 'debrief';"
    OF_DRAFTS("reason = ", "primary = ") OF_DRAFTS("reason_2 = ", "secondary = ")
    OF_DRAFTS("win_back = ", "winback = ")
    OF_DRAFTS("outcome = no decision", "outcome = no-decision")
    OF_DRAFTS("outcome = disqualified by us", "outcome = disqualified")
    OF_DRAFTS("evidence = rep says", "evidence = rep")
    OF_DRAFTS("evidence = buyer said", "evidence = buyer")

    "CREATE TABLE review("
    " id INTEGER PRIMARY KEY, rev INTEGER NOT NULL, day TEXT NOT NULL, as_of TEXT,"
    " since TEXT," /* the end of the review before, which changes are told from */
    " slice TEXT, minutes INTEGER NOT NULL, per_deal INTEGER NOT NULL,"
    " state TEXT NOT NULL, created_by TEXT NOT NULL, created_at TEXT NOT NULL,"
    " ended_at TEXT, people TEXT, deleted INTEGER NOT NULL DEFAULT 0) STRICT;"
    "CREATE TABLE agenda(" /* key: REVIEW/DEAL */
    " key TEXT PRIMARY KEY, rev INTEGER NOT NULL, review INTEGER NOT NULL,"
    " deal_id TEXT NOT NULL, place INTEGER NOT NULL, kind TEXT NOT NULL,"
    " why TEXT NOT NULL, added_by TEXT NOT NULL,"
    " deleted INTEGER NOT NULL DEFAULT 0) STRICT;"
    "CREATE TABLE decision(" /* key: REVIEW/DEAL */
    " key TEXT PRIMARY KEY, rev INTEGER NOT NULL, review INTEGER NOT NULL,"
    " deal_id TEXT NOT NULL, decision TEXT NOT NULL, text TEXT, push_reason TEXT,"
    " made_by TEXT NOT NULL, made_at TEXT NOT NULL,"
    " deleted INTEGER NOT NULL DEFAULT 0) STRICT;"
    "CREATE TABLE clock(" /* time spent on a deal; no record, and not logged */
    " review INTEGER NOT NULL, deal_id TEXT NOT NULL, seconds INTEGER NOT NULL,"
    " seen_at TEXT NOT NULL, PRIMARY KEY(review, deal_id)) STRICT;"
    "CREATE TABLE pin("
    " deal_id TEXT PRIMARY KEY, rev INTEGER NOT NULL, created_by TEXT NOT NULL,"
    " created_at TEXT NOT NULL, deleted INTEGER NOT NULL DEFAULT 0) STRICT;"
    "CREATE TABLE slice(" /* a filter under a name */
    " name TEXT PRIMARY KEY, rev INTEGER NOT NULL, filter TEXT NOT NULL,"
    " created_by TEXT NOT NULL, created_at TEXT NOT NULL,"
    " deleted INTEGER NOT NULL DEFAULT 0) STRICT;"
    "CREATE TABLE word_list(" /* a list that RevOps edits; a word a line */
    " name TEXT PRIMARY KEY, rev INTEGER NOT NULL, words TEXT NOT NULL,"
    " changed_by TEXT NOT NULL, changed_at TEXT NOT NULL,"
    " deleted INTEGER NOT NULL DEFAULT 0) STRICT;"
    "CREATE TABLE note(" /* what a message or campaign did with buyers */
    " id INTEGER PRIMARY KEY, rev INTEGER NOT NULL, deal_id TEXT NOT NULL,"
    " about TEXT NOT NULL, text TEXT NOT NULL, created_by TEXT NOT NULL,"
    " created_at TEXT NOT NULL, answer TEXT, answered_by TEXT, answered_at TEXT,"
    " deleted INTEGER NOT NULL DEFAULT 0) STRICT;";

/* What both teams agreed on; the newest version is in force. */
static const char records_4[] =
    "CREATE TABLE definition("
    " id INTEGER PRIMARY KEY, rev INTEGER NOT NULL, text TEXT NOT NULL,"
    " note TEXT NOT NULL, loaded_by TEXT NOT NULL, loaded_at TEXT NOT NULL,"
    " deleted INTEGER NOT NULL DEFAULT 0) STRICT;"
    "CREATE TABLE signature(" /* key: VERSION/ROLE */
    " key TEXT PRIMARY KEY, rev INTEGER NOT NULL, version INTEGER NOT NULL,"
    " role TEXT NOT NULL, person TEXT NOT NULL, signed_at TEXT NOT NULL,"
    " deleted INTEGER NOT NULL DEFAULT 0) STRICT;";

/* Answers to the audit's questions; the newest counts. */
static const char records_5[] =
    "CREATE TABLE audit_answer("
    " id INTEGER PRIMARY KEY, rev INTEGER NOT NULL, question TEXT NOT NULL,"
    " answer TEXT NOT NULL, text TEXT NOT NULL, answered_by TEXT NOT NULL,"
    " answered_at TEXT NOT NULL, deleted INTEGER NOT NULL DEFAULT 0) STRICT;";

const char *const schema_steps[SCHEMA_VERSION] = {
    schema_records, records_2, records_3, records_4, records_5};

#define COMMON \
	" id INTEGER PRIMARY KEY," \
	" feed INTEGER,"     /* NULL: only referred to, never in an export */ \
	" source_id TEXT,"   /* the id in the source */ \
	" hash INTEGER,"     /* of the row's values: equal means unchanged */ \
	" raw INTEGER,"      /* of the row as it stood, read by the same rules */ \
	" missing INTEGER,"  /* the sync since which it is not in its export */

/*
 * Facts: what exports say. id is ours and lasts as long as the row does;
 * references hold it. Days are YYYY-MM-DD, instants YYYY-MM-DDTHH:MM:SSZ (or a
 * day where the source told no time), amounts are in minor units.
 */
const char schema_facts[] =
    "CREATE TABLE sync("
    " id INTEGER PRIMARY KEY, as_of TEXT NOT NULL, at TEXT NOT NULL,"
    " added INTEGER NOT NULL, updated INTEGER NOT NULL, missing INTEGER NOT NULL,"
    " rejected INTEGER NOT NULL) STRICT;"

    "CREATE TABLE feed(" /* one section of one source's mapping */
    " id INTEGER PRIMARY KEY, source TEXT NOT NULL, section TEXT NOT NULL,"
    " kind TEXT NOT NULL, captured TEXT NOT NULL," /* fields its files hold */
    " whole INTEGER," /* the sync of its newest export that was no partial one */
    " decided TEXT NOT NULL DEFAULT ''," /* of columns: the order of dates, the mark */
    " rows INTEGER NOT NULL, as_of TEXT NOT NULL, sync INTEGER NOT NULL,"
    " UNIQUE(source, section)) STRICT;"

    "CREATE TABLE file(" /* the newest reading of each file */
    " id INTEGER PRIMARY KEY, name TEXT NOT NULL, feed INTEGER, hash TEXT NOT NULL,"
    " size INTEGER NOT NULL, mapping TEXT NOT NULL," /* hash of the mapping used */
    " encoding TEXT, delimiter TEXT, rows INTEGER NOT NULL, skipped INTEGER NOT NULL,"
    " repeated INTEGER NOT NULL, rejected INTEGER NOT NULL, as_of TEXT NOT NULL,"
    " sync INTEGER NOT NULL,"
    " header TEXT,"            /* its first row, for rejects to be corrected under */
    " decided TEXT,"           /* as feed.decided, by this file alone */
    " UNIQUE(name, feed)) STRICT;"

    "CREATE TABLE reject("
    " file INTEGER NOT NULL, line INTEGER NOT NULL, field TEXT, value TEXT,"
    " why TEXT NOT NULL, text TEXT NOT NULL,"
    " hash INTEGER) STRICT;" /* of the cells */
    "CREATE INDEX reject_file ON reject(file);"

    "CREATE TABLE person(" COMMON
    " name TEXT, email TEXT, team TEXT, manager INTEGER, timezone TEXT,"
    " active INTEGER) STRICT;"
    "CREATE TABLE account(" COMMON
    " name TEXT, owner INTEGER, industry TEXT, employees INTEGER, revenue INTEGER,"
    " country TEXT, domain TEXT, deleted INTEGER) STRICT;"
    "CREATE TABLE campaign(" COMMON
    " name TEXT, kind TEXT, start_date TEXT, end_date TEXT, cost INTEGER,"
    " budget INTEGER, active INTEGER) STRICT;"
    "CREATE TABLE contact(" COMMON
    " name TEXT, email TEXT, title TEXT, account INTEGER, deleted INTEGER) STRICT;"
    "CREATE TABLE lead(" COMMON
    " name TEXT, email TEXT, company TEXT, account INTEGER, owner INTEGER, status TEXT,"
    " source TEXT, created TEXT, mql_at TEXT, assigned_at TEXT, touched_at TEXT,"
    " reached_at TEXT, accepted_at TEXT, rejected_at TEXT, reject_reason TEXT,"
    " recycled_at TEXT, converted_at TEXT, contact INTEGER, deal INTEGER,"
    " score INTEGER) STRICT;"
    "CREATE TABLE deal(" COMMON
    " name TEXT, account INTEGER, owner INTEGER, stage TEXT,"
    " status TEXT,"          /* open, won, lost */
    " is_won INTEGER, is_closed INTEGER, amount INTEGER, currency TEXT, close_date TEXT,"
    " created TEXT, closed TEXT, stage_since TEXT, pipeline TEXT, forecast TEXT,"
    " probability INTEGER,"  /* millionths */
    " next_step TEXT, next_step_date TEXT, source TEXT, campaign INTEGER,"
    " lost_reason TEXT, competitor TEXT, type TEXT, demand_state TEXT, fit_score TEXT,"
    " trigger_event TEXT, budget_confirmed TEXT, economic_buyer TEXT,"
    " compelling_event TEXT, deleted INTEGER, stage_order INTEGER) STRICT;"
    "CREATE TABLE deal_custom("
    " deal INTEGER NOT NULL, name TEXT NOT NULL, value TEXT NOT NULL,"
    " PRIMARY KEY(deal, name)) STRICT, WITHOUT ROWID;"
    "CREATE TABLE committee(" COMMON
    " deal INTEGER NOT NULL, contact INTEGER NOT NULL, role TEXT, is_primary INTEGER,"
    " created TEXT) STRICT;"
    "CREATE TABLE history(" COMMON
    " deal INTEGER NOT NULL, at TEXT NOT NULL, field TEXT, old TEXT, new TEXT, stage TEXT,"
    " amount INTEGER, close_date TEXT, forecast TEXT) STRICT;"
    "CREATE TABLE quota(" COMMON
    " owner INTEGER, team TEXT, period TEXT NOT NULL, amount INTEGER NOT NULL,"
    " currency TEXT) STRICT;"
    "CREATE TABLE activity(" COMMON
    " part_of INTEGER," /* another contact or deal of the activity with this id */
    " deal INTEGER, account INTEGER, contact INTEGER, lead INTEGER, owner INTEGER,"
    " kind TEXT, subject TEXT, at TEXT NOT NULL, created TEXT, done INTEGER,"
    " direction TEXT, outcome TEXT) STRICT;"
    "CREATE TABLE touch(" COMMON
    " part_of INTEGER,"
    " deal INTEGER, contact INTEGER, lead INTEGER, account INTEGER, campaign INTEGER,"
    " kind TEXT," /* NULL: the campaign's own kind */
    " detail TEXT, at TEXT NOT NULL, responded INTEGER, cost INTEGER) STRICT;"

    "CREATE TABLE rate(" COMMON /* in 10^-12 */
    " currency TEXT NOT NULL,"
    " rate INTEGER,"  /* so many of it are one of the company's, or */
    " worth INTEGER," /* one of it is so many of the company's */
    " from_day TEXT, until_day TEXT, corporate INTEGER) STRICT;"

    /* What belongs to which deal and why; see the table link_kind. A deal's
     * touches stand together with all that its timeline shows: spread over the
     * table touch they would be a page read each. */
    "CREATE TABLE touch_deal("
    " deal INTEGER NOT NULL, touch INTEGER NOT NULL, linked_by INTEGER NOT NULL,"
    " at TEXT NOT NULL, part_of INTEGER, contact INTEGER, lead INTEGER,"
    " campaign INTEGER, responded INTEGER, kind TEXT, detail TEXT,"
    " PRIMARY KEY(deal, touch)) STRICT, WITHOUT ROWID;"
    "CREATE TABLE activity_deal("
    " deal INTEGER NOT NULL, activity INTEGER NOT NULL, linked_by INTEGER NOT NULL,"
    " at TEXT NOT NULL, part_of INTEGER, contact INTEGER, done INTEGER, direction TEXT,"
    " PRIMARY KEY(deal, activity)) STRICT, WITHOUT ROWID;"
    "CREATE TABLE link_kind(id INTEGER PRIMARY KEY, name TEXT NOT NULL) STRICT;"

    /* What each sync saw change on a deal, kept though the CRM tells only now. */
    "CREATE TABLE snapshot("
    " deal INTEGER NOT NULL, sync INTEGER NOT NULL, at TEXT NOT NULL, field TEXT NOT NULL,"
    " old TEXT, new TEXT, PRIMARY KEY(deal, sync, field)) STRICT, WITHOUT ROWID;"

    /* Worked out at the end of a sync for the deals it touched. */
    "CREATE TABLE deal_summary("
    " deal INTEGER PRIMARY KEY, status TEXT NOT NULL, touches INTEGER NOT NULL,"
    " activities INTEGER NOT NULL, last_touch TEXT, last_activity TEXT,"
    " last_inbound TEXT, next_activity TEXT, next_touch TEXT, committee INTEGER NOT NULL,"
    " engaged INTEGER NOT NULL, economic_buyer INTEGER NOT NULL,"
    " history_known INTEGER NOT NULL, pushes INTEGER NOT NULL,"
    " push_days INTEGER NOT NULL, stage_back TEXT, stage_since TEXT,"
    " amount_drop INTEGER NOT NULL, recent_touches INTEGER NOT NULL,"
    " earlier_touches INTEGER NOT NULL, first_touch TEXT, first_activity TEXT,"
    " first_inbound TEXT) STRICT;"
    "CREATE TABLE stage_stay("
    " deal INTEGER NOT NULL, stage TEXT NOT NULL, days INTEGER NOT NULL,"
    " PRIMARY KEY(deal, stage)) STRICT, WITHOUT ROWID;"
    "CREATE TABLE stage("
    " name TEXT PRIMARY KEY, status TEXT NOT NULL, stage_order INTEGER NOT NULL,"
    " won_deals INTEGER NOT NULL, median_days INTEGER) STRICT;";

/* Where rows name what is not theirs to name (a campaign's member names no
 * account), these stay empty. They are there from the beginning, and put_rows.c
 * drops one when the first row comes that would stand in it. */
#define SLIM(table, column)                                                         \
	"CREATE INDEX IF NOT EXISTS " #table "_by_" #column " ON " #table "(" #column    \
	") WHERE " #column " IS NOT NULL;"

const char schema_facts_slim_indexes[] = SLIM(touch, deal) SLIM(touch, contact)
    SLIM(touch, lead) SLIM(touch, account) SLIM(activity, deal) SLIM(activity, contact)
        SLIM(activity, lead) SLIM(activity, account);

/* Made after the first load: an index kept up row by row costs several times
 * as much as one built at the end. */
const char schema_facts_indexes[] =
    "CREATE UNIQUE INDEX IF NOT EXISTS committee_source ON committee(source_id, feed);"
    "CREATE UNIQUE INDEX IF NOT EXISTS history_source ON history(source_id, feed);"
    "CREATE UNIQUE INDEX IF NOT EXISTS quota_source ON quota(source_id, feed);"
    "CREATE UNIQUE INDEX IF NOT EXISTS rate_source ON rate(feed, source_id);"
    "CREATE UNIQUE INDEX IF NOT EXISTS activity_source ON activity(source_id, feed);"
    "CREATE UNIQUE INDEX IF NOT EXISTS touch_source ON touch(source_id, feed);"
    "CREATE INDEX IF NOT EXISTS committee_deal ON committee(deal);"
    "CREATE INDEX IF NOT EXISTS committee_contact ON committee(contact);"
    "CREATE INDEX IF NOT EXISTS contact_account ON contact(account);"
    "CREATE INDEX IF NOT EXISTS lead_account ON lead(account) WHERE account IS NOT NULL;"
    "CREATE INDEX IF NOT EXISTS lead_contact ON lead(contact) WHERE contact IS NOT NULL;"
    "CREATE INDEX IF NOT EXISTS deal_account ON deal(account);"
    "CREATE INDEX IF NOT EXISTS deal_source ON deal(source_id);"
    "CREATE INDEX IF NOT EXISTS history_deal ON history(deal, at);";

