/* What the company says and sells. Our vendor is Lanternquay, its product is payroll and time. */
#include "gen.h"

const struct stage word_stages[] = {
    [ST_PROSPECT] = {"Prospecting", 1, 10, CAT_PIPELINE},
    [ST_QUALIFY] = {"Qualification", 2, 20, CAT_PIPELINE},
    [ST_NEEDS] = {"Needs Analysis", 3, 35, CAT_PIPELINE},
    [ST_VALUE] = {"Value Proposition", 4, 50, CAT_PIPELINE},
    [ST_PROPOSAL] = {"Proposal/Price Quote", 6, 65, CAT_BEST},
    [ST_NEGOTIATE] = {"Negotiation/Review", 8, 85, CAT_COMMIT},
    [ST_WON] = {"Closed Won", 9, 100, CAT_CLOSED},
    [ST_LOST] = {"Closed Lost", 10, 0, CAT_OMITTED},
};
/* The export holds both: the API's word for Commit is Forecast. */
const char *const word_category_api[] = {
    "Omitted", "Pipeline", "BestCase", "Forecast", "Closed"};
const char *const word_category_names[] = {
    "Omitted",
    "Pipeline",
    "Best Case",
    "Commit",
    "Closed",
};

const struct campaign_kind word_campaigns[] = {
    {"Email", "Email", 2, 2, 0,
        {"payroll calendar", "year-end checklist", "what auditors ask first",
            "the cost of a late payslip", "customer story: 14 sites, one run",
            "release notes", "holiday pay, explained", "three questions for your CFO"}},
    {"Webinar", "Webinar", 6, 9, 1,
        {"payroll in one week", "time clocks without tears", "ask a payroll auditor",
            "shift planning live", "leave rules in twelve countries",
            "from spreadsheet to self-service", "\"Who approved this?\": controls",
            "migration, minute by minute"}},
    {"Content Syndication", "Content", 30, 14, 5,
        {"The payroll migration handbook", "Buyer's guide: time and attendance",
            "Benchmark: cost per payslip", "Checklist: GDPR for HR",
            "Report: shift work, hour by hour", "Calculator: overtime",
            "Guide: paying people abroad", "The first 90 days"}},
    {"Advertisement", "Ads", 40, 22, 0,
        {"retargeting", "search, brand", "search, \"payroll software\"",
            "social, HR leaders", "podcast spots", "trade press banner",
            "search, competitors", "social, finance leaders"}},
    {"Conference", "Conference", 4, 65, 3,
        {"People & Pay Forum, Lisbon", "HR Ops Days, Chicago", "Paytech North, Malmö",
            "Work Time Expo, Köln", "CFO Table, Singapore", "Shift Summit, Leeds",
            "労務フェア, 大阪", "Feria del Trabajo, Bogotá"}},
    {"Direct Mail", "Direct mail", 12, 11, 0,
        {"the sealed payslip", "coffee for the month-end close",
            "a wall calendar of pay days", "handwritten note from a customer",
            "the lantern", "a stopwatch for time clocks", "desk plant, slow growing",
            "the paper audit trail"}},
    {"Referral Program", "Referral", 45, 6, 2,
        {"customers invite a peer", "partner accountants", "implementation partners",
            "alumni of customers", "bring a colleague", "payroll bureaus",
            "advisers' circle", "customer council"}},
};
const uint32_t word_campaign_count = LENGTH(word_campaigns);

const char *const word_topics[16] = {
    "pricing",
    "security questionnaire",
    "integration with the ledger",
    "rollout plan",
    "contract redlines",
    "references",
    "data migration",
    "business case",
    "union agreement rules",
    "pilot results",
    "leave policies",
    "single sign-on",
    "audit trail",
    "procurement steps",
    "go-live date",
    "training for managers",
};
const char *const word_todos[8] = {
    "Send proposal",
    "Send security pack",
    "Prepare demo data",
    "Send order form",
    "Internal: deal desk approval",
    "Write mutual close plan",
    "Send reference list",
    "Update business case",
};
const char *const word_meetings[8] = {
    "Discovery workshop",
    "Demo: time and attendance",
    "Demo: payroll run",
    "Executive briefing",
    "Security review",
    "Pricing review",
    "Mutual close plan",
    "Reference call",
};
const char *const word_products[16] = {
    "payroll",
    "time and attendance",
    "HR core",
    "global payroll",
    "shift planning",
    "self-service",
    "payroll migration",
    "benefits engine",
    "time clocks",
    "payroll, phase two",
    "analytics add-on",
    "renewal + expansion",
    "overtime rules",
    "absence management",
    "pay statements",
    "pilot to rollout",
};
const char *const word_roles[8] = {
    "Economic Buyer",
    "Champion",
    "Decision Maker",
    "Technical Evaluator",
    "Influencer",
    "Procurement",
    "Legal",
    "",
};
/* By role, so that the committee reads like one. */
const char *const word_titles[8][4] = {
    {"CFO", "Chief Financial Officer", "VP Finance", "Managing Director"},
    {"Payroll Manager", "Head of HR Operations", "HR Director", "Time & Attendance Lead"},
    {"COO", "Chief People Officer", "VP HR", "Director, Shared Services"},
    {"IT Architect", "Head of IT", "HRIS Analyst", "Security Officer"},
    {"Plant Manager", "Works Council Chair", "Finance Controller", "Regional HR Partner"},
    {"Procurement Lead", "Buyer", "Category Manager, Software", "Head of Purchasing"},
    {"General Counsel", "Legal Counsel", "Data Protection Officer", "Contracts Manager"},
    {"HR Assistant", "Payroll Clerk", "Project Manager", "Consultant"},
};
const char *const word_industries[8] = {
    "Manufacturing",
    "Transportation",
    "Hospitality",
    "Healthcare",
    "Retail",
    "Education",
    "Food & Beverage",
    "Insurance",
};
const char *const word_sources[6] = {
    "Web",
    "Webinar",
    "Partner Referral",
    "Trade Show",
    "Outbound",
    "Content Syndication",
};
const char *const word_competitors[4] = {
    "Cobblepay", "Ottermill HR", "Brassfern", "Velorin"};
const char *const word_losses[7] = {
    "Price",
    "No decision",
    "Lost to competitor",
    "Missing feature",
    "Timing",
    "Champion left",
    "No budget",
};
const char *const word_demand[6] = {
    "Unknown",
    "Aware",
    "Interested",
    "Evaluating",
    "Selecting",
    "Client",
};
const char *const word_triggers[6] = {
    "Payroll audit finding",
    "New CFO",
    "Acquisition",
    "Old system out of support",
    "New country",
    "Union agreement changed",
};
const char *const word_events[6] = {
    "Contract with the old vendor ends",
    "Fiscal year change",
    "New plant opens",
    "Audit in spring",
    "Board decision",
    "First pay run in the new entity",
};
const char *const word_next_steps[8] = {
    "Redlines back from legal",
    "Demo for the works council",
    "Security review",
    "Pricing call with CFO",
    "Mutual close plan signed",
    "Reference call",
    "Board paper",
    "Order form to procurement",
};
const char *const word_rejects[6] = {
    "Outside our territory",
    "Too small",
    "Student or competitor",
    "No project",
    "Wrong contact",
    "Duplicate",
};
