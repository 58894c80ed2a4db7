# The Query page.

panel = Query panel { $letter }
panel-add = Panel
panel-name = Name this panel
panel-name-of = Name of panel { $letter }
panel-actions = Actions of panel { $letter }
panel-duplicate = Duplicate panel { $letter }
panel-remove = Remove panel { $letter }
panel-removed = Panel { $name } was removed.
panel-handle = Move panel { $letter }
panel-handle-hint = Drag to move, or press the up and down arrow keys
panel-moved = Panel { $letter } is now number { $place } of { $count }.
history = History
history-hint = What was run in this lab. In the editor, the up arrow at the start of the text does the same.
history-empty = Nothing was run in this lab yet.
query-new = Write an expression and press Run. Try a metric's name, such as up.
expression = PromQL expression
run = Run
query-cancel = Cancel
query-cancelled = The query was cancelled. Run it again when you like.
query-runs = The query is being evaluated
query-waits = Waiting for the first answer …
result = Result
result-views = How the result is shown
tab-table = Table
tab-graph = Graph
live = Live
range = Range
end = End
step-label = Step
step-automatic = auto ({ $step })
automatic = auto
store = Data
store-pulled = pulled
store-pushed = pushed
store-truth = truth
store-before = before
with-truth = Truth
truth-hint = Draw beneath it what really happened, as an ideal observer saw it
edited = Edited: the last run is shown
series-count = { $count ->
    [one] 1 series
   *[other] { $count } series
}
step-count = { $count ->
    [one] 1 step
   *[other] { $count } steps
}
nothing-to-draw = No value that could be drawn
nothing-to-draw-text = The query gives values, but all of them are { $values }. The table shows them; a division by zero is a frequent cause.
explain-picked = How was it made?
end-unreadable = Not a time. Write it as 2026-03-02 09:15:00 or 09:15.
empty-result = Empty result
empty-result-text = No series matches at this time. Is the metric's name right, and do the matchers fit? A name that nobody exposes gives no error, only nothing.
column-difference = pulled − truth
legend-last = Last value
legend-at = At { $time }
lines-of = Showing { $shown } of { $all } series.
axis-without-zero = The axis does not start at zero
chart-empty = Chart without values.
chart-sentence = Chart of { $count ->
    [one] 1 series
   *[other] { $count } series
} from { $from } to { $to }, values between { $least } and { $greatest }, { $gaps ->
    [0] without gaps
    [one] with 1 gap
   *[other] with { $gaps } gaps
}. Arrow keys move the cursor.

import-open = Add data
import-done = { $samples ->
    [one] 1 sample
   *[other] { $samples } samples
} in { $series ->
    [one] 1 series
   *[other] { $series } series
} read.
drop-here = Drop a metrics page or OpenMetrics dump

tab-explain = Explain
pin = Pin to board
