# includes.awk ROOMS FILE...: read every #include and say which are wrong. The
# files are named from the top of the tree: src/store/put.c, include/huddle/deal.h.

function fail(what) {
	printf "%s:%d: %s\n", FILENAME, FNR, what
	wrong++
}

function exists(path,    line, there) {
	there = (getline line < path) >= 0
	close(path)
	return there
}

# A line of the table: "room store: base model".
NR == FNR {
	if (/^[ \t]*(#|$)/)
		next
	kind = $1
	name = $2
	sub(/:$/, "", name)
	if (kind == "room")
		may[name, name] = known[name] = 1
	for (i = 3; i <= NF; i++) {
		if (kind == "room")
			may[name, $i] = 1
		else if (kind == "public")
			home[$i] = name
		else if (kind == "library")
			allowed[name, $i] = 1
	}
	if (kind == "library")
		library[name] = 1
	next
}

# Which room is this file in?
FNR == 1 {
	files++
	folder = FILENAME
	sub(/[^\/]*$/, "", folder)
	header = FILENAME
	sub(/^.*\//, "", header)
	sub(/\.h$/, "", header)
	if (FILENAME ~ /^include\/huddle\//)
		room = (header in home) ? home[header] : ""
	else if (FILENAME ~ /^src\/(deck_)?main\.c$/)
		room = "main"
	else {
		room = FILENAME
		sub(/^src\//, "", room)
		sub(/\/.*$/, "", room)
	}
	if (!(room in known)) {
		fail("belongs to no room; say in tests/rules/rooms which one it is of")
		nextfile
	}
}

/^[ \t]*#[ \t]*include/ {
	line = $0
	sub(/^[ \t]*#[ \t]*include[ \t]*/, "", line)
	name = substr(line, 2)
	sub(/[>"].*$/, "", name)
	if (line ~ /^"huddle\//) {
		sub(/^huddle\//, "", name)
		sub(/\.h$/, "", name)
		if (!(name in home))
			fail("huddle/" name ".h is in no room; add it to tests/rules/rooms")
		else if (!((room, home[name]) in may))
			fail(room " may not include huddle/" name ".h, which is of " home[name])
	} else if (line ~ /^"/) {
		if (folder == "include/huddle/")
			fail("a public header may not include the private " name)
		else if (name ~ /\//)
			fail(name " is private to another room; what several rooms need is " \
				"public, in include/huddle")
		else if (!exists(folder name))
			fail(name " is not in " folder)
	} else if (line ~ /^</) {
		if (!(name in library))
			fail("<" name "> is not known; add it to tests/rules/rooms")
		else if (!((name, room) in allowed) && !((name, "all") in allowed))
			fail(room " may not include <" name ">")
	} else
		fail("an include whose name only the preprocessor knows: " line)
}

END {
	if (!files) {
		print "no files were read"
		exit 1
	}
	if (wrong) {
		printf "%d of the includes of %d files are wrong\n", wrong, files
		exit 1
	}
	printf "the includes of %d files are right\n", files
}
