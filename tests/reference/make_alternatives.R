# Reference numbers for then-tests, paired odds, proportional odds, single cases, the bootstrap
# and dose slopes, written to alternatives.json beside this file:
#
#   Rscript tests/reference/make_alternatives.R
#
# Needs R with jsonlite, survival, boot, lme4, lmerTest and pbkrtest (all in Debian). Intervals of
# means are t.test's; odds are binom.test's limits as odds; the proportional odds model is clogit
# on every cut-point of every person who crossed it, with the sandwich over families; NAP is wilcox.test's W over
# m n, its limits uniroot's on Newcombe's equation (whose other root at 0 or 1 is no limit); the start by lot is enumerated.

suppressMessages({
  library(jsonlite)
  library(survival)
  library(boot)
  library(lmerTest)
})
RNGversion("4.2.0")

mean_of <- function(change, family) {
  test <- t.test(aggregate(change ~ family, data.frame(change, family), mean)$change)
  c(unname(test$estimate), test$conf.int, test$p.value)
}

then_test <- function(seed, n, members = 1) {
  set.seed(seed)
  family <- rep(sprintf("f%02d", seq_len(n)), length.out = round(n * members))
  pre <- round(28 + 5 * rnorm(length(family)))
  then <- pre + round(-2 + 2 * rnorm(length(family)))
  post <- pre + round(2 + 3 * rnorm(length(family)))
  list(pre = pre, then = then, post = post, family = family,
       as_asked = mean_of(post - pre, family), by_then_test = mean_of(post - then, family),
       shift = mean_of(then - pre, family))
}

odds <- function(better, worse) {
  limits <- function(level) {
    p <- binom.test(better, better + worse, conf.level = level)$conf.int
    p / (1 - p)
  }
  list(better = better, worse = worse, conf_95 = limits(.95)[limits(.95) < Inf],
       conf_75 = limits(.75)[limits(.75) < Inf], p = binom.test(better, better + worse)$p.value)
}

proportional <- function(seed, n, members = 1, steps = 6, beta = .7) {
  set.seed(seed)
  family <- rep(sprintf("f%02d", seq_len(n)), length.out = round(n * members))
  own <- rnorm(n, 0, 1.2)[match(family, unique(family))] + rnorm(length(family), 0, .5)
  cuts <- seq(-1.5, 1.5, length.out = steps - 1)
  step <- function(x) findInterval(x, cuts) + 1
  before <- step(own + rlogis(length(own)))
  after <- step(own + beta + rlogis(length(own)))
  long <- do.call(rbind, lapply(seq_len(steps - 1), function(cut) data.frame(
    y = c(before > cut, after > cut) + 0, later = rep(0:1, each = length(before)),
    pair = paste(rep(seq_along(before), 2), cut), family = rep(family, 2)
  )))
  long <- long[ave(long$y, long$pair, FUN = sum) == 1, ] # who does not differ says nothing
  fit <- clogit(y ~ later + strata(pair) + cluster(family), long, method = "efron")
  list(before = before, after = after, family = family, log_odds = unname(coef(fit)),
       sandwich = sqrt(fit$var[1, 1]))
}

single <- function(a, b) {
  m <- length(a)
  n <- length(b)
  nap <- unname(suppressWarnings(wilcox.test(b, a)$statistic)) / (m * n)
  h <- (m + n) / 2 - 1
  z <- qnorm(.975)
  f <- function(x) m * n * (nap - x)^2 * (2 - x) * (1 + x) -
    z^2 * x * (1 - x) * (2 + h + (1 + 2 * h) * x * (1 - x))
  root <- function(span) uniroot(f, span, tol = 1e-14)$root
  kendall <- cor(seq_along(a), a, method = "kendall") # tau-b: S over the root of untied pairs
  pairs <- m * (m - 1) / 2
  ties <- sum(choose(table(a), 2))
  s <- if (is.na(kendall)) 0 else round(kendall * sqrt(pairs * (pairs - ties)))
  list(a = a, b = b, nap = nap, low = if (nap > 0) root(c(0, min(nap, 1 - 1e-9))) else 0,
       high = if (nap < 1) root(c(max(nap, 1e-9), 1)) else 1, tau_u = 2 * nap - 1 - s / (m * n),
       trend = s / pairs)
}

by_lot <- function(series, starts, drawn) {
  difference <- function(y, k) mean(y[-seq_len(k)]) - mean(y[seq_len(k)])
  all <- expand.grid(starts)
  sums <- apply(all, 1, function(k) sum(mapply(difference, series, k)))
  seen <- sum(mapply(difference, series, drawn))
  list(series = series, starts = starts, drawn = drawn, estimate = seen / length(series),
       p = mean(abs(sums) >= abs(seen) - 1e-9))
}

bca <- function(seed, n, skew = FALSE) {
  set.seed(seed)
  x <- round(if (skew) rexp(n) * 3 - 1 else 2 + 3 * rnorm(n), 1)
  drawn <- boot(x, function(y, i) mean(y[i]), R = 100000)
  list(changes = x, conf_95 = boot.ci(drawn, .95, "bca")$bca[4:5],
       conf_75 = boot.ci(drawn, .75, "bca")$bca[4:5], se = sd(drawn$t))
}

dose <- function(seed, n, members = 1, slope = .4) {
  set.seed(seed)
  family <- rep(sprintf("f%02d", seq_len(n)), length.out = round(n * members))
  times <- rpois(length(family), 6)
  change <- round(1 + slope * times + 2 * rnorm(n)[match(family, unique(family))] +
                    2 * rnorm(length(family)))
  d <- data.frame(family, times, change)
  row <- if (members == 1) {
    coef(summary(lm(change ~ times, d)))["times", c(1, 2)]
  } else {
    fit <- lmer(change ~ times + (1 | family), d,
                control = lmerControl(optimizer = "bobyqa", optCtrl = list(rhoend = 1e-12)))
    coef(summary(fit, ddf = "Kenward-Roger"))["times", c(1, 2, 3)]
  }
  list(change = change, dose = times, family = family, estimate = row[[1]],
       std_error = row[[2]], df = if (members == 1) n - 2 else row[[3]])
}

reference <- list(
  made_with = list(R = R.version.string, boot = as.character(packageVersion("boot")),
                   survival = as.character(packageVersion("survival")),
                   lmerTest = as.character(packageVersion("lmerTest")),
                   pbkrtest = as.character(packageVersion("pbkrtest"))),
  then = list(then_test(1, 6), then_test(2, 12), then_test(3, 8, 2), then_test(4, 16, 1.5)),
  odds = list(odds(7, 1), odds(5, 5), odds(0, 4), odds(6, 0), odds(1, 0), odds(40, 13)),
  proportional = list(proportional(1, 20), proportional(2, 30, steps = 4),
                      proportional(3, 24, 2), proportional(4, 60, 1.5, beta = -.5)),
  single = list(
    single(c(20, 20, 26, 25, 22, 23), c(28, 25, 24, 27, 30, 30, 29)),
    single(c(3, 3, 4, 5), c(4, 5, 6, 7, 7)),
    single(c(4, 3, 4, 3, 4, 7, 5, 2, 3, 2), c(5, 9, 7, 9, 7, 5, 9, 11, 11, 10, 9)),
    single(c(5, 4, 3), c(2, 1, 1)), single(c(1, 2, 3), c(4, 5, 6, 7)), single(c(2, 2, 2), c(2, 3, 2))
  ),
  lot = list(
    by_lot(list(c(2, 3, 2, 3, 6, 7, 6, 7, 7)), list(3:6), 4),
    by_lot(list(c(2, 3, 2, 5, 6, 4, 6), c(1, 1, 2, 2, 2, 4, 5), c(3, 3, 3, 3, 4, 3, 3)),
           list(3:5, 3:5, 3:5), c(3, 5, 4))
  ),
  bootstrap = list(bca(1, 12), bca(2, 16), bca(3, 16, TRUE), bca(4, 40, TRUE)),
  dose = list(dose(1, 10), dose(2, 16), dose(3, 12, 2), dose(4, 20, 1.5, -.3))
)
here <- dirname(sub("--file=", "", grep("--file=", commandArgs(), value = TRUE)))
write_json(reference, file.path(here, "alternatives.json"), digits = NA, auto_unbox = TRUE,
           null = "null", na = "null", pretty = FALSE)
