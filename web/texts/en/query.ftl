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
undo = Undo
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
query-work = { $work } units of work
nothing-to-draw = No value that could be drawn
nothing-to-draw-text = The query gives values, but all of them are { $values }. The table shows them; a division by zero is a frequent cause.
filter-rows = Filter rows
rows-kept = { $kept } of { $all } rows
no-row-kept = No row holds all these words.
copy = Copy
copied = Copied
copy-failed = The browser refused
other-labels = { $count } other labels
explain-picked = How was it made?
explain-value = { $value }: how was it made?
samples-before = { $count ->
    [one] 1 earlier sample
   *[other] { $count } earlier samples
}
histogram-line = histogram · count { $count } · sum { $sum }
histogram-buckets = Buckets and the observations in each
end-unreadable = Not a time. Write it as 2026-03-02 09:15:00 or 09:15.
mend-add = Add { $what }
mend-write = Write { $what }
mend-remove = Remove { $what }
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
import-text = Drop, choose or paste a /metrics page or an OpenMetrics dump with timestamps, or choose blocks of a Prometheus in a .tar archive (up to 16 MiB of text or 12 MiB of blocks). It is read here, in this tab, and sent nowhere.
import-choose = Choose a file
import-paste = Or paste the text
import-name = Name
import-read = Read it
import-reading = Reading …
import-refused = “{ $name }” could not be read. What was there is unchanged.
import-done = { $samples ->
    [one] 1 sample
   *[other] { $samples } samples
} in { $series ->
    [one] 1 series
   *[other] { $series } series
} read.
drop-here = Drop a metrics page or OpenMetrics dump

tab-explain = Explain
type-vector = { $count ->
    [one] vector · 1
   *[other] vector · { $count }
}
type-windows = { $count ->
    [one] windows of 1 series
   *[other] windows of { $count } series
} · { $samples ->
    [one] 1 sample
   *[other] { $samples } samples
}
type-failed = failed
sample-count = { $count ->
    [one] 1 sample
   *[other] { $count } samples
}

# Why there is nothing.
doctor-nearest = Did you mean:
doctor-mend = This may help:
doctor-no-such-name = There is no metric called { $name }.
doctor-no-such-label = The conditions before leave { $left ->
    [one] 1 series
   *[other] { $left } series
}, and none has the label in { $matcher }.
doctor-no-such-value = { $matcher } removes the last series; the conditions before leave { $left }.
doctor-too-old = There { $series ->
    [one] is 1 series
   *[other] are { $series } series
}, but the newest sample is from { $last }, { $ago } before. Only { $reach } are looked back.
doctor-stale = { $series ->
    [one] 1 series ended: since { $since } nobody exposes it.
   *[other] { $series } series ended: since { $since } nobody exposes them.
} A staleness marker says so.
doctor-not-yet = There { $series ->
    [one] is 1 series, but it begins
   *[other] are { $series } series, but they begin
} only at { $first }.
doctor-shifted = offset or @ looks at { $at }, where there is nothing. At the instant of the query { $now ->
    [one] 1 series has samples
   *[other] { $now } series have samples
}.
doctor-too-few-samples = { $function } needs { $needed } samples in its window, and the most that a series has within { $window } is { $most }. Widen the window: four scrape intervals are a good measure.
doctor-no-partner = Both sides have elements, but no two share all labels that must agree. Left: { $left }. Right: { $right }. In the way: { $labels }. Try on (…) with the labels that both have, or ignoring (…).
doctor-filtered-out = { $seen ->
    [one] The only element is removed by { $operator }: its value is { $least }.
   *[other] All { $seen } elements are removed by { $operator }: their values lie between { $least } and { $greatest }.
}
doctor-all-taken = { $seen ->
    [one] The only element has a partner on the right, so unless removes it.
   *[other] Each of the { $seen } elements has a partner on the right, so unless removes all of them.
}
doctor-no-buckets = { $seen ->
    [one] The only element holds no buckets:
   *[other] The { $seen } elements hold no buckets:
} a histogram's series end with _bucket and carry the label le. Does an aggregation remove it?
doctor-present = There is something: { $seen ->
    [one] 1 element
   *[other] { $seen } elements
}. So absent gives nothing, as it should.
doctor-keeps-nothing = { $operation } keeps { $seen ->
    [one] not even the only element
   *[other] none of the { $seen } elements
}.

# What may be written.
offers = What may be written here
offer-metric = metric
offer-function = function
offer-aggregation = aggregation
offer-label = label
offer-value = value
offer-duration = duration
offer-keyword = keyword
offer-pattern = pattern

# How a number was made.
explain-at = At { $at }
explain-choose = Choose any value to see how it was made. The numbers give the same result again, to the last bit.
explain-cut = The expression has more parts than are shown.
explain-more = + { $count } more
explain-labels = Labels and how many values each has: { $labels }
kind-selector = The newest sample of each series that fits, as long as it is not older than the lookback.
kind-window = All samples of each series within the window before this instant.
kind-subquery = The expression below, evaluated at each step of the window.
kind-matching = Elements of both sides find each other by their labels.
kind-sign = Every value with the other sign.
samples-picture = The raw samples of the window
element-count = { $count ->
    [one] 1 element
   *[other] { $count } elements
}
explain-groups = Match groups
explain-left = Left
explain-right = Right
group-many-left = several on the left
group-many-right = several on the right
group-no-left = nothing on the left
group-no-right = nothing on the right
group-filtered = filtered out
group-matched = matched
group-why-many-left = One is allowed on the left. If that is meant, say so with group_left, or aggregate the left side first.
group-why-many-right = One is allowed on the right. If that is meant, say so with group_right, or aggregate the right side first.
group-why-no-left = No element on the left has these labels.
group-why-no-right = No element on the right has these labels.
group-why-filtered = They found each other, but the comparison does not hold.
made-title = How { $value } was made
made-picture = The samples of the window, mended after each reset, and the line drawn on towards both edges
made-newest = Newest sample
made-newest-why = { $age } old; up to { $lookback } are looked back.
made-window = Samples in the window
made-window-why = From { $begin } (outside) to { $end } (inside).
made-inside = Samples inside
made-difference = Last − first
made-resets = Mend the resets
made-resets-why = { $count ->
    [one] The counter fell once: the value before is added.
   *[other] The counter fell { $count } times: the values before are added.
}
made-spacing = Average spacing
made-spacing-why = Time covered by the samples, divided by the gaps between them.
made-left = Left edge
made-right = Right edge
made-edge-near = Closer than 1.1 × the spacing: the line goes on up to the edge.
made-edge-far = Farther than 1.1 × the spacing: the line goes on for half a spacing.
made-edge-zero = The line would fall below zero, and a counter cannot: it begins where the line meets zero.
made-factor = Extrapolate
made-factor-why = The stretched time divided by the time covered.
made-result = Result
made-rate-why = Divided by the length of the window: a second.
made-increase-why = The change over the whole window.
made-rank = Rank
made-rank-why = φ times all observations: so many lie below.
made-bucket = Bucket
made-bucket-why = The first bucket that reaches the rank.
made-inside-why = Observations are taken to lie evenly in the bucket.
made-buckets = Buckets, counted from below
made-members = Group { $group }
made-operands = Both sides
made-operands-why = They found each other by { $labels }.
made-operands-scalar = Each element with the number.
made-call = Function
quantile-none = φ is no number, so the result is none either.
quantile-below = φ is below 0: below everything.
quantile-above = φ is above 1: above everything.
quantile-no-infinity = The bucket +Inf is missing, so nobody knows how many observations there are.
quantile-one-bucket = There is no bucket but +Inf.
quantile-no-observations = Nothing was observed.
quantile-beyond = The rank lies in the bucket +Inf: all that is known is the largest finite bound.
quantile-first = The first bucket ends at or below zero, so nobody knows where it begins: its bound is given.
