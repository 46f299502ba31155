# What R says about the analyses of tests/estimation/mixed/test_against_r.py.
#
#   Rscript tests/reference/mixed/make_mixed.R        (in the repository's root)
#
# R 4.2.2 with lme4 1.1-31, lmerTest 3.1-3, pbkrtest 0.5.2 and nlme 3.1-162. lmer runs under
# bobyqa with rhoend = 1e-10, restarted from where it ended until the criterion stands still:
# its own stopping rule would else be the difference that is seen. Data are public sets of
# lme4 and nlme, and simulated ones with a seed; both are written beside the answers.

suppressMessages({
  library(lme4); library(lmerTest); library(pbkrtest); library(nlme)
})
here <- "tests/reference/mixed"
dir.create(file.path(here, "data"), showWarnings = FALSE)
options(contrasts = c("contr.treatment", "contr.treatment"))

# --- Data ---------------------------------------------------------------------------------

# Families with people in them, asked at several waves; a share of the answers is missing.
families <- function(seed, people, waves, sd, missing = 0, sites = 1, change = 0.4,
                     jitter = 0, slope_sd = 0, slope_cor = 0, level = 20) {
  set.seed(seed)
  person <- data.frame(family = rep(seq_along(people), people))
  person$participant <- seq_len(nrow(person))
  person$site <- paste0("s", (person$family - 1) %% sites + 1)
  person$age <- round(runif(nrow(person), 20, 65))
  person$arm <- ifelse(person$family %% 2 == 1, "taking part", "waiting")
  d <- merge(person, data.frame(number = seq_len(waves) - 1), by = NULL)
  d$months <- d$number * 6 + round(runif(nrow(d), -jitter, jitter), 2)
  d$wave <- paste0("t", d$number)
  k <- length(people)
  u <- rnorm(k, 0, sd["family"])
  v <- slope_sd * (slope_cor * u / max(sd["family"], 1e-9) + sqrt(1 - slope_cor^2) * rnorm(k))
  fw <- matrix(rnorm(k * waves, 0, sd["wave"]), k)
  p <- rnorm(nrow(person), 0, sd["person"])
  s <- rnorm(sites, 0, if ("site" %in% names(sd)) sd["site"] else 0)
  d$score <- level + change * d$number + u[d$family] + v[d$family] * d$months +
    fw[cbind(d$family, d$number + 1)] + p[d$participant] +
    s[as.integer(sub("s", "", d$site))] + rnorm(nrow(d), 0, sd["error"])
  d$score <- round(d$score, 3)
  d <- d[runif(nrow(d)) >= missing, ]
  d <- d[order(d$family, d$participant, d$number), ]
  rownames(d) <- NULL
  d[, c("family", "participant", "site", "arm", "age", "wave", "months", "score")]
}
sds <- function(family, wave, person, error, site = 0) {
  c(family = family, wave = wave, person = person, error = error, site = site)
}
mixed_up <- c(1, 2, 1, 3, 2, 1, 2, 2, 1, 4, 2, 1)

data <- list(
  pairs = families(11, rep(1, 12), 2, sds(2, 0, 0, 1.5)),
  pairs_lost = families(12, rep(1, 14), 2, sds(2, 0, 0, 1.5), missing = .2),
  pairs_alike = families(13, rep(1, 16), 2, sds(30, 0, 0, .3), missing = .1),
  pairs_apart = families(40, rep(1, 9), 2, sds(0, 0, 0, 2)),
  four = families(15, rep(1, 4), 2, sds(2, 0, 0, 1), sites = 4),
  two_waves = families(16, mixed_up, 2, sds(2, 1.5, 2, 1.2), missing = .15, sites = 4),
  two_waves_b = families(17, rep(2, 8), 2, sds(1.5, 1, 1, 1)),
  two_waves_c = families(18, c(mixed_up, mixed_up), 2, sds(.8, .3, .8, 1.5), missing = .2),
  no_family = families(19, mixed_up, 2, sds(0, .7, 2, 1), missing = .1),
  no_wave = families(20, mixed_up, 2, sds(2, 0, 2, 1), missing = .1),
  no_person = families(21, mixed_up, 2, sds(2, 1, 0, 1), missing = .1),
  nothing = families(22, mixed_up, 2, sds(0, 0, 0, 1), missing = .1),
  five = families(23, rep(1, 16), 5, sds(2, 0, 0, 1), slope_sd = .12, slope_cor = .3),
  five_lost = families(24, rep(1, 16), 5, sds(2, 0, 0, 1), missing = .3, jitter = 1.2,
                       slope_sd = .12, slope_cor = -.3),
  five_flat = families(25, rep(1, 12), 5, sds(2, 0, 0, 1), missing = .2, jitter = 1),
  five_line = families(26, rep(1, 12), 5, sds(2, 0, 0, 1), missing = .1, jitter = 1,
                       slope_sd = .2, slope_cor = 1),
  five_people = families(27, rep(c(1, 2), 8), 5, sds(2, 1, 1, 1), missing = .25, jitter = 1,
                         slope_sd = .1),
  five_full = families(28, rep(2, 16), 5, sds(2, 1, 1, 1), slope_sd = .15, slope_cor = .2),
  three = families(29, rep(c(1, 3), 5), 3, sds(1, .5, 1, 1), missing = .1, slope_sd = .1),
  unequal = families(30, rep(c(1, 2), 8), 2, sds(1.5, .6, 1, 1, site = 1), sites = 4),
  large = families(31, mixed_up, 2, sds(200, 100, 150, 120), missing = .1, level = 30000),
  small = families(32, mixed_up, 3, sds(.2, .1, .15, .12), missing = .1, level = .01),
  twenty = families(33, rep(1, 20), 4, sds(2, 0, 0, 1.2), missing = 0, slope_sd = .1),
  twenty_lost = families(34, rep(1, 24), 3, sds(2, 0, 0, 1.2), missing = .12, slope_sd = .15)
)
set.seed(41)
crossed <- expand.grid(participant = 1:14, occasion = 0:2)
crossed$interviewer <- paste0("i", sample(1:5, nrow(crossed), TRUE))
crossed$family <- (crossed$participant + 1) %/% 2
crossed$wave <- paste0("t", crossed$occasion)
crossed$score <- round(10 + .5 * crossed$occasion + rnorm(14)[crossed$participant] +
  .8 * rnorm(5)[as.integer(sub("i", "", crossed$interviewer))] +
  rnorm(7)[crossed$family] + rnorm(nrow(crossed), 0, .8), 3)
data$crossed <- crossed[-c(3, 8, 21, 22, 40), ]
data$sleepstudy <- lme4::sleepstudy
data$pastes <- lme4::Pastes
data$penicillin <- lme4::Penicillin
data$dyestuff <- lme4::Dyestuff
data$dyestuff2 <- lme4::Dyestuff2
data$cake <- transform(as.data.frame(lme4::cake), temperature = as.character(temperature),
                       temp = NULL)
data$orthodont <- transform(as.data.frame(nlme::Orthodont), Subject = as.character(Subject))
data$machines <- transform(as.data.frame(nlme::Machines), Worker = as.character(Worker))
data$oats <- transform(as.data.frame(nlme::Oats), Block = as.character(Block))
data$ergo <- transform(as.data.frame(nlme::ergoStool), Subject = as.character(Subject))

for (name in names(data)) {
  file <- file.path(here, "data", paste0(name, ".csv"))
  write.csv(data[[name]], file, row.names = FALSE, quote = FALSE)
  data[[name]] <- read.csv(file, stringsAsFactors = TRUE)
}

# --- Analyses -----------------------------------------------------------------------------

full <- "family + family:wave + participant"
line <- "months|family + family:wave + participant"
simple <- "family"
plan <- rbind(
  c("pairs", "score ~ wave", simple, "reml"),
  c("pairs", "score ~ wave", simple, "ml"),
  c("pairs_lost", "score ~ wave", simple, "reml"),
  c("pairs_lost", "score ~ wave", simple, "ml"),
  c("pairs_lost", "score ~ wave + age", simple, "reml"),
  c("pairs_lost", "score ~ wave * arm", simple, "reml"),
  c("pairs_alike", "score ~ wave", simple, "reml"),
  c("pairs_apart", "score ~ wave", simple, "reml"),
  c("four", "score ~ wave", simple, "reml"),
  c("two_waves", "score ~ wave", full, "reml"),
  c("two_waves", "score ~ wave", full, "ml"),
  c("two_waves", "score ~ wave", "family + participant", "reml"),
  c("two_waves", "score ~ wave * arm", full, "reml"),
  c("two_waves", "score ~ wave + age + site", full, "reml"),
  c("two_waves", "score ~ wave", "site + family + participant", "reml"),
  c("two_waves_b", "score ~ wave", full, "reml"),
  c("two_waves_c", "score ~ wave", full, "reml"),
  c("two_waves_c", "score ~ wave * arm + age", full, "reml"),
  c("two_waves_c", "score ~ wave", full, "ml"),
  c("no_family", "score ~ wave", full, "reml"),
  c("no_family", "score ~ wave", full, "ml"),
  c("no_wave", "score ~ wave", full, "reml"),
  c("no_person", "score ~ wave", full, "reml"),
  c("nothing", "score ~ wave", full, "reml"),
  c("nothing", "score ~ wave", full, "ml"),
  c("five", "score ~ wave", "months|family", "reml"),
  c("five", "score ~ wave", simple, "reml"),
  c("five", "score ~ months", "months|family", "reml"),
  c("five", "score ~ months * arm", "months|family", "reml"),
  c("five_lost", "score ~ wave", "months|family", "reml"),
  c("five_lost", "score ~ wave", "months|family", "ml"),
  c("five_lost", "score ~ months", "months|family", "reml"),
  c("five_lost", "score ~ wave", simple, "reml"),
  c("five_flat", "score ~ wave", "months|family", "reml"),
  c("five_flat", "score ~ months", "months|family", "reml"),
  c("five_line", "score ~ wave", "months|family", "reml"),
  c("five_people", "score ~ wave", line, "reml"),
  c("five_people", "score ~ wave", full, "reml"),
  c("five_people", "score ~ months + age", line, "reml"),
  c("five_people", "score ~ wave", line, "ml"),
  c("five_full", "score ~ wave", line, "reml"),
  c("five_full", "score ~ wave", full, "reml"),
  c("three", "score ~ wave", line, "reml"),
  c("three", "score ~ wave", full, "reml"),
  c("unequal", "score ~ wave", full, "reml"),
  c("unequal", "score ~ wave", "site + family + participant", "reml"),
  c("unequal", "score ~ wave", "site + site:wave + participant", "reml"),
  c("large", "score ~ wave", full, "reml"),
  c("small", "score ~ wave", full, "reml"),
  c("small", "score ~ wave * arm", full, "reml"),
  c("crossed", "score ~ wave", "participant + interviewer", "reml"),
  c("crossed", "score ~ wave", "family + participant + interviewer", "reml"),
  c("crossed", "score ~ wave", "participant + interviewer", "ml"),
  c("sleepstudy", "Reaction ~ Days", "Days|Subject", "reml"),
  c("sleepstudy", "Reaction ~ Days", "Subject", "reml"),
  c("sleepstudy", "Reaction ~ Days", "Days|Subject", "ml"),
  c("pastes", "strength ~ 1", "batch + batch:cask", "reml"),
  c("penicillin", "diameter ~ 1", "plate + sample", "reml"),
  c("dyestuff", "Yield ~ 1", "Batch", "reml"),
  c("dyestuff2", "Yield ~ 1", "Batch", "reml"),
  c("cake", "angle ~ recipe * temperature", "recipe:replicate", "reml"),
  c("orthodont", "distance ~ age * Sex", "age|Subject", "reml"),
  c("orthodont", "distance ~ age + Sex", "Subject", "reml"),
  c("machines", "score ~ Machine", "Worker + Worker:Machine", "reml"),
  c("oats", "yield ~ nitro + Variety", "Block + Block:Variety", "reml"),
  c("ergo", "effort ~ Type", "Subject", "reml")
)
unstructured <- rbind(
  c("pairs", "score ~ wave", "wave", "family", "reml"),
  c("pairs", "score ~ wave", "wave", "family", "ml"),
  c("pairs_lost", "score ~ wave", "wave", "family", "reml"),
  c("twenty", "score ~ wave", "wave", "family", "reml"),
  c("twenty", "score ~ wave * arm", "wave", "family", "reml"),
  c("twenty_lost", "score ~ wave", "wave", "family", "reml")
)

# --- lme4 ---------------------------------------------------------------------------------

tight <- lmerControl(
  optimizer = "bobyqa", optCtrl = list(rhoend = 1e-10, maxfun = 1e6), boundary.tol = 0,
  check.conv.grad = "ignore", check.conv.hess = "ignore", check.conv.singular = "ignore"
)
random <- function(groups) {
  parts <- strsplit(groups, " + ", fixed = TRUE)[[1]]
  bar <- grepl("|", parts, fixed = TRUE)
  paste0("(", ifelse(bar, paste("1 +", parts), paste("1 |", parts)), ")", collapse = " + ")
}
criterion <- function(m) if (isREML(m)) REMLcrit(m) else -2 * as.numeric(logLik(m))
fit <- function(formula, d, reml) {
  m <- suppressWarnings(lme4::lmer(formula, d, REML = reml, control = tight))
  for (again in 1:6) {
    n <- suppressWarnings(
      lme4::lmer(formula, d, REML = reml, control = tight, start = getME(m, "theta")))
    gained <- criterion(m) - criterion(n)
    if (gained > 0) m <- n
    if (gained < 1e-12) break
  }
  m
}
number <- function(x) format(x, digits = 15, trim = TRUE)
answers <- list(fits = NULL, coefficients = NULL, variances = NULL, tests = NULL, effects = NULL)
put <- function(table, ...) {
  answers[[table]] <<- rbind(answers[[table]], data.frame(...))
}

for (row in seq_len(nrow(plan))) {
  id <- paste0("a", formatC(row, width = 2, flag = "0"))
  d <- data[[plan[row, 1]]]
  grouping <- unlist(strsplit(plan[row, 3], "[ +:|]+"))
  for (g in setdiff(grouping, c("months", "Days", "age", "1"))) d[[g]] <- factor(d[[g]])
  formula <- as.formula(paste(plan[row, 2], "+", random(plan[row, 3])))
  reml <- plan[row, 4] == "reml"
  m <- fit(formula, d, reml)
  v <- as.data.frame(VarCorr(m))
  put("fits", analysis = id, data = plan[row, 1], formula = plan[row, 2],
      groups = plan[row, 3], method = plan[row, 4], within = "", n = nobs(m),
      deviance = number(criterion(m)), singular = isSingular(m))
  put("variances", analysis = id, group = v$grp, effect = ifelse(is.na(v$var1), "", v$var1),
      other = ifelse(is.na(v$var2), "", v$var2), value = number(v$vcov))
  if (plan[row, 1] %in% c("five_people", "crossed", "sleepstudy", "no_family")) {
    e <- as.data.frame(ranef(m, condVar = FALSE))
    put("effects", analysis = id, group = e$grpvar, level = e$grp, effect = e$term,
        estimate = number(e$condval))
  }
  t <- suppressWarnings(as_lmerModLmerTest(m))
  p <- length(fixef(m))
  rows <- diag(p)
  s <- do.call(rbind, lapply(seq_len(p), function(i) contest1D(t, rows[i, ])))
  kr_se <- kr_df <- rep(NA, p)
  if (reml) {
    adjusted <- vcovAdj(m)
    kr_se <- sqrt(diag(as.matrix(adjusted)))
    kr_df <- sapply(seq_len(p), function(i) Lb_ddf(rows[i, ], vcov(m), adjusted))
  }
  put("coefficients", analysis = id, term = names(fixef(m)), estimate = number(fixef(m)),
      std_error = number(s[["Std. Error"]]), satterthwaite_df = number(s[["df"]]),
      kr_std_error = number(kr_se), kr_df = number(kr_df))
  sets <- list()
  if (p >= 2) sets$last <- rows[p, , drop = FALSE]
  if (p >= 3) sets$all <- rows[-1, , drop = FALSE]
  if (p >= 3) sets$between <- rbind(rows[3, ] - rows[2, ])
  if (p >= 4) sets$apart <- rbind(rows[3, ] - rows[2, ], rows[4, ] + rows[1, ] / 2)
  for (set in names(sets)) {
    l <- sets[[set]]
    md <- contestMD(t, l)
    kr <- if (reml) KRmodcomp(m, l)$test["Ftest", ] else list(stat = NA, ddf = NA)
    put("tests", analysis = id, set = set, ndf = nrow(l), satterthwaite_f = number(md[["F value"]]),
        satterthwaite_ddf = number(md[["DenDF"]]), kr_f = number(kr$stat),
        kr_ddf = number(kr$ddf))
  }
}

# --- nlme: a covariance for every pair of waves -------------------------------------------

# Kenward and Roger's formulas written out with n x n matrices, since pbkrtest has no gls.
kenward_roger <- function(x, v, g) {
  a <- solve(v)
  phi <- solve(t(x) %*% a %*% x)
  k <- length(g)
  p <- lapply(g, function(gi) -t(x) %*% a %*% gi %*% a %*% x)
  q <- function(i, j) t(x) %*% a %*% g[[i]] %*% a %*% g[[j]] %*% a %*% x
  ag <- lapply(g, function(gi) a %*% gi)
  information <- matrix(0, k, k)
  for (i in 1:k) for (j in 1:k) {
    information[i, j] <- sum(ag[[i]] * t(ag[[j]])) - 2 * sum(phi * q(i, j)) +
      sum(diag(phi %*% p[[i]] %*% phi %*% p[[j]]))
  }
  w <- 2 * solve(information)
  u <- 0
  for (i in 1:k) for (j in 1:k) u <- u + w[i, j] * (q(i, j) - p[[i]] %*% phi %*% p[[j]])
  df <- sapply(seq_len(ncol(x)), function(c) {
    share <- sapply(p, function(pi) (phi %*% pi %*% phi)[c, c] / phi[c, c])
    2 / drop(share %*% w %*% share)
  })
  list(se = sqrt(diag(phi + 2 * phi %*% u %*% phi)), df = df)
}
for (row in seq_len(nrow(unstructured))) {
  id <- paste0("u", row)
  this <- unstructured[row, ]
  d <- data[[this[1]]]
  d$number <- as.integer(factor(d$wave))
  reml <- this[5] == "reml"
  m <- gls(as.formula(this[2]), d, correlation = corSymm(form = ~ number | family),
           weights = varIdent(form = ~ 1 | wave), method = toupper(this[5]),
           control = glsControl(tolerance = 1e-10, msTol = 1e-12, maxIter = 500,
                                msMaxIter = 500, opt = "nlminb"))
  waves <- levels(factor(d$wave))
  relative <- coef(m$modelStruct$varStruct, unconstrained = FALSE, allCoef = TRUE)
  sd <- m$sigma * relative[waves]
  r <- diag(length(waves))
  r[lower.tri(r)] <- coef(m$modelStruct$corStruct, unconstrained = FALSE)
  r[upper.tri(r)] <- t(r)[upper.tri(r)]
  s <- outer(sd, sd) * r
  x <- model.matrix(as.formula(this[2]), d)
  same <- outer(d$family, d$family, "==")
  place <- function(i, j) {
    e <- matrix(0, length(waves), length(waves)); e[i, j] <- e[j, i] <- 1
    e[d$number, d$number] * same
  }
  at <- which(lower.tri(r, diag = TRUE), arr.ind = TRUE)
  g <- lapply(seq_len(nrow(at)), function(i) place(at[i, 1], at[i, 2]))
  # gls multiplies ML's covariance of the coefficients by n / (n - p); here it stays ML's.
  plain <- sqrt(diag(solve(t(x) %*% solve(s[d$number, d$number] * same, x))))
  kr <- list(se = NA, df = NA)
  if (reml) kr <- kenward_roger(x, s[d$number, d$number] * same, g)
  put("fits", analysis = id, data = this[1], formula = this[2], groups = this[4],
      method = this[5], within = this[3], n = nrow(d),
      deviance = number(-2 * as.numeric(logLik(m))), singular = FALSE)
  put("variances", analysis = id, group = "family", effect = waves[at[, 1]],
      other = ifelse(at[, 1] == at[, 2], "", waves[at[, 2]]), value = number(s[at]))
  put("coefficients", analysis = id, term = names(coef(m)), estimate = number(coef(m)),
      std_error = number(plain), satterthwaite_df = NA,
      kr_std_error = number(kr$se), kr_df = number(kr$df))
}
for (table in names(answers)) {
  write.csv(answers[[table]], file.path(here, paste0(table, ".csv")), row.names = FALSE,
            quote = FALSE, na = "")
}
