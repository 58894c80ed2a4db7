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
clock-day = d{ $day }

theme = Theme: { $theme }
theme-system = System
theme-light = Light
theme-dark = Dark
larger = Larger, for a projector

no-data = no data
column-value = Value

starting = Opening the yard …
dead-title = The lab could not be started
dead-text = Nothing was sent anywhere: the lab runs in this tab. Reloading the page starts it anew.
reload-page = Reload the page
targets-down = { $count ->
    [one] 1 target down
   *[other] { $count } targets down
}
board = Board
learn = Learn
storage = Storage
