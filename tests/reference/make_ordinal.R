# Reference numbers for the Wilcoxon signed-rank test after Pratt, written to ordinal.json
# beside this file:
#
#   Rscript tests/reference/make_ordinal.R
#
# Needs R with jsonlite and coin (Debian: r-cran-coin). coin gives the exact p; up to 14 moves
# every sign pattern is enumerated here besides.

suppressMessages({
  library(jsonlite)
  library(coin)
})
RNGversion("4.2.0")

by_hand <- function(change) {
  ranks <- rank(abs(change))[change != 0]
  if (length(ranks) > 14) return(NULL)
  if (length(ranks) == 0) return(1)
  signs <- as.matrix(expand.grid(rep(list(0:1), length(ranks))))
  sums <- as.vector(signs %*% ranks)
  up <- sum(rank(abs(change))[change > 0])
  mean(abs(sums - sum(ranks) / 2) >= abs(up - sum(ranks) / 2) - 1e-9)
}

analyse <- function(change) {
  zero <- rep(0, length(change))
  test <- function(distribution) wilcoxsign_test(change ~ zero, zero.method = "Pratt",
                                                 distribution = distribution)
  list(
    change = change,
    p_value = as.numeric(pvalue(test("exact"))),
    normal = as.numeric(pvalue(test("asymptotic"))),
    by_hand = by_hand(change),
    up = sum(rank(abs(change))[change > 0])
  )
}

steps <- function(seed, n, p = c(.05, .15, .4, .25, .15)) {
  set.seed(seed)
  sample(-2:2, n, replace = TRUE, prob = p)
}

reference <- list(
  made_with = list(R = R.version.string, coin = as.character(packageVersion("coin"))),
  cases = list(
    analyse(c(0, 1, 1, 2, -1, 3, 0, 1)), analyse(sleep$extra[11:20] - sleep$extra[1:10]),
    analyse(c(1, 2, 3, 4, 5, 6)), analyse(c(-1, 2, -3, 4, -5, 6, 0)), analyse(steps(1, 8)),
    analyse(steps(2, 12)), analyse(steps(3, 16)), analyse(steps(4, 30)), analyse(steps(5, 60)),
    analyse(c(.5, -.5, 1.5, 1, 0, 0, 2.5, -1)), analyse(steps(6, 200))
  )
)
here <- dirname(sub("--file=", "", grep("--file=", commandArgs(), value = TRUE)))
write_json(reference, file.path(here, "ordinal.json"), digits = NA, auto_unbox = TRUE,
           null = "null", na = "null", pretty = FALSE)
