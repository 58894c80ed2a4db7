# The Query page.

panel = Query panel
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
type-scalar = scalar
type-string = string
result-caption = { $count ->
    [one] 1 series
   *[other] { $count } series
} at { $at }
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
import-title = Query your own metrics
import-text = Drop, choose or paste a /metrics page or an OpenMetrics dump with timestamps. It is read here, in this tab, and sent nowhere.
import-choose = Choose a file
import-paste = Or paste the text
import-name = Name
import-read = Read it
import-reading = Reading …
import-refused = “{ $name }” could not be read. What was there is unchanged.
import-done = { $samples } samples in { $series ->
    [one] 1 series
   *[other] { $series } series
} were read.
drop-here = Drop a metrics page or OpenMetrics dump
