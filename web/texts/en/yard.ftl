# The Yard page.

yard-containers-down = { $count ->
    [one] 1 container down
   *[other] { $count } containers down
}
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
up = up
pulls = pulls
samples-per-second = { $rate } samples/s
per-second = { $rate }/s

tile-label = { $name }: { $state }
tile-vitals = { $memory } · { $cores } CPU
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
container-log = Log, its last lines
start-refused = That is why it was made but does not run.

refused-scale = The service could not be scaled.
refused-traffic = The traffic could not be changed.
traffic-no-number = That is no number.
refused-send = The requests could not be sent.
refused-container = That could not be done to the container.
