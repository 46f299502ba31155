# Reference numbers for plans, written to plan.json beside this file:
#
#   Rscript tests/reference/make_plan.R
#
# Needs R with jsonlite. All of them are base R's: power.t.test with strict = TRUE, qt.

suppressMessages(library(jsonlite))

at <- function(n) {
  seen <- power.t.test(n = n, power = .8, type = "paired", sd = 1, strict = TRUE, tol = 1e-12)
  chance <- function(d, level) {
    power.t.test(n = n, delta = d, sd = 1, type = "paired", strict = TRUE, sig.level = level)$power
  }
  list(n = n, detectable = seen$delta, half_95 = qt(.975, n - 1) / sqrt(n),
       half_75 = qt(.875, n - 1) / sqrt(n), power_05 = chance(.5, .05), power_025 = chance(.5, .025))
}

reference <- list(made_with = list(R = R.version.string),
                  paired = lapply(c(2, 3, 4, 5, 6, 8, 10, 12, 16, 20, 24, 30, 60), at))
here <- dirname(sub("--file=", "", grep("--file=", commandArgs(), value = TRUE)))
write_json(reference, file.path(here, "plan.json"), digits = NA, auto_unbox = TRUE, pretty = FALSE)
