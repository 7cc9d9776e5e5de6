#include "run.h"

const char *const command_groups[COMMAND_GROUPS] = {
    [GROUP_MOVE] = "moving",
    [GROUP_DEALS] = "the list",
    [GROUP_DEAL] = "the deal",
    [GROUP_ACTIONS] = "actions",
    [GROUP_SCREEN] = "the screen",
};

#define LIST    IN(PANE_DEALS)
#define TIME    IN(PANE_TIMELINE)
#define ACTIONS IN(PANE_ACTIONS)
#define PEOPLE  IN(PANE_COMMITTEE)
#define OF_PANE (NEEDS_DEAL | NEEDS_ACTION)
#define FREE    NEEDS_NO_FORM
#define LISTED  (NEEDS_FACTS | NEEDS_NO_FORM)
#define A_WRITE (NEEDS_DEAL | NEEDS_ACTION | NEEDS_WRITE | FREE)

/*
 * name, title, hint, keys, panes, needs, group, handler, argument. The order
 * is that of the help; the footer takes the focused pane's own rows first.
 */
const struct command commands[] = {
    {"open-deal", "look at this deal's timeline", "timeline", "enter", LIST, NEEDS_DEAL,
        GROUP_DEALS, run_focus_pane, PANE_TIMELINE},
    {"filter", "narrow the list: words, owner:ana stage:neg closing:2026-11 risk:high",
        "filter", "/", IN_PANES, LISTED, GROUP_DEALS, run_filter_begin, 0},
    {"this-month", "what should close this month, most likely to slip first", NULL, "M",
        IN_PANES, LISTED, GROUP_DEALS, run_this_month, 0},
    {"clear-filter", "show all deals again", NULL, "ctrl-u", IN_PANES,
        NEEDS_FILTER | FREE, GROUP_DEALS, run_filter_clear, 0},
    {"sort", "the next order: risk, amount, close date, days in stage, name", "sort", "s",
        LIST, LISTED, GROUP_DEALS, run_sort_next, 0},
    {"sort-by", "choose the order", NULL, "S", IN_PANES, LISTED, GROUP_DEALS,
        run_sort_menu, 0},
    {"other-deals", "the next set: open, lost without debrief, lost, won, all, agenda",
        "other deals", "o", LIST, LISTED, GROUP_DEALS, run_show_next, 0},
    {"choose-deals", "choose which deals are listed", NULL, "O", IN_PANES, LISTED,
        GROUP_DEALS, run_show_menu, 0},

    {"show-entry", "the touch or activity in full, and how it was linked", "in full",
        "enter", TIME, NEEDS_DEAL | NEEDS_ENTRY, GROUP_DEAL, run_toggle_detail, 0},
    {"marketing-side", "go to the marketing touches", "marketing", "h left", TIME,
        NEEDS_DEAL, GROUP_MOVE, run_move_side, SIDE_MARKETING},
    {"sales-side", "go to the sales activities", "sales", "l right", TIME, NEEDS_DEAL,
        GROUP_MOVE, run_move_side, SIDE_SALES},

    {"edit-action", "change this action", "change", "enter e", ACTIONS, A_WRITE,
        GROUP_ACTIONS, run_action_edit, 0},
    {"done", "done, or open again", "done", "x space", ACTIONS, A_WRITE, GROUP_ACTIONS,
        run_action_done, 0},
    {"assign", "give it (or all marked) to somebody", "assign", "A", ACTIONS, A_WRITE,
        GROUP_ACTIONS, run_action_owner, 0},
    {"due", "set the day it (or all marked) is due", "due", "D", ACTIONS, A_WRITE,
        GROUP_ACTIONS, run_action_due, 0},
    {"drop", "drop it with a reason", NULL, "X", ACTIONS, A_WRITE, GROUP_ACTIONS,
        run_action_drop, 0},
    {"mark", "mark it, to change several at once", "mark", "t", ACTIONS, OF_PANE,
        GROUP_ACTIONS, run_action_mark, 0},

    {"open-change", "the deals of this line; a deal itself", "open", "enter",
        IN(PANE_CHANGES), NEEDS_FACTS, GROUP_DEALS, run_open_change, 0},

    {"only-person", "show only what happened with this person", "only theirs", "enter",
        PEOPLE, NEEDS_DEAL | NEEDS_MEMBER, GROUP_DEAL, run_only_person, 0},

    {"add-action", "add an action to this deal", "action", "a", IN_PANES,
        NEEDS_DEAL | NEEDS_WRITE | FREE, GROUP_ACTIONS, run_action_add, 0},
    {"debrief", "file the debrief of this lost deal, beside its facts", "debrief", "d",
        IN_PANES, NEEDS_DEAL | NEEDS_LOST | NEEDS_WRITE, GROUP_DEAL, run_debrief_open, 0},
    {"snooze", "snooze this deal with a reason until a day, or change that", NULL, "Z",
        IN_PANES, NEEDS_DEAL | NEEDS_WRITE | FREE, GROUP_DEAL, run_snooze, 0},
    {"agenda", "the agenda of the review that is open, in its order", NULL, "v", IN_PANES,
        LISTED, GROUP_DEALS, run_agenda, 0},
    {"decide", "what the room decides about this deal", NULL, "c", IN_PANES,
        NEEDS_DEAL | NEEDS_WRITE | FREE, GROUP_DEAL, run_decide, 0},
    {"next-undebriefed", "the next lost deal without a debrief", NULL, "N", IN_PANES,
        LISTED, GROUP_DEALS, run_next_undebriefed, 0},
    {"next-deal", "the next deal of the list", "next", "n", IN_PANES, NEEDS_DEAL | FREE,
        GROUP_MOVE, run_next_deal, 1},
    {"previous-deal", "the deal before", NULL, "p", IN_PANES, NEEDS_DEAL | FREE,
        GROUP_MOVE, run_next_deal, -1},
    {"undo", "take your last change back", "undo", "u", IN_PANES,
        NEEDS_FACTS | NEEDS_WRITE | FREE, GROUP_DEAL, run_undo, 0},
    {"zoom", "this pane alone, and back", "zoom", "z", IN_PANES, NEEDS_FACTS,
        GROUP_SCREEN, run_toggle_zoom, 0},

    {"down", "down", NULL, "j down", IN_PANES, 0, GROUP_MOVE, run_move_by, 1},
    {"up", "up", NULL, "k up", IN_PANES, 0, GROUP_MOVE, run_move_by, -1},
    {"page-down", "a screen down", NULL, "pgdn ctrl-f", IN_PANES, 0, GROUP_MOVE,
        run_move_page, 1},
    {"page-up", "a screen up", NULL, "pgup ctrl-b", IN_PANES, 0, GROUP_MOVE,
        run_move_page, -1},
    {"first", "to the first row", NULL, "g home", IN_PANES, 0, GROUP_MOVE, run_move_end,
        -1},
    {"last", "to the last row", NULL, "G end", IN_PANES, 0, GROUP_MOVE, run_move_end, 1},
    {"next-pane", "to the next pane", NULL, "tab", IN_PANES, 0, GROUP_MOVE,
        run_focus_next, 1},
    {"previous-pane", "to the pane before", NULL, "shift-tab", IN_PANES, 0, GROUP_MOVE,
        run_focus_next, -1},
    {"deals", "to the list of deals", NULL, "1", IN_PANES, 0, GROUP_MOVE, run_focus_pane,
        PANE_DEALS},
    {"timeline", "to the timeline", NULL, "2", IN_PANES, 0, GROUP_MOVE, run_focus_pane,
        PANE_TIMELINE},
    {"risk", "to the slip risk with its reasons", NULL, "3", IN_PANES, 0, GROUP_MOVE,
        run_focus_pane, PANE_RISK},
    {"actions", "to the actions", NULL, "4", IN_PANES, 0, GROUP_MOVE, run_focus_pane,
        PANE_ACTIONS},
    {"committee", "to the buying committee", NULL, "5", IN_PANES, 0, GROUP_MOVE,
        run_focus_pane, PANE_COMMITTEE},

    {"changes", "what changed since the last review, as a bridge", NULL, "6 C", IN_PANES,
        LISTED, GROUP_MOVE, run_changes, 0},

    {"copy-row", "copy this row", NULL, "y", IN_PANES, 0, GROUP_SCREEN, run_copy_row, 0},
    {"copy-deal", "copy a summary of the deal", NULL, "Y", IN_PANES, NEEDS_DEAL,
        GROUP_SCREEN, run_copy_deal, 0},
    {"palette", "everything that can be done", NULL, ":", IN_PANES, 0, GROUP_SCREEN,
        run_palette_menu, 0},
    {"help", "the keys of this pane and all others", NULL, "? f1", IN_ALL, 0,
        GROUP_SCREEN, run_help_menu, 0},
    {"theme", "the next theme", NULL, "T", IN_PANES, 0, GROUP_SCREEN, run_theme_next, 0},
    {"choose-theme", "choose a theme", NULL, "", IN_PANES, 0, GROUP_SCREEN,
        run_theme_menu, 0},
    {"discreet", "amounts hidden or shown, for a shared screen", NULL, "$", IN_PANES, 0,
        GROUP_SCREEN, run_toggle_discreet, 0},
    {"mouse", "mouse on or off", NULL, "m", IN_PANES, 0, GROUP_SCREEN, run_toggle_mouse,
        0},
    {"reload", "read everything again", NULL, "r f5", IN_PANES, 0, GROUP_SCREEN,
        run_reload, 0},
    {"repaint", "paint the screen again", NULL, "ctrl-l", IN_ALL, 0, GROUP_SCREEN,
        run_repaint, 0},
    {"suspend", "back to the shell until fg", NULL, "ctrl-z", IN_ALL, NEEDS_TERMINAL,
        GROUP_SCREEN, run_suspend, 0},
    {"back", "one step back; never leaves", NULL, "esc", IN_PANES, 0, GROUP_MOVE,
        run_back, 0},
    {"quit", "step back, and leave from the list", "quit", "q", IN_PANES, 0, GROUP_SCREEN,
        run_back, 1},
    {"leave", "leave; what is being written is kept", NULL, "ctrl-c f10", IN_ALL, 0,
        GROUP_SCREEN, run_quit, 0},

    {"save-form", "save what is written", "save", "ctrl-s", IN_FORM, NEEDS_FORM,
        GROUP_DEAL, run_form_save, 0},
    {"look", "look at the facts and come back; text is kept", "look", "ctrl-o f6", IN_ALL,
        NEEDS_FORM, GROUP_DEAL, run_form_look, 0},
    {"leave-form", "leave; the text is kept as a draft", "keep as draft", "esc", IN_FORM,
        NEEDS_FORM, GROUP_DEAL, run_form_leave, 0},
    {"discard-draft", "throw away what is written here", NULL, "ctrl-x", IN_FORM,
        NEEDS_FORM, GROUP_DEAL, run_form_discard, 0},
};
const size_t n_commands = sizeof commands / sizeof *commands;
