#ifndef HUDDLE_CLI_COMMANDS_H
#define HUDDLE_CLI_COMMANDS_H

struct cli;
struct err;

/* The commands, one file per family; the table of commands.c names them. */
int cmd_deals(struct cli *cli, struct err *err);
int cmd_show(struct cli *cli, struct err *err);
int cmd_risk(struct cli *cli, struct err *err);
int cmd_risk_backtest(struct cli *cli, struct err *err);
int cmd_define_export(struct cli *cli, struct err *err);
int cmd_define_load(struct cli *cli, struct err *err);
int cmd_define_show(struct cli *cli, struct err *err);
int cmd_define_diff(struct cli *cli, struct err *err);
int cmd_define_sign(struct cli *cli, struct err *err);
int cmd_define_check(struct cli *cli, struct err *err);
int cmd_define_moves(struct cli *cli, struct err *err);
int cmd_audit(struct cli *cli, struct err *err);
int cmd_audit_answer(struct cli *cli, struct err *err);
int cmd_audit_history(struct cli *cli, struct err *err);
int cmd_calendar(struct cli *cli, struct err *err);
int cmd_deck(struct cli *cli, struct err *err);
int cmd_scorecard(struct cli *cli, struct err *err);
int cmd_leads_demand(struct cli *cli, struct err *err);
int cmd_leads_score(struct cli *cli, struct err *err);
int cmd_leads_fit(struct cli *cli, struct err *err);
int cmd_report_leads(struct cli *cli, struct err *err);
int cmd_report_pipeline(struct cli *cli, struct err *err);
int cmd_report_winloss(struct cli *cli, struct err *err);
int cmd_forecast(struct cli *cli, struct err *err);
int cmd_changes(struct cli *cli, struct err *err);
int cmd_review(struct cli *cli, struct err *err);
int cmd_status(struct cli *cli, struct err *err);
int cmd_sources(struct cli *cli, struct err *err);
int cmd_sources_explain(struct cli *cli, struct err *err);
int cmd_sources_draft(struct cli *cli, struct err *err);
int cmd_rejects(struct cli *cli, struct err *err);
int cmd_sync(struct cli *cli, struct err *err);
int cmd_action_add(struct cli *cli, struct err *err);
int cmd_action_export(struct cli *cli, struct err *err);
int cmd_action_list(struct cli *cli, struct err *err);
int cmd_action_done(struct cli *cli, struct err *err);
int cmd_action_drop(struct cli *cli, struct err *err);
int cmd_action_assign(struct cli *cli, struct err *err);
int cmd_action_due(struct cli *cli, struct err *err);
int cmd_debrief(struct cli *cli, struct err *err);
int cmd_debrief_missing(struct cli *cli, struct err *err);
int cmd_debrief_list(struct cli *cli, struct err *err);
int cmd_snooze(struct cli *cli, struct err *err);
int cmd_snooze_list(struct cli *cli, struct err *err);
int cmd_review_start(struct cli *cli, struct err *err);
int cmd_review_show(struct cli *cli, struct err *err);
int cmd_review_add(struct cli *cli, struct err *err);
int cmd_review_drop(struct cli *cli, struct err *err);
int cmd_review_decide(struct cli *cli, struct err *err);
int cmd_review_end(struct cli *cli, struct err *err);
int cmd_review_minutes(struct cli *cli, struct err *err);
int cmd_pin(struct cli *cli, struct err *err);
int cmd_slice(struct cli *cli, struct err *err);
int cmd_handoff(struct cli *cli, struct err *err);
int cmd_themes(struct cli *cli, struct err *err);
int cmd_attribution(struct cli *cli, struct err *err);
int cmd_attribution_sources(struct cli *cli, struct err *err);
int cmd_note_add(struct cli *cli, struct err *err);
int cmd_note_answer(struct cli *cli, struct err *err);
int cmd_note_list(struct cli *cli, struct err *err);
int cmd_backup(struct cli *cli, struct err *err);
int cmd_relink(struct cli *cli, struct err *err);
int cmd_erase(struct cli *cli, struct err *err);
int cmd_check(struct cli *cli, struct err *err);
int cmd_log(struct cli *cli, struct err *err);
int cmd_undo(struct cli *cli, struct err *err);
int cmd_settings(struct cli *cli, struct err *err);
int cmd_help(struct cli *cli, struct err *err);
int cmd_version(struct cli *cli, struct err *err);
int cmd_completion(struct cli *cli, struct err *err);

#endif
