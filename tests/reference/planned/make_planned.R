# What R says about the planned models of tests/estimation/test_everyone.py, test_slopes.py
# and test_sites.py.
#
#   Rscript tests/reference/planned/make_planned.R        (in the repository's root)
#
# R 4.2.2 with lme4 1.1-31, pbkrtest 0.5.2 and clubSandwich 0.5.8. The data are those of
# tests/reference/mixed/data: two waves and five, with people lost. Families of which fewer
# than three have two members at the same two waves are averaged first. lmer runs as in
# make_mixed.R. Where it finds a variance at zero, error and df are CR2's over families, of
# rows made independent by the covariance it found.

suppressMessages({
  library(lme4); library(pbkrtest); library(clubSandwich)
})
from <- "tests/reference/mixed/data"
here <- "tests/reference/planned"
number <- function(x) format(x, digits = 15, trim = TRUE)

tight <- lmerControl(
  optimizer = "bobyqa", optCtrl = list(rhoend = 1e-10, maxfun = 1e6), boundary.tol = 0,
  check.conv.grad = "ignore", check.conv.hess = "ignore", check.conv.singular = "ignore"
)
fit <- function(formula, d) {
  m <- suppressWarnings(lmer(formula, d, REML = TRUE, control = tight))
  for (again in 1:6) {
    n <- suppressWarnings(
      lmer(formula, d, REML = TRUE, control = tight, start = getME(m, "theta")))
    gained <- REMLcrit(m) - REMLcrit(n)
    if (gained > 0) m <- n
    if (gained < 1e-12) break
  }
  m
}
read <- function(name, families = NULL) {
  d <- read.csv(file.path(from, paste0(name, ".csv")))
  if (!is.null(families)) d <- d[d$family %in% families, ]
  for (g in c("family", "participant", "wave")) d[[g]] <- factor(d[[g]])
  d
}
averaged <- function(d) {
  aggregate(cbind(score, months) ~ family + wave, data = d, FUN = mean)
}

by_families <- function(m, d) {
  v <- crossprod(as.matrix(getME(m, "Lambdat")) %*% as.matrix(getME(m, "Zt")))
  lower <- t(chol(v + diag(nrow(v))))
  x <- forwardsolve(lower, getME(m, "X"))
  y <- drop(forwardsolve(lower, d$score))
  said <- coef_test(lm(y ~ x - 1), vcov = "CR2", cluster = d$family, test = "Satterthwaite")
  said[nrow(said), ]
}

two <- score ~ wave + (1 | family)
two_full <- score ~ wave + (1 | family) + (1 | family:wave) + (1 | participant)
more <- score ~ wave + (1 + months | family)
more_full <- score ~ wave + (1 + months | family) + (1 | family:wave) + (1 | participant)

# name, file, families kept ("" is all), formula, whether members are averaged first
analyses <- list(
  list("pairs", "pairs", NULL, two, FALSE),
  list("pairs_lost", "pairs_lost", NULL, two, FALSE),
  list("pairs_apart", "pairs_apart", NULL, two, FALSE),
  list("two_waves", "two_waves", NULL, two_full, FALSE),
  list("two_waves_c", "two_waves_c", NULL, two_full, FALSE),
  list("no_family", "no_family", NULL, two_full, FALSE),
  list("few_doubles", "two_waves", c(1, 2, 3, 4, 6, 9, 12), two, TRUE),
  list("three", "three", NULL, more_full, FALSE),
  list("five", "five", NULL, more, FALSE),
  list("five_lost", "five_lost", NULL, more, FALSE),
  list("five_flat", "five_flat", NULL, more, FALSE),
  list("five_people", "five_people", NULL, more_full, FALSE),
  list("five_averaged", "five_people", c(1, 2, 3, 4, 5, 7, 9, 11, 13), more, TRUE)
)
changes <- NULL
for (one in analyses) {
  d <- read(one[[2]], one[[3]])
  d <- droplevels(if (one[[5]]) averaged(d) else d)
  m <- fit(one[[4]], d)
  waves <- levels(d$wave)
  row <- c(rep(0, length(waves) - 1), 1)
  adjusted <- vcovAdj(m)
  error <- sqrt(drop(row %*% as.matrix(adjusted) %*% row))
  df <- Lb_ddf(row, vcov(m), adjusted)
  estimate <- sum(row * fixef(m))
  if (isSingular(m)) {
    over <- by_families(m, d)
    error <- over$SE
    df <- over$df_Satt
  }
  t <- estimate / error
  changes <- rbind(changes, data.frame(
    name = one[[1]], file = one[[2]], families = paste(one[[3]], collapse = " "),
    earlier = waves[1], later = waves[length(waves)], averaged = one[[5]],
    estimate = number(estimate), std_error = number(error), df = number(df),
    p_value = number(2 * pt(-abs(t), df)),
    conf_low = number(estimate - qt(.975, df) * error),
    conf_high = number(estimate + qt(.975, df) * error),
    conf_low_75 = number(estimate - qt(.875, df) * error),
    conf_high_75 = number(estimate + qt(.875, df) * error),
    singular = isSingular(m)
  ))
}
write.csv(changes, file.path(here, "changes.csv"), row.names = FALSE, quote = FALSE)

# --- Slopes: Henderson's equations, whose inverse holds the errors of prediction -----------

line <- score ~ months + (1 + months | family)
line_full <- score ~ months + (1 + months | family) + (1 | family:wave) + (1 | participant)
slopes <- NULL
for (one in list(list("five_lost", line), list("five_people", line_full))) {
  d <- read(one[[1]])
  m <- fit(one[[2]], d)
  x <- getME(m, "X")
  z <- t(as.matrix(getME(m, "Zt")))
  lambda <- t(as.matrix(getME(m, "Lambdat")))
  s2 <- sigma(m)^2
  g <- s2 * lambda %*% t(lambda)
  v <- z %*% g %*% t(z) + s2 * diag(nrow(x))
  a <- solve(v)
  phi <- solve(t(x) %*% a %*% x)
  b <- phi %*% t(x) %*% a %*% d$score
  # The prediction errors of (b, u), written out so that g may be singular.
  gain <- g %*% t(z) %*% a
  cuu <- g - gain %*% z %*% g + gain %*% x %*% phi %*% t(x) %*% t(gain)
  cub <- -gain %*% x %*% phi
  u <- gain %*% (d$score - x %*% b)
  names <- getME(m, "cnms")
  place <- which(names(names) == "family")
  start <- getME(m, "Gp")[place]
  levels <- levels(getME(m, "flist")$family)
  for (k in seq_along(levels)) {
    j <- start + 2 * k
    slopes <- rbind(slopes, data.frame(
      name = one[[1]], family = levels[k], slope_per_year = number(12 * (b[2] + u[j])),
      std_error = number(12 * sqrt(phi[2, 2] + cuu[j, j] + 2 * cub[j, 2])),
      waves = length(unique(d$wave[d$family == levels[k]]))
    ))
  }
}
write.csv(slopes, file.path(here, "slopes.csv"), row.names = FALSE, quote = FALSE)

# --- Sites ---------------------------------------------------------------------------------

d <- read("unequal")
person <- reshape(d[c("family", "participant", "site", "wave", "score")], direction = "wide",
                  idvar = c("family", "participant", "site"), timevar = "wave")
person$change <- person$score.t1 - person$score.t0
family <- aggregate(change ~ family + site, data = person, FUN = mean)
family <- family[-c(3, 7), ]  # sites of unequal size
m <- lm(change ~ 1, family)
cr2 <- coef_test(m, vcov = "CR2", cluster = family$site, test = "Satterthwaite")
means <- tapply(family$change, family$site, mean)
sizes <- tapply(family$change, family$site, length)
t <- t.test(means)
n <- nrow(family)
df <- n - length(means)
within <- sum((family$change - means[family$site])^2) / df
sites <- data.frame(
  method = c("site_means_t", "site_cr2", "pooled_within_sites"),
  estimate = number(c(mean(means), cr2$beta, sum(sizes * means) / n)),
  std_error = number(c(t$stderr, cr2$SE, sqrt(within / n))),
  df = number(c(t$parameter, cr2$df_Satt, df)),
  p_value = number(c(t$p.value, cr2$p_Satt,
                     2 * pt(-abs(sum(sizes * means) / n / sqrt(within / n)), df)))
)
write.csv(sites, file.path(here, "sites.csv"), row.names = FALSE, quote = FALSE)
write.csv(data.frame(family = family$family, site = family$site, change = number(family$change)),
          file.path(here, "site_changes.csv"), row.names = FALSE, quote = FALSE)
