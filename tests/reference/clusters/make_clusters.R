# CR2, Satterthwaite and HTZ of clubSandwich on small clustered data, at full precision.
# Run in this folder: Rscript make_clusters.R. Writes inputs.csv, coefficients.csv, contrasts.csv.
suppressPackageStartupMessages({ library(clubSandwich) })
options(digits = 17)
RNGkind("Mersenne-Twister", "Inversion", "Rejection"); set.seed(20261122)
sizes <- list(balanced = rep(4, 4), unequal = c(1, 2, 4, 9), two = c(5, 7), many = rep(3, 12),
              singles = rep(1, 8), six = c(2, 3, 3, 5, 6, 8), lopsided = c(1, 1, 1, 20),
              eight = c(4, 2, 7, 3, 5, 6, 2, 9))
inputs <- list(); coefs <- list(); tests <- list()
for (name in names(sizes)) {
  m <- sizes[[name]]; site <- rep(seq_along(m), m); n <- length(site)
  d <- data.frame(set = name, site = site, x = round(rnorm(n), 3), arm = as.integer(site %% 2),
                  change = round(1 + 0.5 * rnorm(length(m))[site] + rnorm(n), 3))
  inputs[[name]] <- d
  for (f in c("change ~ 1", "change ~ x", "change ~ arm + x", "change ~ x + I(x**2)")) {
    if (grepl("arm", f) && length(m) < 4) next
    fit <- lm(as.formula(gsub("\\*\\*", "^", f)), data = d)
    V <- vcovCR(fit, cluster = d$site, type = "CR2")
    ct <- coef_test(fit, vcov = V, test = "Satterthwaite")
    coefs[[length(coefs) + 1]] <- data.frame(set = name, formula = f, place = seq_len(nrow(ct)),
      estimate = ct$beta, std_error = ct$SE, df = ct$df, p_value = ct$p_Satt)
    p <- length(coef(fit))
    if (p > 2 && length(m) > 3) {
      W <- Wald_test(fit, constraints = constrain_zero(2:p), vcov = V, test = "HTZ")
      tests[[length(tests) + 1]] <- data.frame(set = name, formula = f, statistic = W$Fstat,
        df_num = W$df_num, df_den = W$df_denom, p_value = W$p_val)
    }
  }
}
save <- function(rows, file) write.csv(format(do.call(rbind, rows), digits = 17), file,
                                       row.names = FALSE, quote = FALSE)
save(inputs, "inputs.csv"); save(coefs, "coefficients.csv"); save(tests, "contrasts.csv")
