# The Yard page.

yard-containers-down = { $count ->
    [one] 1 container down
   *[other] { $count } containers down
}
yard-loading = The yard is on its way …
yard-empty = An empty yard
yard-empty-text = The Compose file of this lab names no service.
floor = The yard's floor: arrow keys walk the services and their containers, + and - scale
network = network
visitors = Visitors
traffic = Traffic
traffic-to = Visitors' requests a second to { $service }
unit-per-second = /s
send-requests = Send { $count }
legend-request = request
legend-scrape = scrape
legend-failed = failed

replicas-of = Containers of { $service }
scale-down = One { $service } less
scale-up = One { $service } more
no-containers = No container
requests-per-second = req/s
failing-percent = { $percent } % fail
remark-refused = { $count } of { $all } not started
remark-restarting = { $count } of { $all } restarting
remark-ended = { $count } of { $all } ended
remark-paused = { $count } of { $all } paused
engine-runs = { $running } running · { $stopped } stopped
up = up
pulls = pulls
samples-per-second = { $rate } samples/s
per-second = { $rate }/s

tile-label = { $name }: { $state }
tile-label-restarts = { $name }: { $state }, restarted { $count ->
    [one] once
   *[other] { $count } times
}
tile-cpu = CPU
tile-memory = mem
no-address = no address
state-created = created
state-starting = starting
state-restarting = restarting
state-running = running
state-paused = paused
state-stopping = stopping
state-exited = exited ({ $code })

deed-start = Start
deed-title-start = Start its process
deed-stop = Stop
deed-title-stop = Ask its process to end (docker stop)
deed-restart = Restart
deed-title-restart = Stop and start: its counters begin at zero
deed-kill = Kill
deed-title-kill = End its process at once (docker kill)
deed-pause = Pause
deed-title-pause = Freeze its processes: connections are taken, nothing is answered
deed-unpause = Unpause
deed-title-unpause = Let its processes go on

fact-state = State
fact-address = Address
fact-id = Container ID
fact-started = Started
fact-restarts = Restarts
fact-requests = Requests
fact-cpu = CPU cores
fact-memory = Memory
metrics-page = Metrics page, as it would be served now
no-metrics-of-its-own = It has no metrics page of its own.
no-metrics-no-process = No process runs, so there is no metrics page to read. Its series end at the next scrape.
page-loading = On its way …
page-since = Compared with the scrape of { $time } ({ $job }, { $instance }):
page-tally = { $changed } changed, { $added } new, { $gone } gone
page-never-scraped = No scrape has taken this page in yet, so there is nothing to compare it with.
page-no-changes = Nothing has changed since that scrape.
only-changes = Only what changed
mark-added = new
mark-gone = gone
mark-before = before: { $value }
search-page = Search the page
search-none = not found
search-place = { $number } of { $count }
search-before = The place before
search-next = The next place
container-log = Log
log-follow = Follow
log-newest = the newest { $count } lines
log-empty = It has not written a line.
start-refused = That is why it was made but does not run.

refused-scale = The service could not be scaled.
refused-traffic = The traffic could not be changed.
traffic-no-number = That is no number.
refused-send = The requests could not be sent.
refused-container = That could not be done to the container.
