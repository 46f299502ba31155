# Rates, shares and waiting times as R gives them: poisson.test, prop.test without the
# continuity correction (Wilson), and survival::survfit on the log-log scale.
# Rscript tests/reference/make_events.R > tests/reference/events.json
suppressMessages({library(survival); library(jsonlite)})

waits <- list(
  mixed = list(days = c(3, 5, 8, 8, 13, 21, 21, 30, 34, 55),
               done = c(1, 1, 1, 0, 1, 1, 1, 0, 1, 0)),
  half = list(days = 1:10, done = rep(1, 10)),
  few_done = list(days = c(4, 9, 9, 12, 15, 20, 25, 30, 31, 40, 41),
                  done = c(1, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0)),
  lung = list(days = lung$time, done = as.integer(lung$status == 2)),
  ovarian = list(days = ovarian$futime, done = ovarian$fustat)
)
medians <- lapply(waits, function(each) {
  fit <- survfit(Surv(each$days, each$done) ~ 1, conf.type = "log-log")
  found <- quantile(fit, 0.5)
  c(each, list(median = unname(found$quantile), low = unname(found$lower),
               high = unname(found$upper)))
})
rates <- lapply(list(c(6, 12), c(0, 8.5), c(17, 20.25), c(43, 33.2)), function(each) {
  ends <- poisson.test(each[1], each[2])$conf.int
  list(events = each[1], years = each[2], low = ends[1], high = ends[2])
})
shares <- lapply(list(c(6, 12), c(0, 7), c(9, 11), c(43, 60)), function(each) {
  ends <- suppressWarnings(prop.test(each[1], each[2], correct = FALSE))$conf.int
  list(events = each[1], n = each[2], low = ends[1], high = ends[2])
})
cat(toJSON(list(medians = medians, rates = rates, shares = shares),
           auto_unbox = TRUE, digits = NA, na = "null", pretty = TRUE), "\n")
