// SPDX-License-Identifier: Apache-2.0
// Whether node-semver's loose range, the first of each pair on standard input, has the version behind the tab: y or n;
// ? where one is none.
const semver = require("semver")
for (const line of require("fs").readFileSync(0, "utf8").split("\n").slice(0, -1)) {
  const [range, version] = line.split("\t")
  let answer = "?"
  if (semver.validRange(range, true) !== null && semver.parse(version, true)) {
    answer = semver.satisfies(version, range, true) ? "y" : "n"
  }
  console.log(answer)
}
