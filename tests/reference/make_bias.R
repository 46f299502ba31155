# Reference numbers for dose and response, written to bias.json beside this file:
#
#   Rscript tests/reference/make_bias.R
#
# Needs R with jsonlite. rho is cor.test's; the interval is written out from Bonett & Wright
# (2000).

suppressMessages(library(jsonlite))
RNGversion("4.2.0")

analyse <- function(seed, n, slope, round_to = 0) {
  set.seed(seed)
  dose <- round(10 * runif(n), round_to)
  change <- round(slope * dose + 3 * rnorm(n), round_to)
  rho <- suppressWarnings(unname(cor.test(dose, change, method = "spearman")$estimate))
  half <- qnorm(.975) * sqrt((1 + rho^2 / 2) / (n - 3))
  list(dose = dose, change = change, rho = rho, conf_95 = tanh(atanh(rho) + c(-half, half)))
}

reference <- list(
  made_with = list(R = R.version.string),
  dose = list(analyse(1, 10, 0), analyse(2, 12, .5), analyse(3, 16, -.4), analyse(4, 30, .2, 2),
              analyse(5, 60, .8))
)
here <- dirname(sub("--file=", "", grep("--file=", commandArgs(), value = TRUE)))
write_json(reference, file.path(here, "bias.json"), digits = NA, auto_unbox = TRUE,
           null = "null", na = "null", pretty = FALSE)
