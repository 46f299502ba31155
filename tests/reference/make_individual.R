# Reference numbers for reliable change of persons, written to individual.json beside this file:
#
#   Rscript tests/reference/make_individual.R
#
# Needs R with jsonlite. The tests read the committed JSON; nobody needs R to run them. The
# indices are those that R's clinicalsignificance documents (cs_distribution, methods JT, GLN,
# HLL, EN, NK, HA), written out from there: it is not in Debian. Two things differ from it on
# purpose: means and SDs of a population are given, not taken from these people (HA's are, as
# there), and HA is held against its authors' 1.65. Probabilities under an uncertain reliability
# are integrals by integrate(), thresholds their roots by uniroot().

suppressMessages(library(jsonlite))
RNGversion("4.2.0")

indices <- function(x, y, r, sd, m, m_after, sd_after, r_after) {
  se <- sd * sqrt(1 - r)
  predicted <- r * (x - m) + m
  shown <- function(judged, error) list(index = judged / error, error = error)
  s1 <- sd(x); s2 <- sd(y); s12 <- 2 * s1 * s2 * cor(x, y)
  rdd <- ((s1^2 - se^2) + (s2^2 - se^2) - s12) / (s1^2 + s2^2 - s12)
  list(
    `jacobson-truax` = shown(y - x, sqrt(2 * se^2)),
    `gulliksen-lord-novick` = shown((y - m) - r * (x - m), sd * sqrt(1 - r^2)),
    `hsu-linn-lord` = shown((y - m_after) - r * (x - m), sd * sqrt(1 - r^2)),
    `edwards-nunnally` = shown(y - predicted, se),
    `nunnally-kotsch` = shown(y - predicted, sqrt(r^2 * sd^2 * (1 - r) + sd_after^2 * (1 - r_after))),
    `hageman-arrindell` = if (rdd > 0) {
      shown((y - x) * rdd + (mean(y) - mean(x)) * (1 - rdd), sqrt(rdd) * sqrt(2 * se^2))
    },
    maassen = shown(y - x, sqrt((sd * sqrt(1 - r))^2 + (sd_after * sqrt(1 - r))^2))
  )
}

# The probability that x / error(r) points the right way, over ln(1 - r) normal as Feldt has it.
carried <- function(x, sd, r, low, high) {
  spread <- (log(1 - low) - log(1 - high)) / (2 * 1.96)
  at <- function(points) integrate(function(z) {
    later <- pmax(0, 1 - (1 - r) * exp(spread * z))
    pnorm(points / (sd * sqrt(2 * (1 - later)))) * dnorm(z)
  }, -9, 9, rel.tol = 1e-12, subdivisions = 2000)$value
  list(
    change = x, sd = sd, reliability = r, range = c(low, high),
    probability = vapply(abs(x), at, 0),
    threshold = uniroot(function(p) at(p) - pnorm(1.96), c(0, 60 * sd), tol = 1e-12)$root
  )
}

case <- function(seed, n, r, sd, m, m_after = m + .3 * sd, sd_after = 1.1 * sd, r_after = r) {
  set.seed(seed)
  before <- round(m - .5 * sd + sd * rnorm(n))
  after <- round(before + .6 * sd * rnorm(n) + .4 * sd)
  list(before = before, after = after, reliability = r, sd = sd, mean = m, mean_after = m_after,
       sd_after = sd_after, reliability_after = r_after,
       indices = indices(before, after, r, sd, m, m_after, sd_after, r_after))
}

# As the tests of clinicalsignificance have it: seven people, M 10, SD 5, r .80.
seven <- list(before = c(30, 20, 10, 8, 6, 4, 2), after = c(3, 2, 2, 2, 2, 2, 1),
              reliability = .8, sd = 5, mean = 10, mean_after = 7, sd_after = 5,
              reliability_after = .8)
seven$indices <- with(seven, indices(before, after, reliability, sd, mean, mean_after, sd_after,
                                     reliability_after))

reference <- list(
  made_with = list(R = R.version.string),
  people = list(seven, case(1, 12, .845, 5.01, 31.14), case(2, 8, .9, 2, 10, sd_after = 2),
                case(3, 40, .76, 5.3, 29.6, r_after = .8), case(4, 16, .95, 7.5, 40)),
  carried = list(
    carried(c(15, 9.5, 3, 0, -12), 7.5, .80, .70, .87),
    carried(c(6, 2, 8, 11), 5.01, .845, .83, .86),
    carried(c(1, 4, 9), 2, .64, .30, .82)
  ),
  binomial = lapply(c(1, 5, 8, 10, 16, 30, 60, 159), function(n) {
    c(n, qbinom(.95, n, .05))
  })
)
here <- dirname(sub("--file=", "", grep("--file=", commandArgs(), value = TRUE)))
write_json(reference, file.path(here, "individual.json"), digits = NA, auto_unbox = TRUE,
           null = "null", na = "null", pretty = FALSE)
