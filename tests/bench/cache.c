#include "cache.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

static void drop_file(const char *path)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return;
	posix_fadvise(fd, 0, 0, POSIX_FADV_DONTNEED);
	close(fd);
}

static void drop_folder(const char *folder)
{
	char path[4096];
	DIR *dir = opendir(folder);
	for (struct dirent *entry; dir && (entry = readdir(dir));) {
		snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
		drop_file(path);
	}
	if (dir)
		closedir(dir);
}

/* A page that is not on the disk yet can not be dropped: sync() first. */
const char *cache_drop(const char *folder, const char *program)
{
	sync();
	int fd = open("/proc/sys/vm/drop_caches", O_WRONLY | O_CLOEXEC);
	if (fd >= 0) {
		ssize_t n = write(fd, "3\n", 2);
		close(fd);
		if (n == 2)
			return "all";
	}
	drop_folder(folder);
	drop_file(program);
	return "files";
}
