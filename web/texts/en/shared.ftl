# What several pages say, none of them in a first view.

jump-minutes = { $minutes ->
    [one] 1 minute
   *[other] { $minutes } minutes
}
jump-hours = { $hours ->
    [one] 1 hour
   *[other] { $hours } hours
}
theme-label = Theme
age-seconds = { $seconds } s ago
age-minutes = { $minutes } min ago
age-hours = { $hours } h ago
age-days = { $days ->
    [one] 1 day ago
   *[other] { $days } days ago
}
prometheus-not-running = Prometheus does not run
done-with-remarks = Done, but not all of it came out:
more-rows = Show { $count } more
left-out = and { $count } more
worker-restarting = The lab had to be restarted. Your yard was restored; what stopped it was not repeated.
