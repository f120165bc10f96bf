// SPDX-License-Identifier: Apache-2.0

// Go's order of each pair on standard input; ? where one is no version. Argument "module": golang.org/x/mod/semver, whose
// "v" may be missing; "release": go/version.
package main

import (
	"bufio"
	"fmt"
	"go/version"
	"os"
	"strings"

	"golang.org/x/mod/semver"
)

func moduleVersion(text string) string {
	if strings.HasPrefix(text, "v") {
		return text
	}
	return "v" + text
}

func main() {
	isVersion, compare := version.IsValid, version.Compare
	read := func(text string) string { return text }
	if os.Args[1] == "module" {
		isVersion, compare, read = semver.IsValid, semver.Compare, moduleVersion
	}
	in := bufio.NewScanner(os.Stdin)
	out := bufio.NewWriter(os.Stdout)
	defer out.Flush()
	for in.Scan() {
		a, b, _ := strings.Cut(in.Text(), "\t")
		a, b = read(a), read(b)
		if isVersion(a) && isVersion(b) {
			fmt.Fprintf(out, "%c\n", "<=>"[compare(a, b)+1])
		} else {
			fmt.Fprintln(out, "?")
		}
	}
}
