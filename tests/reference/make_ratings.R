# Agreement of coaches with men about the participation ladder in the simulated M-pOwer, from
# the raw exports, by R's vcd; written to ratings.json. Rows that cleaning sets aside are named
# here: another wave's date, a second form, waves in the wrong order, a number nobody has.
# Rscript tests/reference/make_ratings.R > tests/reference/ratings.json
suppressMessages({library(vcd); library(jsonlite)})

waves <- list(intake = list("intake.csv", 1, 38), halfway = list("halverwege.csv", 1, c(12, 18)),
              end = list("eind.csv", 3, c(18, 23)))
step <- function(x) { x <- suppressWarnings(as.integer(x)); ifelse(x %in% 1:6, x, NA) }
told <- lapply(waves, function(wave) {
  rows <- read.csv2(file.path("data/raw/demo/m-power", wave[[1]]), skip = wave[[2]] - 1,
                    fileEncoding = "cp1252", colClasses = "character", check.names = FALSE)
  rows <- rows[!(seq_len(nrow(rows)) + wave[[2]]) %in% wave[[3]], ]
  own <- step(rows$trede); coach <- step(rows$ladder_coach)
  both <- !is.na(own) & !is.na(coach); own <- own[both]; coach <- coach[both]
  found <- Kappa(table(factor(own, 1:6), factor(coach, 1:6)), weights = "Fleiss-Cohen")$Weighted
  list(n = sum(both), median = c(median(own), median(coach)),
       ways = c(sum(coach > own), sum(coach == own), sum(coach < own)),
       kappa = unname(found[["value"]] + c(0, -1, 1) * qnorm(0.975) * found[["ASE"]]))
})
cat(toJSON(list(made_with = list(R = R.version.string, vcd = as.character(packageVersion("vcd"))),
                waves = told), digits = NA, auto_unbox = TRUE, pretty = TRUE), "\n")
