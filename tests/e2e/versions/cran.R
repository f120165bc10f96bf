# SPDX-License-Identifier: Apache-2.0
# R's order of each pair on standard input; ? where one is no version, or has a number that is no integer of R's.
parse <- function(text) {
  version <- suppressWarnings(package_version(text, strict = FALSE))
  numbers <- unlist(version)
  if (length(numbers) == 0 || anyNA(numbers)) NULL else version
}
for (line in readLines(file("stdin"))) {
  pair <- strsplit(paste0(line, "\t."), "\t", fixed = TRUE)[[1]]
  a <- parse(pair[1])
  b <- parse(pair[2])
  cat(if (is.null(a) || is.null(b)) "?" else if (a < b) "<" else if (b < a) ">" else "=", "\n", sep = "")
}
