# Reference numbers for the posterior of a mean change, written to posterior.json beside this
# file:
#
#   Rscript tests/reference/make_posterior.R
#
# Needs R with jsonlite and statmod (Debian: r-cran-statmod). Another way than
# src/pilot/estimation goes: persons with their whole covariance matrices instead of family means,
# log s summed on a grid instead of integrated by hand, and trapezoids for the rest.

suppressMessages({
  library(jsonlite)
  library(statmod)
})
RNGversion("4.2.0")

variance <- function(x, family) {             # between persons: families and their members together
  sizes <- as.vector(table(family))
  if (all(sizes == 1)) return(var(x))
  squares <- anova(lm(x ~ factor(family)))[["Mean Sq"]]
  size <- (length(x) - sum(sizes^2) / length(x)) / (length(sizes) - 1)
  squares[1] / size + squares[2] * (1 - 1 / size)
}

posterior <- function(before, after, family, prior, higher = 1, minimal = NA) {
  y <- after - before
  unit <- sqrt((variance(before, family) + variance(after, family)) / 2)
  n <- length(y)
  same <- outer(family, family, `==`)
  nodes <- gauss.quad(if (any(same & !diag(n))) 80 else 1, "legendre")
  rho <- (nodes$nodes + 1) / 2
  centre <- mean(y); spread <- sd(y)
  mu <- seq(min(centre, higher * prior[1] * unit) - 20 * min(prior[2] * unit, spread),
            max(centre, higher * prior[1] * unit) + 20 * min(prior[2] * unit, spread),
            length.out = 16001)
  log_s <- log(spread) + seq(-3, 3, length.out = 201)
  total <- 0
  peak <- NA
  for (k in seq_along(rho)) {
    v <- diag(n) * (1 - rho[k]) + same * rho[k]
    i <- solve(v)
    logdet <- as.numeric(determinant(v)$modulus)
    q <- sum(i * outer(y, y)) - 2 * mu * sum(i %*% y) + mu^2 * sum(i)
    for (ls in log_s) {
      log_l <- log(nodes$weights[k]) - n * ls - logdet / 2 - q / (2 * exp(2 * ls))
      if (is.na(peak)) peak <- n * -log(spread) - logdet / 2 - min(q) / (2 * spread^2)
      total <- total + exp(log_l - peak)
    }
  }
  r <- cor(before, after)
  df <- 2 * (length(unique(family)) - 1) / (1 + r^2)
  ends <- sqrt(qchisq(c(1e-13, 1 - 1e-13), df))
  belief <- 0                                # the prior, over what the SD may be
  for (chi in seq(ends[1], ends[2], length.out = 1500)) {
    s <- unit / (chi / sqrt(df))
    belief <- belief + dchisq(chi^2, df) * 2 * chi * dnorm(mu, higher * prior[1] * s, prior[2] * s)
  }
  density <- total * belief
  density <- density / sum(density)
  below <- cumsum(density) - density / 2
  cdf <- splinefun(mu, below, method = "monoH.FC")
  at <- function(p) uniroot(function(x) cdf(x) - p, range(mu), tol = 1e-12)$root
  beyond <- function(x) if (higher > 0) 1 - cdf(x) else cdf(-x)
  c(sum(mu * density), at(.025), at(.975), at(.125), at(.875), beyond(0),
    if (is.na(minimal)) NULL else beyond(minimal))
}

case <- function(before, after, family, higher = 1, minimal = NA) {
  family <- as.character(family)
  list(before = before, after = after, family = family, higher = higher,
       minimal = if (is.na(minimal)) NULL else minimal,
       posteriors = list(posterior(before, after, family, c(.18, .18), higher, minimal),
                         posterior(before, after, family, c(.5, .3), higher, minimal)))
}
people <- function(seed, members, higher = 1, minimal = NA, together = 2) {
  set.seed(seed)
  family <- rep(sprintf("f%02d", seq_along(members)), members)
  before <- round(28 + 5 * rnorm(length(family)))
  after <- round(before + higher * 2 + rep(together * rnorm(length(members)), members) +
                   3 * rnorm(length(family)))
  case(before, after, family, higher, minimal)
}

reference <- list(
  made_with = list(R = R.version.string, statmod = as.character(packageVersion("statmod"))),
  cases = list(
    case(sleep$extra[1:10], sleep$extra[11:20], 1:10),
    people(1, rep(1, 6), minimal = 2), people(2, c(2, 1, 2, 2, 1, 1, 2, 1), minimal = 3),
    people(3, rep(2, 12), higher = -1, minimal = 1.5), people(4, c(3, 2, 2, 1, 4, 2), together = 6),
    people(5, rep(2, 5), together = 0)
  )
)
here <- dirname(sub("--file=", "", grep("--file=", commandArgs(), value = TRUE)))
write_json(reference, file.path(here, "posterior.json"), digits = NA, auto_unbox = TRUE,
           null = "null", na = "null", pretty = FALSE)
