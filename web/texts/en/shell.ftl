# The bar, the navigation, notices, and what several pages say.

brand = Scrapeyard
home = Scrapeyard, to the yard
other-language = 한국어
language = Language
pages = Pages
more = More
close = Close
yard = Yard
query = Query
targets = Targets

virtual-time = Virtual time
play = Play
pause = Pause
speed = Speed
step = Step to the next scrape
jump = Jump ahead
jump-cancel = Stop the jump
jump-minutes = { $minutes ->
    [one] 1 minute
   *[other] { $minutes } minutes
}
jump-hours = { $hours ->
    [one] 1 hour
   *[other] { $hours } hours
}
clock-day = d{ $day }

theme = Theme: { $theme }
theme-label = Theme
theme-system = System
theme-light = Light
theme-dark = Dark
larger = Larger, for a projector

age-seconds = { $seconds } s ago
age-minutes = { $minutes } min ago
age-hours = { $hours } h ago
age-days = { $days ->
    [one] 1 day ago
   *[other] { $days } days ago
}
no-data = no data
prometheus-not-running = Prometheus does not run
done-with-remarks = Done, but not all of it came out:
column-value = Value
more-rows = Show { $count } more
left-out = and { $count } more

starting = Opening the yard …
dead-title = The lab could not be started
dead-text = Nothing was sent anywhere: the lab runs in this tab. Reloading the page starts it anew.
reload-page = Reload the page
worker-restarting = The lab had to be restarted. Your yard was restored; what stopped it was not repeated.
targets-down = { $count ->
    [one] 1 target down
   *[other] { $count } targets down
}
board = Board
learn = Learn
storage = Storage
lab-new = New lab
lab-number = Lab { $number }
keeping-not-yet = Not saved yet
keeping-kept = Saved
keeping-elsewhere = Not saved
keeping-full = Not saved
keeping-forbidden = Not saved
undo = Undo
undo-line = Undo: { $line }
redo = Redo
redo-line = Redo: { $line }
share = Share
