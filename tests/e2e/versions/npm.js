// SPDX-License-Identifier: Apache-2.0
// node-semver's order of each pair on standard input, strict; ? where one is no version.
const semver = require("semver")
for (const line of require("fs").readFileSync(0, "utf8").split("\n").slice(0, -1)) {
  const [a, b] = line.split("\t").map((text) => semver.parse(text))
  console.log(a && b ? "<=>"[semver.compare(a, b) + 1] : "?")
}
