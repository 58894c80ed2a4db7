# The Targets page.

targets-views = What is shown
tab-health = Health
configuration = Configuration
filter = Show
filter-all = All { $count }
filter-up = Up { $count }
filter-down = Down { $count }
filter-targets = Filter by endpoint or label
job-up = { $up } of { $all } up
every = every { $interval }
column-state = State
column-endpoint = Endpoint
column-labels = Labels
column-history = Last 20 scrapes
column-age = Last scrape
column-took = Took
column-samples = Samples
never = never
target-open = Show details
target-close = Hide details
history-label = Last { $count } scrapes, { $failed } failed
next-scrape-in = Next try in { $time }.
fact-interval = Interval
fact-timeout = Timeout
fact-next = Next scrape in
discovered-labels = Labels before relabeling
relabeling = Relabeling, rule by rule
relabel-no-rules = This job has no relabel_configs: the labels stay as they were found.
relabel-unchanged = changes nothing
relabel-dropped = drops it
relabel-target = Becomes the target
relabel-outcome-dropped = Dropped: it is not scraped.
relabel-refused = It cannot be scraped:
relabel-try = Rules to try
relabel-hint = What you change here is only tried out. To put rules in force, change { $field } in the configuration and reload.
relabel-back = Back to the job's rules
metric-relabeling = Metric relabeling, rule by rule
metric-relabel-no-rules = This job has no metric_relabel_configs: every series is stored as it came.
metric-relabel-no-page = No page of this target was read yet.
metric-relabel-outcome = Of { $count ->
    [one] 1 series
   *[other] { $count } series
} on the last page, { $kept } { $kept ->
    [one] is
   *[other] are
} stored.
metric-relabel-merged = { $count ->
    [one] 1 has the labels of another; only the first of them is stored.
   *[other] { $count } have the labels of others; only the first of them is stored.
}
metric-relabel-left-out = { $count } more were not looked at.
metric-relabel-refused = The whole scrape fails at this series:
metric-relabel-nothing = { $count ->
    [0] No series comes to it.
    [one] 1 series comes to it; nothing changes.
   *[other] { $count } series come to it; nothing changes.
}
metric-relabel-did = { $count ->
    [one] 1 series comes
   *[other] { $count } series come
} to it: { $dropped } dropped, { $changed } changed.
metric-relabel-series = Which series
metric-relabel-rest = And { $count } more.
metric-relabel-dropped = dropped
job-no-targets = no targets
job-empty-static = Its static_configs list no address.
job-empty-dns = DNS has no address for its name now: no container of that name runs.
job-empty-file = Its files list no target now, or do not exist.
job-empty-http = Its HTTP address has handed out no target yet.
job-empty-docker = The Docker engine lists no container that it asks for.
job-failures = Something was found that cannot be scraped as relabeling left it.
job-empty-unsimulated = This lab does not carry out its discovery, so it finds nothing here.
job-empty-nothing = It names no way to find targets, such as static_configs.
job-dropped = { $count ->
    [one] Relabeling dropped 1 target.
   *[other] Relabeling dropped { $count } targets.
}
no-targets = Nothing is scraped
no-such-targets = No target matches
no-such-targets-text = Others are hidden by the filter above.
no-targets-text = Targets come from the scrape_configs of the configuration.
prometheus-not-running-text = Nothing is scraped until its container runs again. On the Yard page it can be started; its log there says why it ended.

cause-refused = The machine answers, but nothing listens on this port: the process is down, still starting, or listens elsewhere.
cause-no-such-host = DNS knows no address for this name: no container of the service runs, or the name is misspelt.
cause-no-route = Nobody has this address any more: the container was removed or stopped.
cause-deadline = No full answer came within the scrape timeout: the process hangs, is paused, or is overloaded.
cause-reset = The connection was closed before the answer was complete: the process ended while it was answering.
cause-status = The target answers, but with an error status instead of a metrics page. Is the path right?
cause-content-type = The answer does not say in which format it is written, and Prometheus 3 no longer guesses.
cause-other = The answer came, but it is no metrics page that Prometheus can read.

config-edited = edited
config-revert = Discard changes
config-reload = Reload
config-reloaded = The configuration is in force.
config-write = Write the file
config-written = The file is written. Prometheus reads it when it starts.
config-hint-stopped = This is the file in its container, checked as a start would. Change it, then start Prometheus on the Yard page.
config-label = Text of prometheus.yml
config-hint = Reload checks the whole file first. If it is refused, Prometheus goes on with the old one.
