# Reference answers for pilot.estimation.comparison.
# R 4.2.2 with lme4, lmerTest, pbkrtest, clubSandwich and effectsize.
# Run in this folder: Rscript make_comparison.R
suppressMessages({
  library(lme4); library(lmerTest); library(clubSandwich); library(effectsize)
})
RNGversion("3.6.0")
set.seed(20261122)

people <- function(set, arm, family, site, sd_family = 0, sd_site = 0, lost = 0) {
  n <- length(arm)
  shared <- rnorm(length(unique(family)), 0, sd_family)[match(family, unique(family))]
  moved <- rnorm(length(unique(site)), 0, sd_site)[match(site, unique(site))]
  start <- 25 + shared + rnorm(n, 0, 4)
  before <- round(start + rnorm(n, 0, 2), 1)
  change <- 1 + 2 * arm + moved + rnorm(length(unique(family)), 0, sd_family / 2)[match(family, unique(family))]
  after <- round(start + change + rnorm(n, 0, 2 + arm), 1)
  gone <- sample(n, lost)
  after[gone] <- NA
  data.frame(set, participant = sprintf("p%02d", seq_len(n)), family, site, arm, before, after)
}

family_of <- function(sizes) rep(sprintf("f%02d", seq_along(sizes)), sizes)
sizes <- rep(c(2, 3, 1, 2, 4, 2), 3)
arm_of_family <- rep(rep(c(1, 0), 9), sizes)
sites <- rep(sprintf("s%d", 1:9), c(4, 6, 3, 5, 4, 2, 5, 6, 4))
arm_of_site <- as.numeric(sites %in% c("s1", "s3", "s4", "s6", "s8"))
alone <- rep(c(1, 0), c(9, 12))
small <- rep(c(1, 0), c(4, 6))

inputs <- rbind(
  people("alone", alone, sprintf("f%02d", seq_along(alone)), "s1", lost = 3),
  people("small", small, sprintf("f%02d", seq_along(small)), "s1"),
  people("families", arm_of_family, family_of(sizes), "s1", sd_family = 3, lost = 7),
  people("within", rep(c(1, 0), length.out = sum(sizes)), family_of(sizes), "s1", sd_family = 3),
  people("sites", arm_of_site, sprintf("f%02d", seq_along(sites)), sites, sd_site = 2)
)
inputs[inputs$set != "sites", "site"] <- ""
write.csv(inputs, "inputs.csv", row.names = FALSE, na = "")

tight <- lmerControl(optimizer = "bobyqa", optCtrl = list(rhoend = 1e-12),
                     check.conv.singular = "ignore")
row <- function(set, method, estimate, se, df, p) {
  half <- qt(.975, df) * se
  data.frame(set, method, estimate, std_error = se, df, p_value = p,
             conf_low = estimate - half, conf_high = estimate + half)
}
of_lm <- function(set, fit) {
  found <- summary(fit)$coefficients["arm", ]
  row(set, "ancova", found[1], found[2], fit$df.residual, found[4])
}
of_lmer <- function(set, method, fit, term) {
  found <- coef(summary(fit, ddf = "Kenward-Roger"))[term, ]
  row(set, method, found[["Estimate"]], found[["Std. Error"]], found[["df"]], found[["Pr(>|t|)"]])
}
of_cr2 <- function(set, method, fit, cluster) {
  found <- coef_test(fit, vcov = "CR2", cluster = cluster, test = "Satterthwaite")["arm", ]
  row(set, method, found$beta, found$SE, found$df_Satt, found$p_Satt)
}
welch <- function(set, x, y) {
  found <- t.test(x, y)
  row(set, "welch_change", mean(x) - mean(y), found$stderr, found$parameter, found$p.value)
}
studentised <- function(x, y) {
  (mean(x) - mean(y)) / sqrt(var(x) / length(x) + var(y) / length(y))
}
permuted <- function(set, x, y) {
  all <- c(x, y)
  ways <- combn(length(all), length(x))
  reached <- apply(ways, 2, function(own) abs(studentised(all[own], all[-own])))
  observed <- abs(studentised(x, y))
  data.frame(set, method = "permutation", estimate = mean(x) - mean(y), std_error = NA, df = NA,
             p_value = mean(reached >= observed * (1 - 1e-9)),
             conf_low = mean(reached >= max(reached) * (1 - 1e-9)), conf_high = NA)
}
delta <- function(set, x, y) {
  found <- glass_delta(x, y, ci = .95)
  data.frame(set, method = "glass_delta", estimate = found[[1]], std_error = NA, df = NA,
             p_value = NA, conf_low = found$CI_low, conf_high = found$CI_high)
}

answers <- list()
for (set in unique(inputs$set)) {
  every <- inputs[inputs$set == set, ]
  pairs <- every[!is.na(every$after), ]
  pairs$change <- pairs$after - pairs$before
  long <- rbind(
    transform(every, later = 0, score = before)[c("participant", "family", "site", "arm", "later", "score")],
    transform(every, later = 1, score = after)[c("participant", "family", "site", "arm", "later", "score")]
  )
  long <- long[!is.na(long$score), ]
  if (set == "sites") {
    answers[[length(answers) + 1]] <- of_cr2(set, "ancova", lm(after ~ before + arm, pairs), pairs$site)
    answers[[length(answers) + 1]] <- of_cr2(set, "difference_in_differences", lm(change ~ arm, pairs), pairs$site)
    means <- aggregate(change ~ site + arm, pairs, mean)
  } else if (set %in% c("alone", "small")) {
    answers[[length(answers) + 1]] <- of_lm(set, lm(after ~ before + arm, pairs))
    fit <- lmer(score ~ later * arm + (1 | participant), long, control = tight)
    answers[[length(answers) + 1]] <- of_lmer(set, "difference_in_differences", fit, "later:arm")
    means <- pairs
    answers[[length(answers) + 1]] <- delta(set, pairs$change[pairs$arm == 1], pairs$change[pairs$arm == 0])
  } else {
    fit <- lmer(after ~ before + arm + (1 | family), pairs, control = tight)
    answers[[length(answers) + 1]] <- of_lmer(set, "ancova", fit, "arm")
    fit <- lmer(score ~ later * arm + (1 | family) + (1 | family:later) + (1 | participant), long, control = tight)
    answers[[length(answers) + 1]] <- of_lmer(set, "difference_in_differences", fit, "later:arm")
    means <- aggregate(change ~ family + arm, pairs, mean)
  }
  x <- means$change[means$arm == 1]
  y <- means$change[means$arm == 0]
  answers[[length(answers) + 1]] <- welch(set, x, y)
  if (choose(length(x) + length(y), length(x)) <= 2^20 && set != "within") {
    answers[[length(answers) + 1]] <- permuted(set, x, y)
  }
}
answers <- do.call(rbind, answers)
rownames(answers) <- NULL
write.csv(format(answers, digits = 15), "answers.csv", row.names = FALSE, quote = FALSE)
