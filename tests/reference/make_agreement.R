# Agreement of two raters, by R's psych, vcd and t.test; written to agreement.json.
# Weighted kappa is vcd's: with weights of its own, psych 2.2.9 gives intervals of no width.
# Rscript tests/reference/make_agreement.R > tests/reference/agreement.json
suppressMessages({library(psych); library(vcd); library(jsonlite)})

first  <- c(1, 2, 2, 3, 4, 5, 6, 2, 3, 3, 4, 4, 5, 1, 2, 6, 3, 2, 4, 5, 3, 1, 2, 4)
second <- c(1, 2, 3, 3, 4, 4, 6, 3, 3, 2, 5, 4, 5, 2, 2, 5, 3, 3, 4, 6, 4, 1, 2, 5)
judges <- matrix(c(9, 2, 5, 8, 6, 1, 3, 2, 8, 4, 6, 8, 7, 1, 2, 6, 10, 5, 6, 9, 6, 2, 4, 7),
                 ncol = 4, byrow = TRUE)

icc <- function(x) {
  told <- ICC(x, lmer = FALSE)$results
  list(agreement = unlist(told["Single_random_raters", c("ICC", "lower bound", "upper bound")]),
       consistency = unlist(told["Single_fixed_raters", c("ICC", "lower bound", "upper bound")]))
}
counts <- table(factor(first, 1:6), factor(second, 1:6))
weighted <- function(weights) {
  found <- Kappa(counts, weights = weights)$Weighted
  found[["value"]] + c(0, -1, 1) * qnorm(0.975) * found[["ASE"]]
}
plain <- cohen.kappa(cbind(first, second))
change <- t.test(second - first)

cat(toJSON(list(
  made_with = list(R = R.version.string, psych = as.character(packageVersion("psych")),
                   vcd = as.character(packageVersion("vcd"))),
  first = first, second = second, judges = judges,
  icc = lapply(icc(cbind(first, second)), unname),
  shrout_fleiss = lapply(icc(judges), unname),
  kappa = unname(c(plain$kappa, plain$confid["unweighted kappa", c("lower", "upper")])),
  kappa_linear = unname(weighted("Equal-Spacing")),
  kappa_quadratic = unname(weighted("Fleiss-Cohen")),
  difference = unname(c(change$estimate, change$conf.int)),
  limits = mean(second - first) + c(-1.96, 1.96) * sd(second - first)
), digits = NA, auto_unbox = TRUE, pretty = TRUE), "\n")
