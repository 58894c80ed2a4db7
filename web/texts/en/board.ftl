# The Board page and the builder of its panels.

board-range = Last
board-pace = Refresh
board-every = every { $length }
board-by-hand = by hand
board-refresh-now = Refresh now
board-window = { $from } – { $to } · back to now
board-export = Save as file
board-import = Open file
board-add = Add panel
board-refused = The board was not changed

board-empty = No panels yet
board-empty-text = Take one of these to begin with, or build your own: a query, a unit, a title, done. Run a query on the Query page and pin it here whenever you want to keep an eye on it.
board-empty-add = Build a panel

board-untitled = Untitled
board-panel = Panel: { $title }
board-keys = Arrow keys move the panel, Shift with an arrow key changes its size.
board-moved = Column { $column }, row { $row }, { $columns } columns wide, { $rows } rows high
board-no-way = No room on that side
board-menu = What to do with { $title }
board-edit = Edit
board-duplicate = Duplicate
board-earlier = Move before the previous
board-later = Move behind the next
board-remove = Remove
board-series = Series
board-no-data = No data in this time
board-no-query = This panel asks nothing yet: edit it and write a query

board-import-title = Open a board
board-import-text = A file that was saved here, or the JSON of a classic Grafana dashboard.
board-import-replaces = It takes the place of the present board; Undo brings that one back.
board-import-choose = Choose a file
board-import-paste = Or paste the JSON
board-import-read = Open
board-import-refused = This is not a board that can be opened. The present one is as it was.
board-import-done = The board was opened
board-import-remarks = The board was opened; not all of it has an effect here

pin-done = Pinned to the board
pin-look = Open the board
pin-refused = It could not be pinned

panel-timeseries = Over time
panel-stat = Number
panel-gauge = Gauge
panel-bargauge = Bars
panel-heatmap = Heatmap
panel-table = Table

build-new = New panel
build-change = Edit panel
build-type = Type
build-title = Title
build-unit = Unit
build-decimals = Decimals
build-min = Axis from
build-max = Axis to
build-draw = Drawn as
build-draw-line = Lines
build-draw-bars = Bars
build-stacking = Stacked
build-stacking-none = Not
build-stacking-normal = On top
build-stacking-percent = As shares
build-thresholds = Thresholds
build-base = Below the first
build-from = From
build-means = Meaning
build-tone-good = good
build-tone-warning = worth a look
build-tone-bad = bad
build-tone-plain = no judgement
build-threshold-add = Add a threshold
build-threshold-remove = Remove the threshold
build-not-a-number = Not a number
build-query = Query { $name }
build-query-add = Add a query
build-query-remove = Remove query { $name }
build-legend = Legend
build-legend-hint = for example code {"{{"}code{"}}"}
build-instant = Only the newest value
build-add = Put on the board
build-save = Save
build-leaving = What you changed is not on the board yet.
build-discard = Discard the changes
build-stay = Keep editing
cancel = Cancel

problem-board-unreadable = At this place the text is no JSON, or a field holds something else than it should.
problem-no-board = A board is a JSON object with a list of panels.
problem-board-too-new = Export the dashboard in its classic form and try again.
problem-query-name-refused = Each query of a panel has a short name of letters and digits.
problem-thresholds-refused = Put the thresholds in order, from the least to the greatest.
problem-axis-refused = The axis has to begin below its end.
