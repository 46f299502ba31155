# Reference numbers for standardised changes beside d_z and d_av, written to effects.json
# beside this file:
#
#   Rscript tests/reference/make_effects.R
#
# Needs R with jsonlite and metafor (Debian: r-cran-metafor). Becker's d is metafor's SMCR; the
# probability of improvement is pnorm of d_z between limits found by uniroot on pt; families are
# averaged by aggregate, while SDs stay those between persons: the variance between families and
# within them together, from the mean squares of anova(lm(score ~ family)).

suppressMessages({
  library(jsonlite)
  library(metafor)
})
RNGversion("4.2.0")

noncentral <- function(t, df) {
  span <- c(t - 10 - abs(t), t + 10 + abs(t))
  root <- function(f) uniroot(f, span, tol = 1e-13)$root
  suppressWarnings(c(
    root(function(d) pt(t, df, d, lower.tail = FALSE) - .025),
    root(function(d) pt(t, df, d) - .025)
  ))
}

variance <- function(x, family) {
  sizes <- as.vector(table(family))
  if (all(sizes == 1)) return(var(x))
  squares <- anova(lm(x ~ factor(family)))[["Mean Sq"]]
  size <- (length(x) - sum(sizes^2) / length(x)) / (length(sizes) - 1)
  squares[1] / size + squares[2] * (1 - 1 / size)
}

analyse <- function(before, after, family = seq_along(before)) {
  change <- after - before
  means <- aggregate(change ~ family, data.frame(change, family), mean)$change
  n <- length(means)
  se <- sd(means) / sqrt(n)
  limits <- noncentral(mean(means) / se, n - 1) * se
  r <- cor(before, after)
  j <- function(df) exp(lgamma(df / 2) - lgamma((df - 1) / 2)) / sqrt(df / 2)
  of <- function(x) variance(x, family)
  spreads <- c(change = sqrt(of(change)), average = sqrt((of(before) + of(after)) / 2),
               before = sqrt(of(before)), `repeated` = sqrt(of(change) / (2 * (1 - r))))
  df <- c(change = n - 1, average = 2 * (n - 1) / (1 + r^2), before = n - 1,
          `repeated` = 2 * (n - 1) / (1 + r^2))
  list(
    before = before, after = after, family = as.character(family),
    standardised = lapply(setNames(names(spreads), names(spreads)), function(by) c(
      mean(means) / spreads[[by]], limits / spreads[[by]],
      mean(means) / spreads[[by]] * j(df[[by]])
    )),
    becker = if (n == length(change)) {
      as.numeric(escalc("SMCR", m1i = mean(after), m2i = mean(before), sd1i = sd(before),
                        ni = n, ri = r)$yi)
    },
    improvement = pnorm(c(mean(means), limits) / spreads[["change"]]),
    observed = mean(change > 0) + mean(change == 0) / 2
  )
}

people <- function(seed, n, members = 1, shift = 2) {
  set.seed(seed)
  family <- rep(sprintf("f%02d", seq_len(n)), length.out = n * members)
  before <- round(28 + 5 * rnorm(length(family)))
  after <- round(before + shift + rep(2 * rnorm(n), length.out = length(family)) +
                   3 * rnorm(length(family)))
  if (members == 1) analyse(before, after) else analyse(before, after, family)
}

reference <- list(
  made_with = list(R = R.version.string, metafor = as.character(packageVersion("metafor"))),
  cases = list(
    analyse(sleep$extra[1:10], sleep$extra[11:20]), people(1, 6), people(2, 12, shift = -1),
    people(3, 30, shift = .5), people(4, 8, 2), people(5, 14, 1.5), people(6, 5, 3)
  )
)
here <- dirname(sub("--file=", "", grep("--file=", commandArgs(), value = TRUE)))
write_json(reference, file.path(here, "effects.json"), digits = NA, auto_unbox = TRUE,
           null = "null", na = "null", pretty = FALSE)
