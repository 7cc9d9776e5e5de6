/*
 * The open deals that people look at in a demonstration, each with something to see. The other open
 * deals are drawn. `month` counts from the as-of month, so that the stories hold on any date.
 * A next step was due six days after the last activity: silence makes it stale by itself.
 */
#include "gen.h"

enum { US, IE, ES, DE, FR, PL, CZ, GR, UA, JP, CN, KR, EG, IL, IN, TH, VN, GB };

const struct story story_deals[] = {
	/* closing this month */
	{ .deal = "Żegluga Łabędź: payroll for 4 ports", .account = "Żegluga Łabędź Sp. z o.o.",
	  .domain = "zegluga-labedz.example", .next_step = "Price approval by the board",
	  .culture = PL,
	  .stage = ST_NEGOTIATE, .category = CAT_COMMIT, .thousands = 240, .month = 0, .day = 27,
	  .age = 330, .pushes = 4, .contacts = 7, .sales_silent = 6, .marketing_silent = 4,
	  .touches = 112, .activities = 92 },
	{ .deal = "Harrowgate & Finch: time clocks, \"phase two\"", .account =
	  "Harrowgate & Finch, Ltd.",
	  .domain = "harrowgate-finch.example", .next_step = "Order form to procurement",
	  .culture = GB,
	  .stage = ST_NEGOTIATE, .category = CAT_COMMIT, .thousands = 180, .month = 0, .day = 30,
	  .age = 290, .pushes = 1, .contacts = 6, .sales_silent = 24, .marketing_silent = 2,
	  .buyer_silent = 33, .touches = 115, .activities = 80, .flags = F_OVERDUE },
	{ .deal = "青葉物流: 勤怠管理の刷新", .account = "青葉物流株式会社", .domain =
	  "aoba-butsuryu.example",
	  .next_step = "価格表を再提出", .culture = JP, .stage = ST_VALUE, .category = CAT_BEST,
	  .thousands = 128, .month = 0, .day = 26, .age = 260, .stage_age = 19, .pushes = 2,
	  .contacts = 8,
	  .sales_silent = 9, .marketing_silent = 6, .touches = 108, .activities = 85, .flags =
	  F_BACK },
	{ .deal = "Kestrel Ridge Health: HCM for six hospitals", .account = "Kestrel Ridge Health",
	  .domain = "kestrelridge.example", .next_step = "Meet the CFO", .culture = US,
	  .stage = ST_NEGOTIATE, .category = CAT_BEST, .thousands = 395, .month = 0, .day = 30,
	  .age = 310, .pushes = 1, .contacts = 1, .sales_silent = 7, .marketing_silent = 12,
	  .touches = 40, .activities = 75, .flags = F_NO_BUYER },
	{ .deal = "Ελαιώνες Κορίνθου: μισθοδοσία και βάρδιες", .account = "Ελαιώνες Κορίνθου Α.Ε.",
	  .domain = "elaiones-korinthou.example", .next_step = "Signature meeting", .culture = GR,
	  .stage = ST_NEGOTIATE, .category = CAT_COMMIT, .thousands = 96, .currency = "EUR",
	  .month = 0,
	  .day = 24, .age = 240, .contacts = 7, .sales_silent = 1, .marketing_silent = 3,
	  .touches = 105,
	  .activities = 95, .flags = F_WEEKLY | F_MEETING },
	{ .deal = "Dún O'Mara Dairies: payroll, benefits & time", .account = "Dún O'Mara Dairies",
	  .domain = "dun-omara.example", .next_step = "Countersigned order form", .culture = IE,
	  .stage = ST_NEGOTIATE, .category = CAT_COMMIT, .thousands = 74, .month = 0, .day = 25,
	  .age = 190,
	  .contacts = 5, .sales_silent = 2, .marketing_silent = 5, .touches = 70, .activities = 70,
	  .flags = F_WEEKLY | F_MEETING },
	{ .deal = "Зоряний Млин: зарплата онлайн", .account = "Зоряний Млин", .domain =
	  "zorianyi-mlyn.example",
	  .next_step = "Smaller scope, new quote", .culture = UA, .stage = ST_NEGOTIATE,
	  .category = CAT_COMMIT, .thousands = 154, .month = 0, .day = 28, .age = 270, .pushes = 1,
	  .contacts = 6, .sales_silent = 5, .marketing_silent = 8, .touches = 102, .activities = 84,
	  .flags = F_DROP },
	{ .deal = "Bluewater Tanning Works: renewal + expansion", .account =
	  "Bluewater Tanning Works",
	  .domain = "bluewater-tanning.example", .culture = US, .stage = ST_PROPOSAL, .category =
	  CAT_BEST,
	  .thousands = 88, .month = 0, .day = 30, .age = 230, .pushes = 2, .contacts = 4,
	  .sales_silent = 16, .marketing_silent = 10, .touches = 60, .activities = 45, .flags =
	  F_NO_BUYER },
	{ .deal = "Ondřejov Sklárny: docházka a mzdy", .account = "Ondřejov Sklárny a.s.",
	  .domain = "ondrejov-sklarny.example", .next_step = "Podpis smlouvy", .culture = CZ,
	  .stage = ST_NEGOTIATE, .category = CAT_COMMIT, .thousands = 61, .currency = "EUR",
	  .month = 0,
	  .day = 11, .age = 220, .pushes = 1, .contacts = 5, .sales_silent = 13,
	  .marketing_silent = 9,
	  .touches = 75, .activities = 60 },
	{ .deal = "Fernmarch Schools Trust: staff self-service", .account =
	  "Fernmarch Schools Trust",
	  .domain = "fernmarch.example", .next_step = "Find the budget owner", .culture = GB,
	  .stage = ST_NEEDS, .category = CAT_PIPELINE, .thousands = 52, .month = 0, .day = 30,
	  .age = 120,
	  .pushes = 1, .contacts = 3, .sales_silent = 11, .marketing_silent = 3, .touches = 48,
	  .activities = 30, .flags = F_NO_BUYER },
	{ .deal = "한빛정밀: 급여 통합", .account = "한빛정밀 주식회사", .domain =
	  "hanbit-precision.example",
	  .next_step = "계약서 서명", .culture = KR, .stage = ST_NEGOTIATE, .category = CAT_COMMIT,
	  .thousands = 143, .month = 0, .day = 27, .age = 280, .contacts = 8, .sales_silent = 1,
	  .marketing_silent = 2, .touches = 110, .activities = 96, .flags = F_WEEKLY | F_MEETING },
	{ .deal = "Cobalt & Rye Breweries: seasonal payroll 🍺", .account =
	  "Cobalt & Rye Breweries",
	  .domain = "cobalt-rye.example", .next_step = "Waiting for an answer", .culture = US,
	  .stage = ST_PROPOSAL, .category = CAT_BEST, .thousands = 67, .month = 0, .day = 30,
	  .age = 170,
	  .pushes = 1, .contacts = 4, .sales_silent = 2, .marketing_silent = 4, .buyer_silent = 37,
	  .touches = 66, .activities = 72, .flags = F_NEWLINE },
	/* next month */
	{ .deal = "مخازن الواحة: نظام الرواتب", .account = "مخازن الواحة", .domain =
	  "makhazin-alwaha.example",
	  .next_step = "Intro to the new CFO", .culture = EG, .stage = ST_PROPOSAL, .category =
	  CAT_BEST,
	  .thousands = 118, .month = 1, .day = 15, .age = 300, .pushes = 1, .contacts = 7,
	  .sales_silent = 52, .marketing_silent = 2, .touches = 130, .activities = 70 },
	{ .deal =
	  "Pemberley-Voss Aerospace: global payroll consolidation across fourteen subsidiaries, "
	  "phase one (United Kingdom, Ireland, Portugal and the Nordics), with time and attendance",
	  .account = "Pemberley-Voss Aerospace plc", .domain = "pemberley-voss.example",
	  .next_step = "Steering committee", .culture = GB, .stage = ST_PROPOSAL, .category =
	  CAT_BEST,
	  .thousands = 460, .month = 1, .day = 18, .age = 400, .pushes = 1, .contacts = 10,
	  .sales_silent = 1, .marketing_silent = 3, .touches = 118, .activities = 100,
	  .flags = F_WEEKLY | F_MEETING },
	{ .deal = "Tamarind Coast Hotels: shift planning", .account = "Tamarind Coast Hotels",
	  .domain = "tamarind-coast.example", .next_step = "Pilot review", .culture = IN,
	  .stage = ST_VALUE, .category = CAT_PIPELINE, .thousands = 99, .month = 1, .day = 11,
	  .age = 250,
	  .contacts = 7, .sales_silent = 1, .marketing_silent = 75, .touches = 88, .activities =
	  110,
	  .flags = F_WEEKLY | F_MEETING },
	{ .deal = "กาแฟดอยหมอก: ระบบเงินเดือน", .account = "กาแฟดอยหมอก จำกัด", .domain =
	  "doimok-coffee.example",
	  .next_step = "ส่งใบเสนอราคา", .culture = TH, .stage = ST_PROPOSAL, .category =
	  CAT_PIPELINE,
	  .thousands = 45, .month = 1, .day = 22, .age = 240, .pushes = 3, .contacts = 4,
	  .sales_silent = 18, .marketing_silent = 20, .touches = 50, .activities = 38 },
	{ .deal = "हिमगिरि वस्त्र: वेतन प्रणाली", .account = "हिमगिरि वस्त्र उद्योग", .domain =
	  "himgiri-vastra.example",
	  .next_step = "Find out who signs", .culture = IN, .stage = ST_VALUE, .category =
	  CAT_PIPELINE,
	  .thousands = 83, .month = 1, .day = 17, .age = 210, .contacts = 6, .sales_silent = 4,
	  .marketing_silent = 7, .touches = 104, .activities = 82, .flags = F_NO_BUYER },
	{ .deal = "云杉制造: 薪资与考勤", .account = "云杉制造有限公司", .domain =
	  "yunshan-mfg.example",
	  .next_step = "法务审核", .culture = CN, .stage = ST_NEGOTIATE, .category = CAT_BEST,
	  .thousands = 210, .month = 1, .day = 30, .age = 350, .pushes = 3, .contacts = 9,
	  .sales_silent = 8, .marketing_silent = 5, .touches = 114, .activities = 90 },
	{ .deal = "Saltmarsh Rail: crew payroll", .account = "Saltmarsh Rail", .domain =
	  "saltmarsh-rail.example",
	  .next_step = "Requirements sign-off", .culture = IE, .stage = ST_NEEDS, .category =
	  CAT_PIPELINE,
	  .thousands = 275, .currency = "EUR", .month = 1, .day = 31, .age = 270, .stage_age = 192,
	  .pushes = 2, .contacts = 8, .sales_silent = 10, .marketing_silent = 4, .touches = 106,
	  .activities = 84 },
	{ .deal = "Müßig Söhne: Zeiterfassung", .account = "Müßig Söhne GmbH & Co. KG",
	  .domain = "muessig-soehne.example", .next_step = "Vertragsentwurf", .culture = DE,
	  .stage = ST_NEGOTIATE, .category = CAT_COMMIT, .thousands = 132, .currency = "EUR",
	  .month = 1,
	  .day = 9, .age = 200, .contacts = 7, .sales_silent = 2, .marketing_silent = 6,
	  .touches = 107,
	  .activities = 93, .flags = F_PULLED | F_WEEKLY | F_MEETING },
	/* overdue and forgotten */
	{ .deal = "Juniper Lock & Safe: HR core", .account = "Juniper Lock & Safe Co.",
	  .domain = "juniper-lock.example", .culture = US, .stage = ST_PROPOSAL, .category =
	  CAT_PIPELINE,
	  .thousands = 58, .month = -1, .day = 30, .age = 380, .pushes = 6, .contacts = 3,
	  .sales_silent = 44, .marketing_silent = 61, .touches = 40, .activities = 35,
	  .flags = F_NOT_CAPTURED },
	/* next quarter */
	{ .deal = "Marrowstone Insurance: benefits engine", .account =
	  "Marrowstone Mutual Insurance",
	  .domain = "marrowstone.example", .next_step = "Architecture workshop", .culture = US,
	  .stage = ST_VALUE, .category = CAT_PIPELINE, .thousands = 310, .month = 2, .day = 29,
	  .age = 220,
	  .contacts = 9, .sales_silent = 2, .marketing_silent = 1, .touches = 113, .activities = 94,
	  .flags = F_WEEKLY | F_MEETING },
	{ .deal = "אגוז הגליל: שכר ונוכחות", .account = "אגוז הגליל בע\"מ", .domain =
	  "egoz-hagalil.example",
	  .next_step = "New scope", .culture = IL, .stage = ST_NEEDS, .category = CAT_PIPELINE,
	  .thousands = 72, .currency = "EUR", .month = 2, .day = 15, .age = 230, .stage_age = 26,
	  .pushes = 2, .contacts = 5, .sales_silent = 14, .marketing_silent = 11, .touches = 64,
	  .activities = 52, .flags = F_BACK | F_DROP },
	{ .deal = "Nguyễn Lê Seafood: export payroll", .account = "Nguyễn Lê Seafood JSC",
	  .domain = "nguyenle-seafood.example", .next_step = "Demo for the plant managers",
	  .culture = VN,
	  .stage = ST_QUALIFY, .category = CAT_PIPELINE, .thousands = 49, .month = 3, .day = 20,
	  .age = 75,
	  .contacts = 4, .sales_silent = 3, .marketing_silent = 2, .touches = 44, .activities = 28,
	  .flags = F_WEEKLY | F_MEETING },
};
const uint32_t story_count = LENGTH(story_deals);
