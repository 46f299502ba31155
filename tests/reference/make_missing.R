# Reference numbers for missing waves, written to missing.json beside this file:
#
#   Rscript tests/reference/make_missing.R
#
# Needs R with jsonlite, mice and effectsize (Debian: r-cran-mice r-cran-effectsize). Pooling is
# mice::pool.scalar, on numbers made up here and on mice's own imputations of its nhanes data;
# leavers against stayers is effectsize's Cohen's d of two groups.

suppressMessages({
  library(jsonlite)
  library(mice)
  library(effectsize)
})
RNGversion("4.2.0")

pooled <- function(q, se, complete_df) {
  p <- pool.scalar(q, se^2, n = complete_df + 1, k = 1)
  half <- sqrt(p$t) * qt(.975, p$df)
  list(estimates = q, std_errors = se,
       complete_df = if (is.finite(complete_df)) complete_df else NULL,
       pooled = c(p$qbar, sqrt(p$t), p$df, p$qbar - half, p$qbar + half))
}
drawn <- function(seed, m, complete_df, between = .3) {
  set.seed(seed)
  pooled(2 + between * rnorm(m), .5 + .1 * runif(m), complete_df)
}
imputed <- mice(nhanes, m = 10, seed = 1, printFlag = FALSE)
fits <- lapply(1:10, function(i) summary(lm(chl ~ bmi, complete(imputed, i)))$coefficients[2, ])

groups <- function(seed, n, m) {
  set.seed(seed)
  stayed <- round(28 + 5 * rnorm(n)); left <- round(25 + 5 * rnorm(m))
  d <- cohens_d(left, stayed)
  list(stayed = stayed, left = left, d = c(d$Cohens_d, d$CI_low, d$CI_high))
}

reference <- list(
  made_with = list(R = R.version.string, mice = as.character(packageVersion("mice")),
                   effectsize = as.character(packageVersion("effectsize"))),
  pooled = list(
    pooled(c(1, 1.4, .9), c(.5, .6, .5), 24), pooled(c(2, 2, 2), c(.5, .5, .5), 19),
    drawn(1, 5, 19), drawn(2, 20, 29), drawn(3, 50, 9), drawn(4, 2, 60), drawn(5, 5, Inf),
    drawn(6, 10, 24, between = 5), drawn(7, 10, 24, between = 1e-4),
    pooled(vapply(fits, `[[`, 0, 1), vapply(fits, `[[`, 0, 2), 23)
  ),
  groups = list(groups(1, 9, 5), groups(2, 12, 2), groups(3, 30, 20))
)
here <- dirname(sub("--file=", "", grep("--file=", commandArgs(), value = TRUE)))
write_json(reference, file.path(here, "missing.json"), digits = NA, auto_unbox = TRUE,
           null = "null", na = "null", pretty = FALSE)
