# Reference numbers for tests/estimation, written to estimation.json beside this file:
#
#   Rscript tests/reference/make_reference.R
#
# Needs R with jsonlite and effectsize (Debian: r-base-core r-cran-jsonlite r-cran-effectsize).
# The tests read the committed JSON; nobody needs R to run them. What R has no function for is
# written out by hand, in another way than src/pilot/estimation does it: sign flips over
# expand.grid, noncentral limits by uniroot on pt, Tango's limits with the restricted maximum
# of the likelihood found by optimize.

suppressMessages({
  library(jsonlite)
  library(effectsize)
})
RNGversion("4.2.0")

# --- data -------------------------------------------------------------------------------------

simulated <- function(seed, n, shift, correlation = .6, mean = 28, sd = 5, round_to = 0) {
  set.seed(seed)
  before <- rnorm(n)
  after <- correlation * before + sqrt(1 - correlation^2) * rnorm(n)
  list(
    before = round(mean + sd * before, round_to),
    after = round(mean + sd * (after + shift), round_to)
  )
}
skewed <- function(seed, n) {
  set.seed(seed)
  before <- round(20 + 4 * rnorm(n), 1)
  list(before = before, after = round(before + 3 * rexp(n) - 2, 1))
}

pairs <- list(
  sleep = list(before = sleep$extra[1:10], after = sleep$extra[11:20]),
  four = simulated(4, 4, .5),
  five = simulated(5, 5, .4, round_to = 1),
  six = simulated(6, 6, -.8),
  seven = simulated(7, 7, 0, correlation = .9),
  eight = simulated(8, 8, .3),
  nine_all_better = list(before = c(20:28), after = c(20:28) + c(2, 3, 1, 5, 4, 2, 6, 1, 3)),
  ten_skewed = skewed(10, 10),
  eleven_fine = simulated(11, 11, .2, round_to = 4),
  twelve = simulated(12, 12, .6, mean = 15, sd = 6),
  thirteen_zeros = list(before = rep(3, 13), after = 3 + c(0, 0, 0, 1, 1, -1, 2, 0, 1, 0, 0, 3, -1)),
  fourteen = simulated(14, 14, -.1),
  fifteen_large = simulated(15, 15, 3, correlation = .8),
  sixteen = simulated(16, 16, .35),
  sixteen_halves = list(
    before = c(10, 12, 9, 14, 11, 10, 13, 12, 9, 8, 15, 11, 10, 12, 13, 9),
    after = c(10.5, 12, 9.5, 14.5, 10.5, 10, 14, 12.5, 9.5, 8, 16, 11, 11.5, 12, 12.5, 10)
  ),
  thirty = simulated(30, 30, .25),
  sixty = simulated(60, 60, .2),
  tiny_units = lapply(simulated(21, 9, .5), function(x) x * 1e-6)
)

# --- by hand ----------------------------------------------------------------------------------

flips <- function(change) {
  n <- length(change)
  if (n > 16) return(NULL)
  kept <- as.matrix(expand.grid(rep(list(0:1), n)))
  sums <- abs(as.vector((2 * kept - 1) %*% change))
  p <- mean(sums >= abs(sum(change)) - 1e-9 * sum(abs(change)))
  size <- rowSums(kept)
  means <- sort(as.vector(kept %*% change)[size > 0] / size[size > 0])
  limits <- function(alpha) {
    k <- floor(alpha * 2^(n - 1))
    if (k == 0) c(NA, NA) else c(means[k], rev(means)[k])
  }
  zeros <- sum(abs(change) <= 1e-9 * sum(abs(change)))
  list(p_value = p, smallest_p = min(1, 2^(zeros + 1) / 2^n),
       conf_95 = limits(.05), conf_75 = limits(.25))
}

noncentral <- function(t, df, level) {
  a <- (1 - level) / 2
  span <- c(t - 10 - abs(t), t + 10 + abs(t))
  root <- function(f) uniroot(f, span, tol = 1e-13)$root
  suppressWarnings(c(
    root(function(d) pt(t, df, d, lower.tail = FALSE) - a),
    root(function(d) pt(t, df, d) - a)
  ))
}

tango <- function(b, c, n, level) {
  z <- qnorm((1 + level) / 2)
  restricted <- function(delta) {            # share worse that is most likely under delta
    if (c == 0 && b == 0) return(max(0, -delta))
    low <- max(0, -delta); high <- (1 - delta) / 2
    loglik <- function(q) {
      term <- function(k, p) if (k == 0) 0 else if (p <= 0) -1e10 else k * log(p)
      term(b, q + delta) + term(c, q) + term(n - b - c, 1 - 2 * q - delta)
    }
    inside <- optimize(loglik, c(low, high), maximum = TRUE, tol = 1e-12)$maximum
    c(low, inside, high)[which.max(sapply(c(low, inside, high), loglik))]
  }
  score <- function(delta) {
    q <- restricted(delta)
    (b - c - n * delta) / sqrt(n * (2 * q + delta * (1 - delta)))
  }
  estimate <- (b - c) / n
  e <- 1e-9
  c(
    if (c == n) -1 else uniroot(function(d) score(d) - z, c(-1 + e, estimate - e), tol = 1e-12)$root,
    if (b == n) 1 else uniroot(function(d) score(d) + z, c(estimate + e, 1 - e), tol = 1e-12)$root
  )
}

# --- analyses ---------------------------------------------------------------------------------

analyse <- function(name, before, after) {
  change <- after - before
  n <- length(change)
  tests <- lapply(c(.95, .75), function(level) t.test(change, conf.level = level))
  d <- cohens_d(after, before, paired = TRUE)
  t <- unname(tests[[1]]$statistic)
  unit <- function(spread) sd(change) / (sqrt(n) * spread)
  s_av <- sqrt((var(before) + var(after)) / 2)
  list(
    name = name, before = before, after = after,
    t_test = list(
      estimate = mean(change), std_error = tests[[1]]$stderr, statistic = t,
      df = unname(tests[[1]]$parameter), p_value = tests[[1]]$p.value,
      conf_95 = as.numeric(tests[[1]]$conf.int), conf_75 = as.numeric(tests[[2]]$conf.int)
    ),
    sign_flip = flips(change),
    noncentral_95 = noncentral(t, n - 1, .95), noncentral_75 = noncentral(t, n - 1, .75),
    effectsize_d_z = c(d$Cohens_d, d$CI_low, d$CI_high),
    effectsize_g_z = hedges_g(after, before, paired = TRUE)$Hedges_g,
    d_av = c(mean(change) / s_av, noncentral(t, n - 1, .95) * unit(s_av)),
    glass_delta = if (sd(before) > 0) mean(change) / sd(before),
    d_rm = if (sd(before) > 0) mean(change) / sd(change) * sqrt(2 * (1 - cor(before, after)))
  )
}

families <- function(seed, n_families, n_sites) {
  set.seed(seed)
  members <- sample(1:3, n_families, replace = TRUE)
  family <- rep(sprintf("f%02d", seq_len(n_families)), members)
  site <- rep(sprintf("s%d", (seq_len(n_families) - 1) %% n_sites + 1), members)
  before <- round(28 + 5 * rnorm(length(family)))
  after <- round(before + 2 + rep(2 * rnorm(n_families), members) + 3 * rnorm(length(family)))
  person <- data.frame(family, site, before, after, change = after - before)
  mean_change <- aggregate(change ~ family + site, person, mean)
  by_site <- tapply(mean_change$change, mean_change$site, mean)
  as_list <- function(test) list(
    estimate = unname(test$estimate), std_error = test$stderr,
    statistic = unname(test$statistic), df = unname(test$parameter), p_value = test$p.value,
    conf_95 = as.numeric(test$conf.int)
  )
  list(
    person = person,
    paired_t = as_list(t.test(mean_change$change)),
    persons_t = as_list(t.test(person$change)),
    site_means_t = as_list(t.test(by_site)),
    sites_left_out = lapply(names(by_site), function(s) list(
      site = s, estimate = mean(mean_change$change[mean_change$site != s]),
      n = sum(mean_change$site != s)
    ))
  )
}

moved <- list(c(6, 1, 9), c(3, 0, 10), c(0, 0, 7), c(8, 0, 8), c(0, 5, 5), c(40, 20, 160),
              c(1, 1, 21), c(1, 7, 21), c(6, 16, 161), c(12, 4, 30), c(2, 9, 14), c(5, 5, 12))
p_values <- list(c(.01, .04), c(.04, .01), c(.03, .03), c(.6, .7), c(.01, .02, .03, .005))

reference <- list(
  made_with = list(R = R.version.string, effectsize = as.character(packageVersion("effectsize"))),
  pairs = unname(Map(function(name, x) analyse(name, x$before, x$after), names(pairs), pairs)),
  families = list(families(1, 14, 4), families(2, 9, 5), families(3, 24, 6)),
  tango = lapply(moved, function(x) list(
    better = x[1], worse = x[2], n = x[3],
    conf_95 = tango(x[1], x[2], x[3], .95), conf_75 = tango(x[1], x[2], x[3], .75),
    sign_test = if (x[1] + x[2] == 0) 1 else binom.test(x[1], x[1] + x[2])$p.value
  )),
  noncentral_cdf = do.call(rbind, lapply(
    list(c(2.7, 9, 1.2), c(-2.68, 14, -5), c(0, 3, 1), c(5, 4, 6), c(-1, 29, 2), c(30, 15, 28)),
    function(x) c(x, suppressWarnings(pt(x[1], x[2], x[3])))
  )),
  holm = lapply(p_values, function(p) list(p = p, adjusted = p.adjust(p, "holm")))
)
here <- dirname(sub("--file=", "", grep("--file=", commandArgs(), value = TRUE)))
write_json(reference, file.path(here, "estimation.json"), digits = NA, auto_unbox = TRUE,
           null = "null", na = "null", pretty = FALSE)
