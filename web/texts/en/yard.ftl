# The Yard page.

yard-containers-down = { $count ->
    [one] 1 container down
   *[other] { $count } containers down
}
yard-loading = The yard is on its way …
yard-empty = An empty yard
yard-empty-text = The Compose file of this lab names no service.
floor = The yard's floor: arrow keys walk the services and their containers, + and - scale
network = network { $name }
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

refused-scale = The service could not be scaled.
refused-traffic = The traffic could not be changed.
traffic-no-number = That is no number.
refused-send = The requests could not be sent.
