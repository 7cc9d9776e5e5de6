#include <criterion/criterion.h>
#include <dirent.h>
#include <ftw.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "huddle/path.h"

static struct arena arena;
static struct err err;
static char root[] = "/tmp/huddle-path-XXXXXX";

static void make_root(void)
{
	cr_assert_not_null(mkdtemp(root));
}

static int remove_one(
    const char *path, const struct stat *st, int type, struct FTW *where)
{
	(void)st;
	(void)type;
	(void)where;
	return remove(path);
}

static void remove_root(void)
{
	arena_release(&arena);
	nftw(root, remove_one, 16, FTW_DEPTH | FTW_PHYS);
}

TestSuite(path, .init = make_root, .fini = remove_root);

static const char *at(const char *name)
{
	return path_join(&arena, root, name);
}

static void put(const char *name, const char *text)
{
	cr_assert(path_write(at(name), slice_of(text), true, &err), "%s", err.text);
}

static int entries(void)
{
	DIR *dir = opendir(root);
	int count = 0;
	while (readdir(dir))
		count++;
	closedir(dir);
	return count - 2;
}

Test(path, homes_follow_the_standard)
{
	setenv("HOME", "/home/ana", 1);
	setenv("XDG_CONFIG_HOME", "/etc/ana", 1);
	setenv("XDG_DATA_HOME", "relative/is/ignored", 1);
	unsetenv("XDG_STATE_HOME");
	cr_assert_str_eq(path_config_home(&arena), "/etc/ana/huddle");
	cr_assert_str_eq(path_data_home(&arena), "/home/ana/.local/share/huddle");
	cr_assert_str_eq(path_state_home(&arena), "/home/ana/.local/state/huddle");
	unsetenv("HOME");
	cr_assert_null(path_state_home(&arena));
}

Test(path, joins_and_takes_apart)
{
	cr_assert_str_eq(path_join(&arena, "/a", "b"), "/a/b");
	cr_assert_str_eq(path_join(&arena, "/a/", "b"), "/a/b");
	cr_assert_str_eq(path_join(&arena, "", "b"), "b");
	cr_assert_str_eq(path_join(&arena, "/a", "/b"), "/b");
	cr_assert_str_eq(path_base("/a/b.csv"), "b.csv");
	cr_assert_str_eq(path_base("b.csv"), "b.csv");
	cr_assert_str_eq(path_base("/a/"), "");
}

Test(path, folders_are_made_private)
{
	struct stat st;
	cr_assert(path_make_folder(at("x/y//z/"), &err), "%s", err.text);
	cr_assert_eq(stat(at("x/y/z"), &st), 0);
	cr_assert_eq(st.st_mode & 0777, 0700);
	cr_assert(path_make_folder(at("x/y"), &err));
	put("file", "");
	cr_assert_not(path_make_folder(at("file/z"), &err));
	cr_assert_str_eq(err.place, at("file"));
	cr_assert_not(path_make_folder("", &err));
}

Test(path, written_whole_and_private)
{
	struct str back = STR_INIT;
	struct stat st;
	put("a.txt", "one");
	cr_assert_eq(stat(at("a.txt"), &st), 0);
	cr_assert_eq(st.st_mode & 0777, 0600);
	cr_assert_not(path_write(at("a.txt"), slice_of("two"), false, &err));
	cr_assert_not_null(strstr(err.text, "already"));
	cr_assert(path_read(&back, at("a.txt"), 100, &err));
	cr_assert_str_eq(back.p, "one");
	put("a.txt", "three");
	cr_assert(path_write(at("b.txt"), slice_of(""), false, &err));
	cr_assert(path_read(&back, at("a.txt"), 5, &err));
	cr_assert_str_eq(back.p, "three");
	cr_assert_not(path_read(&back, at("a.txt"), 4, &err));
	cr_assert(path_read(&back, at("b.txt"), 0, &err));
	cr_assert_eq(back.len, 0);
	cr_assert_eq(entries(), 2);
	str_release(&back);
}

Test(path, failed_writes_leave_nothing)
{
	struct str back = STR_INIT;
	put("a.txt", "old");
	struct rlimit limit = {.rlim_cur = 10, .rlim_max = RLIM_INFINITY};
	signal(SIGXFSZ, SIG_IGN);
	cr_assert_eq(setrlimit(RLIMIT_FSIZE, &limit), 0);
	bool good =
	    path_write(at("a.txt"), slice_of("longer than ten bytes"), true, &err);
	limit.rlim_cur = RLIM_INFINITY;
	setrlimit(RLIMIT_FSIZE, &limit);
	cr_assert_not(good);
	cr_assert_not_null(strstr(err.text, "nothing was changed"));
	cr_assert(path_read(&back, at("a.txt"), 100, &err));
	cr_assert_str_eq(back.p, "old");
	cr_assert_eq(entries(), 1);
	cr_assert_not(path_write(at("no/such/a"), slice_of("x"), true, &err));
	cr_assert_not(path_write(root, slice_of("x"), true, &err));
	cr_assert_not(path_write("/dev/null", slice_of("x"), true, &err));
	cr_assert_not(path_write("", slice_of("x"), true, &err));
	cr_assert_not(path_read(&back, root, 100, &err));
	str_release(&back);
}

static void make_tree(void)
{
	cr_assert(path_make_folder(at("t/b"), &err));
	cr_assert(path_make_folder(at("t/a/deep"), &err));
	cr_assert(path_make_folder(at("t/.hidden"), &err));
	put("t/z.csv", "");
	put("t/B.csv", "");
	put("t/b/two.csv", "");
	put("t/a/deep/one.csv", "");
	put("t/.secret.csv", "");
	put("t/.hidden/three.csv", "");
	cr_assert_eq(mkfifo(at("t/pipe"), 0600), 0);
	cr_assert_eq(symlink("..", at("t/a/circle")), 0);
	cr_assert_eq(symlink("../z.csv", at("t/b/link.csv")), 0);
}

Test(path, walks_in_one_order)
{
	static const char *const want[] = {
	    "B.csv", "a/deep/one.csv", "b/link.csv", "b/two.csv", "z.csv"};
	struct path_list list = {0};
	make_tree();
	cr_assert(path_walk(&list, &arena, at("t"), &err), "%s", err.text);
	cr_assert_eq(list.count, 5);
	for (size_t i = 0; i < list.count; i++) {
		cr_assert_str_eq(list.items[i].name, want[i]);
		cr_assert_str_eq(list.items[i].path, at(path_join(&arena, "t", want[i])));
		cr_assert_not(list.items[i].named);
	}
	cr_assert(path_walk(&list, &arena, at("t/.secret.csv"), &err));
	cr_assert_eq(list.count, 6);
	cr_assert_str_eq(list.items[5].name, ".secret.csv");
	cr_assert(list.items[5].named);
}

Test(path, walk_names_what_it_can_not_read)
{
	struct path_list list = {0};
	make_tree();
	cr_assert_not(path_walk(&list, &arena, at("nothing"), &err));
	cr_assert_str_eq(err.place, at("nothing"));
	cr_assert_not(path_walk(&list, &arena, at("t/pipe"), &err));
	cr_assert_eq(symlink("nowhere", at("t/b/lost.csv")), 0);
	cr_assert_not(path_walk(&list, &arena, at("t"), &err));
	cr_assert_str_eq(err.place, at("t/b/lost.csv"));
}

Test(path, shell_patterns)
{
	static const struct {
		const char *pattern, *name;
		bool matches;
	} cases[] = {
	    {"*.csv", "deals.csv", true},
	    {"*.csv", "deals.csv.bak", false},
	    {"Opportunity*.csv", "opportunity_2026.CSV", true},
	    {"*.csv", "sub/folder/deals.csv", true},
	    {"deals.csv", "sub/deals.csv", true},
	    {"sub/*.csv", "sub/deals.csv", true},
	    {"sub/*.csv", "sub/a/deals.csv", false},
	    {"sub/*.csv", "deals.csv", false},
	    {"*/d*", "sub/deals.csv", true},
	    {"deal?.csv", "deals.csv", true},
	    {"deal?.csv", "deal\xC3\xA9.csv", true},
	    {"deal?.csv", "deal.csv", false},
	    {"\xC3\x89*",
	        "\xC3\xA9"
	        "cole.csv",
	        true},
	    {"d[ae]*.csv", "deals.csv", true},
	    {"d[!ae]*.csv", "deals.csv", false},
	    {"q[1-4].csv", "q3.csv", true},
	    {"q[1-4].csv", "q5.csv", false},
	    {"q[1-4", "q[1-4", true},
	    {"a\\*b", "a*b", true},
	    {"a\\*b", "axb", false},
	    {"*", "anything", true},
	    {"", "", true},
	    {"", "x", false},
	    {"**a", "bba", true},
	    {"*a*b", "xaxbxab", true},
	    {"*a*b", "xaxbxa", false},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		cr_expect_eq(path_match(cases[i].pattern, cases[i].name),
		    cases[i].matches, "%s %s", cases[i].pattern, cases[i].name);
}

Test(path, patterns_never_explode, .timeout = 5)
{
	char name[4001];
	memset(name, 'a', 4000);
	name[4000] = '\0';
	cr_assert_not(path_match("*a*a*a*a*a*a*a*a*a*a*a*a*a*a*b", name));
}
